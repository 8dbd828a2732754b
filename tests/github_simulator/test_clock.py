from datetime import UTC, datetime, timedelta

import pytest

from github_simulator import SimulatedClock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_frozen_clock_moves_only_by_hand():
    clock = SimulatedClock(NOON, frozen=True)
    assert clock.now() == NOON
    assert clock.advance(timedelta(minutes=10)) == NOON + timedelta(minutes=10)
    assert clock.set(NOON) == NOON


def test_a_ticking_clock_goes_on_from_where_it_was_put():
    clock = SimulatedClock(NOON)
    assert NOON <= clock.now() < NOON + timedelta(minutes=1)
    clock.advance(timedelta(days=365))
    assert NOON + timedelta(days=365) <= clock.now() < NOON + timedelta(days=365, minutes=1)


def test_moves_are_told_until_one_no_longer_listens():
    clock, calls = SimulatedClock(NOON, frozen=True), []
    stop = clock.subscribe(lambda: calls.append(clock.now()))
    clock.advance(timedelta(hours=1))
    stop()
    clock.advance(timedelta(hours=1))
    assert calls == [NOON + timedelta(hours=1)]


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        SimulatedClock(NOON).set(datetime(2026, 11, 24, 12))
