"""GitHub as operators' commands need it: signing in, reading an archive, and errors in words with a cure."""

import os
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from github import Auth, Github, GithubException, RateLimitExceededException
from github.GitCommit import GitCommit
from github.Repository import Repository

from bot import config
from bot.admin.tarball import BadTarball, read_tarball
from bot.admin.years import ArchiveFile
from bot.archive.dates import MARKDOWN
from bot.archive.eligible import is_binary, is_hidden

PATIENCE = 60  # seconds that one answer may take
_FILES = ("100644", "100755")
_OTHER = "is another one in the tarball (export-ignore, export-subst, LFS)"
AGAIN = "Run the same command again later: what is done is not done twice."


class Trouble(Exception):
    """Something that cannot be done on GitHub; the message says what, and what helps.

    `ends_all` says whether nothing else can be done either, as without a right or a connection.
    """

    def __init__(self, message: str, *, ends_all: bool = True) -> None:
        super().__init__(message)
        self.ends_all = ends_all


@dataclass(frozen=True, slots=True)
class Archive:
    """A repository at the head of its default branch: its Markdown files and its configuration, by path.

    `unread` are further paths of Markdown files, with why they could not be read.
    """

    branch: str
    head: GitCommit
    files: dict[str, ArchiveFile] = field(repr=False)
    unread: dict[str, str]


def connect(token: str, url: str, pause: float = 1.0) -> Github:
    """Return a client for a GitHub; `url` is that of its REST API, `pause` are seconds between two writes.

    Nothing is sent twice by itself, since a write whose answer got lost may have been done.
    """
    return sign_in(Auth.Token(token), url, pause)


def sign_in(auth: Auth.Auth | None, url: str, pause: float = 1.0) -> Github:
    """Return a client as `connect` does, with credentials of any kind; None: without any."""
    return Github(
        auth=auth,
        base_url=url.rstrip("/"),
        timeout=PATIENCE,
        retry=0,
        seconds_between_requests=0,
        seconds_between_writes=pause,
    )


def get(client: Github, path: str) -> Any:
    """Return what GitHub answers to a GET request for which PyGithub has no method of its own.

    Raises GithubException, or OSError where GitHub cannot be reached.
    """
    return client.requester.requestJsonAndCheck("GET", path)[1]


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Raise Trouble, in words for people, for what goes wrong in this context with the repository `name`."""
    try:
        yield
    except GithubException as error:
        raise trouble(error, name) from error
    except BadTarball as error:
        raise Trouble(f"The tarball of {name} {error}. Use `minutes-bot check --fix` in a clone.") from error
    except OSError as error:  # of requests and of urllib too
        raise Trouble(f"GitHub cannot be reached, or hung up: {error}. {AGAIN}") from error


def trouble(error: GithubException, name: str) -> Trouble:
    """Return in words what GitHub's error about the repository `name` means, and what helps."""
    headers = {key.lower(): value for key, value in (error.headers or {}).items()}
    said = _said(error)
    if error.status == 429 or isinstance(error, RateLimitExceededException):
        return Trouble(f"GitHub's rate limit is used up; {_reset(headers)}. {AGAIN}")
    if error.status == 401:
        return Trouble("GitHub does not accept the token: it is wrong, expired or revoked. Make a new one.")
    if "archived" in said:
        return _archived(name)
    if error.status == 403 and "x-github-sso" in headers:
        return Trouble(f"The token is not authorised for the organisation's single sign-on: {_sso(headers)}")
    if error.status == 403:
        return Trouble(
            f"The token may not do this in {name} ({said}). It needs the permissions Contents and "
            "Pull requests, both read and write."
        )
    if error.status == 404:
        return Trouble(
            f"There is no repository {name}, or the token may not do this there. Look at its name, and at "
            "the repositories to which the token has access."
        )
    return Trouble(f"GitHub answered {error.status} {said}".rstrip(" .") + f". {AGAIN}", ends_all=False)


