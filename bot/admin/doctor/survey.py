"""What the checks of repositories look at: each repository's files, configuration and archive, read once."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from github import Github, GithubException

from bot import config
from bot.admin.hub import get
from bot.github.reader import archive_named_in

MOST = 30  # how many repositories are looked at, in all installations; two requests each


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A repository of an installation: its name, its files (None: it has no commit), and what they say.

    `visibility` is who can read it: `public`, `internal` or `private`. `archive` is the repository that
    keeps its minutes; `is_chosen` is whether the App was installed on this repository by name, and not on all
    of its owner.
    """

    client: Github
    name: str
    page: str
    branch: str
    visibility: str
    files: frozenset[str] | None
    text: str | None
    archive: str
    is_chosen: bool

    @property
    def is_archive(self) -> bool:
        """Whether it keeps minutes itself, by its name or by its configuration."""
        return self.archive.casefold() == self.name.casefold()

    @property
    def settings(self) -> config.Config:
        """Its configuration; the default one where it has none, or one with mistakes."""
        try:
            return config.read(self.text)
        except config.ConfigError:
            return config.Config()


def survey(
    installations: Sequence[Mapping[str, Any]],
    repositories: Mapping[int, Sequence[Mapping[str, Any]]],
    clients: Mapping[int, Github],
) -> tuple[Sequence[Surveyed], int]:
    """Return the repositories that are looked at, and how many more there are.

    `repositories` and `clients` are those of the installations, by their ids; both as GitHub shows them.
    """
    found = [
        (installation, each)
        for installation in installations
        for each in repositories.get(installation["id"], ())
        if not each.get("archived")
    ]
    looked = [
        _surveyed(clients[installation["id"]], each, installation["repository_selection"] == "selected")
        for installation, each in sorted(found, key=_rank, reverse=True)[:MOST]
    ]
    return looked, len(found) - len(looked)


def _rank(found: tuple[Any, Mapping[str, Any]]) -> tuple[bool, str]:
    """Return what is sorted by: first the usual archive of an owner, then what was pushed to last."""
    _, repository = found
    name = str(repository["full_name"])
    return config.usual_archive(name) == name, str(repository.get("pushed_at") or "")


def _surveyed(client: Github, repository: Mapping[str, Any], is_chosen: bool) -> Surveyed:
    name, branch = str(repository["full_name"]), str(repository["default_branch"])
    files = _files(client, name, branch)
    oid = (files or {}).get(config.PATH)
    text = None
    if oid:
        blob = get(client, f"/repos/{name}/git/blobs/{oid}")
        text = config.text_of(base64.b64decode(blob["content"]))
    named = archive_named_in(text) or config.usual_archive(name)
    kept = None if files is None else frozenset(files)
    visibility = str(repository.get("visibility") or ("private" if repository.get("private") else "public"))
    page = str(repository["html_url"])
    return Surveyed(client, name, page, branch, visibility, kept, text, named, is_chosen)


def _files(client: Github, name: str, branch: str) -> Mapping[str, str] | None:
    """Return the files of a branch with their blobs' ids; None where the repository has no commit."""
    try:
        tree = get(client, f"/repos/{name}/git/trees/{quote(branch, safe='')}?recursive=1")
    except GithubException as failed:
        if failed.status in (404, 409):  # https://docs.github.com/en/rest/git/trees#get-a-tree
            return None
        raise
    return {each["path"]: each["sha"] for each in tree["tree"] if each["type"] == "blob"}


def archives(found: Sequence[Surveyed]) -> Iterator[Surveyed]:
    """Yield the repositories that keep minutes: by their own word, or as the archive of another one."""
    named = {each.archive.casefold() for each in found}
    yield from (each for each in found if each.is_archive or each.name.casefold() in named)


def sources(found: Sequence[Surveyed]) -> Iterator[tuple[Surveyed, config.Config]]:
    """Yield the repositories in which notes are expected, each with the settings of its archive.

    These are the ones for which the App was chosen by name, that have a configuration, or that an archive
    lists; an archive only where there is no other.
    """
    kept = {each.name.casefold(): each for each in archives(found)}
    listed = {_full(name, each).casefold() for each in kept.values() for name in each.settings.sources or ()}
    likely = [it for it in found if it.is_chosen or it.text is not None or it.name.casefold() in listed]
    others = [it for it in likely if it.name.casefold() not in kept]
    for each in others or likely:
        archive = kept.get(each.archive.casefold())
        yield each, archive.settings if archive else each.settings


def _full(name: str, archive: Surveyed) -> str:
    return name if "/" in name else f"{archive.name.split('/')[0]}/{name}"
