"""What went wrong, how often, and what follows: a table."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.github.errors import GitHubError, Gone, Limited, LostAnswer, Refused, Stale
from bot.model import (
    AnyRequest,
    AppRequest,
    CalendarRequest,
    ConfigCheckRequest,
    InstallationRequest,
    ReconcileRequest,
)
from bot.service.job import Job
from bot.service.retry import WAITS, Lagging, after

NOW = datetime(2026, 8, 18, 14, tzinfo=UTC)
LOOK = ReconcileRequest(77, "hill-lab/notes", 12, as_new_as=NOW)


def waits(error: Exception) -> list[int]:
    """Fail again and again with the same error, and note how long the bot waits each time."""
    job: Job | None = Job(LOOK, "a-delivery")
    seconds = []
    while job := after(error, job, NOW):
        assert job.due is not None
        seconds.append(round((job.due - NOW).total_seconds()))
        if job.request.as_new_as is None:
            break
    return seconds


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Lagging(), [1, 2, 4, 8, 16, 32, 0]),  # and at last it is believed, at once
        (Stale(), list(WAITS[Stale])),
        (LostAnswer(), list(WAITS[LostAnswer])),
        (Gone("not there"), list(WAITS[Gone])),
        (Refused("no"), list(WAITS[Refused])),
        (GitHubError("odd"), list(WAITS[GitHubError])),
        (ZeroDivisionError(), list(WAITS[Exception])),
    ],
)
def test_how_long_it_waits_before_it_gives_up(error: Exception, expected: list[int]) -> None:
    assert waits(error) == expected


@pytest.mark.parametrize(
    "queued", [CalendarRequest(77, "hill-lab/notes"), InstallationRequest(77), AppRequest()]
)
@pytest.mark.parametrize(
    ("error", "hours"),
    [(LostAnswer(), 1), (ZeroDivisionError(), 1), (GitHubError("?"), 1), (Refused("suspended"), 24)],
)
def test_what_nobody_asks_for_again_is_never_over(queued: AnyRequest, error: Exception, hours: int) -> None:
    job: Job | None = Job(queued, "a-delivery")
    dues = []
    for _ in range(40):
        assert job is not None
        job = after(error, job, NOW)
        dues.append(job and job.due)

    assert dues[-2:] == [NOW + timedelta(hours=hours)] * 2


@pytest.mark.parametrize(
    ("queued", "error"),
    [
        (CalendarRequest(77, "hill-lab/notes"), Gone("uninstalled")),
        (ConfigCheckRequest(77, "hill-lab/notes", "c0ffee"), ZeroDivisionError()),
    ],
)
def test_what_cannot_be_mended_or_matters_to_nobody_is_over(queued: AnyRequest, error: Exception) -> None:
    assert after(error, Job(queued, "a-delivery", attempt=40), NOW) is None


def test_an_outage_of_a_day_loses_nothing() -> None:
    assert sum(waits(LostAnswer())) > 24 * 3600


def test_an_answer_that_lags_for_good_is_believed() -> None:
    last = after(Lagging(), Job(LOOK, "a-delivery", attempt=6), NOW)

    assert last is not None
    assert last.request == ReconcileRequest(77, "hill-lab/notes", 12, as_new_as=None)


def test_a_calendar_that_is_not_at_its_push_for_good_is_believed() -> None:
    queued = CalendarRequest(77, "hill-lab/notes", head="c0ffee")

    assert after(Lagging(), Job(queued, "a-delivery", attempt=6), NOW) == Job(
        CalendarRequest(77, "hill-lab/notes"), "a-delivery", due=NOW
    )


def test_a_limit_moves_the_job_and_counts_for_nothing() -> None:
    until = NOW + timedelta(minutes=40)

    assert after(Limited("enough", until), Job(LOOK, "a-delivery", attempt=1), NOW) == Job(
        LOOK, "a-delivery", attempt=1, due=until, error=f"Limited: enough (not before {until:%F %T} UTC)"
    )


def test_a_limit_that_is_over_does_not_turn_into_a_busy_loop() -> None:
    job = after(Limited("enough", NOW - timedelta(minutes=1)), Job(LOOK, "a-delivery"), NOW)

    assert job is not None
    assert job.due is not None
    assert job.due > NOW
