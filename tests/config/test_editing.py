"""A day more to skip: what is put in, that nothing else changes, and what is left to people."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Extra
from bot.config import CannotEdit, check, read, with_extra, with_skip
from tests.depth import examples

DAY = date(2026, 12, 29)  # a Tuesday
HEAD = "series:\n- name: Team\n  schedule: every Tuesday\n"
WHY = "Office closed"
LINE = "- 2026-12-29  # Office closed"

FORMS = {
    # what stands there: (the text, the text with the day)
    "no key": (HEAD, HEAD + "  skip:\n    - 2026-12-29  # Office closed\n"),
    "no key, and more behind": (
        HEAD + "# the end\nsettle: 5\n",
        HEAD + "  skip:\n    - 2026-12-29  # Office closed\n# the end\nsettle: 5\n",
    ),
    "no end of the last line": (HEAD[:-1] + " # a", f"{HEAD[:-1]} # a\n  skip:\n    {LINE}"),
    "a block scalar": (
        "series:\n- name: Team\n  schedule: >\n    every Tuesday\n\n# b\nsettle: 5\n",
        f"series:\n- name: Team\n  schedule: >\n    every Tuesday\n  skip:\n    {LINE}\n\n# b\nsettle: 5\n",
    ),
    "brackets": (HEAD + "  skip: [2026-12-22]  # a\n", HEAD + "  skip: [2026-12-22, 2026-12-29]  # a\n"),
    "quotes": (HEAD + "  skip: [ '2026-12-22' ]\n", HEAD + "  skip: [ '2026-12-22', '2026-12-29' ]\n"),
    "a comma behind": (HEAD + "  skip: [2026-12-22,]\n", HEAD + "  skip: [2026-12-22, 2026-12-29,]\n"),
    "empty brackets": (HEAD + "  skip: []\n", HEAD + "  skip: [2026-12-29]\n"),
    "nothing": (HEAD + "  skip: # none\n", HEAD + "  skip: [2026-12-29] # none\n"),
    "nothing, and more": (HEAD + "  skip:\n  labels: [a]\n", HEAD + "  skip: [2026-12-29]\n  labels: [a]\n"),
    "null": (HEAD + "  skip: ~ # none\n", HEAD + "  skip: [2026-12-29] # none\n"),
    "brackets in lines": (
        HEAD + "  skip: [2026-12-15, # a\n         2026-12-22]\n",
        HEAD + "  skip: [2026-12-15, # a\n         2026-12-22, 2026-12-29]\n",
    ),
    "a line for each": (
        HEAD + "  skip: [\n    2026-12-15, # a\n    2026-12-22 # b\n    # c\n  ]\n",
        HEAD + "  skip: [\n    2026-12-15, # a\n    2026-12-22, # b\n    2026-12-29\n    # c\n  ]\n",
    ),
    "a line and a comma for each": (
        HEAD + '  skip: [\n    "2026-12-15",\n    "2026-12-22", # b\n  ]\n',
        HEAD + '  skip: [\n    "2026-12-15",\n    "2026-12-22", # b\n    "2026-12-29",\n  ]\n',
    ),
    "a list": (
        HEAD + "  skip:\n  - 2026-12-22\n  # c\n  labels: [a]\n",
        HEAD + "  skip:\n  - 2026-12-22\n  - 2026-12-29  # Office closed\n  # c\n  labels: [a]\n",
    ),
    "a list far in": (
        HEAD + "  skip:\n      # a\n      -  '2026-12-15' # b\n\n      -  '2026-12-22'",
        HEAD + "  skip:\n      # a\n      -  '2026-12-15' # b\n\n      -  '2026-12-22'\n"
        "      -  '2026-12-29'  # Office closed",
    ),
    "braces": (
        "series: [{name: A, schedule: daily}, {name: tEAM, schedule: daily} ]\n",
        "series: [{name: A, schedule: daily}, {name: tEAM, schedule: daily, skip: [2026-12-29]} ]\n",
    ),
    "braces in lines": (
        "series:\n- {'name': ' Team'\n  , schedule: daily # a\n  }\n".replace("' Team'", "'Team '"),
        "series:\n- {'name': 'Team '\n  , schedule: daily, skip: [2026-12-29] # a\n  }\n",
    ),
    "braces with days": (
        "{series: [{name: Team, schedule: daily, skip: ['2026-12-22']}]}",
        "{series: [{name: Team, schedule: daily, skip: ['2026-12-22', '2026-12-29']}]}",
    ),
    "ends of lines, and a mark before": (
        "\ufeff" + (HEAD + "  skip:\n  - 2026-12-22\n").replace("\n", "\r\n"),
        "\ufeff" + f"{HEAD}  skip:\n  - 2026-12-22\n  {LINE}\n".replace("\n", "\r\n"),
    ),
    "an extra meeting of that day": (
        HEAD + "  extra: [2026-12-29 15:00, 2026-12-30 # a\n    ]\n",
        HEAD + "  extra: [2026-12-30 # a\n    ]\n  skip:\n    - 2026-12-29  # Office closed\n",
    ),
}  # fmt: skip

THERE = "series:\n- name: Team\n  schedule: every Monday\n"
EXTRAS = {
    # the schedule names no such day: it is enough that the extra one goes
    "alone": ("  extra: [2026-12-29]\n", "  extra: []\n"),
    "first": ("  extra: [2026-12-29, 2026-12-30]\n", "  extra: [2026-12-30]\n"),
    "last": ("  extra: ['2026-12-30', '2026-12-29 9:30']\n", "  extra: ['2026-12-30']\n"),
    "last, with a comma": ("  extra: [2026-12-30, 2026-12-29 , ]\n", "  extra: [2026-12-30, ]\n"),
    "first, with a comment": (
        "  extra: [2026-12-29, # a\n    2026-12-30]\n", "  extra: [# a\n    2026-12-30]\n",
    ),
    "a line": ("  extra:\n  - 2026-12-30\n  - 2026-12-29  # a\n", "  extra:\n  - 2026-12-30\n"),
    "the only line": (
        "  extra: # a\n  # b\n  - 2026-12-29  # c\n  # d\n", "  extra: [] # a\n  # b\n  # d\n",
    ),
    "skipped too": (
        "  extra: [2026-12-29 15:00]\n  skip: [2026-12-29]\n", "  extra: []\n  skip: [2026-12-29]\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)
def test_a_day_is_put_in_and_nothing_else_changes(before, after):
    assert with_skip(before, "Team", DAY, WHY) == after
    assert with_skip(after, "team ", DAY, "Another reason") == after


@pytest.mark.parametrize(("before", "after"), EXTRAS.values(), ids=EXTRAS)
def test_an_extra_meeting_is_taken_out(before, after):
    assert with_skip(THERE + before, "Team", DAY) == THERE + after
    assert read(THERE + after).series[0].on(DAY) is None


EXTRAS = {
    "no key": (HEAD, HEAD + "  extra:\n    - 2026-12-30 15:00\n"),
    "a list": (
        HEAD + "  extra:\n  - 2026-11-04  # a\n",
        HEAD + "  extra:\n  - 2026-11-04  # a\n  - 2026-12-30 15:00\n",
    ),
    "brackets": (
        HEAD + "  extra: [2026-11-04 10:00]\n",
        HEAD + "  extra: [2026-11-04 10:00, 2026-12-30 15:00]\n",
    ),
    "another time on that day": (
        HEAD + "  extra: [2026-12-30 10:00]\n",
        HEAD + "  extra: [2026-12-30 15:00]\n",
    ),
    "nothing": (HEAD + "  extra: # none\n", HEAD + "  extra: [2026-12-30 15:00] # none\n"),
    "the same": (HEAD + "  extra: [2026-12-30 15:00]\n", HEAD + "  extra: [2026-12-30 15:00]\n"),
}


@pytest.mark.parametrize(("before", "after"), EXTRAS.values(), ids=EXTRAS)
def test_a_meeting_on_another_day_is_put_in(before, after):
    assert with_extra(before, "Team", Extra(date(2026, 12, 30), time(15))) == after


@pytest.mark.parametrize(
    "text", ["series: [", "series: []\n", HEAD + "  extra: &a [2026-12-30 10:00]\n  skip: *a\n"]
)
def test_where_it_cannot_be_put_in_people_are_asked_to(text):
    with pytest.raises(CannotEdit, match=r"2026-12-30|Team"):
        with_extra(text, "Team", Extra(date(2026, 12, 30), time(15)))


def test_a_day_of_the_schedule_that_is_an_extra_too_is_skipped_and_taken_out():
    before = HEAD + "  extra: [2026-12-29 15:00]\n  skip: [2026-12-22]\n"
    after = HEAD + "  extra: []\n  skip: [2026-12-22, 2026-12-29]\n"
    assert with_skip(before, "Team", DAY) == after


@pytest.mark.parametrize(
    ("why", "comment"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("a # b: [c]", "  # a # b: [c]"),
        ("# a", "  # # a"),
        ("two\nlines\r\nand\u2028more", "  # two lines and more"),
        ("a\x00\x07\x1b[1m\u202e\ufeff\ud800b\x85c", "  # a[1mb c"),
        ("x" * 300, f"  # {'x' * 100}"),
        ("Séance 会議 🎄", "  # Séance 会議 🎄"),
    ],
)
def test_a_reason_stays_a_comment(why, comment):
    assert with_skip(HEAD, "Team", DAY, why) == f"{HEAD}  skip:\n    - 2026-12-29{comment}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no series `Team` in `.github/minutes.yml`; there are none"),
        ("settle: 5\n", "there is no series `Team`"),
        ("series: []\n", "there is no series `Team`"),
        ("series: [Team]\n", "there is no series `Team`"),
        ("series: {name: Team}\n", "there is no series `Team`"),
        ("series:\n- name: A`B\n  schedule: daily\n", "there is no series `Team`"),
        ("series: [{name: A, schedule: daily}, {name: B, schedule: daily}]\n", "there are: `A`, `B`"),
        ("- a list\n", "by hand: .github/minutes.yml:1:1: write keys"),
        (
            HEAD + "settel: 5\n",
            "write `2026-12-29` among the `skip` of `Team` in `.github/minutes.yml` by hand",
        ),
        (HEAD + "settel: 5\n", ".github/minutes.yml:4:1: unknown key"),
        (HEAD + "  skip: &a [2026-12-22]\n", "anchors"),
        (HEAD + "  skip: {}\n", "write a list"),
        (HEAD + "\tskip: []\n", "not YAML"),
        (HEAD + "  skip:\n  -\n    2026-12-22\n", "only people can edit"),
        (HEAD + "  extra:\n  -\n    2026-12-29\n", "only people can edit"),
        (HEAD + "# " + "x" * (8_190 - len(HEAD)), "longer than 8192"),
    ],
)
def test_what_is_left_to_people(text, says):
    with pytest.raises(CannotEdit) as caught:
        with_skip(text, "Team", DAY)
    assert says in str(caught.value)


# -- configurations of all kinds ---------------------------------------------------------------------------

DAYS = st.dates(date(2026, 11, 20), date(2027, 1, 20))
COMMENT = st.sampled_from(["", "  # a, [b]: 'c", " #"])
MARK = st.sampled_from(["", "'", '"'])


@st.composite
def lists(draw, key, indent, days, is_flow):
    """A key with days: in brackets, in brackets over lines, or a line each."""
    mark, form = (
        draw(MARK),
        draw(st.sampled_from(["brackets"] if is_flow or not days else ["brackets", "lines", "list"])),
    )
    written = [f"{mark}{day}{mark}" for day in days]
    if form == "brackets":
        blank = draw(st.sampled_from(["", " "]))
        return f"{key}: [{blank}{', '.join(written)}{blank}]"
    far = indent + " " * draw(st.integers(2 if form == "lines" else 0, 4))
    if form == "list":
        return f"{key}:{draw(COMMENT)}" + "".join(f"\n{far}- {each}{draw(COMMENT)}" for each in written)
    commas = [","] * (len(written) - 1) + [draw(st.sampled_from(["", ","]))]
    lines = [f"\n{far}{each}{comma}{draw(COMMENT)}" for each, comma in zip(written, commas, strict=True)]
    return f"{key}: [{draw(COMMENT)}{''.join(lines)}\n{far}]"


@st.composite
def entries(draw, name, outer):
    is_flow, mark = draw(st.booleans()), draw(MARK)
    indent = outer + "  "
    keys = [
        f"name: {mark}{name}{mark}",
        f"schedule: {draw(st.sampled_from(['daily', 'every Tuesday 14:00']))}",
    ]
    for key in ("skip", "extra"):
        if draw(st.booleans()):
            days = draw(st.lists(DAYS, max_size=4, unique=True))
            keys.append(draw(lists(key, indent, days, is_flow)))
    keys = draw(st.permutations(keys))
    if is_flow:
        return f"{outer}- {{{f',{chr(10)}{indent}'.join(keys)}}}{draw(COMMENT)}\n"
    return f"{outer}- " + f"\n{indent}".join(f"{key}{draw(COMMENT)}" for key in keys) + "\n"


@st.composite
def configurations(draw):
    outer = " " * draw(st.integers(0, 4))
    listed = "".join(draw(entries(name, outer)) for name in draw(st.sampled_from(["A", "AB", "BA", "ABC"])))
    before, after = draw(
        st.sampled_from([("", ""), ("# a\n", "\n# b\n"), ("", "settle: 5\n"), ("\n", "# b\n")])
    )
    text = f"{before}series:{draw(COMMENT)}\n{listed}{after}"
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def is_within(short, long):
    """Return whether a text is another one with nothing but more in it."""
    rest = iter(long)
    return all(char in rest for char in short)


@examples(60)  # each is read and composed four times
@given(configurations(), DAYS, st.text(max_size=9))
def test_any_configuration_says_the_same_and_one_day_more(text, day, why):
    old = read(text)
    made = with_skip(text, "A", day, why)
    new = read(made)
    before = {each.name: each for each in old.series}
    after = {each.name: each for each in new.series}
    extra = {each.day for each in before["A"].extra}
    rest = tuple(each for each in before["A"].extra if each.day != day)
    skip = after["A"].skip
    assert after["A"].on(day) is None
    assert skip - {day} == before["A"].skip - {day}
    assert after == before | {"A": replace(before["A"], extra=rest, skip=skip)}
    assert day in skip or day in extra
    assert (new.settle, new.labels) == (old.settle, old.labels)
    if day not in extra:
        assert is_within(text, made)
    if day in before["A"].skip and day not in extra:
        assert made == text
    assert ("\n" in made.replace("\r\n", "")) == ("\n" in text.replace("\r\n", ""))


@given(st.text("seri:[]{},-#'\" \n\rnamd62\t&|>?", max_size=60))
def test_any_text_is_edited_or_refused(text):
    for before in (text, HEAD + text, HEAD + "  skip:" + text):
        try:
            made = with_skip(before, "Team", DAY)
        except CannotEdit:
            continue
        assert read(made).series[0].on(DAY) is None
        assert not check(made)
