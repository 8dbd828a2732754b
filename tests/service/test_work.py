"""What a job does, without the engine: the same code, and a clock that is moved instead of waited for."""

from datetime import timedelta
from typing import Literal

import pytest
from structlog.testing import capture_logs

from bot.model import ConfigCheckRequest, EditComment, Kind, Plan, ReconcileRequest, Snapshot
from bot.service import reconcile
from bot.service.job import Job
from github_simulator.state import Discussion, Issue
from tests.service.bench import Bench
from tests.service.town import ARCHIVE, NOTES, SOURCE, assert_published_once

LOOK = "repository+repository+nodes"


async def test_a_first_publication_is_three_requests_and_three_more_when_cold(bench: Bench) -> None:
    await bench.work_off(bench.request(bench.town.write_notes()))
    cold = len(bench.requests())
    await bench.work_off(
        bench.request(bench.town.write_notes(NOTES.replace("08-18", "08-25"), "Weekly meeting 2026-08-25"))
    )
    warm = bench.requests()[cold:]

    assert warm == [LOOK, "createRef+createCommitOnBranch+createPullRequest", "addComment"]
    assert cold <= 6


async def test_the_log_has_the_address_of_each_pull_request_that_was_opened_or_changed(bench: Bench) -> None:
    notes = bench.town.write_notes()
    with capture_logs() as first:
        await bench.work_off(bench.request(notes))
    bench.town.github.clock.advance(timedelta(minutes=1))
    bench.town.maintainer.edit(notes, body=notes.body + "- Seeds are ordered\n")
    with capture_logs() as second:
        await bench.work_off(bench.request(notes))

    (pull,) = bench.town.pulls()
    address = f"{bench.town.github.url}/{ARCHIVE}/pull/{pull.number}"
    told = [[(line["event"], line["pull"]) for line in lines if "pull" in line] for lines in (first, second)]
    assert told == [[("opened", address)], [("changed", address)]]


async def test_a_discussion_takes_as_many_requests_as_an_issue(bench: Bench) -> None:
    ada = bench.town.maintainer
    first, second = (
        ada.open_discussion(SOURCE, f"Weekly meeting {day}", NOTES.replace("2026-08-18", day))
        for day in ("2026-08-18", "2026-08-25")
    )
    (installation,) = bench.town.github.world.installations
    requests = [
        ReconcileRequest(installation, SOURCE, each.number, "discussion", labelled_by="ada")
        for each in (first, second)
    ]
    for each in (first, second):
        ada.label(each, "meeting-notes")
    await bench.work_off(requests[0])
    cold = len(bench.requests())
    await bench.work_off(requests[1])
    warm = len(bench.requests())
    await bench.work_off(requests[1])
    again = len(bench.requests())
    bench.town.github.clock.advance(timedelta(minutes=1))
    ada.edit(second, body=second.body + "- Seeds are ordered\n")
    await bench.work_off(requests[1])

    assert cold <= 6
    assert bench.requests()[cold:] == [
        LOOK,
        "createRef+createCommitOnBranch+createPullRequest",
        "addDiscussionComment",
        LOOK,
        LOOK,
        "createCommitOnBranch+updatePullRequest+updateDiscussionComment",
    ]
    assert (warm - cold, again - warm, len(bench.requests()) - again) == (3, 1, 2)
    assert [len(each.comments) for each in (first, second)] == [1, 1]
    assert len(bench.town.pulls()) == 2


@pytest.mark.parametrize("kind", ["issue", "discussion"])
async def test_a_command_takes_three_requests_more_and_two_when_the_role_is_known(
    bench: Bench, kind: Kind
) -> None:
    ada, grace = bench.town.maintainer, bench.town.github.person("grace")
    bench.town.github.add_collaborator(SOURCE, "grace", "write")
    thread: Issue | Discussion
    if kind == "issue":
        thread = bench.town.write_notes()
    else:
        thread = ada.open_discussion(SOURCE, "Weekly meeting 2026-08-18", NOTES)
        ada.label(thread, "meeting-notes")
    (installation,) = bench.town.github.world.installations
    request = ReconcileRequest(installation, SOURCE, thread.number, kind, labelled_by="ada")
    await bench.work_off(request)
    taken = []
    for _ in range(2):
        before = len(bench.requests())
        printed = grace.comment(thread, "/minutes help")
        await bench.work_off(request)
        taken.append(len(bench.requests()) - before)
        assert {each.content for each in printed.reactions} == {"eyes", "rocket"}

    assert taken == [4, 3]


