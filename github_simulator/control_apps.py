"""The control API for installations of apps, at `/_simulator/installations`.

GET             all installations
POST            {"app": slug, "account": login, "repositories": [names]} installs an app (by default on all)
POST <id>       {"suspended": true, "add": [names], "remove": [names]} changes an installation
DELETE <id>     uninstalls the app
"""

from typing import Any

from aiohttp import web

from github_simulator import installations
from github_simulator.control import json_object
from github_simulator.errors import ApiError
from github_simulator.state import Installation, Repository, User
from github_simulator.world import World


class ControlApps:
    """The handlers of the control API for installations of apps, by which tests change them over HTTP."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the control API for installations."""
        path = "/_simulator/installations"
        return [
            web.get(path, self.installations),
            web.post(path, self.install),
            web.post(path + r"/{id:\d+}", self.change),
            web.delete(path + r"/{id:\d+}", self.uninstall),
        ]

    async def installations(self, _: web.Request) -> web.Response:
        """Return all installations."""
        return web.json_response([self._installation(each) for each in self._world.installations.values()])

    async def install(self, request: web.Request) -> web.Response:
        """Install an app, and return the installation."""
        given = await json_object(request)
        app = next((each for each in self._world.apps.values() if each.slug == given.get("app")), None)
        account = self._world.users.get(str(given.get("account")).lower())
        if app is None or account is None:
            raise web.HTTPBadRequest(text="the slug of an app and the login of an account are wanted")
        chosen = self._named(account, given["repositories"]) if "repositories" in given else None
        return web.json_response(
            self._installation(installations.install(self._world, app, account, chosen)), status=201
        )

    async def change(self, request: web.Request) -> web.Response:
        """Suspend or unsuspend an installation, add and remove repositories; return the installation."""
        it, given = self._found(request), await json_object(request)
        added, removed = (self._named(it.account, given.get(name, [])) for name in ("add", "remove"))
        if isinstance(given.get("suspended"), bool):
            installations.suspend(self._world, it, suspended=given["suspended"])
        if added or removed:
            try:
                installations.change_repositories(self._world, it, added=added, removed=removed)
            except ValueError as error:
                raise web.HTTPBadRequest(text=str(error)) from None
        return web.json_response(self._installation(it))

    async def uninstall(self, request: web.Request) -> web.Response:
        """Uninstall an app."""
        installations.uninstall(self._world, self._found(request))
        return web.Response(status=204)

    def _found(self, request: web.Request) -> Installation:
        found = self._world.installations.get(int(request.match_info["id"]))
        if found is None:
            raise web.HTTPNotFound(text="there is no such installation")
        return found

    def _named(self, account: User, names: Any) -> list[Repository]:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise web.HTTPBadRequest(text="a list of names of repositories is wanted")
        try:
            return [self._world.repository(account.login, name.rpartition("/")[2]) for name in names]
        except ApiError as error:
            raise web.HTTPBadRequest(text=error.graphql) from None

    def _installation(self, it: Installation) -> dict[str, Any]:
        covered = [each.full_name for each in self._world.repositories.values() if it.covers(each)]
        shown = {"id": it.id, "app": it.app.slug, "account": it.account.login, "repositories": covered}
        return shown | {"suspended": it.suspended_at is not None}