def _said(error: GithubException) -> str:
    """Return what GitHub says about an error: its message, with those of the details, or of GraphQL."""
    data = error.data if isinstance(error.data, dict) else {}
    details = (each.get("message") for each in data.get("errors") or () if isinstance(each, dict))
    return ": ".join(filter(None, [data.get("message"), *details]))


def _archived(name: str) -> Trouble:
    return Trouble(f"{name} is archived on GitHub, so nobody can write there. Unarchive it in its settings.")


def _reset(headers: dict[str, Any]) -> str:
    if after := str(headers.get("retry-after", "")):
        return f"it wants to be asked again after {after} seconds"
    if (at := str(headers.get("x-ratelimit-reset", ""))).isdigit():
        return f"there is more at {datetime.fromtimestamp(int(at), UTC):%Y-%m-%d %H:%M} UTC"
    return "it does not say until when"


def _sso(headers: dict[str, Any]) -> str:
    return str(headers["x-github-sso"]).partition("url=")[2] or "authorise it in your settings, Tokens."


def find_repository(hub: Github, name: str) -> Repository:
    """Return the repository `owner/name`; raises Trouble where it cannot be read."""
    with in_words(name):
        return hub.get_repo(name)


def may_not_write(repository: Repository) -> Trouble | None:
    """Return why nothing can be written to a repository, as far as that is known before it is tried."""
    if repository.archived:
        return _archived(repository.full_name)
    granted = repository.raw_data.get("permissions") or {}
    if granted.get("pull") and not granted.get("push"):
        needs = "Use one of somebody with write access, with Contents and Pull requests read and write."
        return Trouble(f"The token may read {repository.full_name}, not write to it. {needs}")
    return None


def read_archive(repository: Repository) -> Archive:
    """Return the texts of a repository at the head of its default branch: five requests, however many files.

    Raises Trouble where they cannot be read.
    """
    name, branch = repository.full_name, repository.default_branch
    with in_words(name):
        head = _head(repository)
        tree = repository.get_git_tree(head.tree.sha, recursive=True)
        if tree.raw_data.get("truncated"):
            raise Trouble(
                f"{name} has more than 100,000 files and folders, which GitHub does not list at once. Use "
                "`minutes-bot check --fix` in a clone."
            )
        listed = {it.path: (it.mode, it.sha) for it in tree.tree if it.mode in _FILES and _is_text(it.path)}
        files = dict(_files(repository, head.sha, listed)) if listed else {}
    unread = dict.fromkeys(listed.keys() - files.keys(), _OTHER)
    for path in [path for path, file in files.items() if is_binary(file.data)]:
        del files[path]
        unread[path] = "is no text"
    return Archive(branch, head, files, unread)


def _head(repository: Repository) -> GitCommit:
    try:
        sha = repository.get_branch(repository.default_branch).commit.sha
    except GithubException as error:
        if error.status not in (404, 409):
            raise
        raise Trouble(f"{repository.full_name} is empty, so there is nothing to correct.") from error
    return repository.get_git_commit(sha)


def _files(
    repository: Repository, head: str, listed: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, ArchiveFile]]:
    """Yield the listed files from the tarball of a commit, by path, if their bytes are those of the blob."""
    url = repository.get_archive_link("tarball", head)
    if not url.startswith(("https://", "http://")):
        raise BadTarball(f"is at an address that is no website: {url}")
    certificates = ssl.create_default_context(cafile=os.environ.get("REQUESTS_CA_BUNDLE") or None)
    with urllib.request.urlopen(url, timeout=PATIENCE, context=certificates) as stream:  # noqa: S310
        for path, data in read_tarball(stream, listed.keys()):
            mode, oid = listed[path]
            if (file := ArchiveFile(data, mode)).oid == oid:
                yield path, file


def _is_text(path: str) -> bool:
    place = PurePosixPath(path)
    return path == config.PATH or (place.suffix.lower() in MARKDOWN and not is_hidden(place))
