"""URLs and times in the JSON of all views."""

from datetime import datetime
from typing import Any

from github_simulator.state import Repository, User
from github_simulator.world import World

Json = dict[str, Any]


def api(world: World, path: str) -> str:
    """Return the URL of a path of the REST API, such as `/users/ada`."""
    return f"{world.url}/api/v3{path}"


def repo_api(world: World, repository: Repository, path: str = "") -> str:
    """Return the URL of the REST API for `path` below a repository, such as `/issues/1`."""
    return api(world, f"/repos/{repository.full_name}{path}")


def page(world: World, thing: Repository | User, path: str = "") -> str:
    """Return the URL of the web page of an account or a repository, or of `path` below it."""
    if isinstance(thing, Repository):
        return f"{world.url}/{thing.full_name}{path}"
    bot = thing.login.removesuffix("[bot]")
    return f"{world.url}/{thing.login if bot == thing.login else f'apps/{bot}'}{path}"


def time(when: datetime) -> str:
    """Return a UTC time in GitHub's form: `2026-08-18T14:03:00Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def time_or_none(when: datetime | None) -> str | None:
    """Return a UTC time in GitHub's form, None for None."""
    return time(when) if when else None
