"""What GitHub gets to register the App: a manifest, or a link with all fields filled in. Pure.

Both are made of `app.yml`:
https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-using-url-parameters
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

from bot import manifest
from bot.service.after_setup import INSTALLED

PUBLIC_HOST = "https://github.com"
LONGEST_NAME = 34
"""Characters of an App's name; GitHub refuses longer ones."""
UNIQUE = (
    "Names of Apps are unique on all of GitHub, so a short one is probably taken: put your team's in front."
)
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})")


@dataclass(frozen=True, slots=True)
class GitHubHost:
    """A GitHub by the URL of its web pages: github.com, one at ghe.com, or GitHub Enterprise Server."""

    url: str = PUBLIC_HOST

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the host of a name such as `github.example.org`, or of a URL. Raises ValueError."""
        return cls(web_address(text if "://" in text else f"https://{text}", "The host"))

    @classmethod
    def with_rest(cls, rest_url: str) -> Self:
        """Return the host that has its REST API at a URL."""
        scheme, _, rest = rest_url.rstrip("/").partition("://")
        name = rest.removesuffix("/api/v3")
        return cls(f"{scheme}://{name if name != rest else rest.removeprefix('api.')}")

    @property
    def rest_url(self) -> str:
        """The URL of its REST API.

        https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api
        """
        scheme, _, name = self.url.partition("://")
        if name == "github.com" or name.endswith(".ghe.com"):
            return f"{scheme}://api.{name}"
        return f"{self.url}/api/v3"

    def registration_page(self, organization: str = "") -> str:
        """Return the URL of the page that registers an App for an organisation, or for who looks at it."""
        return self.url + (f"/organizations/{organization}" if organization else "") + "/settings/apps/new"

    def installation_page(self, app: str, slug: str) -> str:
        """Return the URL of the page that installs an App; `app` is that of its own page, as GitHub says it.

        What is said is taken only if it is a page of this host; else the page is found by the slug.
        """
        page = (
            app.rstrip("/") if app.startswith(f"{self.url}/") else f"{self.url}/apps/{quote(slug, safe='')}"
        )
        return f"{page}/installations/new"


@dataclass(frozen=True, slots=True)
class Registration:
    """An App to be registered: its name, the public URL of the bot, and the organisation that shall own it.

    Without an organisation the person who registers it is the owner. Make it by `of`, which checks all three.
    """

    name: str
    bot_url: str
    organization: str = ""

    @classmethod
    def of(cls, name: str, bot_url: str, organization: str = "", *, host: GitHubHost) -> Self:
        """Return the registration of these. Raises ValueError with a sentence for people."""
        name, organization = name.strip(), organization.strip()
        if not re.search("[A-Za-z0-9]", name) or not name.isprintable():
            raise ValueError("The App needs a name with a letter or a digit.")
        if len(name) > LONGEST_NAME:
            raise ValueError(f"The name of the App has more than {LONGEST_NAME} characters.")
        if organization and not LOGIN.fullmatch(organization):
            raise ValueError("The organisation is its name in URLs: letters, digits and hyphens.")
        url = web_address(bot_url, "The public URL of the bot")
        if host.url == PUBLIC_HOST and is_local(url):
            raise ValueError(
                "GitHub cannot reach the bot at that URL. Give the one at which it is reached from outside."
            )
        return cls(name, url, organization)

    def manifest(self, redirect_url: str) -> dict[str, Any]:
        """Return the manifest; GitHub leads back to `redirect_url` once the App is registered.

        Whoever installs it, now or later, is led to a page of the running bot.
        """
        known = dict(manifest.load())
        return known | {
            "name": self.name,
            "url": self.bot_url,
            "hook_attributes": dict(known["hook_attributes"]) | {"url": self._webhook},
            "redirect_url": redirect_url,
            "setup_url": self._setup_url,
        }

    def link(self, host: GitHubHost) -> str:
        """Return the link to the page that registers the App, with all fields filled in but the secret."""
        known = manifest.load()
        fields = [
            ("name", self.name),
            ("description", str(known["description"])),
            ("url", self.bot_url),
            ("setup_url", self._setup_url),
            ("public", str(known["public"]).lower()),
            ("webhook_active", "true"),
            ("webhook_url", self._webhook),
            *(("events[]", event) for event in known["default_events"]),
            *known["default_permissions"].items(),
        ]
        return f"{host.registration_page(self.organization)}?{urlencode(fields, safe='[]', quote_via=quote)}"

    @property
    def _setup_url(self) -> str:
        return f"{self.bot_url}{INSTALLED}"

    @property
    def _webhook(self) -> str:
        return f"{self.bot_url}/webhook"


def web_address(text: str, what: str) -> str:
    """Return a URL of http or https without its last slash.

    Raises ValueError, with a sentence that begins with `what`, for all else: a query, a user, no host.
    """
    problem = f"{what} is not an address such as https://minutes.example.org."
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(problem) from None
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise ValueError(problem)
    if parts.query or parts.fragment or not re.fullmatch(r"[\w.:-]+", host, re.ASCII):
        raise ValueError(problem)
    if not re.fullmatch(r"(?:/[\w.~-]+)*", path, re.ASCII):
        raise ValueError(problem)
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{'' if port is None else f':{port}'}{path}"


def is_local(url: str) -> bool:
    """Return whether a URL is one of this machine, or of a private network."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
