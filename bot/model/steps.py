"""What shall be different: steps for one batch, and the plan that holds them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.requests import Kind, Reaction
from bot.model.snapshot import Branch, Comment, Pull, Source


@dataclass(frozen=True, slots=True)
class CreateBranch:
    """A branch of the archive, at the given commit."""

    name: str
    oid: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One file, one verified commit; refused when the branch is no longer at `expected_head`."""

    branch: str
    expected_head: str
    path: str
    text: str
    headline: str
    body: str
    delete: str | None = None  # the old path, when a changed date moves the file


@dataclass(frozen=True, slots=True)
class OpenPull:
    """A pull request in the archive."""

    branch: str
    title: str
    body: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class EditPull:
    """New title and body for a pull request."""

    pull: Pull
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class AddLabels:
    """Labels, by node id, on an issue, a discussion or a pull request."""

    subject: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveLabels:
    """Labels, by node id, off a pull request."""

    subject: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestReviews:
    """People, by login, are asked to review a pull request; those who are asked already stay so."""

    pull: Pull
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePull:
    """The pull request is merged, unless its branch moved on from `head`."""

    pull: Pull
    head: str


@dataclass(frozen=True, slots=True)
class MarkReady:
    """A draft pull request becomes one that is ready for review; a refusal is no harm."""

    pull: Pull


@dataclass(frozen=True, slots=True)
class Remind:
    """A comment in a pull request that reminds people of a meeting without notes."""

    pull: Pull
    body: str


@dataclass(frozen=True, slots=True)
class CreateLabel:
    """A label of the archive, where it has none of that name. `color` as six hexadecimal digits."""

    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class OpenSource:
    """An issue or a discussion of the archive, with labels by node id; `category` (an id) of a discussion."""

    kind: Kind
    title: str
    body: str
    labels: tuple[str, ...] = ()
    category: str | None = None


@dataclass(frozen=True, slots=True)
class EditSource:
    """A new text for an issue or a discussion that the bot opened; the title stays."""

    source: Source
    body: str


@dataclass(frozen=True, slots=True)
class CloseSource:
    """The issue or discussion is closed: its minutes are merged."""

    source: Source


@dataclass(frozen=True, slots=True)
class React:
    """A reaction on a comment with a command, for people to see."""

    comment: Comment
    content: Reaction


@dataclass(frozen=True, slots=True)
class PostComment:
    """The first status comment of the source."""

    body: str


@dataclass(frozen=True, slots=True)
class EditComment:
    """The status comment, brought up to date."""

    comment: Comment
    body: str


@dataclass(frozen=True, slots=True)
class DeleteComment:
    """A status comment too many: a lost answer left it behind, or a question takes its place."""

    comment: Comment


@dataclass(frozen=True, slots=True)
class ClosePull:
    """The pull request is taken back, because its source asked for that."""

    pull: Pull


@dataclass(frozen=True, slots=True)
class DeleteBranch:
    """The branch of a pull request that was taken back; never one to which a person pushed."""

    branch: Branch


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding on its line, for the check run; line and column count from 1."""

    path: str
    line: int
    level: Literal["failure", "warning", "notice"]
    title: str
    message: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check run: on the pull request's newest commit, or on one that changed the configuration."""

    head: str
    title: str
    summary: str
    conclusion: Literal["success", "neutral", "failure"]
    annotations: tuple[Annotation, ...] = ()
    name: str = "Minutes"


Step = (
    CreateBranch
    | Commit
    | OpenPull
    | EditPull
    | AddLabels
    | RemoveLabels
    | RequestReviews
    | MergePull
    | MarkReady
    | Remind
    | CreateLabel
    | OpenSource
    | EditSource
    | CloseSource
    | React
    | PostComment
    | EditComment
    | DeleteComment
    | ClosePull
    | DeleteBranch
    | Check
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What should be different: steps for one batch, a time to look again, or nothing (all is well).

    `why` is for people: the log, the demo, a dry run.
    """

    why: str
    steps: tuple[Step, ...] = ()
    look_again: datetime | None = None
    fell_back: bool = False
    """The normaliser fell back to the notes as typed: a fault of ours, to be counted."""
