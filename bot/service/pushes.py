"""From webhooks about pushed files to requests: the configuration, minutes of people, links. Pure."""

import re
from collections.abc import Iterable

from bot import config
from bot.model import AnyRequest, CalendarRequest, ConfigCheckRequest, FilesRequest, LinksRequest
from bot.planning.pushed_files import paths_of, pull_of
from bot.service.payload import OID, Payload, at, int_at, is_by_bot, str_at
from bot.trailers import written_paths

CONFIG_NAME = config.PATH.rsplit("/", 1)[1].encode()
DATED_NAME = re.compile(rb"(?:19|20)\d\d[^\"\n]{0,200}\.(?:md|markdown)\"", re.IGNORECASE)
"""The end of the name of a Markdown file with a year, as JSON has it: minutes perhaps."""
OWN_BRANCHES = "refs/heads/minutes/"
"""The branches of the bot's pull requests: what people push there, these say."""
MOST_PATHS = 20
"""The most files of one push that are checked."""


def push_requests(payload: Payload, repository: str, installation: int) -> tuple[AnyRequest, ...] | None:
    """Return the requests that follow from a push that changes the configuration or minutes; None: no push.

    The configuration is checked on any branch; on the default branch it is in force, and the calendar is
    reconciled. Minutes that people add, rename or delete there change what others have to link.
    """
    commit, commits = str_at(payload, "after"), at(payload, "commits")
    if not OID.fullmatch(commit) or set(commit) == {"0"} or not isinstance(commits, list):
        return None  # zeros: the branch was deleted
    changed = _touches(commits, "added", "modified")
    found: tuple[AnyRequest, ...] = (ConfigCheckRequest(installation, repository, commit),) if changed else ()
    in_force = str_at(payload, "ref") == f"refs/heads/{str_at(payload, 'repository', 'default_branch')}"
    if in_force and (changed or _touches(commits, "removed")):
        found += (CalendarRequest(installation, repository, head=commit),)
    if in_force and _minutes(commits, "added", "removed"):
        found += (LinksRequest(installation, repository, head=commit),)
    paths = may_be_minutes(_minutes(commits, "added", "modified"))
    if paths and not str_at(payload, "ref").startswith(OWN_BRANCHES):
        found += (FilesRequest(installation, repository, commit, paths),)
    return found


def _touches(commits: list[object], *ways: str) -> bool:
    """Return whether commits list the configuration as one of `ways`: `added`, `modified`, `removed`."""
    return config.PATH in _paths(commits, *ways)


def _minutes(commits: list[object], *ways: str) -> set[str]:
    """Return files that may be minutes, which commits list as one of `ways`, besides the bot's own.

    What is merged of the bot's is seen by the event of the pull request.
    """
    messages = (message for each in commits if isinstance(message := at(each, "message"), str))
    ours = {path for message in messages for path in written_paths(message)}
    changed = (path for path in _paths(commits, *ways) if path not in ours)
    return {path for path in changed if DATED_NAME.search(f'{path}"'.encode())}


def may_be_minutes(paths: Iterable[str]) -> tuple[str, ...]:
    """Return those of these paths that may be minutes, 20 at most: Markdown files with a year in the path."""
    return tuple(sorted(path for path in paths if DATED_NAME.search(f'{path}"'.encode())))[:MOST_PATHS]


def button_requests(payload: Payload, repository: str, installation: int) -> tuple[AnyRequest, ...]:
    """Return the request that follows from the button *Fix* of a check run on minutes that people pushed.

    GitHub shows it to people with write access. Corrections for a fork are suggested in its pull request.
    """
    summary = str_at(payload, "check_run", "output", "summary")
    paths, pull = paths_of(summary), pull_of(summary)
    branch = str_at(payload, "check_run", "check_suite", "head_branch")
    commit = str_at(payload, "check_run", "head_sha")
    if not (paths and (branch or pull) and OID.fullmatch(commit)) or is_by_bot(payload):
        return ()
    if pull:
        return (FilesRequest(installation, repository, commit, pull=pull, suggests=True),)
    return (FilesRequest(installation, repository, commit, paths[:MOST_PATHS], branch),)


def _paths(commits: list[object], *ways: str) -> set[str]:
    """Return the paths that commits list as one of `ways`: `added`, `modified`, `removed`."""
    lists = (at(commit, way) for commit in commits for way in ways)
    return {path for paths in lists if isinstance(paths, list) for path in paths if isinstance(path, str)}


def fork_requests(payload: Payload, repository: str, installation: int) -> tuple[AnyRequest, ...]:
    """Return the request to check the files of a pull request from a fork, if it is from one.

    No webhook reports pushes to a fork.
    """
    there = str_at(payload, "pull_request", "head", "repo", "full_name")
    commit, number = str_at(payload, "pull_request", "head", "sha"), int_at(payload, "pull_request", "number")
    if there in ("", repository) or not OID.fullmatch(commit) or number is None:
        return ()
    return (FilesRequest(installation, repository, commit, pull=number),)
