"""The table of the checks, and how they are run."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from github import GithubException

from bot.admin.doctor import app, local, permissions, repositories, source
from bot.admin.doctor.context import Context
from bot.admin.doctor.finding import Finding, Level, error, warning


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its key, what it looks at, and its function.

    `needs` are the keys of checks without whose success it cannot be made.
    """

    key: str
    what: str
    find: Callable[[Context], Iterator[Finding]]
    needs: tuple[str, ...] = ("settings", "github")


CHECKS = (
    Check("versions", "the versions of the bot and of Python", local.check_versions, ()),
    Check("settings", "the environment variables, and the private key", local.check_settings, ()),
    Check("database", "DATABASE_URL can be opened and written to", local.check_database, ("settings",)),
    Check(
        "github", "GitHub answers, App ID and key belong together, the clock", app.check_github, ("settings",)
    ),
    Check(
        "webhook", "the webhook's address, secret and form, and whether the bot answers", app.check_webhook
    ),
    Check("permissions", "the App's permissions and events against app.yml", permissions.check_permissions),
    Check(
        "installations", "where it is installed, and what was accepted there", permissions.check_installations
    ),
    Check(
        "repositories", "archives: configuration, series, template; sources", repositories.check_repositories
    ),
    Check("labels", "the labels that make notes, where notes are written", repositories.check_labels),
    Check("rules", "rules of archives for the branches `minutes/**`", repositories.check_rules),
    Check("deliveries", "the last webhook deliveries that did not arrive", app.check_deliveries),
)
"""All checks, in their order. The help of the command and its section in README are made from this table."""


LEFT = "left"
"""The key of the finding that lists the checks that could not be made."""


def run(context: Context, checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """Yield what each check finds, with the check's key; at the end those that could not be made."""
    failed: set[str] = set()
    left = []
    for check in checks:
        if not failed.isdisjoint(check.needs):
            left.append(check.key)
            continue
        for each in _found(check, context):
            if each.level is Level.ERROR:
                failed.add(check.key)
            yield replace(each, check=check.key)
    if left:
        what = f"Not checked yet: {', '.join(left)}."
        yield replace(warning(what, "Correct the errors above, and run this again."), check=LEFT)


def run_for_source(context: Context, repository: str, number: int) -> Iterator[Finding]:
    """Yield what the bot does with an issue or a discussion, or what is wrong in the setup before that."""

    def find(context: Context) -> Iterator[Finding]:
        yield source.explain(context.settings, repository, number)

    first = [each for each in CHECKS if each.key in ("settings", "github")]
    found = run(context, [*first, Check("source", "why nothing happens with it", find)])
    yield from (each for each in found if each.check == "source" or each.level is Level.ERROR)


def look(context: Context) -> Iterator[Finding]:
    """Yield what is understood of the repositories, or what is wrong before that, such as no installation."""
    wanted = ("installations", "repositories")
    found = run(context, [each for each in CHECKS if each.key in ("settings", "github", *wanted)])
    yield from (each for each in found if each.check == "repositories" or each.level is Level.ERROR)


def _found(check: Check, context: Context) -> Iterator[Finding]:
    """Yield what a check finds, and an error where GitHub refuses to tell or cannot be reached."""
    try:
        yield from check.find(context)
    except GithubException as refused:
        said = refused.data.get("message", "") if isinstance(refused.data, dict) else ""
        yield error(
            f"GitHub answered {refused.status} {said}".rstrip(" .") + ".", "Run this again in a minute."
        )
    except OSError as lost:
        yield error(f"GitHub cannot be reached ({type(lost).__name__}).", "Run this again in a minute.")


def table() -> str:
    """Return the table of the checks in Markdown."""
    rows = [f"| `{each.key}` | {each.what} |" for each in CHECKS]
    return "\n".join(["| check | what |", "| --- | --- |", *rows])
