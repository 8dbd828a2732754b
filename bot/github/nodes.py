"""Converts GraphQL nodes to the types of `bot.model`. No I/O.

Any list may contain nulls where GitHub could not answer; an `author` is null when the user was deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot import config
from bot.github.errors import Stale
from bot.model import (
    AgendaItem,
    Branch,
    Comment,
    Kind,
    MergeMethod,
    Pull,
    Reaction,
    Repository,
    Revision,
    Source,
    Visibility,
)

Node = Mapping[str, Any]

_STATES: Mapping[str, Literal["open", "closed", "merged"]] = {
    "OPEN": "open",
    "CLOSED": "closed",
    "MERGED": "merged",
}
_FILES = frozenset({0o100644, 0o100755})
"""Git's modes of files: https://git-scm.com/docs/git-fast-import (under *filemodify*)."""
_REACTIONS: frozenset[Reaction] = frozenset({"EYES", "ROCKET", "CONFUSED"})
_WAYS: Mapping[MergeMethod, str] = {
    "merge": "mergeCommitAllowed",
    "squash": "squashMergeAllowed",
    "rebase": "rebaseMergeAllowed",
}
_VISIBILITIES: Mapping[str, Visibility] = {"PRIVATE": "private", "INTERNAL": "internal", "PUBLIC": "public"}


def nodes(connection: Node | None) -> list[Node]:
    """Return the nodes of a connection (GraphQL's form of a list), without nulls; empty for None."""
    return [node for node in (connection or {}).get("nodes") or () if node]


def next_page(connection: Node | None) -> str | None:
    """Return the cursor after which the next page of a GraphQL connection begins, None on the last page."""
    page = (connection or {}).get("pageInfo") or {}
    return page.get("endCursor") if page.get("hasNextPage") else None


def login(actor: Node | None) -> str | None:
    """Return an actor's login as REST has it: a bot's ends with `[bot]`. None for a deleted user."""
    if actor is None:
        return None
    name = str(actor["login"])
    return f"{name}[bot]" if actor.get("__typename") == "Bot" and not name.endswith("[bot]") else name


def accounts(*actors: Node | None) -> dict[str, int]:
    """Return the numeric ids (`databaseId`) of users by login; bots and deleted users (None) are left out."""
    return {each["login"]: each["databaseId"] for each in actors if each and each.get("databaseId")}


def is_bot(actor: Node | None) -> bool:
    """Return whether a GraphQL actor is a bot; False for a deleted user (None)."""
    return (actor or {}).get("__typename") == "Bot"


def moment(text: str | None) -> datetime | None:
    """Return the time that a GraphQL DateTime, ISO 8601 in UTC, names; None for None."""
    return datetime.fromisoformat(text) if text else None


def repository(node: Node) -> Repository:
    """Return the repository in a GraphQL node that has the fields of the fragment Facts or Where.

    With Where, its default branch and newest commit are None.
    """
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
        merge_method=merge_method(node),
        has_issues=node.get("hasIssuesEnabled", True),
    )


def merge_method(repository: Node) -> MergeMethod:
    """Return the first of merge, squash and rebase that the settings of a repository allow.

    `repository` is a GraphQL node; where it has none of these settings, the result is "merge".
    """
    return next((way for way, allowed in _WAYS.items() if repository.get(allowed)), "merge")


