"""What REST answers in the words of `bot.model`. Pure; lenient, since servers differ.

The id of a thing is its address here (`/repos/o/n/issues/7`), a label's id its name, so that `rest_publish`
knows where to write. https://docs.github.com/en/rest
"""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from bot.model import AgendaItem, Comment, MergeMethod, Reaction, Repository, Revision, Source, Visibility

REACTIONS: Mapping[str, Reaction] = {"eyes": "EYES", "rocket": "ROCKET", "confused": "CONFUSED"}

OWN_DOING = timedelta(minutes=10)
"""What happens so soon to an issue that the bot opened is its own doing: a label."""

_WAYS: Mapping[MergeMethod, str] = {
    "merge": "allow_merge_commit",
    "squash": "allow_squash_merge",
    "rebase": "allow_rebase_merge",
}


def address(repository: str) -> str:
    """Write the address of a repository."""
    return "/repos/" + quote(repository)


def branch_at(repository: str, name: str) -> str:
    """Write the address of a branch; `repository` is its own."""
    return f"{repository}/git/refs/heads/{quote(name)}"


def comment(node: Any, me: str) -> Comment:
    """Read a comment; it is the bot's when `me` wrote it."""
    repository = node["url"].split("/issues/comments/")[0].split("/repos/")[1]
    created, updated = (datetime.fromisoformat(node[name]) for name in ("created_at", "updated_at"))
    edited = updated > created
    return Comment(
        id=f"/repos/{repository}/issues/comments/{node['id']}",
        body=node["body"] or "",
        author=login(node),
        created_at=created,
        mine=login(node) == me,
        url=node["html_url"],
        edited_at=updated if edited else None,
        editor=login(node) if edited else None,  # see `_source`
        by_bot=is_bot(node),
    )


def issue(node: Any, repository: Repository, me: str) -> Source:
    """Read an issue without its comments, and without who set its labels.

    REST does not tell the last edit: the last change is never earlier. Nor who did it: who edits the words of
    another may write anyway; but who edited what the bot wrote is not known.
    """
    created, updated = (datetime.fromisoformat(node[name]) for name in ("created_at", "updated_at"))
    mine = login(node) == me
    edited = not mine or updated - created > OWN_DOING
    return Source(
        id=f"{address(repository.name)}/issues/{node['number']}",
        repository=repository,
        number=node["number"],
        kind="issue",
        title=node["title"],
        body=node["body"] or "",
        author=login(node),
        url=node["html_url"],
        created_at=created,
        updated_at=updated,
        edited_at=updated if edited else None,
        editor=None if mine else login(node),
        by_bot=is_bot(node),
        mine=mine,
        open=node["state"] == "open",
        locked=node.get("locked", False),
        labels=tuple(label["name"] for label in node["labels"]),
    )


def agenda_item(node: Any, repository: Repository) -> AgendaItem:
    """Read an issue or a pull request that was found by its label."""
    labels = tuple(label["name"] for label in node["labels"])
    return AgendaItem(node["html_url"], node["title"], repository, node["number"], labels)


def revision(node: Any) -> Revision:
    """Read a commit (repos/list-commits)."""
    author, committer = commit_author(node), login(node, "committer")
    same = committer == author
    inner = node["commit"]
    at = datetime.fromisoformat(inner["committer"]["date"])
    return Revision(node["sha"], inner["message"], author, author if same else inner["committer"]["name"], at)


def merge_method(repository: Any) -> MergeMethod:
    """Tell how pull requests are merged: the first way that is allowed; `merge` where nothing is said."""
    return next((way for way, allowed in _WAYS.items() if repository.get(allowed)), "merge")


def commit_author(node: Any) -> str:
    """Name who made a commit: the login, or the name in git."""
    return login(node, "author") or node["commit"]["author"]["name"]


def visibility(node: Any) -> Visibility:
    """Tell who sees a repository; `private`, which all servers tell, is true of an internal one, too."""
    told = node.get("visibility")
    return told if told in ("private", "internal", "public") else "private" if node["private"] else "public"


def from_fork(pull: Any) -> bool:
    """Whether its branch is of another repository, perhaps of one that is gone."""
    head, base = pull["head"]["repo"], pull["base"]["repo"]
    return head is None or head["id"] != base["id"]


def is_bot(node: Any) -> bool:
    """Tell whether a bot wrote it."""
    return (node.get("user") or {}).get("type") == "Bot"


def login(node: Any, key: str = "user") -> str | None:
    """Name who did it; None: a deleted user. The name of a bot ends with `[bot]`."""
    user = node.get(key)
    return user["login"] if user else None


def text(node: Any) -> str | None:
    """Decode a blob or a file; None when it is not text, or too large to come along."""
    if not isinstance(node, dict) or node.get("encoding") != "base64":
        return None
    try:
        decoded = base64.b64decode(node["content"]).decode()
    except ValueError:
        return None
    return None if "\0" in decoded else decoded
