"""GitHub's GraphQL nodes in the words of `bot.model`. Pure.

Any list may hold nulls where GitHub could not answer, an `author` is null when the user was deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from bot.model import Branch, Comment, Pull, Repository, Source, Visibility

Node = Mapping[str, Any]

_STATES: Mapping[str, Literal["open", "closed", "merged"]] = {
    "OPEN": "open",
    "CLOSED": "closed",
    "MERGED": "merged",
}
_VISIBILITIES: Mapping[str, Visibility] = {"PRIVATE": "private", "INTERNAL": "internal", "PUBLIC": "public"}


def nodes(connection: Node | None) -> list[Node]:
    """List the nodes of a connection that came."""
    return [node for node in (connection or {}).get("nodes") or () if node]


def next_page(connection: Node | None) -> str | None:
    """Tell the cursor after which more nodes follow."""
    page = (connection or {}).get("pageInfo") or {}
    return page.get("endCursor") if page.get("hasNextPage") else None


def login(actor: Node | None) -> str | None:
    """Name an actor as REST does: a bot's login ends with `[bot]`, so that no user can be taken for it."""
    if actor is None:
        return None
    name = str(actor["login"])
    return f"{name}[bot]" if actor.get("__typename") == "Bot" and not name.endswith("[bot]") else name


def moment(text: str | None) -> datetime | None:
    """Read a DateTime (ISO 8601, UTC)."""
    return datetime.fromisoformat(text) if text else None


def repository(node: Node) -> Repository:
    """Read the fragment Facts."""
    branch = node.get("defaultBranchRef") or {}
    return Repository(
        id=node["id"],
        name=node["nameWithOwner"],
        visibility=_VISIBILITIES[node["visibility"]],
        archived=node["isArchived"],
        fork=node["isFork"],
        default_branch=branch.get("name"),
        head=(branch.get("target") or {}).get("oid"),
        url=node["url"],
    )


def source(node: Node, of: Repository, comments: Iterable[Node]) -> Source:
    """Read an issue; `comments` are the nodes of all pages."""
    labels = tuple(label["name"] for label in nodes(node.get("labels")))
    return Source(
        id=node["id"],
        repository=of,
        number=node["number"],
        kind="issue",
        title=node["title"],
        body=node["body"],
        author=login(node.get("author")),
        url=node["url"],
        created_at=datetime.fromisoformat(node["createdAt"]),
        updated_at=datetime.fromisoformat(node["updatedAt"]),
        edited_at=moment(node.get("lastEditedAt")),
        open=node["state"] == "OPEN",
        locked=node["locked"],
        labels=labels,
        labelled_by={
            event["label"]["name"]: (login(event.get("actor")), datetime.fromisoformat(event["createdAt"]))
            for event in nodes(node.get("timelineItems"))  # oldest first: the last one stands
            if event.get("label") and event["label"]["name"] in labels
        },
        comments=tuple(map(comment, comments)),
    )


def comment(node: Node) -> Comment:
    """Read a comment of an issue."""
    return Comment(
        id=node["id"],
        body=node["body"],
        author=login(node.get("author")),
        created_at=datetime.fromisoformat(node["createdAt"]),
        mine=node["viewerDidAuthor"],
        url=node["url"],
    )


def pulls(connection: Node | None) -> tuple[Pull, ...]:
    """Read pull requests, but none from a fork: its branch may have any name."""
    return tuple(pull(node) for node in nodes(connection) if not node["isCrossRepository"])


def pull(node: Node) -> Pull:
    """Read the fragment Pull. Its commits are those of its branch: the pull request itself may lag behind."""
    branch = node.get("headRef")
    newest: Node = (branch or {}).get("target") or {}
    return Pull(
        id=node["id"],
        number=node["number"],
        url=node["url"],
        state=_STATES[node["state"]],
        title=node["title"],
        body=node["body"],
        branch=node["headRefName"],
        head=newest.get("oid") if branch else None,
        head_message=newest.get("message", ""),
        head_author=commit_author(newest),
        head_committer=(newest.get("committer") or {}).get("name") or "",
        older_messages=tuple(each["message"] for each in nodes(newest.get("history"))[1:]),
        draft=node["isDraft"],
        mine=node["viewerDidAuthor"],
        files=tuple(file["path"] for file in nodes(node.get("files"))),
    )


def commit_author(commit: Node) -> str:
    """Name who made a commit: the login, or for a bot, which may be no `User`, the name in git."""
    author = commit.get("author") or {}
    user, name = (author.get("user") or {}).get("login"), author.get("name") or ""
    return name if user is None or name == f"{user}[bot]" else str(user)


def branch(node: Node) -> Branch:
    """Read a branch; whether `name` holds the whole prefix, the docs do not say."""
    prefix, name = node.get("prefix") or "", node["name"]
    full = name if name.startswith("minutes/") else f"{prefix}{name}".removeprefix("refs/heads/")
    target = node.get("target") or {}
    return Branch(full, target.get("oid") or "", target.get("message") or "", node["id"])


def files(tree: Node | None) -> tuple[dict[str, str], bool]:
    """Read the fragment Files: path to blob id, and whether that is all of them."""
    found: dict[str, str] = {}
    whole = True
    for path, entry in _walk(tree or {}, ""):
        if entry["type"] == "blob":
            found[path] = entry["oid"]
        elif entry["type"] == "tree" and "entries" not in (entry.get("object") or {}):
            whole = False
    return found, whole


def _walk(tree: Node, folder: str) -> Iterator[tuple[str, Node]]:
    for entry in tree.get("entries") or ():
        path = f"{folder}{entry['name']}"
        yield path, entry
        yield from _walk(entry.get("object") or {}, f"{path}/")


def text(blob: Node | None) -> str | None:
    """Read the fragment Text: None for a binary file, and for one too large to come whole."""
    if not blob or blob.get("isBinary") or blob.get("isTruncated"):
        return None
    return blob.get("text")