def source(node: Node, of: Repository, kind: Kind, comments: Iterable[Node]) -> Source:
    """Return the source in a GraphQL node that has the fields of the fragment Issue or Discussion.

    `of` is the repository of the issue or discussion, `kind` which of the two it is; `comments` are the nodes
    of its comments, of all pages.
    """
    labels = names(node.get("labels"))
    return Source(
        id=node["id"],
        repository=of,
        number=node["number"],
        kind=kind,
        title=node["title"],
        body=node["body"],
        author=login(node.get("author")),
        url=node["url"],
        created_at=datetime.fromisoformat(node["createdAt"]),
        updated_at=datetime.fromisoformat(node["updatedAt"]),
        edited_at=moment(node.get("lastEditedAt")),
        editor=login(node.get("editor")),
        by_bot=is_bot(node.get("author")),
        accounts=accounts(node.get("author"), node.get("editor")),
        mine=node["viewerDidAuthor"],
        category=(node.get("category") or {}).get("name"),
        open=not node["closed"],
        locked=node["locked"],
        labels=labels,
        labelled_by={
            event["label"]["name"]: (login(event.get("actor")), datetime.fromisoformat(event["createdAt"]))
            for event in nodes(node.get("timelineItems"))  # oldest first: the last one counts
            if event.get("label") and event["label"]["name"] in labels
        },
        retitled=next(
            (
                (login(event.get("actor")), datetime.fromisoformat(event["createdAt"]))
                for event in nodes(node.get("renamings"))
            ),
            None,
        ),
        comments=tuple(map(comment, comments)),
    )


def agenda_item(node: Node) -> AgendaItem:
    """Return the agenda item in the GraphQL node of an issue, pull request or discussion.

    Callers ask GitHub only for those that have the agenda's label.
    """
    where, labels = repository(node["repository"]), names(node.get("labels"))
    return AgendaItem(node["url"], node["title"], where, node["number"], labels)


def names(labels: Node | None) -> tuple[str, ...]:
    """Return the names of labels, from a GraphQL connection of labels; empty for None."""
    return tuple(label["name"] for label in nodes(labels))


def comment(node: Node) -> Comment:
    """Return the comment in a GraphQL node that has the fields of the fragment Comment."""
    return Comment(
        id=node["id"],
        body=node["body"],
        author=login(node.get("author")),
        created_at=datetime.fromisoformat(node["createdAt"]),
        mine=node["viewerDidAuthor"],
        url=node["url"],
        edited_at=moment(node.get("lastEditedAt")),
        editor=login(node.get("editor")),
        by_bot=is_bot(node.get("author")),
        accounts=accounts(node.get("author"), node.get("editor")),
        reacted=frozenset(
            group["content"]
            for group in node.get("reactionGroups") or ()
            if group["viewerHasReacted"] and group["content"] in _REACTIONS
        ),
    )


@dataclass(frozen=True, slots=True)
class ListedPull:
    """A pull request in a list: enough to see whether it may be about minutes, and whether it changed."""

    id: str
    number: int
    state: str
    head: str | None
    created_at: datetime
    updated_at: datetime
    matters: bool
    """Whether it may be about minutes."""

    def is_as(self, pull: Pull | None) -> bool:
        """Return whether `pull`, the same pull request as it was read before, has not changed since.

        State, newest commit and time of the last change are compared. False for None.
        """
        return pull is not None and (pull.state, pull.head, pull.updated_at) == (
            self.state,
            self.head,
            self.updated_at,
        )


def listed(node: Node) -> ListedPull:
    """Return the pull request in a GraphQL node that has the few fields of the fragment Listed.

    It matters if it is open and not from a bot, or the bot's own, or its branch begins with `minutes/`; but
    never if it comes from a fork, where a branch may have any name.
    """
    by_people = node["state"] == "OPEN" and not is_bot(node.get("author"))
    is_ours = node["viewerDidAuthor"] or node["headRefName"].startswith("minutes/")
    return ListedPull(
        id=node["id"],
        number=node["number"],
        state=_STATES[node["state"]],
        head=head(node),
        created_at=datetime.fromisoformat(node["createdAt"]),
        updated_at=datetime.fromisoformat(node["updatedAt"]),
        matters=(by_people or is_ours) and not node["isCrossRepository"],
    )


def head(node: Node) -> str | None:
    """Return the id of the newest commit of a pull request's branch, None if the branch was deleted.

    `node` is the GraphQL node of the pull request.
    """
    oid = ((node.get("headRef") or {}).get("target") or {}).get("oid")
    return str(oid) if oid else None


def pulls(found: Iterable[Node]) -> list[Pull]:
    """Return the pull requests in GraphQL nodes that have the fields of the fragment Pull.

    Those from forks are left out.
    """
    return [pull(node) for node in found if not node["isCrossRepository"]]


