"""Three texts become one; each row a reader can follow, each promise as a property."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import Merged, merge

BASE = """# 2026-08-18

Attending: Imani

Start: 10:00

## Status

- the pump runs
- the roof leaks

## AOB

| Who | What |
| --- | --- |
| Bo | ladder |

```
one
two
```
"""

ROWS: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str]]] = {
    # what the bot would write now, what people wrote, what comes of it: each as replacements in BASE
    "neighbouring items": (
        {"pump runs": "pump runs again"},
        {"roof leaks": "roof holds"},
        {"pump runs": "pump runs again", "roof leaks": "roof holds"},
    ),
    "neighbouring lines of the header": (
        {"Imani": "Imani, Tove"},
        {"10:00": "10:05"},
        {"Imani": "Imani, Tove", "10:00": "10:05"},
    ),
    "two additions at one place, people's first": (
        {"leaks\n": "leaks\n- from the notes\n"},
        {"leaks\n": "leaks\n- from people\n"},
        {"leaks\n": "leaks\n- from people\n- from the notes\n"},
    ),
    "the same addition on both sides": (
        {"leaks\n": "leaks\n- agreed\n"},
        {"leaks\n": "leaks\n- agreed\n"},
        {"leaks\n": "leaks\n- agreed\n"},
    ),
    "one deletes what the other left alone": (
        {"- the pump runs\n": ""},
        {"10:00": "10:05"},
        {"- the pump runs\n": "", "10:00": "10:05"},
    ),
    "two rows of a table": (
        {"| Bo | ladder |\n": "| Bo | ladder |\n| Yuki | paint |\n"},
        {"ladder": "long ladder"},
        {"| Bo | ladder |\n": "| Bo | long ladder |\n| Yuki | paint |\n"},
    ),
}


def changed(changes: dict[str, str]) -> str:
    text = BASE
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", ROWS)
def test_what_both_sides_did_is_in_one_text(name: str) -> None:
    ours, theirs, both = map(changed, ROWS[name])

    assert merge(BASE, ours, theirs) == Merged(both)


CLASHES = {
    "one line, two ways": ({"roof leaks": "roof holds"}, {"roof leaks": "roof is new"}),
    "changed here, deleted there": ({"roof leaks": "roof holds"}, {"- the roof leaks\n": ""}),
    "inside a block of code": ({"one": "1"}, {"two": "2"}),
    "a section taken out here, used there": ({"## AOB\n\n": ""}, {"## AOB\n": "## AOB\n\nSee you.\n"}),
    "the head of a table": ({"| Who |": "| Name |"}, {"| What |": "| Job |"}),
}


@pytest.mark.parametrize("name", CLASHES)
def test_where_both_changed_the_same_somebody_has_to_choose(name: str) -> None:
    ours, theirs = map(changed, CLASHES[name])

    merged = merge(BASE, ours, theirs)

    assert merged.text == theirs
    (conflict,) = merged.conflicts
    assert conflict.ours in ours
    assert conflict.theirs in theirs
    at = theirs.split("\n")[conflict.theirs_line - 1 :]
    assert not conflict.theirs or at[: conflict.theirs.count("\n") + 1] == conflict.theirs.split("\n")


lines = st.sampled_from(
    ["", "- a", "- b", "## S", "text", "Label:", "Label: x", "```", "| a |", "| --- |", "  - n"]
)
texts = st.lists(lines | st.text(st.characters(exclude_categories=["C", "Z"]), max_size=4), max_size=12).map(
    "\n".join
)


@given(texts, texts)
def test_who_changed_nothing_has_no_say(base: str, other: str) -> None:
    assert merge(base, base, other) == Merged(other)
    assert merge(base, other, base) == Merged(other)
    assert merge(base, other, other) == Merged(other)


@given(texts, texts, texts)
def test_no_line_that_anybody_added_is_lost(base: str, ours: str, theirs: str) -> None:
    merged = merge(base, ours, theirs)
    shown = merged.text + "\n" + "\n".join(f"{each.ours}\n{each.theirs}" for each in merged.conflicts)

    for side in (theirs, *(() if merged.conflicts else (ours,))):
        new = Counter(side.split("\n")) - Counter(base.split("\n"))
        assert set(filter(str.strip, new)) <= set(shown.split("\n"))


@given(texts, texts, texts)
def test_with_a_conflict_nothing_is_changed(base: str, ours: str, theirs: str) -> None:
    merged = merge(base, ours, theirs)

    assert not merged.conflicts or merged.text == theirs


@given(texts, texts, texts)
def test_what_is_merged_stays_so(base: str, ours: str, theirs: str) -> None:
    """The next time the bot's text is the base, and what was merged stands on the branch."""
    merged = merge(base, ours, theirs)

    assert merged.conflicts or merge(ours, ours, merged.text) == Merged(merged.text)


@pytest.mark.parametrize("unit", ["same\n", "{}\n", "- a\n- b\n", "```\n", "x" * 99 + "{}\n", "\n"])
def test_hostile_texts_are_merged_too(unit: str) -> None:
    base = "".join(unit.format(number) for number in range(60_000 // len(unit)))
    ours, theirs = base.replace("a", "c", 1) + "ours\n", "theirs\n" + base[: len(base) // 2] + "mid\n"

    merged = merge(base, ours, theirs)

    assert "theirs" in merged.text
    assert merged.conflicts or "ours" in merged.text
