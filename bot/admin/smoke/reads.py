"""The steps that read: each query of the bot."""

from email.utils import parsedate_to_datetime

from bot.admin.smoke.sandbox import LABEL, PATH, Sandbox, Skipped, Unexpected, check, in_words
from bot.github.batch import batch
from bot.github.read_snapshot import role
from bot.github.survey import survey_of
from bot.model import CreateBranch, FileRef

CLOCKS_DIFFER = 60
"""Seconds by which the machine's clock may differ from GitHub's: the App's JWT is dated back so much."""
NO_NUMBER = 99_999_999
"""No repository has so many issues."""


async def read_archive(sandbox: Sandbox) -> str:
    """Read the repository with the query for a calendar."""
    found = await sandbox.reader.calendar(sandbox.name)
    if found.archive is None:
        raise Unexpected("; ".join(map(in_words, found.refusals)) or f"{sandbox.name} cannot be read")
    if found.archive.repository.archived:
        raise Unexpected(f"{sandbox.name} is archived on GitHub, so nobody can write there")
    if found.archive.repository.head is None:
        raise Unexpected(f"{sandbox.name} has no commit; add a README first")
    sandbox.seen = found
    return f"{len(found.archive.files)} files, {len(found.archive.pulls)} pull requests"


async def compare_clocks(sandbox: Sandbox) -> str:
    """Compare this machine's clock with the header `Date` of GitHub's last answer."""
    if not sandbox.dates:
        raise Skipped("GitHub's answers have no header Date")
    apart = abs((sandbox.clock.now() - parsedate_to_datetime(sandbox.dates[-1])).total_seconds())
    if apart > CLOCKS_DIFFER:
        raise Unexpected(f"the clocks are {apart:.0f} s apart; set this machine's")
    return f"at most {CLOCKS_DIFFER} s apart"


async def look_at_issue(sandbox: Sandbox) -> str:
    """Read the issue with the query for a snapshot, and compare it with what was written."""
    seen, late = await sandbox.eventually(sandbox.look, lambda it: it is not None, "the issue")
    assert seen is not None
    check(sandbox.source.title, seen.title, "the title")
    check(True, seen.mine, "viewerDidAuthor of the issue")
    check(True, seen.by_bot, "whether the author is a bot")
    return f"written by a bot, viewerDidAuthor is true; {late}"


async def read_by_number(sandbox: Sandbox) -> str:
    """Read the issue with the query for linked threads, and a number that does not exist."""
    number = sandbox.source.number
    found, _ = await sandbox.eventually(
        lambda: sandbox.reader.thread(sandbox.name, number), lambda it: it is not None, "the issue"
    )
    check(sandbox.source.id, found and found.id, "the issue's id")
    check(None, await sandbox.reader.thread(sandbox.name, NO_NUMBER), "a thread that does not exist")
    return "shown; one that does not exist is NOT_FOUND"


async def read_role(sandbox: Sandbox) -> str:
    """Read the role of somebody who has none: GitHub's account for deleted users."""
    found = await role(sandbox.client, sandbox.name, "ghost")
    if found not in ("none", "read"):  # everybody may read a public repository
        raise Unexpected(f"the role of the account ghost is {found}")
    return f"the role of an outsider is {found}"


async def read_files(sandbox: Sandbox) -> str:
    """Read a commit's file, and the commits of a file, as the bot does for configurations."""
    repository = sandbox.archive.repository
    commits = await sandbox.reader.commits_of(repository, PATH)
    if not commits:
        raise Skipped(f"{PATH} was not merged")
    _, text = await sandbox.reader.file(sandbox.name, FileRef(commits[0], PATH))
    texts = await sandbox.reader.texts(repository, [FileRef(commits[0], PATH)])
    check(text, texts[FileRef(commits[0], PATH)], "the file by the other query")
    return f"{PATH} has {len(text or '')} characters, and {len(commits)} commits"


async def search(sandbox: Sandbox) -> str:
    """Send the searches and the query of configurations with which the service starts.

    The survey of this repository alone, which a workflow sends, must agree with that of all.
    """
    survey = await sandbox.app.survey(sandbox.installation)
    account = sandbox.name.partition("/")[0]
    own = await survey_of(sandbox.client, sandbox.name)
    check(own.account, survey.account, "the account of the installation")
    check(frozenset(), own.labels - survey.labels, "what the survey of all lacks of the repository's labels")
    found = await sandbox.app.unfinished(sandbox.installation, account, [LABEL])
    return f"{len(survey.labels)} labels of notes, {len(found.pulls)} open pull requests of the bot"


async def look_at_rules(sandbox: Sandbox) -> str:
    """Say which type of error a ruleset's refusal has."""
    name = sandbox.branch("rules")
    rules = await sandbox.get("/rules/branches/{branch}", {"branch": name})
    if not rules:
        raise Skipped("no ruleset is for the branches minutes/**; add one to see its error")
    kinds = ", ".join(sorted({each["type"] for each in rules}))
    answer = await sandbox.client.execute(*batch(sandbox.snapshot, [CreateBranch(name, sandbox.head)]))
    if not answer.errors:
        return f"the rules {kinds} refuse no branch"
    error = answer.errors[0]
    raise Unexpected(f"the rules {kinds} refuse a branch: {error.type}, {error.message}")


async def token_of_before(sandbox: Sandbox) -> str:
    """Say that only people can add a repository to an installation."""
    raise Skipped("only people can add a repository to an installation while a token is in use")
