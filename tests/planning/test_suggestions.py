"""Corrections as suggestions in a pull request: taken over, they are the corrected text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.github.by_rest import _review
from bot.model import Suggest, Suggestion
from bot.planning.pushed_files import suggestions
from tests.depth import examples

LINES = st.lists(st.sampled_from(["", "a", "b", "# c", "```", "````suggestion"]), min_size=1, max_size=9)


def taken_over(before: list[str], body: str, first: int, last: int) -> list[str]:
    """Return the lines as GitHub has them after *Commit suggestion*."""
    fence, text = re.fullmatch(r"(`{3,})suggestion\n(?:(.*)\n)?\1", body, re.DOTALL).groups()  # type: ignore[union-attr]
    assert text is None or not re.search(rf"^{fence}", text, re.MULTILINE)
    return [*before[: first - 1], *([] if text is None else text.split("\n")), *before[last:]]


@examples(2_000)
@given(LINES, LINES)
def test_all_suggestions_together_are_the_corrected_text(before: list[str], after: list[str]) -> None:
    made = list(suggestions("a.md", "\n".join(before), "\n".join(after)))
    comments = _review(Suggest(7, "a" * 40, "", tuple(made)))["comments"]
    now = "\n".join(before).splitlines()
    for comment in reversed(comments):
        now = taken_over(now, comment["body"], comment.get("start_line", comment["line"]), comment["line"])

    assert now == "\n".join(after).splitlines() or before == [""], "to an empty file nothing can be suggested"


def test_a_single_line_has_no_start_and_several_have() -> None:
    one, two = Suggestion("a.md", 3, 3, ("x",)), Suggestion("a.md", 5, 6, ())
    first, second = _review(Suggest(7, "a" * 40, "Words", (one, two)))["comments"]

    assert first == {"path": "a.md", "line": 3, "side": "RIGHT", "body": "```suggestion\nx\n```"}
    assert (second["start_line"], second["line"], second["body"]) == (5, 6, "```suggestion\n```")
