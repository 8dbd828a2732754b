"""Installations of apps: creating, suspending, deleting, and changing their repositories.

Every function emits the event for the app's webhook, as GitHub does:
https://docs.github.com/webhooks/webhook-events-and-payloads#installation
"""

from collections.abc import Collection, Sequence
from typing import Literal

from github_simulator.state import App, Installation, Repository, User
from github_simulator.views.repositories import in_short
from github_simulator.world import Event, World


def install(
    world: World, app: App, account: User, repositories: Collection[Repository] | None = None
) -> Installation:
    """Install an app on an account, for these of its repositories; None: for all, also future ones."""
    installation = world.add(
        Installation(
            app=app, account=account, permissions=dict(app.permissions), created_at=world.now(),
            repositories=None if repositories is None else {each.id for each in repositories},
        )
    )  # fmt: skip
    world.installations[installation.id] = installation
    _emit_event(world, installation, "created")
    return installation


def uninstall(world: World, installation: Installation) -> None:
    """Uninstall an app; its tokens become invalid."""
    _emit_event(world, installation, "deleted")
    del world.installations[installation.id]
    del world.nodes[installation.node_id]


def suspend(world: World, installation: Installation, *, suspended: bool = True) -> None:
    """Suspend an installation or, if `suspended` is false, unsuspend it."""
    if suspended == (installation.suspended_at is not None):
        return
    installation.suspended_at = world.now() if suspended else None
    _emit_event(world, installation, "suspend" if suspended else "unsuspend")


def change_repositories(
    world: World, installation: Installation, *, added: Sequence[Repository] = (),
    removed: Sequence[Repository] = (),
) -> None:  # fmt: skip
    """Add and remove repositories of an installation.

    Raises ValueError when it is for all repositories of its account.
    """
    if installation.repositories is None:
        raise ValueError("this app is installed on all repositories of the account")
    new = [each for each in added if each.id not in installation.repositories]
    gone = [each for each in removed if each.id in installation.repositories]
    if new:
        installation.repositories |= {each.id for each in new}
        _emit_change_event(world, installation, "added", new)
    if gone:
        installation.repositories -= {each.id for each in gone}
        _emit_change_event(world, installation, "removed", gone)


def _emit_event(world: World, installation: Installation, action: str) -> None:
    covered = [each for each in world.repositories.values() if installation.covers(each)]
    extra = {"repositories": [in_short(each) for each in covered]}
    world.emit(Event("installation", action, None, installation.account, extra, installation))


def _emit_change_event(
    world: World, installation: Installation, action: Literal["added", "removed"], which: Sequence[Repository]
) -> None:
    shown = [in_short(each) for each in which]
    extra: dict[str, object] = {
        "repositories_added": shown if action == "added" else [],
        "repositories_removed": shown if action == "removed" else [],
        "repository_selection": "selected",
        "requester": None,
    }
    account = installation.account
    world.emit(Event("installation_repositories", action, None, account, extra, installation))
