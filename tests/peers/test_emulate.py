"""The bot's way by REST at a GitHub that others wrote: https://github.com/vercel-labs/emulate.

Emulate tells the bot what happened by signed webhooks, and keeps issues, their events, git's objects, pull
requests and check runs. What it lacks is not shown here: GraphQL, the files of a pull request (a list that is
always empty), a refusal where a branch has a pull request already, and the log of deliveries.
"""

import asyncio
import json
from datetime import timedelta
from subprocess import PIPE

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.service.metrics import Metrics
from bot.service.web import make_app
from tests import paper
from tests.peers.conftest import HERE
from tests.peers.town import BOT, BRANCH, LABEL, PATH, PATIENCE, Arrivals, Town, seed
from tests.service.conftest import SECRET


@pytest.fixture
async def town(node):
    jobs = Arrivals()
    async with TestServer(make_app(jobs, (SECRET,), Metrics())) as door, aiohttp.ClientSession() as http:
        process = await asyncio.create_subprocess_exec(node, "emulate.mjs", cwd=HERE, stdin=PIPE, stdout=PIPE)
        process.stdin.write(json.dumps(seed(str(door.make_url("/webhook")))).encode() + b"\n")
        hub = json.loads(await asyncio.wait_for(process.stdout.readline(), PATIENCE))
        yield Town(http, hub, jobs)
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_a_labelled_issue_becomes_a_pull_request(town):
    issue = await town.publish()

    assert await town.do(await town.told()) == [
        [],  # people may still be writing
        ["CreateBranch", "Commit", "OpenPull"],
        ["PostComment", "AddLabels"],
        [],
    ]
    pull = await town.pull()
    assert (pull.title, pull.head.ref, pull.user.login) == ("Minutes of 2026-08-18", BRANCH, BOT)
    assert [label.name for label in pull.labels] == [LABEL]
    commit = await town.act(town.archive.get_commit, BRANCH)
    assert [parent.sha for parent in commit.parents] == [(await town.refs())["main"]]
    assert commit.author.login == BOT
    assert [file.filename for file in commit.files] == [PATH]
    assert await town.minutes(BRANCH) == paper.NOTES.replace("](https://example.org)", "](2026-08-11.md)")
    state, text = await town.said(issue)
    assert state == "ready"
    assert pull.html_url in text


async def test_twice_is_once_also_with_nothing_remembered(town):
    issue = await town.publish()
    job = await town.told()
    await town.do(job)
    before = await town.refs(), await town.said(issue)

    for _ in range(2):
        later = town.clock.by
        town.start()
        town.clock.by = later
        assert await town.do(job) == [[]]
    assert (await town.refs(), await town.said(issue)) == before
    assert (await town.pull()).number == 1


async def test_the_pull_request_follows_an_edit(town):
    issue = await town.publish()
    await town.do(await town.told())
    town.clock.by = timedelta()  # the settle time that was waited for is no head start for the next
    await town.act(issue.edit, body=paper.NOTES.replace("Tove", "Tove, Yuki"))

    assert await town.do(await town.told()) == [[], ["Commit", "EditPull", "EditComment"], []]
    assert "Tove, Yuki" in await town.minutes(BRANCH)
    assert (await town.said(issue))[0] == "ready"


async def test_what_people_pushed_stays(town):
    issue = await town.publish()
    await town.do(await town.told())
    theirs = await town.minutes(BRANCH) + "\nThanks to Tove.\n"
    blob = (await town.act(town.archive.get_contents, PATH, BRANCH)).sha
    await town.act(town.archive.update_file, PATH, "Thank her", theirs, blob, branch=BRANCH)
    town.clock.by = timedelta()  # the settle time that was waited for is no head start for the next
    await town.act(issue.edit, body=paper.NOTES.replace("Tove", "Tove, Yuki"))

    assert await town.do(await town.told()) == [[], ["Commit", "EditPull", "EditComment"], []]
    assert await town.minutes(BRANCH) == theirs.replace("Tove\n\nStart", "Tove, Yuki\n\nStart")
    assert (await town.said(issue))[0] == "ready"


async def test_the_label_taken_away_takes_everything_back(town):
    issue = await town.publish()
    await town.do(await town.told())
    await town.act(issue.remove_from_labels, LABEL)
    await town.do(await town.told())

    assert (await town.pull()).state == "closed"
    assert list(await town.refs()) == ["main"]
    assert (await town.said(issue))[0] == "stopped"


async def test_the_merge_is_told_to_the_source(town):
    issue = await town.publish()
    await town.do(await town.told())
    await town.act((await town.pull()).merge)
    await town.do(await town.told())

    assert await town.minutes("main") == await town.minutes(BRANCH)
    assert (await town.said(issue))[0] == "merged"


async def test_what_to_look_at_is_a_check_run(town):
    await town.publish(paper.NOTES + "\n<script>alert(1)</script>\n")

    plans = await town.do(await town.told())
    assert plans[-2:] == [["PostComment", "AddLabels", "Check"], []]
    commit = await town.act(town.archive.get_commit, BRANCH)
    (run,) = await town.act(lambda: list(commit.get_check_runs()))
    assert (run.name, run.conclusion, run.output.annotations_count) == ("Minutes", "failure", 1)
    assert (await town.pull()).draft
