"""Apps are installed, changed and removed, by functions and by `/_simulator/installations`."""

import json

import pytest

from github_simulator import installations
from tests.github_simulator.conftest import ARCHIVE, NOTES

THERE = "/_simulator/installations"


@pytest.fixture
def other(lab):
    """Another account with two repositories."""
    for name in ("notes", "minutes"):
        lab.simulator.create_repository(f"dale-lab/{name}", files={"README.md": "x"}, private=name == "notes")
    return "dale-lab"


@pytest.fixture
async def received(lab, listener):
    async def received():
        await lab.simulator.idle()
        return [json.loads(body) for _, body in listener.came]

    return received


async def install(lab, **more):
    answer = await lab.rest("POST", THERE, {"app": "minutes", "account": "dale-lab", **more})
    assert answer.status == 201, answer.body
    return answer.body


async def test_installed_while_running(lab, other, received):
    made = await install(lab, repositories=["minutes"])
    assert made["repositories"] == ["dale-lab/minutes"]
    (event,) = await received()
    assert (event["action"], event["installation"]["id"]) == ("created", made["id"])
    assert event["installation"]["account"]["login"] == "dale-lab"
    assert [each["full_name"] for each in event["repositories"]] == ["dale-lab/minutes"]
    listed = await lab.rest("GET", "/app/installations?per_page=1&page=2", by=lab.jwt())
    assert [each["id"] for each in listed.body] == [made["id"]]
    assert [each["id"] for each in (await lab.rest("GET", THERE)).body] == [lab.installation, made["id"]]


async def test_more_repositories_and_fewer(lab, other, received):
    made = await install(lab, repositories=["minutes"])
    path = f"{THERE}/{made['id']}"
    more = await lab.rest("POST", path, {"add": ["notes", "minutes"]})
    assert more.body["repositories"] == ["dale-lab/notes", "dale-lab/minutes"]
    await lab.rest("POST", path, {"remove": ["dale-lab/minutes"]})
    _, added, removed = await received()
    assert (added["action"], removed["action"]) == ("added", "removed")
    assert [each["name"] for each in added["repositories_added"]] == ["notes"]
    assert [each["name"] for each in removed["repositories_removed"]] == ["minutes"]
    token = lab.simulator.tokens.for_installation(lab.simulator.world.installations[made["id"]])[0]
    reached = await lab.rest("GET", "/installation/repositories", by=token)
    assert [each["full_name"] for each in reached.body["repositories"]] == ["dale-lab/notes"]


async def test_suspended_and_let_in_again(lab, received):
    path = f"{THERE}/{lab.installation}"
    for suspended in (True, True, False):
        answer = await lab.rest("POST", path, {"suspended": suspended})
        assert answer.body["suspended"] is suspended
        assert (await lab.rest("GET", f"/repos/{NOTES}")).status == (403 if suspended else 200)
        lab.ada.open_issue(NOTES, "Weekly")
    assert [each["action"] for each in await received()] == ["suspend", "unsuspend", "opened"]


async def test_taken_away(lab, received):
    assert (await lab.rest("DELETE", f"{THERE}/{lab.installation}")).status == 204
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 401
    lab.ada.open_issue(NOTES, "Weekly")
    assert [each["action"] for each in await received()] == ["deleted"]
    assert (await lab.rest("GET", "/app/installations", by=lab.jwt())).body == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("", {"app": "nobody", "account": "hill-lab"}, 400),
        ("", {"app": "minutes", "account": "nobody"}, 400),
        ("", {"app": "minutes"}, 400),
        ("", [], 400),
        ("", {"app": "minutes", "account": "hill-lab", "repositories": "notes"}, 400),
        ("", {"app": "minutes", "account": "hill-lab", "repositories": ["nothing"]}, 400),
        ("/1", {"suspended": True}, 404),
        ("/{id}", {"add": ["notes"]}, 400),  # it is installed on all
    ],
)
async def test_what_makes_no_sense(lab, path, body, status):
    answer = await lab.rest("POST", THERE + path.format(id=lab.installation), body)
    assert answer.status == status
    assert len(lab.simulator.world.installations) == 1


async def test_installed_on_all_takes_in_what_comes(lab):
    it = lab.simulator.world.installations[lab.installation]
    lab.simulator.create_repository("hill-lab/new")
    reached = await lab.rest("GET", "/installation/repositories?per_page=2")
    assert (reached.body["total_count"], len(reached.body["repositories"])) == (3, 2)
    assert 'rel="next"' in reached.headers["Link"]
    with pytest.raises(ValueError, match="all repositories"):
        installations.change_repositories(lab.simulator.world, it, removed=[lab.archive])
    assert it.covers(lab.archive)
    assert lab.archive.full_name == ARCHIVE