async def test_a_configuration_is_checked_on_the_commit_that_changed_it_in_two_requests(bench: Bench) -> None:
    ada = bench.town.maintainer
    (installation,) = bench.town.github.world.installations
    odd = "series:\n- {name: A, schedule: every other Tuesday}\n"
    texts = ["labels: [notes]\nsetle: 5 minutes\n", "labels: [notes]\n", odd, None]
    commits = [ada.push(SOURCE, {".github/minutes.yml": text}, "Configure", "topic") for text in texts]
    work = bench.work()
    following = [
        await work(Job(ConfigCheckRequest(installation, SOURCE, commit), "push")) for commit in commits
    ]

    runs = bench.town.github.world.repository(*SOURCE.split("/")).checks
    assert [(run.name, run.head_oid, run.conclusion) for run in runs] == [
        ("Minutes configuration", commits[0], "failure"),
        ("Minutes configuration", commits[1], "success"),
        ("Minutes configuration", commits[2], "neutral"),
    ]
    ((shown,), none, (remark,)) = (run.annotations for run in runs)
    assert (shown["path"], shown["start_line"]) == (".github/minutes.yml", 2)
    assert "settle" in str(shown["message"])
    assert none == []
    assert (remark["start_line"], remark["annotation_level"]) == (2, "notice")
    assert [*map(list, following)] == [[]] * 4
    assert bench.requests() == [*["repository", "createCheckRun"] * 3, "repository"]


async def test_a_template_that_is_not_there_and_a_configuration_in_utf_16_are_told(bench: Bench) -> None:
    from github_simulator import branches

    ada, world = bench.town.maintainer, bench.town.github.world
    (installation,) = world.installations
    texts = ["template: nope.md\n", "template: shape.md\n"]
    commits = [
        ada.push(SOURCE, {".github/minutes.yml": text, "shape.md": "# YYYY-MM-DD\n"}, "Configure", "topic")
        for text in texts
    ]
    repository = world.repository(*SOURCE.split("/"))
    odd = {".github/minutes.yml": "settle: 1 hour\n".encode("utf-16")}
    commits.append(branches.commit_files(world, ada.actor, repository, "topic", odd, "Save on Windows"))
    work = bench.work()
    for commit in commits:
        await work(Job(ConfigCheckRequest(installation, SOURCE, commit), "push"))

    assert [run.conclusion for run in repository.checks] == ["neutral", "success", "failure"]
    ((missing,), _, (encoded,)) = (run.annotations for run in repository.checks)
    assert "there is no text `nope.md` in this repository" in str(missing["message"])
    assert "save it as UTF-8" in str(encoded["message"])


async def test_a_configuration_that_cannot_be_checked_now_is_checked_later(bench: Bench) -> None:
    (installation,) = bench.town.github.world.installations
    commit = bench.town.maintainer.push(SOURCE, {".github/minutes.yml": "a: ["})
    bench.town.github.faults.set("status", {"operation": "graphql"}, status=502)
    job = Job(ConfigCheckRequest(installation, SOURCE, commit), "push")

    (again,) = await bench.work()(job)
    gone = await bench.work()(Job(ConfigCheckRequest(installation, "hill-lab/nowhere", commit), "push"))

    assert (again.request, again.attempt) == (job.request, 1)
    assert not gone
    assert not await bench.work()(again)
    (run,) = bench.town.github.world.repository(*SOURCE.split("/")).checks
    assert run.conclusion == "failure"


