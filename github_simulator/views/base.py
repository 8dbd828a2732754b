"""Addresses and times, as all views write them."""

from datetime import datetime
from typing import Any

from github_simulator.state import Repository, User
from github_simulator.world import World

Json = dict[str, Any]


def api(world: World, path: str) -> str:
    """Return an address of the REST API."""
    return f"{world.url}/api/v3{path}"


def repo_api(world: World, repository: Repository, path: str = "") -> str:
    """Return a REST address below a repository."""
    return api(world, f"/repos/{repository.full_name}{path}")


def page(world: World, thing: Repository | User, path: str = "") -> str:
    """Return the address of a page for people, on an account or below a repository."""
    if isinstance(thing, Repository):
        return f"{world.url}/{thing.full_name}{path}"
    bot = thing.login.removesuffix("[bot]")
    return f"{world.url}/{thing.login if bot == thing.login else f'apps/{bot}'}{path}"


def time(when: datetime) -> str:
    """Write a time as GitHub does: UTC, whole seconds, Z."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def time_or_none(when: datetime | None) -> str | None:
    """Write a time, if there is one."""
    return time(when) if when else None
