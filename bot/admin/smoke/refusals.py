"""The steps that GitHub must refuse, in the words by which the bot knows why."""

from dataclasses import replace

from bot.admin.smoke.sandbox import PATH, Sandbox, Skipped, Unexpected, check
from bot.github.access import FixedToken
from bot.github.apply import apply
from bot.github.client import Client
from bot.github.errors import Stale
from bot.model import (
    Branch,
    Commit,
    CreateBranch,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    MergePull,
    OpenPull,
    PostComment,
    RequestReviews,
)
from bot.state import LONGEST


async def comment_limit(sandbox: Sandbox) -> str:
    """Write a comment as long as GitHub takes, and one that is longer by a character."""
    await sandbox.apply(PostComment("x" * LONGEST))
    refused = await sandbox.refusals(PostComment("x" * (LONGEST + 1)))
    if not refused:
        raise Unexpected(f"GitHub takes a comment of {LONGEST + 1:,} characters")
    check(None, refused[0].permission, "the missing permission")
    return f"{LONGEST:,} characters are taken, one more is refused: {refused[0].message}"


async def description_limit(sandbox: Sandbox) -> str:
    """Give a pull request a description that is too long."""
    pull = sandbox.opened(sandbox.pull)
    refused = await sandbox.refusals(EditPull(pull, pull.title, "x" * (LONGEST + 1)))
    if not refused:
        raise Unexpected(f"GitHub takes a description of {LONGEST + 1:,} characters")
    return f"refused: {refused[0].message}"


async def gone_comment(sandbox: Sandbox) -> str:
    """Edit a comment that was deleted."""
    await sandbox.apply(PostComment("To be deleted."))
    comment = sandbox.source.comments[-1]
    await sandbox.apply(DeleteComment(comment))
    return await sandbox.stale(EditComment(comment, "Too late."))


async def gone_branch(sandbox: Sandbox) -> str:
    """Commit to a branch that does not exist; the bot copes with either kind of refusal."""
    try:
        refused = await sandbox.refusals(Commit(sandbox.branch("none"), sandbox.head, PATH, "No\n", "No", ""))
    except Stale as error:
        return f"refused as outdated: {error}"
    if not refused:
        raise Unexpected("GitHub commits to it")
    check(None, refused[0].permission, "the missing permission")
    return f"refused: {refused[0].message}"


async def merged_again(sandbox: Sandbox) -> str:
    """Merge a pull request that is merged already."""
    pull = sandbox.opened(sandbox.pull)
    if pull.state != "merged":
        raise Skipped("it was not merged")
    refused = await sandbox.refusals(MergePull(pull, pull.head or ""))
    if not refused:
        raise Unexpected("GitHub merges it again")
    check(None, refused[0].permission, "the missing permission")
    return f"refused: {refused[0].message}"


async def stale_commit(sandbox: Sandbox) -> str:
    """Commit to a branch that has moved."""
    pull = sandbox.opened(sandbox.pull)
    return await sandbox.stale(Commit(pull.branch, sandbox.head, PATH, "Too late\n", "Too late", ""))


async def existing_branch(sandbox: Sandbox) -> str:
    """Create a branch that exists already."""
    return await sandbox.stale(CreateBranch(sandbox.opened(sandbox.pull).branch, sandbox.head))


async def existing_pull(sandbox: Sandbox) -> str:
    """Open a pull request that is open already."""
    return await sandbox.stale(OpenPull(sandbox.opened(sandbox.pull).branch, sandbox.title("again"), ""))


async def blocked_branch(sandbox: Sandbox) -> str:
    """Create a branch below another one."""
    name = f"{sandbox.opened(sandbox.pull).branch}/below"
    refused = await sandbox.refusals(CreateBranch(name, sandbox.head))
    if not refused:
        raise Unexpected("GitHub creates it")
    check(None, refused[0].permission, "the missing permission")
    return f"refused: {refused[0].message}"


async def unknown_reviewer(sandbox: Sandbox) -> str:
    """Request a review from somebody without access: GitHub's account for deleted users."""
    refused = await sandbox.refusals(RequestReviews(sandbox.opened(sandbox.pull), ("ghost",)))
    if not refused:
        raise Unexpected("GitHub takes the request")
    check(None, refused[0].permission, "the missing permission")
    return f"refused: {refused[0].message}"


async def stale_merge(sandbox: Sandbox) -> str:
    """Merge a pull request whose branch has moved."""
    return await sandbox.stale(MergePull(sandbox.opened(sandbox.pull), sandbox.head))


async def stale_deletion(sandbox: Sandbox) -> str:
    """Delete a branch that has moved, so that a push of people is kept."""
    return await sandbox.stale(DeleteBranch(Branch(sandbox.opened(sandbox.draft).branch, sandbox.head)))


async def missing_permission(sandbox: Sandbox) -> str:
    """Write with a token that may only read, which is made for this and revoked."""
    app = sandbox.app
    answer = await app.client_as_app.post(
        "/app/installations/{id}/access_tokens",
        {"id": str(sandbox.installation)},
        data={"permissions": {"metadata": "read"}},
    )
    client = _client(sandbox, answer["token"])
    try:
        step = CreateBranch(sandbox.branch("refused"), sandbox.head)
        after = await apply(client, replace(sandbox.snapshot, refusals=()), [step])
    finally:
        await client.delete("/installation/token")
    if not after.refusals:
        raise Unexpected("GitHub lets a token that may only read create a branch")
    check("contents: write", after.refusals[0].permission, "the missing permission")
    return f"refused: {after.refusals[0].message}"


def _client(sandbox: Sandbox, token: str) -> Client:
    """Return a client that sends requests with a token, as the bot's sends them."""
    like = sandbox.client
    return Client(
        sandbox.session,
        FixedToken(token),
        rest_url=sandbox.rest_url,
        graphql_url=like.graphql_url,
        clock=sandbox.clock,
        identity=like.identity,
        between_writes=sandbox.pause,
    )
