"""GitHub's own client for JavaScript plays a person, and an app, at the simulator."""

import asyncio
import json
from subprocess import PIPE

import pytest
from aiohttp import web

from tests.peers.conftest import HERE

OWNER, NOTES, ARCHIVE = "hill-lab", "notes", "meeting-minutes"
SECRET = "a secret of these tests"
PERMISSIONS = {"contents": "write", "issues": "write", "checks": "write"}
PATIENCE = 30  # seconds, for what takes two


@pytest.fixture
def octokit(node):
    """Let Octokit play a part, by the functions of octokit.mjs, and return what it saw."""

    async def play(part, **given):
        process = await asyncio.create_subprocess_exec(
            node, "octokit.mjs", cwd=HERE, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        given_json = json.dumps({"play": part, "owner": OWNER, "notes": NOTES, **given}).encode()
        saw, complained = await asyncio.wait_for(process.communicate(given_json), PATIENCE)
        assert process.returncode == 0, complained.decode()
        return json.loads(saw)

    return play


@pytest.fixture
def hub(simulator):
    """Two repositories of a team, and somebody who may write."""
    for name in (NOTES, ARCHIVE):
        simulator.create_repository(f"{OWNER}/{name}", files={"README.md": f"# {name}\n"})
        simulator.person("ada")
        simulator.add_collaborator(f"{OWNER}/{name}", "ada", "write")
    return simulator


async def test_a_person(hub, octokit):
    saw = await octokit("person", url=hub.url, token=hub.token("ada"), archive=ARCHIVE)

    written = [f"Comment {number}" for number in range(25)]
    assert saw == {
        "me": "ada",
        "pages": 3,
        "comments": written,
        "issue": ["Monthly", "More notes", 25, ["meeting-notes"]],
        "files": ["2026/mine.md"],
        "merged": "# Mine\n",
        "asked": {
            "notes": {
                "issue": {
                    "title": "Monthly",
                    "labels": {"nodes": [{"name": "meeting-notes"}]},
                    "comments": {"totalCount": 25},
                }
            },
            "archive": {
                "pullRequests": {"nodes": [{"state": "MERGED", "merged": True, "headRefName": "mine"}]}
            },
        },
        "paged": written,
    }


@pytest.fixture
async def delivered(hub, aiohttp_server):
    """The app, and what a listener of its webhook got."""
    came = []

    async def listen(request):
        came.append({"headers": dict(request.headers), "body": await request.text()})
        return web.Response(status=202)

    listener = web.Application()
    listener.router.add_post("/webhook", listen)
    server = await aiohttp_server(listener)
    app = hub.create_app("minutes", permissions=PERMISSIONS, events=["issues", "issue_comment"],
                         webhook_url=str(server.make_url("/webhook")), webhook_secret=SECRET)  # fmt: skip
    hub.install(app, OWNER)
    ada = hub.person("ada")
    ada.comment(ada.open_issue(f"{OWNER}/{NOTES}", "Émigré 東京", labels=("meeting-notes",)), "Hello")
    await hub.idle()
    return app, came


async def test_an_app(hub, delivered, octokit):
    app, came = delivered
    saw = await octokit("app", url=hub.url, id=app.id, key=app.private_key, secret=SECRET, deliveries=came)

    assert saw == {
        "slug": "minutes",
        "repositories": [f"{OWNER}/{NOTES}", f"{OWNER}/{ARCHIVE}"],
        "author": "minutes[bot]",
        "check": "neutral",
        "events": ["installation.created", "issues.opened", "issues.labeled", "issue_comment.created"],
    }


async def test_what_an_app_opens_on_meeting_day(hub, octokit):
    app = hub.create_app("minutes", permissions={"issues": "write", "discussions": "write"}, events=[])
    installation = hub.world.installations[hub.install(app, OWNER)]
    ada = hub.person("ada")
    ada.open_issue(f"{OWNER}/{NOTES}", "A new roof", labels=("agenda",))
    ada.open_discussion(f"{OWNER}/{NOTES}", "Name of the boat", category="Meetings")
    token, _ = hub.tokens.for_installation(installation)
    saw = await octokit("opener", url=hub.url, token=token)

    talk = saw["made"]["createDiscussion"]["discussion"]
    assert (talk["viewerDidAuthor"], talk["category"]) == (True, {"name": "Meetings"})
    assert saw["made"]["createIssue"]["issue"]["viewerDidAuthor"] is True
    assert saw["edited"] == {
        "updateIssue": {"issue": {"body": "- [x] Roof"}},
        "updateDiscussion": {"discussion": {"body": "- Ship"}},
    }
    assert saw["found"] == {
        "issues": {"issueCount": 2, "nodes": [{"title": "Agenda"}, {"title": "A new roof"}]},
        "talks": {"nodes": [{"title": "Talk"}, {"title": "Name of the boat"}]},
    }
    assert saw["byRest"] == ["Agenda", "A new roof"]
