"""`minutes-bot smoke` against the simulator: all is as expected and cleaned up, or a line says what not."""

import asyncio
import json
import signal
from datetime import timedelta

import pytest
from click.testing import CliRunner

from bot.admin.smoke import writes
from bot.admin.smoke.sandbox import PATH
from bot.admin.smoke.table import STEPS
from bot.cli.smoke import smoke
from tests.admin.yard import NAME, SECRET, Yard


@pytest.fixture
def yard(simulator):
    return Yard(simulator)


async def test_all_is_as_expected_and_nothing_is_left(yard):
    before = yard.with_discussions().open

    found = await yard.results()

    assert list(found) == [each.key for each in STEPS]
    assert {key for key, (outcome, _) in found.items() if outcome == "unexpected"} == set(), found
    assert {key for key, (outcome, _) in found.items() if outcome == "skipped"} == {"rules", "token"}
    assert yard.open == before


async def test_a_second_run_is_as_the_first(yard):
    first = await yard.results()
    assert PATH in yard.repository.git.files(yard.repository.git.branch("main"))

    assert {key: outcome for key, (outcome, _) in (await yard.results()).items()} == {
        key: outcome for key, (outcome, _) in first.items()
    }


async def test_reads_that_are_out_of_date_are_no_difference_and_all_is_cleaned_up(yard):
    before = yard.with_discussions().open
    yard.simulator.pipeline.replica.lag(timedelta(seconds=0.5))

    result = await yard.run("--yes", "--pause", "0.2")

    assert result.exit_code == 0, result.output
    assert "shown at look" in result.output
    assert yard.open == before


async def test_neither_token_nor_key_nor_secret_is_printed(yard):
    minted = []
    make = yard.simulator.tokens.for_installation
    yard.simulator.tokens.for_installation = lambda *given: minted.append(made := make(*given)) or made

    result = await yard.run("--yes")

    assert len(minted) >= 2, "the installation's, and one that may only read"
    key = [line for line in yard.app.private_key.splitlines() if "-----" not in line and line]
    for secret in (SECRET, *key, *(text for text, _ in minted)):
        assert secret not in result.output


def mutation(name, message, kind="UNPROCESSABLE"):
    def change(yard):
        match = {"mutation": name}
        yard.simulator.faults.set(kind="error", match=match, times=None, message=message, type=kind)

    return change


def protected(yard):
    yard.ada.protect(NAME, "minutes/**")


def without(permission):
    def change(yard):
        del yard.installation.permissions[permission]

    return change


def no_issues(yard):
    yard.ada.disable_issues(NAME)


def archived(yard):
    yard.ada.archive(NAME)


def reviews_needed(yard):
    yard.repository.reviews_needed = 1


def accepts_longer_comments(monkeypatch):
    monkeypatch.setattr("github_simulator.comments.BODY", 70_000)


