"""Each permission of app.yml taken away: the bot says which one is missing, wherever it still can."""

import pytest
import structlog

from bot import manifest
from bot.model import InstallationRequest
from bot.service.job import Job
from tests import paper
from tests.house.conftest import FILES, SOURCE, House

PERMISSIONS: dict[str, str] = manifest.load()["default_permissions"]
SAYS: dict[str, str] = {
    "metadata": "log",  # nothing works without it, and GitHub gives it to every app
    "contents": "comment",
    "issues": "log",  # not even the issue can be read
    "discussions": "log",  # nor the discussion
    "pull_requests": "comment",
    "checks": "comment",
}


def test_every_permission_has_its_row() -> None:
    assert SAYS.keys() == PERMISSIONS.keys()


@pytest.mark.parametrize("permission", PERMISSIONS)
async def test_the_missing_permission_is_named(bare: House, permission: str) -> None:
    bare.permissions = {name: level for name, level in PERMISSIONS.items() if name != permission}
    bare.simulator.world.repository(*SOURCE.split("/")).private = True  # what is public, everybody can read
    bare.install(FILES, private=True)
    if permission == "metadata":  # GitHub gives it to every app, and so does the simulator: refuse by hand
        refused = {"message": "Resource not accessible by integration"}
        asked = {"operation": "repos/get-collaborator-permission-level"}
        bare.simulator.faults.set("status", asked, status=403, body=refused)
    notes = paper.NOTES.replace("(https://example.org)", "(2026-08-04.md)")  # a finding on a line
    with structlog.testing.capture_logs() as log:
        issue = bare.publish(notes, kind="discussion" if permission == "discussions" else "issue")
        await bare.quiet()

    wanted = f"{permission}: {PERMISSIONS[permission]}"
    if SAYS[permission] == "comment":
        (comment,) = bare.comments(issue)
        assert wanted in comment.body.replace("\\", "").replace("\u2060", "")
    else:
        assert wanted in str(log)


@pytest.mark.parametrize("is_event_delivered", [True, False])
@pytest.mark.parametrize("permission", ["contents", "issues", "pull_requests"])
async def test_read_alone_is_named_too_and_once_it_is_given_the_bot_goes_on(
    bare: House, permission: str, is_event_delivered: bool
) -> None:
    bare.permissions = PERMISSIONS | {permission: "read"}
    bare.install()
    issue = bare.publish()
    with structlog.testing.capture_logs() as log:
        await bare.quiet()
    wanted = f"{permission}: write"
    last = [each["why"] for each in log if each["event"] == "plan"][-1]
    assert last != "all is well"
    assert "missing on the pull request" not in "".join(c.body for c in bare.comments(issue)) or bare.pulls()
    shown = [comment.body for comment in bare.comments(issue)] + [pull.body for pull in bare.pulls()]
    assert wanted in "".join(shown).replace("\\", "").replace("\u2060", "")

    # a token keeps the permissions with which it was made for an hour: GitHub tells that there are others,
    # and where that is missed, the token is renewed a minute after the refusal
    bare.simulator.world.installations[bare.installation].permissions = dict(PERMISSIONS)
    if is_event_delivered:
        await bare.work(Job(InstallationRequest(bare.installation), "new_permissions_accepted"))
    else:
        bare.pass_time(2)
    bare.imani.comment(issue, "accepted")
    await bare.quiet()

    assert bare.status_of(issue)[0] == "ready"
    assert len(bare.pulls()) == 1
