"""Text that is made to hurt: it becomes minutes like any other, without the last resort."""

from datetime import date

import pytest

from benchmarks.hostile import HOSTILE
from bot.minutes import BUILT_IN, Meeting, Previous, find_date, normalise, verify
from bot.minutes.text.markdown import clean

MEETING = Meeting(date(2031, 3, 4), Previous(date(2031, 2, 25), "2031-02-25.md"))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("source", ["issue", "file"])
def test_hostile_notes_become_minutes(name: str, source: str) -> None:
    notes = (HOSTILE[name] * 4000)[:4000]

    minutes = normalise(notes, template=BUILT_IN, meeting=MEETING, source=source, title=notes)

    assert not minutes.fell_back
    assert verify(clean(notes), minutes.text, minutes.ledger) == []
    find_date(notes, notes, notes)  # and this does not raise either
