"""The credentials of a registered App, and the code that gives them: once, and for an hour.

https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

from bot.setup.registration import PUBLIC_HOST, GitHubHost

CODE = re.compile(r"[A-Za-z0-9_-]{1,200}")
SECRET = re.compile(r"[A-Za-z0-9_.=+/-]+")
"""What needs no quotes in a file of environment variables; GitHub's webhook secrets are hexadecimal."""
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


class NotGiven(Exception):
    """GitHub did not give the credentials; the message says why, and shows no code."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What GitHub says of an App that was just registered: its id, its secrets, and where it is."""

    app_id: int
    private_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    slug: str
    page: str
    """The URL of the App's own page."""
    host: GitHubHost

    @classmethod
    def of(cls, answer: Mapping[str, Any], host: GitHubHost) -> Self:
        """Return the credentials in GitHub's answer. Raises NotGiven where it is not one."""
        try:
            secret = answer["webhook_secret"]
            made = cls(
                int(answer["id"]),
                str(answer["pem"]),
                secret,
                str(answer["slug"]),
                str(answer["html_url"]),
                host,
            )
        except (KeyError, TypeError, ValueError):
            raise NotGiven("GitHub's answer has no credentials") from None
        if not isinstance(secret, str) or not SECRET.fullmatch(secret):
            raise NotGiven("GitHub's answer has no webhook secret that can be used")
        return made

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables of `serve`, none of which needs quotes: the key is in base64."""
        key = base64.b64encode(self.private_key.encode()).decode()
        found = {
            "GITHUB_APP_ID": str(self.app_id),
            "GITHUB_PRIVATE_KEY": key,
            "WEBHOOK_SECRET": self.webhook_secret,
        }
        return found if self.host.url == PUBLIC_HOST else found | {"GITHUB_REST_URL": self.host.rest_url}

    @property
    def installation_page(self) -> str:
        """The URL of the page that installs the App."""
        return self.host.installation_page(self.page, self.slug)


async def redeem(code: str, host: GitHubHost, proxy: str | None = None) -> Credentials:
    """Return the credentials for a code that came with the way back from GitHub. Raises NotGiven."""
    if not CODE.fullmatch(code):
        raise NotGiven("this is no code of GitHub")
    url = f"{host.rest_url}/app-manifests/{code}/conversions"
    headers = {"Accept": "application/vnd.github+json", "User-Agent": "minutes-bot"}
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT, proxy=proxy) as session,
            session.post(url, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status == 404:
                raise NotGiven("GitHub does not know this code: it was used, or is more than an hour old")
            if answer.status != 201:
                raise NotGiven(f"GitHub answered with {answer.status}")
            return Credentials.of(await answer.json(), host)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        # the error's own text may have the address, and so the code
        raise NotGiven(f"GitHub could not be asked ({type(error).__name__})") from None
