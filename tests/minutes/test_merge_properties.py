"""The promises of the merge, on texts that chance makes."""

from collections import Counter
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.minutes.merging.merge import merge
from bot.minutes.text.markdown import cut
from tests.depth import examples
from tests.minutes.test_properties import LINES

# -- texts of any lines that mean something in Markdown ------------------------------------------------------

TEXTS = st.lists(LINES, max_size=14)


@st.composite
def _edits(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Draw a few changes: lines added, changed, taken out or moved."""
    lines = list(lines)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        how = draw(st.sampled_from(["add", "change", "drop", "move"]))
        if how == "add":
            lines.insert(at, draw(LINES))
        elif at < len(lines):
            line = lines.pop(at)
            if how == "change":
                lines.insert(at, f"{line} and {draw(st.integers(0, 99))}")
            elif how == "move":
                lines.insert(draw(st.integers(0, len(lines))), line)
    return lines


@st.composite
def _three(draw: st.DrawFn) -> tuple[str, str, str]:
    base = draw(TEXTS)
    return _join(base), _join(draw(_edits(base))), _join(draw(_edits(base)))


THREE = _three()


def _join(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@given(THREE)
def test_one_side_alone_gets_its_text_byte_for_byte(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    assert merge(base, base, theirs).text == theirs
    assert merge(base, ours, base).text == ours
    assert merge(base, ours, ours).text == ours
    assert not merge(base, base, theirs).conflicts + merge(base, ours, base).conflicts


@examples(600)
@given(THREE)
def test_no_typed_line_is_lost_and_no_untouched_one_is_doubled(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    merged = merge(base, ours, theirs)
    if merged.conflicts:
        assert merged.text == theirs
        return
    before, mine, yours, now = (Counter(cut(text)) for text in (*three, merged.text))
    for line in filter(_says, mine | yours):
        assert now[line] or before[line], f"{line!r} was typed, and is lost"
    for line in filter(_says, before):
        if before[line] == mine[line] == yours[line]:
            assert now[line] == before[line], f"nobody touched {line!r}"


@examples(300)
@given(THREE)
def test_a_second_time_changes_nothing(three: tuple[str, str, str]) -> None:
    _, ours, _ = three
    text = merge(*three).text
    assert merge(ours, ours, text).text == text


@examples(300)
@given(st.lists(LINES, max_size=8), st.data())
def test_what_people_typed_is_there_after_three_rounds(first: list[str], data: st.DataObject) -> None:
    """The base of a round is what the bot made of the notes in the round before."""
    made, branch = first, _join(first)
    people: set[str] = set()
    for round_ in range(3):
        typed = f"People say {round_}"
        lines = list(cut(branch))
        lines.insert(data.draw(st.integers(0, len(lines))), typed)
        branch = _join(lines)
        now = data.draw(_edits(made))
        merged = merge(_join(made), _join(now), branch)
        people.add(typed)
        assert people <= {line for line in cut(merged.text) if line.startswith("People say")}
        if merged.conflicts:
            return  # the bot writes nothing, and its base stays
        made, branch = now, merged.text


@examples(300)
@given(THREE)
def test_a_conflict_shows_what_stands_there(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    for conflict in merge(base, ours, theirs).conflicts:
        assert conflict.ours != conflict.theirs
        assert conflict.ours in ours
        for text, line, says in (
            (base, conflict.base_line, conflict.base),
            (theirs, conflict.theirs_line, conflict.theirs),
        ):
            lines_shown = says.split("\n") if says else []
            assert list(cut(text)[line - 1 : line - 1 + len(lines_shown)]) == lines_shown


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_will_do(base: str, ours: str, theirs: str) -> None:
    merge(base, ours, theirs)


def _says(line: str) -> bool:
    return any(map(str.isalnum, line))


# -- lists in which each item is touched by one side at most: what shall come out is known -------------------


@dataclass(frozen=True)
class Item:
    """An item, what becomes of it, by whom, and what each side adds below it."""

    nested: bool
    fate: str  # kept, changed, dropped
    by_people: bool
    people_add: int
    bot_adds: int


ITEMS = st.builds(
    Item,
    st.booleans(),
    st.sampled_from(["kept", "kept", "changed", "dropped"]),
    st.booleans(),
    st.integers(0, 2),
    st.integers(0, 2),
)


def _write(sections: list[list[Item]], people: bool, bot: bool) -> str:
    """Write the text that has the changes of people, of the bot, of both or of none."""
    lines = ["# 2031-03-04"]
    for at, items in enumerate(sections):
        lines += ["", f"## Section {at}", "", f"- item {at}"]
        for number, item in enumerate(items):
            mark = "  - " if item.nested else "- "
            name = f"{mark}item {at} {number}"
            done = people if item.by_people else bot
            if not done or item.fate == "kept":
                lines.append(name)
            elif item.fate == "changed":
                lines.append(f"{name} is now another")
            lines += [f"{mark}people {at} {number} {count}" for count in range(item.people_add * people)]
            lines += [f"{mark}bot {at} {number} {count}" for count in range(item.bot_adds * bot)]
    return "".join(f"{line}\n" for line in lines)


def _plain(items: list[Item]) -> list[Item]:
    """Keep from being dropped what would be a conflict, an item with nested ones, or count as changed."""
    return [
        replace(item, fate="kept")
        if item.fate == "dropped"
        and ((not item.nested and any(other.nested for other in items)) or item.people_add or item.bot_adds)
        else item
        for item in items
    ]


@examples(300)
@given(st.lists(st.lists(ITEMS, max_size=5).map(_plain), max_size=3))
def test_changes_of_different_items_are_no_conflict(sections: list[list[Item]]) -> None:
    base, ours = _write(sections, people=False, bot=False), _write(sections, people=False, bot=True)
    theirs, both = _write(sections, people=True, bot=False), _write(sections, people=True, bot=True)

    merged = merge(base, ours, theirs)

    assert not merged.conflicts
    if any(item.fate == "dropped" for items in sections for item in items):
        # what is dropped beside an addition may count as replaced by it: then only the order is known
        assert sorted(cut(merged.text)) == sorted(cut(both))
        assert _order(merged.text, theirs) == _order(theirs, merged.text)
        assert _order(merged.text, ours) == _order(ours, merged.text)
    else:
        assert merged.text == both


def _order(text: str, other: str) -> list[str]:
    """List the lines that another text has too."""
    return [line for line in cut(text) if line and line in cut(other)]


# -- notes that adopt a draft --------------------------------------------------------------------------------


@st.composite
def _adopted(draw: st.DrawFn) -> tuple[str, str, str]:
    """Draw a draft, notes that may have nothing to do with it, and what people made of the draft."""
    base, notes = draw(TEXTS), draw(TEXTS)
    return _join(base), _join(draw(st.sampled_from([notes, draw(_edits(base))]))), _join(draw(_edits(base)))


@examples(600)
@given(_adopted())
def test_all_that_either_side_typed_is_there_or_in_a_conflict(three: tuple[str, str, str]) -> None:
    merged = merge(*three, scaffold=True)
    before, mine, yours = (Counter(filter(_says, cut(text))) for text in three)
    shown = (merged.text, *(text for each in merged.conflicts for text in (each.ours, each.theirs)))
    now = {line for text in shown for line in cut(text)}
    if merged.conflicts:
        assert merged.text == three[2]
        return
    assert mine.keys() - before.keys() <= now
    assert yours.keys() - before.keys() <= now


@examples(300)
@given(_adopted())
def test_after_the_adoption_the_notes_are_the_base(three: tuple[str, str, str]) -> None:
    text = merge(*three, scaffold=True).text
    assert merge(three[1], three[1], text).text == text


@given(THREE)
def test_a_draft_that_one_side_left_alone_is_the_other_one(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    assert merge(base, ours, base, scaffold=True).text == ours
    assert merge(base, base, theirs, scaffold=True).text == theirs


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_be_a_draft(base: str, ours: str, theirs: str) -> None:
    merge(base, ours, theirs, scaffold=True)
