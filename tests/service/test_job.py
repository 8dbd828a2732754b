"""A job as it is kept: it comes back as it was, and its id says when two are one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import AppLook, CalendarLook, ConfigLook, InstallationLook, Look
from bot.service.job import Job

NOW = datetime(2026, 8, 18, 14, 0, 0, 250, tzinfo=UTC)


@pytest.mark.parametrize(
    "job",
    [
        Job(Look(77, "hill-lab/notes", 12), "a-delivery"),
        Job(Look(77, "hill-lab/notes", 12, "discussion", labelled_by="ada"), "a-delivery"),
        Job(ConfigLook(77, "hill-lab/notes", "c0ffee" * 7), "a-delivery", attempt=1, due=NOW),
        Job(CalendarLook(77, "hill-lab/notes"), "a-delivery", due=NOW),
        Job(CalendarLook(77, "hill-lab/notes", "c0ffee"), "a-delivery"),
        Job(InstallationLook(77), "a-delivery"),
        Job(AppLook(), "start-web.1-4f"),
        Job(Look(2**62, "hill-lab/notes", 12, "discussion", NOW), "a-delivery", attempt=3, due=NOW),
    ],
)
def test_a_job_comes_back_as_it_was_kept(job: Job) -> None:
    assert Job.from_json(job.to_json()) == job


def test_what_a_newer_version_added_is_passed_over() -> None:
    job = Job(Look(77, "hill-lab/notes", 12), "a-delivery")

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
    ("kept", "look"),
    [
        ({"number": 12, "kind": "discussion", "as_new_as": None, "labelled_by": "ada"},
         Look(77, "hill-lab/notes", 12, "discussion", labelled_by="ada")),
        ({"commit": "c0ffee"}, ConfigLook(77, "hill-lab/notes", "c0ffee")),
    ],
)  # fmt: skip
def test_what_an_older_version_kept_is_read(kept: dict[str, object], look: Look | ConfigLook) -> None:
    assert Job.from_json(OLD | kept) == Job(look, "a-delivery", attempt=1)


def test_each_look_says_in_the_log_what_it_is_about() -> None:
    looks = [
        Look(77, "hill-lab/notes", 12),
        Look(77, "hill-lab/notes", 12, "discussion"),
        ConfigLook(77, "hill-lab/notes", "c0ffee"),
        CalendarLook(77, "hill-lab/notes"),
        InstallationLook(77),
        AppLook(),
    ]

    assert [Job(look, "a-delivery").subject for look in looks] == [
        "hill-lab/notes#12",
        "hill-lab/notes##12",
        "hill-lab/notes@c0ffee",
        "hill-lab/notes@calendar",
        "@installation",
        "@app",
    ]


def test_a_delivery_is_one_job_and_so_is_a_look_at_a_time() -> None:
    look = Look(77, "hill-lab/notes", 12)

    assert Job(look, "a").id == Job(replace(look, as_new_as=NOW), "a").id
    assert Job(look, "a").id != Job(look, "b").id
    assert Job(look, "a").id != Job(CalendarLook(77, "hill-lab/notes"), "a").id
    assert Job(look, "a", due=NOW).id == Job(look, "b", due=NOW, attempt=2).id
    assert Job(look, "a", due=NOW).id != Job(Look(77, "hill-lab/notes", 13), "a", due=NOW).id
