"""`minutes-bot jobs`, with the queue that a service left: in both databases, by the command line."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from tests.service import filled
from tests.service.databases import KINDS, new_database


def run(database_url: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["jobs", *arguments], env={"DATABASE_URL": database_url})


def listed(database_url: str, *arguments: str) -> dict[str, dict[str, Any]]:
    """List the jobs, by the delivery that led to each."""
    found = json.loads(run(database_url, "list", "--json", *arguments).stdout)
    return {each["delivery"]: each for each in found}


@pytest.fixture(params=KINDS)
def queue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    for database_url in new_database(request.param, tmp_path):
        asyncio.run(filled.fill(database_url))
        yield database_url


def test_each_job_is_listed_with_its_state_attempts_and_error(queue: str) -> None:
    shown = run(queue, "list")
    found = listed(queue)
    everything = listed(queue, "--state", "done", "--state", "failed")

    assert {
        delivery: (each["state"], each["attempts"], each["error"]) for delivery, each in found.items()
    } == {
        "failed": ("failed", 5, filled.ERROR),
        "waiting": ("waiting", 2, "Stale: moved"),
        "running": ("running", 1, ""),
        "queued": ("queued", 0, ""),
    }
    assert {*everything} == {"done", "failed"}
    assert len(listed(queue, "--limit", "2")) == 2
    lines = {line.split()[0]: line for line in shown.stdout.splitlines()}
    assert re.search(rf"hill-lab/notes#2 +failed +5 .*{filled.ERROR}", lines[found["failed"]["id"]])
    assert f"waiting until {filled.DUE:%Y-%m-%d %H:%M} UTC" in lines[found["waiting"]["id"]]
    assert "hill-lab/notes#1" not in shown.stdout


def test_one_job_is_shown_by_either_of_its_ids(queue: str) -> None:
    failed = listed(queue)["failed"]

    shown = run(queue, "show", failed["id"])

    assert shown.exit_code == 0
    assert shown.stdout == run(queue, "show", failed["queued_as"]).stdout
    for line in ("subject:      hill-lab/notes#2", "installation: 2", f"error:        {filled.ERROR}"):
        assert line in shown.stdout.splitlines()
    assert json.loads(run(queue, "show", failed["id"], "--json").stdout) == failed


def test_a_failed_job_that_is_queued_anew_is_done_by_the_next_service_once(queue: str) -> None:
    old = listed(queue)

    again = run(queue, "retry", old["failed"]["id"])
    new = listed(queue)["failed"]
    second = run(queue, "retry", old["failed"]["id"])
    done = asyncio.run(filled.finish(queue))

    assert again.exit_code == 0
    assert again.stdout == f"hill-lab/notes#2 is queued again, as {new['id']}.\n"
    assert (new["state"], new["attempts"], new["error"]) == ("queued", 0, "")
    assert second.exit_code == 1
    assert "There is no job" in second.stderr
    assert sorted(done) == ["failed", "queued", "running"]


def test_all_that_failed_is_queued_anew_at_once(queue: str) -> None:
    first, second = (run(queue, "retry", "--failed") for _ in range(2))

    assert "hill-lab/notes#2 is queued again" in first.stdout
    assert second.stdout == "No job has failed.\n"
    assert {each["state"] for each in listed(queue).values()} == {"queued", "running", "waiting"}


def test_what_waits_is_dropped_and_never_done(queue: str) -> None:
    jobs = listed(queue)

    dropped = [run(queue, "drop", jobs[each]["id"]) for each in ("waiting", "queued", "failed")]
    done = asyncio.run(filled.finish(queue))

    assert [each.exit_code for each in dropped] == [0, 0, 0]
    assert done == ["running"]
    assert listed(queue) == {}


def test_what_runs_or_is_done_is_not_dropped_and_only_what_failed_is_done_again(queue: str) -> None:
    jobs = listed(queue) | listed(queue, "--state", "done")

    for command, name, said in (
        ("drop", "running", "runs now"),
        ("drop", "done", "is done"),
        ("retry", "running", "has not failed: it is running."),
        ("retry", "waiting", "has not failed: it is waiting until"),
    ):
        refused = run(queue, command, jobs[name]["id"])
        assert refused.exit_code == 1
        assert said in refused.stderr
    assert listed(queue) | listed(queue, "--state", "done") == jobs


def test_an_id_that_is_none_and_an_empty_list_are_told_with_the_cure(queue: str) -> None:
    for command in ("show", "retry", "drop"):
        unknown = run(queue, command, "0123456789")
        assert unknown.exit_code == 1
        assert (
            unknown.stderr
            == "Error: There is no job 0123456789. `minutes-bot jobs list` shows the ids of all.\n"
        )
    run(queue, "retry", "--failed")

    assert run(queue, "list", "--state", "failed").stdout == "No job is failed.\n"
    assert run(queue, "retry").exit_code == 2


def test_a_database_without_a_queue_is_told_and_not_made(tmp_path: Path) -> None:
    missing = run(f"sqlite:///{tmp_path}/none.sqlite", "list")
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("CREATE TABLE birds (name)")
    another = run(f"sqlite:///{tmp_path}/other.sqlite", "list")
    (tmp_path / "text.sqlite").write_text("no database at all " * 99)
    text = run(f"sqlite:///{tmp_path}/text.sqlite", "list")

    for ended in (missing, another, text):
        assert ended.exit_code == 1
        assert len(ended.stderr.splitlines()) == 1
        assert "DATABASE_URL" in ended.stderr
    assert not (tmp_path / "none.sqlite").exists()


def test_a_database_that_is_away_is_told_without_its_password() -> None:
    away = run("postgresql://bot:hunter2@127.0.0.1:1/minutes", "list")

    assert away.exit_code == 1
    assert "Start it, or correct DATABASE_URL." in away.stderr
    assert "hunter2" not in away.output


def test_the_database_may_stand_in_a_file_of_variables(tmp_path: Path) -> None:
    (tmp_path / "bot.env").write_text(f"DATABASE_URL=sqlite:///{tmp_path}/of-the-file.sqlite\nPORT=wrong\n")

    ended = CliRunner().invoke(main, ["jobs", "list", "--env-file", str(tmp_path / "bot.env")], env={})

    assert "of-the-file.sqlite" in ended.stderr
