"""A job as it is kept: it comes back as it was, and its id says when two are one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import AppRequest, CalendarRequest, ConfigCheckRequest, InstallationRequest, ReconcileRequest
from bot.service.job import Job

NOW = datetime(2026, 8, 18, 14, 0, 0, 250, tzinfo=UTC)


@pytest.mark.parametrize(
    "job",
    [
        Job(ReconcileRequest(77, "hill-lab/notes", 12), "a-delivery"),
        Job(ReconcileRequest(77, "hill-lab/notes", 12, "discussion", labelled_by="ada"), "a-delivery"),
        Job(ConfigCheckRequest(77, "hill-lab/notes", "c0ffee" * 7), "a-delivery", attempt=1, due=NOW),
        Job(CalendarRequest(77, "hill-lab/notes"), "a-delivery", due=NOW),
        Job(CalendarRequest(77, "hill-lab/notes", "c0ffee"), "a-delivery"),
        Job(InstallationRequest(77), "a-delivery"),
        Job(AppRequest(), "start-web.1-4f"),
        Job(
            ReconcileRequest(2**62, "hill-lab/notes", 12, "discussion", NOW), "a-delivery", attempt=3, due=NOW
        ),
    ],
)
def test_a_job_comes_back_as_it_was_kept(job: Job) -> None:
    assert Job.from_json(job.to_json()) == job


def test_what_a_newer_version_added_is_passed_over() -> None:
    job = Job(ReconcileRequest(77, "hill-lab/notes", 12), "a-delivery")

    assert Job.from_json(job.to_json() | {"mood": "good"}) == job


OLD = {
    "installation": 77,
    "repository": "hill-lab/notes",
    "delivery": "a-delivery",
    "attempt": 1,
    "due": None,
}
"""What was kept before there were calendars."""


@pytest.mark.parametrize(
    ("kept", "queued"),
    [
        ({"number": 12, "kind": "discussion", "as_new_as": None, "labelled_by": "ada"},
         ReconcileRequest(77, "hill-lab/notes", 12, "discussion", labelled_by="ada")),
        ({"commit": "c0ffee"}, ConfigCheckRequest(77, "hill-lab/notes", "c0ffee")),
    ],
)  # fmt: skip
def test_what_an_older_version_kept_is_read(
    kept: dict[str, object], queued: ReconcileRequest | ConfigCheckRequest
) -> None:
    assert Job.from_json(OLD | kept) == Job(queued, "a-delivery", attempt=1)


def test_each_look_says_in_the_log_what_it_is_about() -> None:
    requests = [
        ReconcileRequest(77, "hill-lab/notes", 12),
        ReconcileRequest(77, "hill-lab/notes", 12, "discussion"),
        ConfigCheckRequest(77, "hill-lab/notes", "c0ffee"),
        CalendarRequest(77, "hill-lab/notes"),
        InstallationRequest(77),
        AppRequest(),
    ]

    assert [Job(queued, "a-delivery").subject for queued in requests] == [
        "hill-lab/notes#12",
        "hill-lab/notes##12",
        "hill-lab/notes@c0ffee",
        "hill-lab/notes@calendar",
        "@installation",
        "@app",
    ]


def test_a_delivery_is_one_job_and_so_is_a_look_at_a_time() -> None:
    queued = ReconcileRequest(77, "hill-lab/notes", 12)

    assert Job(queued, "a").id == Job(replace(queued, as_new_as=NOW), "a").id
    assert Job(queued, "a").id != Job(queued, "b").id
    assert Job(queued, "a").id != Job(CalendarRequest(77, "hill-lab/notes"), "a").id
    assert Job(queued, "a", due=NOW).id == Job(queued, "b", due=NOW, attempt=2).id
    assert Job(queued, "a", due=NOW).id != Job(ReconcileRequest(77, "hill-lab/notes", 13), "a", due=NOW).id
