"""`minutes-bot action`: one event of a workflow in a process of its own, with real payloads."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import manifest
from bot.service import action
from bot.service.workflow import command
from github_simulator import SimulatedPerson, Simulator
from github_simulator.state import Issue, PullRequest
from tests.service.town import ARCHIVED, NOTES

ROOT = Path(__file__).parents[2]
HERE = "hill-lab/planning"
OTHER = "hill-lab/elsewhere"
TITLE = "Weekly meeting 2026-08-18"
CONFIGURATION = f"archive: {HERE}\nsettle: 0 minutes\n"
SHELL = "$(touch pwned) `id`\n::set-output name=x::y\n::error::no\n##[error]no"


@dataclass
class Ran:
    """A run that ended."""

    code: int
    output: str
    summary: str


@dataclass
class Workflow:
    """A repository with the workflow, and its token."""

    github: Simulator
    ada: SimulatedPerson
    token: str
    folder: Path
    installation: int

    def notes(self, text: str = NOTES, title: str = TITLE) -> Issue:
        issue = self.ada.open_issue(HERE, title, text)
        self.ada.label(issue, "meeting-notes")
        return issue

    def pulls(self) -> list[PullRequest]:
        threads = self.github.world.repository(*HERE.split("/")).threads.values()
        return [each for each in threads if isinstance(each, PullRequest)]

    def newest(self) -> tuple[str, dict[str, Any]]:
        """The event that GitHub delivered last, as a workflow gets it: without an installation."""
        delivery = self.github.deliveries.log[-1]
        return delivery.event, {key: it for key, it in delivery.payload.items() if key != "installation"}

    async def run(self, event: str = "", payload: object = None, **changed: str) -> Ran:
        if not event:
            event, payload = self.newest()
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        path, summary = self.folder / "event.json", self.folder / "summary.md"
        path.write_bytes(body)
        summary.write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_REPOSITORY": HERE,
            "GITHUB_API_URL": self.github.url,
            "GITHUB_GRAPHQL_URL": f"{self.github.url}/graphql",
            "GITHUB_TOKEN": self.token,
            "GITHUB_STEP_SUMMARY": str(summary),
            "MINUTES_WAIT": "0",
            **changed,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "action", cwd=self.folder, env=environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        async with asyncio.timeout(120):
            output, _ = await process.communicate()
        ran = Ran(process.returncode or 0, output.decode(), summary.read_text())
        assert self.token not in ran.output + ran.summary
        assert "Traceback" not in ran.output
        return ran

    def restrict(self, **permissions: str) -> None:
        """Have a token with other permissions."""
        given = self.github.world.installations[self.installation]
        self.token, _ = self.github.tokens.for_installation(given, {"metadata": "read", **permissions})


@pytest.fixture
async def workflow(simulator: Simulator, tmp_path: Path) -> Workflow:
    asked = manifest.load()
    app = simulator.create_app(
        "github-actions",
        permissions=asked["default_permissions"],
        events=asked["default_events"],
        webhook_url="http://127.0.0.1:9/",
        webhook_secret="nobody listens",
    )
    for name in (HERE, OTHER):
        simulator.create_repository(name, {**ARCHIVED, ".github/minutes.yml": CONFIGURATION})
        simulator.person("ada")
        simulator.add_collaborator(name, "ada", "maintain")
    installation = simulator.install(app, "hill-lab", [HERE])
    token, _ = simulator.tokens.for_installation(simulator.world.installations[installation])
    return Workflow(simulator, simulator.person("ada"), token, tmp_path, installation)


async def test_a_label_opens_the_pull_request_with_few_requests(workflow: Workflow) -> None:
    issue = workflow.notes()

    ran = await workflow.run()

    assert ran.code == 0, ran.output
    (pull,) = workflow.pulls()
    assert pull.author is not None
    assert pull.author.login == "github-actions[bot]"
    assert f"[pull request {pull.number}](" in ran.summary
    assert f"{HERE}#{issue.number}" in ran.summary
    assert len(workflow.github.requests) <= 7
    assert "access_tokens" not in "".join(each.path for each in workflow.github.requests)


async def test_an_edit_and_a_command_update_it(workflow: Workflow) -> None:
    issue = workflow.notes()
    await workflow.run()
    (pull,) = workflow.pulls()
    first = pull.head_oid

    workflow.ada.edit(issue, body=f"{NOTES}- Cider: 40 litres\n")
    edited = await workflow.run()
    second = pull.head_oid
    workflow.ada.comment(issue, "/minutes date 2026-08-19")
    told = await workflow.run()

    assert (edited.code, told.code) == (0, 0), edited.output + told.output
    assert len({first, second, pull.head_oid}) == 3
    assert "2026-08-19" in pull.title
    assert len(workflow.pulls()) == 1


async def test_twice_is_once(workflow: Workflow) -> None:
    workflow.notes()
    await workflow.run()
    (pull,) = workflow.pulls()
    before = pull.head_oid, pull.updated_at

    ran = await workflow.run()

    assert ran.code == 0
    assert (pull.head_oid, pull.updated_at) == before
    assert len(workflow.pulls()) == 1


async def test_a_merge_is_told_under_the_notes(workflow: Workflow) -> None:
    issue = workflow.notes()
    await workflow.run()
    (pull,) = workflow.pulls()
    workflow.ada.merge(pull)
    closed = [each for each in workflow.github.deliveries.log if each.event == "pull_request"][-1]

    ran = await workflow.run("pull_request_target", dict(closed.payload))

    assert ran.code == 0, ran.output
    (comment,) = issue.comments
    assert "2026/2026-08-18.md" in comment.body
    assert f"{HERE}#{issue.number}" in ran.summary


async def test_an_event_of_its_own_is_nothing_to_do(workflow: Workflow) -> None:
    workflow.notes()
    await workflow.run()
    (pull,) = workflow.pulls()
    mine = [each for each in workflow.github.deliveries.log if each.event == "issue_comment"][-1]

    ran = await workflow.run("issue_comment", dict(mine.payload))

    assert (ran.code, "Nothing to do at this event (bot)" in ran.output) == (0, True)
    assert pull.state == "open"


async def test_a_schedule_opens_the_draft_of_meeting_day(workflow: Workflow) -> None:
    day = datetime.now(UTC).strftime("%A")
    series = f"series:\n  - name: Weekly meeting\n    schedule: every {day} 23:59\n"
    workflow.ada.push(HERE, {".github/minutes.yml": CONFIGURATION + series})

    ran = await workflow.run("schedule", {})

    assert ran.code == 0, ran.output
    (pull,) = workflow.pulls()
    assert pull.draft
    assert f"[pull request {pull.number}](" in ran.summary


async def test_a_schedule_does_what_was_left(workflow: Workflow) -> None:
    workflow.ada.push(HERE, {".github/minutes.yml": f"archive: {HERE}\nsettle: 10 minutes\n"})
    issue = workflow.notes()
    left = await workflow.run()
    assert f"{HERE}#{issue.number}: left to a run after" in left.output
    assert workflow.pulls() == []

    workflow.ada.push(HERE, {".github/minutes.yml": CONFIGURATION})
    ran = await workflow.run("schedule", {})

    assert (left.code, ran.code) == (0, 0), ran.output
    assert len(workflow.pulls()) == 1


async def test_what_is_due_soon_is_waited_for(workflow: Workflow) -> None:
    workflow.ada.push(HERE, {".github/minutes.yml": f"archive: {HERE}\nsettle: 10 minutes\n"})
    workflow.notes()
    event, payload = workflow.newest()
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        workflow.github.clock.advance(timedelta(seconds=seconds))

    given = action.Event(
        event, payload, HERE, workflow.token, workflow.github.url, f"{workflow.github.url}/graphql",
        timedelta(minutes=12), "run-1",
    )  # fmt: skip
    result = await action.run(given, workflow.github.clock, sleep=sleep)

    assert (result.errors, len(workflow.pulls())) == ([], 1)
    assert 590 < max(slept) < 610


@pytest.mark.parametrize("title", [SHELL, f"{TITLE} $(id) ::set-output name=x::y"])
async def test_hostile_notes_are_only_text(workflow: Workflow, title: str) -> None:
    workflow.notes(f"{NOTES}\n{SHELL}\n", title)

    ran = await workflow.run()

    assert ran.code == 0, ran.output
    assert not (workflow.folder / "pwned").exists()
    assert all(line.startswith(("{", "::")) for line in ran.output.splitlines())
    stop, *log, go, notice = ran.output.splitlines()
    assert stop == f"::stop-commands::{go.strip(':')}"
    assert all(line.startswith("{") for line in log)
    assert notice.startswith(f"::notice::{HERE}#")


def test_an_annotation_is_one_line() -> None:
    assert command("error", "a%0A\r\n::set-env::b") == "::error::a%250A%0D%0A::set-env::b"


WRONG: dict[str, tuple[str, object, dict[str, str], int, str]] = {
    "no file": (
        "issues",
        {},
        {"GITHUB_EVENT_PATH": "/nowhere/event.json"},
        1,
        "cannot be read: No such file",
    ),
    "no path": ("issues", {}, {"GITHUB_EVENT_PATH": ""}, 1, "GITHUB_EVENT_PATH is not set"),
    "huge": ("issues", b" " * (action.LARGEST_EVENT + 1), {}, 1, "larger than 25 MiB"),
    "deep": ("issues", b"[" * 100_000, {}, 1, "is not JSON"),
    "a list": ("issues", [], {}, 0, "Nothing to do"),
    "unknown": ("fork\n::error::x", {}, {}, 0, "Nothing to do at this event (event)"),
    "no token": ("issues", {}, {"GITHUB_TOKEN": ""}, 1, "there is no token"),
    "two lines": ("issues", {}, {"GITHUB_TOKEN": "a\nb"}, 1, "there is no token"),
    "wait": ("schedule", {}, {"MINUTES_WAIT": "$(id)"}, 1, "the input `wait` is not a number"),
    "no repository": ("issues", {}, {"GITHUB_REPOSITORY": "../x/y"}, 1, "GITHUB_REPOSITORY are not set"),
    "no address": ("issues", {}, {"GITHUB_API_URL": "file:///etc"}, 1, "GITHUB_API_URL is no address"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_is_wrong_is_told(workflow: Workflow, what: str) -> None:
    event, payload, changed, code, words = WRONG[what]

    ran = await workflow.run(event, payload, **changed)

    assert (ran.code, words in ran.output) == (code, True), ran.output
    assert f"::{'error' if code else 'notice'}::" in ran.output
    assert not workflow.github.requests


async def test_a_wrong_token_is_told(workflow: Workflow) -> None:
    workflow.notes()

    ran = await workflow.run(GITHUB_TOKEN="ghs_wrong")

    assert ran.code == 1
    assert "GitHub does not accept the token" in ran.output
    assert "ghs_wrong" not in ran.output + ran.summary


async def test_a_github_that_is_away_is_told(workflow: Workflow) -> None:
    workflow.notes()

    ran = await workflow.run(GITHUB_GRAPHQL_URL="http://127.0.0.1:9/graphql")

    assert ran.code == 1
    assert "GitHub did not do it now; a later run tries again" in ran.output


async def test_a_missing_permission_is_told(workflow: Workflow) -> None:
    workflow.notes()
    workflow.restrict(
        contents="write", issues="write", discussions="write", checks="write", pull_requests="read"
    )

    ran = await workflow.run()

    assert ran.code == 1, ran.output
    assert "::error::" in ran.output
    assert "the token lacks the permission `pull_requests: write`" in ran.output
    assert workflow.pulls() == []


@pytest.mark.parametrize("private", [False, True])  # the token may read it, or not even that
async def test_an_archive_out_of_reach_is_told(workflow: Workflow, private: bool) -> None:
    workflow.github.world.repository(*OTHER.split("/")).private = private
    workflow.ada.push(HERE, {".github/minutes.yml": f"archive: {OTHER}\n"})
    issue = workflow.notes()
    if private:
        workflow.ada.comment(issue, "/minutes")  # else the question waits until the notes are still

    ran = await workflow.run()

    assert ran.code == 1, ran.output
    assert f"::error::{HERE}#{issue.number}: the archive {OTHER} cannot be reached" in ran.output
    assert f"`archive: {HERE}`" in ran.output


def read_yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


PAGE = (ROOT / "docs/action.md").read_text()
EXAMPLE = PAGE.split("```yaml\n")[1].split("```")[0]


def test_the_action_pastes_nothing_into_a_shell() -> None:
    described = read_yaml((ROOT / "action.yml").read_text())

    steps = described["runs"]["steps"]
    assert described["runs"]["using"] == "composite"
    assert all("${{" not in step.get("run", "") for step in steps)
    assert steps[-1]["env"] == {
        "GITHUB_TOKEN": "${{ inputs.token }}",
        "MINUTES_WAIT": "${{ inputs.wait }}",
    }
    assert (
        steps[-1]["run"].strip().endswith("minutes-bot action") or 'minutes-bot" action' in steps[-1]["run"]
    )
    for name, given in described["inputs"].items():
        assert f"| `{name}` | {given['description']} | " in PAGE


def test_the_workflow_asks_for_what_the_app_asks_for() -> None:
    workflow = read_yaml(EXAMPLE)
    asked = manifest.load()

    wanted = {name.replace("_", "-"): level for name, level in asked["default_permissions"].items()}
    del wanted["metadata"]  # each token has it
    assert workflow["permissions"] == wanted
    heard = {action.SAME_AS.get(name, name) for name in workflow[True if True in workflow else "on"]}
    assert heard - set(action.TIMES) == set(asked["default_events"]) - {"repository", "check_run"}
    (job,) = workflow["jobs"].values()
    assert not any("run" in step for step in job["steps"])