async def test_an_organisation_that_shuts_the_app_out_is_waited_for(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "The `hill-lab` organization has an IP allow list enabled, and your IP address is not permitted."
    error = {"type": "FORBIDDEN", "path": ["source"], "message": words}
    answer = {"data": {"source": None, "archive": None, "pulls": []}, "errors": [error]}
    bench.town.github.faults.set("status", {"operation": "graphql"}, times=6, status=200, body=answer)
    issue = bench.town.write_notes()
    started = bench.town.github.clock.now()

    following = await bench.work_off(bench.request(issue))

    assert [job.attempt for job in following][:6] == [1, 2, 3, 4, 5, 6]
    assert bench.town.github.clock.now() - started > timedelta(days=1)
    assert "has an IP allow list enabled" in capsys.readouterr().out
    assert_published_once(bench.town, issue)


async def test_what_was_written_is_checked_once_a_minute_later(bench: Bench) -> None:
    issue = bench.town.write_notes()
    await bench.work_off(bench.request(issue))
    (check,) = bench.checks
    before = len(bench.requests())

    assert check.due is not None
    assert check.due - bench.town.github.clock.now() <= timedelta(minutes=1)
    assert list(await bench.work()(check)) == []
    assert bench.requests()[before:] == [LOOK]
    assert_published_once(bench.town, issue)


async def test_the_same_look_again_is_one_request_and_changes_nothing(bench: Bench) -> None:
    issue = bench.town.write_notes()
    await bench.work_off(bench.request(issue))
    before = len(bench.requests())
    await bench.work_off(bench.request(issue))

    assert bench.requests()[before:] == [LOOK]
    assert_published_once(bench.town, issue)


@pytest.mark.parametrize("write", ["createCommitOnBranch", "addComment"])
async def test_a_lost_answer_is_looked_after_and_nothing_is_sent_twice(bench: Bench, write: str) -> None:
    fault = bench.town.github.faults.set("lose", {"mutation": write})
    issue = bench.town.write_notes()

    following = await bench.work_off(bench.request(issue))

    assert fault.hits >= 1
    assert [job.attempt for job in following] == [1]
    assert_published_once(bench.town, issue)


async def test_an_answer_older_than_the_event_is_looked_at_again(bench: Bench) -> None:
    issue = bench.town.maintainer.open_issue(SOURCE, "Weekly meeting 2026-08-18", NOTES)
    bench.town.github.faults.set("lag", {"operation": "graphql"}, times=2)
    bench.town.github.clock.advance(timedelta(seconds=5))
    bench.town.maintainer.label(issue, "meeting-notes")

    following = await bench.work_off(bench.request(issue))

    assert [job.attempt for job in following] == [1, 2]
    assert_published_once(bench.town, issue)


async def test_a_source_that_is_gone_is_believed_at_once_or_after_a_while(bench: Bench) -> None:
    issue = bench.town.write_notes()
    requests = bench.request(issue), bench.request(issue, new=False)
    bench.town.maintainer.delete(issue)

    waited, at_once = [len(await bench.work_off(request)) for request in requests]

    assert (waited, at_once) == (7, 0)
    assert bench.town.pulls() == []


@pytest.mark.parametrize("kind", ["secondary", "secondary-429", "primary"])
async def test_a_limit_makes_the_job_wait_as_long_as_github_says(bench: Bench, kind: str) -> None:
    bench.town.github.faults.set(kind, {"operation": "graphql"}, skip=1, seconds=90)  # type: ignore[arg-type]
    issue = bench.town.write_notes()
    started = bench.town.github.clock.now()

    following = await bench.work_off(bench.request(issue))

    assert [job.attempt for job in following] == [0]
    assert following[0].due is not None
    assert following[0].due - started > timedelta(seconds=80)
    assert_published_once(bench.town, issue)


async def test_somebody_who_pushes_meanwhile_leads_to_another_look(bench: Bench) -> None:
    bench.town.github.faults.set("stale", {"mutation": "createCommitOnBranch"})
    issue = bench.town.write_notes()

    following = await bench.work_off(bench.request(issue))

    assert len(following) == 1
    assert_published_once(bench.town, issue)


async def test_trouble_that_passes_is_waited_for(bench: Bench) -> None:
    bench.town.github.faults.set("status", {"operation": "graphql"}, status=502, times=3)
    issue = bench.town.write_notes()

    following = await bench.work_off(bench.request(issue))

    assert [job.attempt for job in following] == [1, 2, 3]
    assert_published_once(bench.town, issue)


async def test_the_settle_time_is_waited_for_in_the_queue(bench: Bench) -> None:
    archive = bench.town.maintainer
    archive.push("hill-lab/meeting-minutes", {".github/minutes.yml": "settle: 25 minutes\n"})
    issue = bench.town.write_notes()
    before = issue.updated_at

    following = await bench.work_off(bench.request(issue))

    assert [(job.attempt, job.due - before) for job in following if job.due] == [(0, timedelta(minutes=25))]
    assert_published_once(bench.town, issue)


@pytest.mark.parametrize("trouble", ["capped", "timeout"])
async def test_what_github_never_answers_is_said_by_a_query_that_it_does_answer(
    bench: Bench, trouble: Literal["capped", "timeout"]
) -> None:
    issue = bench.town.write_notes()
    bench.town.github.faults.set(trouble, {"operation": "graphql"}, times=None, nodes=700)
    await bench.work_off(bench.request(issue), most=100)  # a day of tries

    (printed,) = [comment.body for comment in issue.comments]
    assert "nternal error" in printed


async def test_our_own_fault_is_said_with_the_deliverys_id_and_goes_away_when_it_is_mended(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = bench.town.write_notes()
    with monkeypatch.context() as broken:
        broken.setattr(reconcile, "make_plan", lambda *_: 1 / 0)
        following = await bench.work_off(bench.request(issue))
        await bench.work_off(bench.request(issue))  # the same once more: said once
        (apology,) = [comment.body for comment in issue.comments]
    await bench.work_off(bench.request(issue))

    assert [each.error for each in following] == ["ZeroDivisionError: division by zero"] * 2
    assert "Internal error `a-delivery`" in apology or "Internal error a-delivery" in apology
    assert_published_once(bench.town, issue)


async def test_our_own_fault_is_not_said_to_strangers(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = bench.town.github.person("mallory")
    issue = stranger.open_issue(SOURCE, "Weekly meeting 2026-08-18", NOTES)
    monkeypatch.setattr(reconcile, "make_plan", lambda *_: 1 / 0)

    await bench.work_off(bench.request(issue))

    assert issue.comments == []


async def test_a_plan_that_never_comes_to_rest_is_stopped(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = bench.town.write_notes()
    await bench.work_off(bench.request(issue))

    def unstable(seen: Snapshot, *_: object) -> Plan:
        assert seen.source is not None
        return Plan("once more", (EditComment(seen.source.comments[0], "Still here."),))

    monkeypatch.setattr(reconcile, "make_plan", unstable)
    before = len(bench.requests())
    await bench.work_off(bench.request(issue), most=1)

    edits = bench.requests()[before:].count("updateIssueComment")
    assert edits <= 3 * reconcile.ROUNDS
    assert edits > 0
