"""A simulated year: each meeting opened once, at the right minute, and no request on a day without anything.

It has summer time that comes and goes, holidays, a draft that somebody closes early, a meeting that is moved,
a webhook that comes again each week, and a service that is started anew each month. `-s` shows the account.
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from github_simulator import Simulator
from github_simulator.clock import SimulatedClock
from tests.depth import THOROUGH
from tests.service.town import found
from tests.year.machine import Machine
from tests.year.place import PLACES, Span

SIX_WEEKS = Span(PLACES[0], date(2027, 2, 22), date(2027, 4, 5))
"""In spring, in London."""
YEARS = [Span(place, date(2027, 1, 1), date(2027, 12, 31)) for place in PLACES]
SPANS = YEARS if THOROUGH else [SIX_WEEKS]


@pytest.fixture
async def github() -> AsyncIterator[Simulator]:
    """A GitHub whose clock stands, and moves by hand."""
    simulator = Simulator(SimulatedClock(datetime(2027, 1, 1, tzinfo=UTC), frozen=True))
    await simulator.start()
    yield simulator
    await simulator.close()
    assert simulator.violations == []


@pytest.mark.parametrize("span", YEARS, ids=lambda span: span.place.zone)
def test_the_arithmetic_is_that_of_a_pocket_calculator(span: Span) -> None:
    openings = span.openings()

    assert {day: openings["Weekly", date.fromisoformat(day)] for day in span.place.known} == {
        day: datetime.fromisoformat(instant) for day, instant in span.place.known.items()
    }


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.place.zone} {span.first}")
async def test_every_meeting_is_opened_once_at_its_minute(
    span: Span, github: Simulator, tmp_path: Path
) -> None:
    machine = Machine(span, found(github), tmp_path)
    await machine.live()

    openings = span.openings()
    assert machine.opened() == {meeting: [opens] for meeting, opens in openings.items()}
    assert {day for _, day in openings}.isdisjoint(span.skipped), "none on a holiday"
    reminded = {day: 1 for _, day in openings if day not in {*span.written, span.closed}}
    assert +machine.reminders() == reminded
    asked, meetings = machine.requests(), {day for _, day in openings}
    quiet = [day for day in span.days if day not in meetings | machine.stirred]
    assert {day: asked[day] for day in quiet if asked[day]} == {}
    print(account(span, machine, len(quiet)))  # noqa: T201


def account(span: Span, machine: Machine, quiet: int) -> str:
    """Return how many requests it took."""
    asked, openings = machine.requests(), span.openings()
    of_meetings = sum(asked[day] for day in {day for _, day in openings})
    return (
        f"\n{span.place.zone}, {span.first} to {span.last}: {len(openings)} meetings. "
        f"{asked.total()} requests, {of_meetings} of them on days with a meeting, "
        f"{asked.total() - of_meetings} on {len(machine.stirred)} days with a start or a webhook, "
        f"0 on the other {quiet} days."
    )
