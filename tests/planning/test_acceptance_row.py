"""What the pull request says of the acceptance of the previous minutes."""

from datetime import date
from types import SimpleNamespace

import pytest

from bot.minutes import Acceptance, AcceptanceState
from bot.planning.reports import facts

DAY = date(2031, 2, 25)
PHRASES = {
    "accepted": "accepted here",
    "accepted_with_changes": "accepted here, with changes",
    "not_accepted": "not accepted here",
    "deferred": "deferred",
    "silent": "presented here, nothing recorded",
    None: "acceptance not mentioned",
}


def phrase(state, where=None, *, by_command=False, monkeypatch):
    said = Acceptance(AcceptanceState(state), "", 1) if state else None
    proposal = SimpleNamespace(
        previous=SimpleNamespace(date=DAY), minutes=SimpleNamespace(fields=SimpleNamespace(acceptance=said))
    )
    case = SimpleNamespace(state=SimpleNamespace(accepts_previous=DAY if by_command else None))
    monkeypatch.setattr(facts, "accepted", lambda _archive, _day: where)
    return facts._acceptance(case, None, proposal)


@pytest.mark.parametrize(("state", "expected"), PHRASES.items())
def test_the_notes_say_it(state, expected, monkeypatch):
    assert phrase(state, monkeypatch=monkeypatch) == expected
    assert phrase(state, "objection open", monkeypatch=monkeypatch) == "objection open"
    assert phrase(state, by_command=True, monkeypatch=monkeypatch) == "accepted here"


def test_what_was_recorded_elsewhere_counts_where_the_notes_do_not_accept(monkeypatch):
    for state in ("not_accepted", "deferred", "silent", None):
        assert phrase(state, "accepted on 2031-03-01", monkeypatch=monkeypatch) == "accepted on 2031-03-01"
    assert phrase("accepted", "accepted on 2031-03-01", monkeypatch=monkeypatch) == "accepted here"
