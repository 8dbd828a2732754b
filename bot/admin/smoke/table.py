"""The table of the steps, and how they are run.

A comment above a step names the question about GitHub that only a real run answers.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.admin.smoke import reads, refusals, writes
from bot.admin.smoke.sandbox import Sandbox, Skipped, Unexpected
from bot.github.errors import GitHubError


class Outcome(StrEnum):
    """What became of a step: as expected, otherwise, or not possible in this repository."""

    OK = "ok"
    UNEXPECTED = "unexpected"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its key, what it shows, and its function, which returns in words what GitHub did.

    The function raises Unexpected, Skipped, or what the bot's own requests raise.
    """

    key: str
    what: str
    run: Callable[[Sandbox], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a step, in words."""

    key: str
    outcome: Outcome
    message: str


STEPS = (
    Step("archive", "the query of an archive", reads.read_archive),
    # a clock more than 60 s off
    Step("clock", "this machine's clock against GitHub's", reads.compare_clocks),
    Step("search", "the searches at a start", reads.search),
    Step("role", "the role of an outsider", reads.read_role),
    # the error `type` of rulesets
    Step("rules", "the error of a ruleset", reads.look_at_rules),
    # a token made before a repository joined the installation
    Step("token", "a token made before a repository joined", reads.token_of_before),
    Step("issue", "opening an issue", writes.open_issue),
    # `viewerDidAuthor` for apps
    Step("look", "the query of a snapshot, viewerDidAuthor", reads.look_at_issue),
    Step("linked", "the query of linked threads", reads.read_by_number),
    # `createRef` + `createCommitOnBranch` in one document: does the commit see the new ref?
    Step("publish", "branch, commit and pull request in one document", writes.publish),
    # `files` right after a pull request was opened
    Step("pull", "the pull request's files, author, committer", writes.look_at_pull),
    Step("edit", "editing the pull request, a second commit", writes.edit),
    Step("label", "label and comment in one document", writes.label),
    Step("comment", "comments and reactions on the issue", writes.comment),
    Step("pages", "comments on several pages, and their addresses", writes.read_pages),
    # does editing a comment raise the thread's `updated_at`?
    Step("times", "updatedAt of the issue", writes.compare_times),
    # a `LabeledEvent` whose label was deleted
    Step("gone-label", "the event of a deleted label", writes.delete_label),
    Step("check", "a check run with many annotations", writes.check_run),
    Step("suggest", "a suggestion for a line", writes.suggest),
    Step("draft", "a draft, marked as ready", writes.open_draft),
    Step("limit", "the longest comment, and a longer one", refusals.comment_limit),
    Step("long-description", "a description that is too long", refusals.description_limit),
    Step("gone-comment", "editing a comment that was deleted", refusals.gone_comment),
    Step("gone-branch", "a commit to a branch that does not exist", refusals.gone_branch),
    Step("stale-commit", "a commit to a branch that moved", refusals.stale_commit),
    Step("existing-branch", "a branch that exists already", refusals.existing_branch),
    Step("existing-pull", "a pull request that exists already", refusals.existing_pull),
    Step("blocked-branch", "a branch below another one", refusals.blocked_branch),
    Step("reviewer", "a review by somebody without access", refusals.unknown_reviewer),
    Step("permission", "a token without permissions", refusals.missing_permission),
    Step("stale-merge", "merging a branch that moved", refusals.stale_merge),
    Step("merge", "merging", writes.merge),
    Step("merged-again", "merging what is merged", refusals.merged_again),
    Step("files", "a file and its commits", reads.read_files),
    Step("stale-deletion", "deleting a branch that moved", refusals.stale_deletion),
    Step("delete-branch", "deleting a branch closes its pull request", writes.delete_branch),
    Step("close", "closing the issue", writes.close_issue),
    # does labelling a discussion or editing a comment raise the thread's `updated_at`?
    Step("discussion", "all of it in a discussion", writes.discussion),
)
"""All steps, in their order: later ones use what earlier ones made."""


async def run(sandbox: Sandbox) -> AsyncIterator[Result]:
    """Yield what became of each step, as soon as it is known."""
    for step in STEPS:
        sandbox.begin(step.key)
        yield await _result(step, sandbox)


async def _result(step: Step, sandbox: Sandbox) -> Result:
    try:
        return Result(step.key, Outcome.OK, await step.run(sandbox))
    except Skipped as why:
        return Result(step.key, Outcome.SKIPPED, str(why))
    except Unexpected as found:
        return Result(step.key, Outcome.UNEXPECTED, str(found))
    except GitHubError as error:
        return Result(step.key, Outcome.UNEXPECTED, f"{type(error).__name__}: {error}")
