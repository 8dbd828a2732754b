"""Apps: installations, tokens, and the log of webhook deliveries."""

from typing import Any

from github_simulator import views
from github_simulator.deliveries import PENDING, Delivery
from github_simulator.errors import ApiError, not_accessible, unprocessable
from github_simulator.permissions import LEVELS
from github_simulator.rest.request import Answer, Call, found, operation
from github_simulator.state import Installation, Repository
from github_simulator.views.base import Json, time


@operation("apps/get-authenticated")
def get_app(call: Call) -> Json:
    """Answer with the app that calls."""
    mine = [i for i in call.world.installations.values() if i.app is call.app()]
    return views.app(call.world, call.app()) | {"installations_count": len(mine)}


@operation("apps/get-by-slug")
def get_by_slug(call: Call) -> Json:
    """Answer with any app."""
    wanted = call.params["app_slug"]
    return views.app(call.world, found(next((a for a in call.world.apps.values() if a.slug == wanted), None)))


@operation("apps/list-installations")
def list_installations(call: Call) -> Answer:
    """Answer with the installations of the app."""
    mine = [i for i in call.world.installations.values() if i.app is call.app()]
    shown, headers = call.page(mine)
    return Answer([views.installation(call.world, each) for each in shown], headers=headers)


def _installation(call: Call) -> Installation:
    it = call.world.installations.get(int(call.params["installation_id"]))
    return found(it if it and it.app is call.app() else None)


@operation("apps/get-installation")
def get_installation(call: Call) -> Json:
    """Answer with an installation of the app."""
    return views.installation(call.world, _installation(call))


@operation("apps/get-repo-installation")
def get_repo_installation(call: Call) -> Json:
    """Answer with the installation that covers a repository."""
    repository = call.world.repository(call.params["owner"], call.params["repo"])
    return views.installation(call.world, found(call.world.installation_on(call.app(), repository)))


@operation("apps/create-installation-access-token", 201)
def create_token(call: Call) -> Json:
    """Mint a token, narrowed to the permissions and repositories that are named."""
    it = _installation(call)
    if it.suspended_at:
        raise ApiError(403, "This installation has been suspended")
    granted = {"metadata": "read"} | it.permissions
    asked: dict[str, str] | None = call.body.get("permissions")
    for name, level in (asked or {}).items():
        if LEVELS.index(granted.get(name, "none")) < LEVELS.index(level):
            raise unprocessable("The permissions requested are not granted to this installation.")
    permissions = {"metadata": "read"} | asked if asked else granted
    repositories = _named(call, it)
    only = None if repositories is None else frozenset(each.id for each in repositories)
    text, token = call.tokens.for_installation(it, permissions, only)
    assert token.expires_at
    selection = "all" if it.repositories is None and only is None else "selected"
    view: dict[str, Any] = {
        "token": text,
        "expires_at": time(token.expires_at),
        "permissions": permissions,
        "repository_selection": selection,
    }
    if repositories is not None:
        view["repositories"] = [views.repository(call.world, each) for each in repositories]
    return view


def _named(call: Call, it: Installation) -> list[Repository] | None:
    names, ids = call.body.get("repositories"), call.body.get("repository_ids")
    if names is None and ids is None:
        return None
    covered = [r for r in call.world.repositories.values() if it.covers(r)]
    chosen = [r for r in covered if r.name in (names or ()) or r.id in (ids or ())]
    if len(chosen) < len(names or ids or ()):
        raise unprocessable("There is at least one repository that does not exist or is not accessible "
                            "to the parent installation.")  # fmt: skip
    return chosen


@operation("apps/revoke-installation-access-token", 204)
def revoke_token(call: Call) -> None:
    """Take back the token that calls."""
    call.tokens.revoke(call.actor)


@operation("apps/list-repos-accessible-to-installation")
def list_repositories(call: Call) -> Answer:
    """Answer with the repositories that the token reaches."""
    if call.actor.installation is None:
        raise not_accessible()
    mine = [r for r in call.world.repositories.values() if call.actor.covers(r)]
    shown, headers = call.page(mine)
    body = {
        "total_count": len(mine),
        "repository_selection": "all" if call.actor.installation.repositories is None else "selected",
        "repositories": [views.repository(call.world, each) for each in shown],
    }
    return Answer(body, headers=headers)


@operation("apps/list-webhook-deliveries")
def list_deliveries(call: Call) -> Answer:
    """Answer with the newest deliveries first; `cursor` is the number from which to go on.

    Those under way are not in the log yet. The header `Link` leads to the next page.
    """
    size = min(int(call.query.get("per_page", 30)), 100)
    cursor = int(call.query.get("cursor", "0").removeprefix("v1_") or 0)
    done = [each for each in call.deliveries.log if each.app is call.app() and each.status != PENDING]
    mine = [each for each in done if not cursor or each.id < cursor]
    shown = mine[-size:]
    url = f"{call.world.url}/app/hook/deliveries?per_page={size}&cursor=v1_{shown[0].id}" if shown else ""
    headers = {"Link": f'<{url}>; rel="next"'} if len(mine) > size else {}
    return Answer([views.delivery(each) for each in reversed(shown)], headers=headers)


def _delivery(call: Call) -> Delivery:
    it = call.deliveries.find(int(call.params["delivery_id"]))
    return found(it if it and it.app is call.app() else None)


@operation("apps/get-webhook-delivery")
def get_delivery(call: Call) -> Json:
    """Answer with one delivery, its request and response."""
    return views.delivery(_delivery(call), whole=True)


@operation("apps/redeliver-webhook-delivery", 202)
def redeliver(call: Call) -> Json:
    """Deliver again under the same GUID."""
    call.deliveries.redeliver(_delivery(call))
    return {}
