"""A job as it is kept: it comes back as it was, and its id says when two are one."""

from datetime import UTC, datetime

import pytest

from bot.model import ConfigLook, Look
from bot.service.job import Job

NOW = datetime(2026, 8, 18, 14, 0, 0, 250, tzinfo=UTC)


@pytest.mark.parametrize(
    "job",
    [
        Job(Look(77, "hill-lab/notes", 12), "a-delivery"),
        Job(Look(77, "hill-lab/notes", 12, "discussion", labelled_by="ada"), "a-delivery"),
        Job(ConfigLook(77, "hill-lab/notes", "c0ffee" * 7), "a-delivery", attempt=1, due=NOW),
        Job(Look(2**62, "hill-lab/notes", 12, "discussion", NOW), "a-delivery", attempt=3, due=NOW),
    ],
)
def test_a_job_comes_back_as_it_was_kept(job: Job) -> None:
    assert Job.from_json(job.to_json()) == job


def test_what_a_newer_version_added_is_passed_over() -> None:
    job = Job(Look(77, "hill-lab/notes", 12), "a-delivery")

    assert Job.from_json(job.to_json() | {"mood": "good"}) == job


def test_a_delivery_is_one_job_and_so_is_a_look_at_a_time() -> None:
    look = Look(77, "hill-lab/notes", 12)

    assert Job(look, "a").id == Job(Look(1, "x/y", 1), "a").id
    assert Job(look, "a").id != Job(look, "b").id
    assert Job(look, "a", due=NOW).id == Job(look, "b", due=NOW, attempt=2).id
    assert Job(look, "a", due=NOW).id != Job(Look(77, "hill-lab/notes", 13), "a", due=NOW).id