def pull(node: Node) -> Pull:
    """Return the pull request in a GraphQL node that has the fields of the fragment Pull.

    Its commits are those of its branch, since GitHub's list for the pull request may lag behind; the list is
    used if the branch was deleted. Raises Stale when GitHub does not know the files yet: it would look as if
    all were deleted.
    """
    if node.get("files") is None:  # nullable in the schema, and null without an error
        raise Stale(f"the files of pull request {node['number']} are not there yet")
    branch: Node | None = (node.get("headRef") or {}).get("target")
    commits = (
        nodes(branch.get("history"))
        if branch
        else [each["commit"] for each in reversed(nodes(node.get("commits")))]
    )
    return Pull(
        id=node["id"],
        number=node["number"],
        url=node["url"],
        state=_STATES[node["state"]],
        title=node["title"],
        body=node["body"],
        branch=node["headRefName"],
        head=head(node),
        revisions=tuple(map(revision, commits)),
        draft=node["isDraft"],
        mine=node["viewerDidAuthor"],
        files=tuple(file["path"] for file in nodes(node.get("files"))),
        approved=any(review["state"] == "APPROVED" for review in nodes(node.get("latestOpinionatedReviews"))),
        labels=names(node.get("labels")),
        comments=_conversation(node),
        created_at=moment(node.get("createdAt")),
        updated_at=moment(node.get("updatedAt")),
        merged_at=moment(node.get("mergedAt")),
    )


def _conversation(node: Node) -> tuple[Comment, ...]:
    """Return the comments on a pull request and its reviews that have a text, oldest first."""
    found = [*nodes(node.get("comments")), *(each for each in nodes(node.get("reviews")) if each["body"])]
    return tuple(sorted(map(comment, found), key=lambda each: each.created_at))


def revision(node: Node) -> Revision:
    """Return the commit in a GraphQL node that has the fields of the fragment Revision."""
    committer = (node.get("committer") or {}).get("name") or ""
    at = moment(node.get("committedDate"))
    return Revision(node["oid"], node["message"], commit_author(node), committer, at)


def commit_author(commit: Node) -> str:
    """Return who made a commit, given as a GraphQL node: a login, or the name in git without an account.

    For a bot it is the name, `<slug>[bot]`, too: GitHub gives it an account in some places only.
    """
    author = commit.get("author") or {}
    user, name = (author.get("user") or {}).get("login"), author.get("name") or ""
    return name if user is None or name == f"{user}[bot]" else str(user)


def branch(node: Node) -> Branch:
    """Return the branch in the GraphQL node of a Ref, with its name in full (`minutes/...`).

    GitHub's documentation leaves open how much of the path is in `prefix` and how much in `name`: both are
    accepted.
    """
    prefix, name = node.get("prefix") or "", node["name"]
    full = name if name.startswith("minutes/") else f"{prefix}{name}".removeprefix("refs/heads/")
    target = node.get("target") or {}
    return Branch(full, target.get("oid") or "", target.get("message") or "")


def configuration(blob: Node | None) -> str | None:
    """Return the text of a configuration in a GraphQL node that has the fields of the fragment Text.

    None if there is no such file. One that is no text becomes a text that is refused as a configuration, and
    so does one that GitHub cut off, since that is too long.
    """
    if not blob:
        return None
    found: str | None = blob.get("text")
    return config.UNREADABLE if blob.get("isBinary") or found is None else found


def file_text(entry: Node) -> str | None:
    """Return the text of the file in a GraphQL tree entry with its mode and, as `object`, the fragment Text.

    None for what `text` returns it for, and for a symbolic link or a submodule: a link is a blob too, whose
    text is the path to which it leads.
    """
    return text(entry["object"]) if entry["mode"] in _FILES else None


def text(blob: Node | None) -> str | None:
    """Return the text in a GraphQL node that has the fields of the fragment Text.

    None for a file that is binary, that GitHub cut off, or that does not exist.
    """
    if not blob or blob.get("isBinary") or blob.get("isTruncated"):
        return None
    return blob.get("text")