CHANGED = {
    # what is different: how, the step that says so, its outcome, words of its line
    "a protected branch": (protected, "rules", "unexpected", "Reference update failed"),
    "a branch that is refused": (protected, "publish", "unexpected", "CreateBranch was refused"),
    "no contents": (without("contents"), "publish", "unexpected", "contents: write"),
    "no checks": (without("checks"), "check", "unexpected", "checks: write"),
    "no issues permission": (without("issues"), "issue", "unexpected", "issues: write"),
    "issues disabled": (no_issues, "issue", "skipped", "issues are disabled"),
    "archived": (archived, "archive", "unexpected", "is archived on GitHub"),
    "reviews needed": (reviews_needed, "merge", "unexpected", "MergePull was refused"),
    "no drafts": (
        mutation("markPullRequestReadyForReview", "Pull request is not a draft"),
        "draft",
        "unexpected",
        "not a draft",
    ),
    "a deleted comment": (
        mutation("updateIssueComment", "No", "FORBIDDEN"), "gone-comment", "unexpected", "not as outdated"
    ),
    "a merge of what is merged that lacks a permission": (
        lambda yard: yard.simulator.faults.set(
            kind="error", match={"mutation": "mergePullRequest"}, skip=2, times=None, type="FORBIDDEN",
            message="Resource not accessible by integration",
        ), "merged-again", "unexpected", "the missing permission is contents: write",
    ),
    "a branch that is unknown for want of a permission": (
        lambda yard: yard.simulator.faults.set(
            kind="error", match={"mutation": "createCommitOnBranch"}, skip=3, times=None, type="FORBIDDEN",
            message="Resource not accessible by integration",
        ), "gone-branch", "unexpected", "the missing permission is contents: write",
    ),
    "an error of another type": (
        mutation("addReaction", "Something", "INTERNAL"), "comment", "unexpected", "LostAnswer"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
async def test_what_is_otherwise_is_said_in_a_clear_line(yard, name):
    change, key, outcome, words = CHANGED[name]
    change(yard)

    result = await yard.run("--yes", "--json")

    try:
        told = {each["key"]: each for each in json.loads(result.stdout)["steps"]}
    except ValueError:
        pytest.fail(result.output)
    assert (told[key]["outcome"], words in told[key]["message"]) == (outcome, True), told[key]


async def test_a_longer_comment_that_is_taken_is_said(yard, monkeypatch):
    accepts_longer_comments(monkeypatch)

    assert (await yard.results())["limit"] == ("unexpected", "GitHub takes a comment of 65,537 characters")


async def test_later_pages_without_comments_are_said(yard, monkeypatch):
    yard.with_discussions()
    monkeypatch.setattr("github_simulator.graphql.connections._position", lambda _: 1_000)

    found = await yard.results()

    for key in ("pages", "discussion"):
        assert found[key] == ("unexpected", "a comment on a later page is not shown after 6 looks")


@pytest.mark.parametrize(
    ("url", "kind", "is_one"),
    [
        ("https://github.example/a/b/issues/1#issuecomment-12", "issue", True),
        ("https://github.example/a/b/discussions/1#discussioncomment-12", "discussion", True),
        ("https://github.example/a/b/discussions/1#discussioncomment-12", "issue", False),
        ("https://github.example/a/b/issues/1#issuecomment-12/x", "issue", False),
        ("https://github.example/a/b/issues/1", "issue", False),
    ],
)
def test_an_address_of_a_comment_ends_as_people_link_it(url, kind, is_one):
    assert writes.is_comment_url(url, kind) is is_one


async def test_a_longer_description_that_is_taken_is_said(yard, monkeypatch):
    monkeypatch.setattr("github_simulator.issues.BODY", 70_000)

    assert (await yard.results())["long-description"][0] == "unexpected"


async def test_after_a_failure_all_is_cleaned_up(yard):
    before = yard.open
    mutation("mergePullRequest", "No")(yard)

    assert (await yard.results())["merge"][0] == "unexpected"

    assert yard.open == before


@pytest.mark.parametrize("path", [".github/minutes.yml", "2026/2026-08-11.md"])
async def test_a_real_archive_is_refused(simulator, path):
    yard = Yard(simulator, {path: "labels: [notes]\n"})

    for options in (("--yes",), ("--clean",)):
        result = await yard.run(*options)

        assert result.exit_code == 2
        assert path in result.output
    assert all(each.is_read or "access_tokens" in each.path for each in simulator.pipeline.log)


async def test_where_the_app_is_not_installed_is_said(yard):
    yard.simulator.create_repository("reef-lab/other")
    yard.installation.repositories = set()

    result = await yard.run()

    assert result.exit_code == 2
    assert "not installed" in result.output


async def test_it_asks_before_it_writes(yard):
    before = yard.open

    result = await yard.run("--json", input="n\n")

    assert result.exit_code == 1
    assert "main" not in result.stdout
    assert NAME in result.stderr
    assert "smoke.md stays" in result.stderr
    assert yard.open == before


async def until(holds):
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110  # the simulator can only be polled
            await asyncio.sleep(0.05)


async def test_ctrl_c_cleans_up(yard):
    before = yard.open
    fault = yard.simulator.faults.set(kind="hold-before", match={"mutation": "mergePullRequest"}, skip=1)
    running = await yard.start()
    await until(lambda: fault.hits > 1)
    assert len(yard.open[1]) == 3

    running.send_signal(signal.SIGINT)
    out, _ = await asyncio.wait_for(running.communicate(), 60)

    assert running.returncode == 1
    assert b"Traceback" not in out
    yard.simulator.faults.clear()
    assert yard.open == before


async def test_what_a_killed_run_left_is_removed_by_the_next(yard):
    before = yard.open
    fault = yard.simulator.faults.set(kind="hold-before", match={"mutation": "mergePullRequest"}, skip=1)
    running = await yard.start()
    await until(lambda: fault.hits > 1)
    running.kill()
    await running.wait()
    assert yard.open != before

    result = await yard.run("--clean")

    assert result.exit_code == 0, result.output
    assert yard.open == before


async def test_one_look_that_is_out_of_date_does_not_end_the_cleaning(yard):
    before = yard.open
    # set now, since it keeps the state of this moment; it applies to reads further below
    stale = yard.simulator.faults.set(kind="lag", match={"operation": "graphql"}, times=0)
    held = yard.simulator.faults.set(kind="hold-before", match={"mutation": "mergePullRequest"}, skip=1)
    running = await yard.start()
    await until(lambda: held.hits > 1)
    running.kill()
    await running.wait()
    assert yard.open != before
    stale.skip, stale.times = stale.hits, 3  # the refusal's query, and both of the first look

    assert (await yard.run("--clean")).exit_code == 0

    assert yard.open == before


async def test_clean_leaves_what_people_made(yard):
    yard.ada.push(NAME, {"a.md": "x"}, "By hand", "minutes/smoke-by-hand")
    issue = yard.ada.open_issue(NAME, "Smoke test of minutes-bot: by hand")
    before = yard.open

    assert (await yard.run("--clean")).exit_code == 0

    assert yard.open == before
    assert issue.state == "open"


async def test_what_is_wrong_in_the_call_is_wrong_usage(yard):
    del yard.environment["WEBHOOK_SECRET"]

    result = await yard.run()

    assert result.exit_code == 2
    assert "WEBHOOK_SECRET is missing" in result.output
    assert "PRIVATE KEY" not in result.output
    assert CliRunner().invoke(smoke, ["sandbox", "--yes"]).exit_code == 2
