"""The steps that change things on GitHub, and the plan that contains them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.requests import Kind, Reaction
from bot.model.snapshot import Branch, Comment, File, Pull, Source


@dataclass(frozen=True, slots=True)
class CreateBranch:
    """Create a branch of the archive at a commit. `name` is without `refs/heads/`."""

    name: str
    oid: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Write files of the archive in one verified commit on a branch: `path`, and each of `also`, with a text.

    GitHub refuses it when the branch is no longer at `expected_head` (an oid).
    """

    branch: str
    expected_head: str
    path: str
    text: str
    headline: str
    body: str
    delete: str | None = None  # the old path, if the file moves because its date changed
    also: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPull:
    """Open a pull request in the archive, from its branch `branch` into the default branch."""

    branch: str
    title: str
    body: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class EditPull:
    """Give a pull request of the archive this title and this description."""

    pull: Pull
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class AddLabels:
    """Add labels to an issue, a discussion or a pull request; `subject` and `labels` are node ids."""

    subject: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveLabels:
    """Remove labels from a pull request; `subject` and `labels` are node ids."""

    subject: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestReviews:
    """Request reviews of a pull request from people, by login; requests to others stay."""

    pull: Pull
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`lines` for a file of a pull request in place of those from `first` to `last`, counted from 1."""

    path: str
    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggest:
    """Comment on a pull request, by its number, with suggestions that its author can take over by a click.

    They are for the commit `head`, an oid.
    """

    number: int
    head: str
    body: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class MergePull:
    """Merge a pull request. GitHub refuses it when the branch is no longer at `head` (an oid)."""

    pull: Pull
    head: str


@dataclass(frozen=True, slots=True)
class MarkReady:
    """Mark a draft pull request as ready for review; if GitHub refuses that, it stays a draft."""

    pull: Pull


@dataclass(frozen=True, slots=True)
class Remind:
    """Comment on a draft's pull request, to remind people of a meeting that has no notes yet."""

    pull: Pull
    body: str


@dataclass(frozen=True, slots=True)
class CreateLabel:
    """Create a label in the archive, which has none of that name. `color` is six hexadecimal digits."""

    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class OpenSource:
    """Open an issue or a discussion in the archive.

    `labels` and `category` (for a discussion only) are node ids.
    """

    kind: Kind
    title: str
    body: str
    labels: tuple[str, ...] = ()
    category: str | None = None


@dataclass(frozen=True, slots=True)
class EditSource:
    """Change the body of an issue or a discussion that the bot opened."""

    source: Source
    body: str


@dataclass(frozen=True, slots=True)
class CloseSource:
    """Close the issue or the discussion with the notes."""

    source: Source


@dataclass(frozen=True, slots=True)
class React:
    """Add a reaction of the bot's to a comment that gives a command."""

    comment: Comment
    content: Reaction


@dataclass(frozen=True, slots=True)
class PostComment:
    """Post the bot's status comment on the source."""

    body: str


@dataclass(frozen=True, slots=True)
class EditComment:
    """Replace the text of the bot's status comment on the source."""

    comment: Comment
    body: str


@dataclass(frozen=True, slots=True)
class DeleteComment:
    """Delete a status comment of the bot's: a duplicate after a lost response, or one that is replaced."""

    comment: Comment


@dataclass(frozen=True, slots=True)
class ClosePull:
    """Close a pull request of the archive without merging it."""

    pull: Pull


@dataclass(frozen=True, slots=True)
class DeleteBranch:
    """Delete a branch of the archive; plans never include one to which a person pushed."""

    branch: Branch


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation of a check run: a finding on its line. Line and column count from 1."""

    path: str
    line: int
    level: Literal["failure", "warning", "notice"]
    title: str
    message: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Create a check run on the commit `head`, of a pull request or of a change to the configuration."""

    head: str
    title: str
    summary: str
    conclusion: Literal["success", "neutral", "failure"]
    annotations: tuple[Annotation, ...] = ()
    name: str = "Minutes"
    has_fix: bool = False
    """Whether it has the button *Fix*, which sends an event to the bot."""


Step = (
    CreateBranch
    | Commit
    | OpenPull
    | EditPull
    | AddLabels
    | RemoveLabels
    | RequestReviews
    | Suggest
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
    """The steps to apply in one batch, and a time to reconcile again; without both, nothing is to be done.

    `why` explains the plan to people: in the log, in the demo, in a dry run. `look_again` is in UTC.
    """

    why: str
    steps: tuple[Step, ...] = ()
    look_again: datetime | None = None
    fell_back: bool = False
    """Whether normalising failed, so that the minutes are the notes as typed; counted in the metrics."""
