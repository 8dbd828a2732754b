"""Apps: installations, tokens, and the log of webhook deliveries."""

import secrets
from typing import Any

from github_simulator import registrations, views
from github_simulator.deliveries import PENDING, Delivery
from github_simulator.errors import ApiError, not_accessible, unprocessable
from github_simulator.permissions import LEVELS
from github_simulator.rest.request import RestRequest, RestResponse, operation, or_404
from github_simulator.state import Installation, Repository
from github_simulator.views.base import Json, time


@operation("apps/get-authenticated")
def get_app(request: RestRequest) -> Json:
    """Return the app that signed the request's JWT."""
    mine = [i for i in request.world.installations.values() if i.app is request.app()]
    return views.app(request.world, request.app()) | {"installations_count": len(mine)}


@operation("apps/get-by-slug")
def get_by_slug(request: RestRequest) -> Json:
    """Return an app by its slug."""
    wanted = request.params["app_slug"]
    return views.app(
        request.world, or_404(next((a for a in request.world.apps.values() if a.slug == wanted), None))
    )


@operation("apps/create-from-manifest", 201)
def convert(request: RestRequest) -> Json:
    """Return an app that was registered from a manifest, with its credentials; nobody signs in for that."""
    app = registrations.redeem(request.world, request.params["code"])
    return views.app(request.world, app) | {
        "client_secret": secrets.token_hex(20),
        "webhook_secret": app.webhook_secret,
        "pem": app.private_key,
    }


@operation("apps/list-installations")
def list_installations(request: RestRequest) -> RestResponse:
    """Return the installations of the app that signed the request's JWT."""
    mine = [i for i in request.world.installations.values() if i.app is request.app()]
    shown, headers = request.page(mine)
    return RestResponse([views.installation(request.world, each) for each in shown], headers=headers)


def _installation(request: RestRequest) -> Installation:
    it = request.world.installations.get(int(request.params["installation_id"]))
    return or_404(it if it and it.app is request.app() else None)


@operation("apps/get-installation")
def get_installation(request: RestRequest) -> Json:
    """Return an installation of the app that signed the request's JWT."""
    return views.installation(request.world, _installation(request))


@operation("apps/get-repo-installation")
def get_repo_installation(request: RestRequest) -> Json:
    """Return the installation that includes a repository, of the app that signed the request's JWT."""
    repository = request.world.repository(request.params["owner"], request.params["repo"])
    return views.installation(request.world, or_404(request.world.installation_on(request.app(), repository)))


@operation("apps/create-installation-access-token", 201)
def create_token(request: RestRequest) -> Json:
    """Create an installation token, restricted to the requested permissions and repositories."""
    it = _installation(request)
    if it.suspended_at:
        raise ApiError(403, "This installation has been suspended")
    granted = {"metadata": "read"} | it.permissions
    asked: dict[str, str] | None = request.body.get("permissions")
    for name, level in (asked or {}).items():
        if LEVELS.index(granted.get(name, "none")) < LEVELS.index(level):
            raise unprocessable("The permissions requested are not granted to this installation.")
    permissions = {"metadata": "read"} | asked if asked else granted
    repositories = _named(request, it)
    only = None if repositories is None else frozenset(each.id for each in repositories)
    text, token = request.tokens.for_installation(it, permissions, only)
    assert token.expires_at
    selection = "all" if it.repositories is None and only is None else "selected"
    view: dict[str, Any] = {
        "token": text,
        "expires_at": time(token.expires_at),
        "permissions": permissions,
        "repository_selection": selection,
    }
    if repositories is not None:
        view["repositories"] = [views.repository(request.world, each) for each in repositories]
    return view


def _named(request: RestRequest, it: Installation) -> list[Repository] | None:
    names, ids = request.body.get("repositories"), request.body.get("repository_ids")
    if names is None and ids is None:
        return None
    covered = [r for r in request.world.repositories.values() if it.covers(r)]
    chosen = [r for r in covered if r.name in (names or ()) or r.id in (ids or ())]
    if len(chosen) < len(names or ids or ()):
        raise unprocessable("There is at least one repository that does not exist or is not accessible "
                            "to the parent installation.")  # fmt: skip
    return chosen


@operation("apps/revoke-installation-access-token", 204)
def revoke_token(request: RestRequest) -> None:
    """Revoke the installation token with which the request was sent."""
    request.tokens.revoke(request.actor)


@operation("apps/list-repos-accessible-to-installation")
def list_repositories(request: RestRequest) -> RestResponse:
    """Return the repositories that the token of the request is for."""
    if request.actor.installation is None:
        raise not_accessible()
    mine = [r for r in request.world.repositories.values() if request.actor.covers(r)]
    shown, headers = request.page(mine)
    body = {
        "total_count": len(mine),
        "repository_selection": "all" if request.actor.installation.repositories is None else "selected",
        "repositories": [views.repository(request.world, each) for each in shown],
    }
    return RestResponse(body, headers=headers)


@operation("apps/list-webhook-deliveries")
def list_deliveries(request: RestRequest) -> RestResponse:
    """Return the webhook deliveries that got a result, newest first.

    `cursor` in the query is the id of the last one on the previous page. The header `Link` has the URL of the
    next page.
    """
    size = min(int(request.query.get("per_page", 30)), 100)
    cursor = int(request.query.get("cursor", "0").removeprefix("v1_") or 0)
    done = [each for each in request.deliveries.log if each.app is request.app() and each.status != PENDING]
    mine = [each for each in done if not cursor or each.id < cursor]
    shown = mine[-size:]
    url = f"{request.world.url}/app/hook/deliveries?per_page={size}&cursor=v1_{shown[0].id}" if shown else ""
    headers = {"Link": f'<{url}>; rel="next"'} if len(mine) > size else {}
    return RestResponse([views.delivery(each) for each in reversed(shown)], headers=headers)


def _delivery(request: RestRequest) -> Delivery:
    it = request.deliveries.find(int(request.params["delivery_id"]))
    return or_404(it if it and it.app is request.app() else None)


@operation("apps/get-webhook-delivery")
def get_delivery(request: RestRequest) -> Json:
    """Return one webhook delivery with its request and response."""
    return views.delivery(_delivery(request), whole=True)


@operation("apps/redeliver-webhook-delivery", 202)
def redeliver(request: RestRequest) -> Json:
    """Queue a webhook delivery again, with the same GUID."""
    request.deliveries.redeliver(_delivery(request))
    return {}


@operation("apps/get-webhook-config-for-app")
def get_hook_config(request: RestRequest) -> Json:
    """Return the settings of the app's webhook; its secret is masked, and left out where there is none."""
    return views.hook_config(request.app())


@operation("apps/update-webhook-config-for-app")
def update_hook_config(request: RestRequest) -> Json:
    """Change the settings of the app's webhook that the request names."""
    app, given = request.app(), request.body
    app.webhook_url = given.get("url", app.webhook_url)
    app.webhook_secret = given.get("secret", app.webhook_secret)
    app.content_type = given.get("content_type", app.content_type)
    app.insecure_ssl = str(given.get("insecure_ssl", int(app.insecure_ssl))) == "1"
    return views.hook_config(app)
