"""What the checks share: the settings, and what was read from GitHub as the App, each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from github import Auth, Github

from bot import manifest
from bot.admin.doctor.survey import Surveyed, survey
from bot.admin.hub import get, sign_in
from bot.service.settings import Settings, load

PAGE = 100  # the most that GitHub lists at once
LEVELS = ("none", "read", "write", "admin")


@dataclass
class Context:
    """The environment variables of the bot, and lazily all that is read with them.

    What is read from GitHub raises GithubException, or OSError where it cannot be reached.
    """

    environment: Mapping[str, str] = field(repr=False)  # holds the key and the secret
    creates_labels: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The settings of the service. Raises SettingsError."""
        return load(self.environment)

    @cached_property
    def as_app(self) -> Github:
        """The client that sends requests as the App."""
        return sign_in(self._auth, self.settings.rest_url)

    @cached_property
    def _auth(self) -> Auth.AppAuth:
        return Auth.AppAuth(self.settings.app_id, self.settings.private_key)

    def as_installation(self, number: int) -> Github:
        """Return the client that sends requests as an installation of the App."""
        return sign_in(self._auth.get_installation_auth(number), self.settings.rest_url)

    @cached_property
    def app(self) -> Mapping[str, Any]:
        """The App. https://docs.github.com/en/rest/apps/apps#get-the-authenticated-app"""
        app: Mapping[str, Any] = get(self.as_app, "/app")
        return app

    @cached_property
    def hook(self) -> Mapping[str, Any]:
        """The settings of the App's webhook.

        https://docs.github.com/en/rest/apps/webhooks#get-a-webhook-configuration-for-an-app
        """
        path = "/app/hook/config"
        # PyGithub writes the path of the request where the answer has no `url` of its own
        return {key: value for key, value in get(self.as_app, path).items() if value != path}

    @cached_property
    def deliveries(self) -> Sequence[Mapping[str, Any]]:
        """The newest attempts to deliver a webhook, newest first.

        https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook
        """
        found: Sequence[Mapping[str, Any]] = get(self.as_app, f"/app/hook/deliveries?per_page={PAGE}")
        return found

    @cached_property
    def installations(self) -> Sequence[Mapping[str, Any]]:
        """The first installations of the App.

        https://docs.github.com/en/rest/apps/apps#list-installations-for-the-authenticated-app
        """
        found: Sequence[Mapping[str, Any]] = get(self.as_app, f"/app/installations?per_page={PAGE}")
        return found

    @cached_property
    def repositories(self) -> Mapping[int, Sequence[Mapping[str, Any]]]:
        """The first repositories of each installation that is not suspended, by its id.

        https://docs.github.com/en/rest/apps/installations#list-repositories-accessible-to-the-app-installation
        """
        path = f"/installation/repositories?per_page={PAGE}"
        working = [each["id"] for each in self.installations if not each.get("suspended_at")]
        return {each: get(self.as_installation(each), path)["repositories"] for each in working}

    @cached_property
    def surveyed(self) -> tuple[Sequence[Surveyed], int]:
        """The repositories that are looked at, and how many more there are."""
        clients = {number: self.as_installation(number) for number in self.repositories}
        return survey(self.installations, self.repositories, clients)

    @property
    def website(self) -> str:
        """The address of GitHub's website, without a slash at its end."""
        parts = urlsplit(str(self.app["html_url"]))
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def settings_page(self) -> str:
        """The address of the App's settings on GitHub."""
        owner = self.app.get("owner") or {}
        is_team = owner.get("type") == "Organization"
        below = f"/organizations/{owner['login']}/settings" if is_team else "/settings"
        return f"{self.website}{below}/apps/{self.app['slug']}"


def lacking(given: Mapping[str, str]) -> Sequence[str]:
    """Return the permissions of app.yml that are not among the given ones, as app.yml writes them."""
    wanted = manifest.load()["default_permissions"]
    return [
        f"{name}: {level}"
        for name, level in wanted.items()
        if LEVELS.index(given.get(name, "none")) < LEVELS.index(level)
    ]
