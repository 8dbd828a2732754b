"""Registering apps: from a manifest by a person, whose code then gives the credentials, once and for an hour.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from github_simulator.errors import ApiError, invalid, not_found
from github_simulator.permissions import LEVELS
from github_simulator.state import App, AppCode, User
from github_simulator.tokens import key_for
from github_simulator.world import World

LIFETIME = timedelta(hours=1)
LONGEST_NAME = 34
KEYS = {"name", "url", "hook_attributes", "redirect_url", "callback_urls", "setup_url", "description",
        "public", "default_events", "default_permissions", "request_oauth_on_install",
        "setup_on_update"}  # fmt: skip
"""The keys that a manifest may have."""


@dataclass(frozen=True)
class AppManifest:
    """A manifest that was read and checked, with GitHub's names for its keys."""

    name: str
    url: str
    redirect_url: str
    webhook_url: str | None
    setup_url: str | None
    permissions: Mapping[str, str]
    events: Sequence[str]
    public: bool

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the manifest in a JSON text. Raises ApiError 422 where GitHub would not take it."""
        try:
            given = json.loads(text)
        except ValueError:
            given = None
        if not isinstance(given, dict) or (unknown := given.keys() - KEYS):
            what = (
                f"unknown keys {', '.join(sorted(unknown))}" if isinstance(given, dict) else "no JSON object"
            )
            raise _refused("manifest", f"The manifest has {what}")
        hook = given.get("hook_attributes") or {}
        addresses: dict[str, Any] = {"url": given.get("url"), "redirect_url": given.get("redirect_url")}
        addresses |= {"hook_url": hook.get("url")} if hook else {}
        addresses |= {"setup_url": given["setup_url"]} if given.get("setup_url") else {}
        for name, address in addresses.items():
            if not _is_address(address):
                raise _refused(name, f"{name} must be a valid URL")
        permissions = given.get("default_permissions") or {}
        if any(level not in LEVELS for level in permissions.values()):
            raise _refused(
                "default_permissions", "Default permission records resource is not included in the list"
            )
        return cls(
            str(given.get("name") or ""),
            addresses["url"],
            addresses["redirect_url"],
            addresses.get("hook_url") if hook.get("active", True) else None,
            addresses.get("setup_url"),
            dict(permissions),
            list(given.get("default_events") or ()),
            bool(given.get("public", False)),
        )


def _is_address(text: Any) -> bool:
    return (
        isinstance(text, str) and urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).hostname)
    )


def _refused(field: str, message: str) -> ApiError:
    return invalid("Integration", field, "custom", message)


def slug_of(name: str) -> str:
    """Return the name of an app as it stands in URLs."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def owner_of(world: World, person: User, organization: str | None) -> User:
    """Return the account that shall own an app. Raises ApiError 404 if there is no such organisation."""
    if organization is None:
        return person
    owner = world.user(organization)
    if owner.type != "Organization":
        raise not_found()
    return owner


def register(world: World, owner: User, manifest: AppManifest, name: str) -> str:
    """Register an app under a name, and return the code for its credentials.

    Raises ApiError 422 for a name that is taken, too long or empty.
    """
    slug = slug_of(name)
    if not slug or len(name) > LONGEST_NAME:
        raise _refused(
            "name",
            f"Name is too long (maximum is {LONGEST_NAME} characters)" if slug else "Name can't be blank",
        )
    named_so = world.users.get(slug)
    if any(app.slug == slug for app in world.apps.values()) or (named_so and named_so is not owner):
        raise _refused("name", "Name is already taken")
    app = create(
        world, slug, owner, manifest.permissions, manifest.events, manifest.webhook_url, secrets.token_hex(20)
    )
    app.name, app.url, app.setup_url, app.public = name, manifest.url, manifest.setup_url, manifest.public
    code = secrets.token_hex(20)
    world.app_codes[code] = AppCode(app, world.now() + LIFETIME)
    return code


def redeem(world: World, code: str) -> App:
    """Return the app of a code, which is then used up. Raises ApiError 404 for a used, old or unknown one."""
    found = world.app_codes.pop(code, None)
    if found is None or found.expires_at <= world.now():
        raise not_found()
    return found.app


def create(
    world: World,
    slug: str,
    owner: User | None,
    permissions: Mapping[str, str],
    events: Sequence[str],
    webhook_url: str | None,
    webhook_secret: str,
) -> App:
    """Create an app and its bot's account; None as owner: that account. Its private key is not saved."""
    private, public = key_for(slug)
    bot = world.add_user(f"{slug}[bot]", "Bot")
    app = world.add(
        App(
            slug=slug, owner=owner or bot, bot=bot, permissions=dict(permissions), events=list(events),
            private_key=private, public_key=public, webhook_url=webhook_url, webhook_secret=webhook_secret,
            created_at=world.now(),
        )
    )  # fmt: skip
    world.apps[app.id] = app
    return app
