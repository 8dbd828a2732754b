"""What counts as pasted twice: the whole text, often enough and long enough, and nothing less."""

from datetime import date

import pytest

from bot.minutes import BUILT_IN, Meeting, normalise
from bot.minutes.normalising.paste import ends_of_pastes

TEXT = ("# 2031-03-04", "Attending: Ada", "## Workshop", "glue")
ONCE = {
    "nothing": (),
    "once": TEXT,
    "three lines twice: too few": TEXT[:3] * 2,
    "the same but for its end": TEXT * 2 + TEXT[:2],
    "the same but for one line": (*TEXT, *TEXT[:3], "tails"),
    "its beginning once more": (*TEXT, *TEXT[:3]),
}


@pytest.mark.parametrize("lines", ONCE.values(), ids=ONCE)
def test_all_of_it_is_the_first_paste(lines):
    assert not ends_of_pastes(lines, frozenset())


@pytest.mark.parametrize("times", [2, 3, 40])
def test_all_but_the_first_are_dropped_however_often_it_was_pasted(times):
    how = {"template": BUILT_IN, "meeting": Meeting(date(2031, 3, 4)), "source": "file"}
    notes = "\n\n".join(TEXT) + "\n\n"
    minutes = normalise(notes * times, **how)
    assert not minutes.fell_back
    assert minutes.text == normalise(notes.rstrip(), **how).text
    assert {entry.rule for entry in minutes.ledger if entry.op == "drop"} == {"duplicate-paste"}


def test_hidden_lines_do_not_count():
    assert ends_of_pastes((*TEXT, "<!-- again -->", *TEXT), frozenset({4}))[0] == 4


def test_two_tables_alike_are_no_second_paste():
    rows = "Ada\tglue\nBo\tsilk\nCy\tspars\n"
    minutes = normalise(f"{rows}\n{rows}", template=BUILT_IN, meeting=Meeting(None))
    assert not minutes.fell_back
    assert minutes.text.count("| Ada | glue |") == 2
