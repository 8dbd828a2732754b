"""What is not word for word: tables of before and after, in which nothing has an effect."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.minutes import BUILT_IN, Meeting, Minutes, Previous, normalise
from bot.minutes.normalising.fields import Fields
from bot.minutes.normalising.ledger import LedgerEntry
from bot.planning.reports.changes import FOLDED, SHOWN, TALLEST, WIDEST, Changes, Place, changes
from bot.state import LONGEST, PullState, find_state
from tests import paper

DAY = date(2032, 3, 9)


def changed(notes: str, *, shows_notes: bool = True) -> Changes:
    before = Previous(DAY - timedelta(7), "2032-03-02.md")
    return changes(
        notes,
        normalise(notes, template=BUILT_IN, meeting=Meeting(DAY, before)),
        shows_notes=shows_notes,
    )


def replaced(before: str, after: str) -> Place:
    """Return the place of one line that became another one, whatever they are."""
    ledger = (LedgerEntry("replace", (1, 1), (1, 1), "list-item"),)
    found = changes(f"{before}\n", Minutes(f"{after}\n", "fit", Fields(), ledger, ()))
    return found.shown[0].places[0]


def dropped(lines: list[str], rule: str = "duplicate-paste", *, shows_notes: bool = True) -> Place:
    ledger = (LedgerEntry("drop", (1, len(lines)), None, rule),)
    minutes = Minutes("", "fit", Fields(), ledger, ())
    return changes("\n".join([*lines, ""]), minutes, shows_notes=shows_notes).shown[0].places[0]


def shown(cell: str) -> list[str]:
    """Return what people read in each code span of a cell, rendered as GitHub renders a table."""
    html = MarkdownIt("commonmark").enable("table").render(f"| a | b |\n| --- | --- |\n| {cell} | end |\n")
    assert html.count("<td>") == 2, html
    assert not re.search(r"<(?!/?(?:table|thead|tbody|tr|th|td|code|br)\b)\w", html), html
    return [unescape(each) for each in re.findall(r"<code>(.*?)</code>", html, re.DOTALL)]


@pytest.mark.parametrize(
    "typed",
    [
        "- a | b \\| c \\\\| d", "@ada and #12, GH-12, hill-lab/notes#12", "<img src=x> <b>no</b> &amp;",
        "![i](http://a.b/c.png)", "[x](javascript:alert)", "`code` and ``more``", "`", "`` ` ``", "|", "\\",
        "https://github.com/hill-lab/notes/issues/12", "deadbeef0", "~~no~~ **b** $x$", "{{ day }} {% raw %}",
    ],
)  # fmt: skip
def test_a_line_is_shown_as_typed_and_does_nothing(typed: str) -> None:
    place = replaced(typed, f"- {typed}")

    assert shown(place.before) == [typed]
    assert shown(place.after) == [f"- {typed}"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=WIDEST).map(str.strip))
def test_whatever_people_type_is_shown_on_one_row(typed: str) -> None:
    place = replaced(f"x{typed}x", "y")

    assert [each.replace("\u2060", "") for each in shown(place.before)] == [
        f"x{typed}x".replace("\u2060", "")
    ]


def test_no_comment_of_the_notes_begins_in_the_description() -> None:
    assert "<!--" not in replaced("<!-- minutes-bot {} -->", "<!-- /standing -->").before


def test_tabs_and_blanks_at_the_end_are_seen() -> None:
    place = replaced("•\tframes", "- frames  ")

    assert (place.before, place.after) == ("`•⇥frames`", "`- frames␣␣`")


def test_a_blank_line_is_told_with_the_line_below_it() -> None:
    found = changed("# 2032-03-09\n\nAttending: Ada\nStart: 10:00\n")

    (place,) = found.shown[0].places
    assert (place.line, place.before, place.after) == ("4", "", "*blank line* above `Start: 10:00`")


def test_of_long_lines_the_part_that_changed_is_shown() -> None:
    long = "the words of a long line " * 6
    place = replaced(f"{long}[last meeting]() {long}", f"{long}[last meeting](2032-03-02.md) {long}")

    assert "[last meeting]()" in place.before
    assert "[last meeting](2032-03-02.md)" in place.after
    assert place.before.startswith("`…")
    assert place.before.endswith("…`")
    for cell in (place.before, place.after):
        assert len(cell) <= WIDEST + 4
        assert set(re.findall(r"\w+", cell.split("[")[0])) <= set(long.split())


def test_of_many_lines_in_one_place_the_first_are_shown() -> None:
    assert dropped(["a", "", "b", "c"]).before == "`a`<br>`b`<br>`c`"
    place = dropped(["a", "b", "c", "d"])
    assert place.before == "`a`<br>`b`<br>*and 2 more lines*"
    assert (place.line, place.after, place.height) == ("", "", TALLEST)


def test_what_the_issue_hides_and_what_only_its_readers_may_see_is_only_counted() -> None:
    secret = ["<!-- the secret", "-->"]
    assert dropped(secret, "hidden-comment").before == "*2 lines, not shown here*"
    assert dropped(["tags: kiln"], "front-matter-key", shows_notes=False).before == "*1 line, not shown here*"
    notes = "# Kites YYYY-MM-DD\n\n[last meeting](https://github.com/hill-lab/secret)\n"
    places = [place for group in changed(notes, shows_notes=False).shown for place in group.places]
    assert [place.after for place in places] == ["`# Kites 2032-03-09`", "`[last meeting](2032-03-02.md)`"]
    assert not any("secret" in place.before for place in places)


@pytest.mark.parametrize("items", [SHOWN, SHOWN + 1, SHOWN + FOLDED, SHOWN + FOLDED + 1])
def test_ten_lines_are_shown_and_the_others_folded(items: int) -> None:
    found = changed("# 2032-03-09\n\n" + "•\tframes\n" * items)

    places = [len(group.places) for group in found.shown], [len(group.places) for group in found.folded]
    assert found.count == items
    assert sum(places[0]) == SHOWN
    assert sum(places[1]) == min(items - SHOWN, FOLDED)
    assert (found.left, found.unshown) == (items - SHOWN, max(0, items - SHOWN - FOLDED))


def test_each_rule_has_a_place_among_those_that_are_shown() -> None:
    found = changed("# Kites YYYY-MM-DD\n\n" + "•\tframes\n" * 50 + "\n☐ Ada: glue\n☐ Bo: silk\n")

    assert [group.what for group in found.shown] == [
        "the date in the title",
        "a list item with a typed sign",
        "a box to tick with a typed sign",
    ]
    assert [group.count for group in found.shown] == [1, 50, 2]


def test_the_description_has_what_became_what_in_its_limits() -> None:
    items = "".join(f"•\titem {number} {'|@' * 60}\n" for number in range(3_000))
    seen, _ = paper.settle(paper.snapshot(paper.source(paper.NOTES + "\n" + items)))

    body = paper.the_pull(seen).body

    assert len(body) <= LONGEST
    assert find_state(body, PullState) is not None
    assert "**a list item with a typed sign**: 3,000 places" in body
    assert "more places not shown here; the file has all of them." in body
    assert body.count("<details>") == body.count("</details>") == 3
    assert "of Markdown: lists |" in body
    assert body.endswith("<!-- /minutes-bot -->")
