"""Who is alive: pulses in the database, and who may claim a dead replica's jobs."""

from pathlib import Path

import pytest

from bot.service.replicas import Replicas, Watch


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/jobs.sqlite"


def test_each_beat_changes_the_pulse(url: str) -> None:
    replica = Replicas(url, "one")
    replica.begin()
    before = replica.pulses()

    assert replica.beat()
    assert replica.pulses().keys() == before.keys() == {"one"}
    assert replica.pulses() != before


def test_of_two_that_claim_one_gets_it(url: str) -> None:
    dead, first, second = (Replicas(url, name) for name in ("dead", "first", "second"))
    dead.begin()
    pulse = first.pulses()["dead"]

    assert [first.claim("dead", pulse), second.claim("dead", pulse)] == [True, False]
    assert not dead.beat()  # if it was only slow, it hears of it


def test_a_replica_without_a_row_can_be_claimed_once_too(url: str) -> None:
    first, second = Replicas(url, "first"), Replicas(url, "second")
    first.begin()

    assert [first.claim("gone", None), second.claim("gone", None)] == [True, False]


def test_who_comes_back_under_its_name_has_it(url: str) -> None:
    before, after, other = (Replicas(url, name) for name in ("same", "same", "other"))
    before.begin()
    pulse = other.pulses()["same"] if other.pulses() else None
    after.begin()

    assert not other.claim("same", pulse)
    assert after.beat()
    before.end()  # the old process ends late, and does not take the new one's row along
    assert "same" in after.pulses()


def test_a_watch_counts_from_the_last_change() -> None:
    watch = Watch(patience=30)

    assert watch.still({"a": "1", "b": None}, now=0) == {}
    assert watch.still({"a": "2", "b": None}, now=20) == {}
    assert watch.still({"a": "2", "b": None}, now=31) == {"b": None}
    assert watch.still({"a": "2"}, now=50) == {"a": "2"}
    assert watch.still({"a": "2", "b": None}, now=51) == {"a": "2"}  # who was away is watched anew
