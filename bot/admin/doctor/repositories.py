"""Checks of the repositories: archives and what is understood of them, labels, rules for branches."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from github import GithubException

from bot import config
from bot.admin.doctor.context import Context
from bot.admin.doctor.finding import Finding, error, ok, warning
from bot.admin.doctor.survey import MOST, Surveyed, archives, sources
from bot.admin.hub import get
from bot.archive.location import locate, series_in
from bot.archive.paths import template_candidates
from bot.archive.understood import understood
from bot.minutes.text.counts import counted

BRANCH = "minutes/doctor"
"""A branch that is not there, for which rules are asked: they depend on the name only."""


def check_repositories(context: Context) -> Iterator[Finding]:
    """Yield of each archive what is understood of it, and of each source whether its archive is there."""
    found, more = context.surveyed
    if more:
        yield warning(
            f"{counted(more, 'more repository', 'more repositories')} are not looked at, only {MOST} are.",
            "Install the App on those repositories only where notes and minutes are.",
        )
    for each in archives(found):
        yield from _archive(each)
    there = {each["full_name"].casefold() for part in context.repositories.values() for each in part}
    for each, _ in sources(found):
        if each.archive.casefold() not in there:
            yield error(
                f"The minutes of {each.name} belong to {each.archive}, where the App is not installed.",
                f"Create {each.archive} with one file, and install the App there; or name another archive by "
                f"`archive: owner/name` in {config.PATH}.",
            )
        elif not each.is_archive:
            yield from _mistakes(each)
            yield ok(f"The minutes of {each.name} belong to {each.archive}.")


def _archive(it: Surveyed) -> Iterator[Finding]:
    if it.files is None:
        yield error(
            f"The archive {it.name} is empty, and the bot needs one commit.",
            f"Click Add a README at {it.page}.",
        )
        return
    yield from _mistakes(it)
    now = datetime.now(UTC)
    for remark in config.remarks(it.text, now, it.files.__contains__):
        yield warning(f"{it.name}: {remark}", f"See {_file(it)}.")
    series = series_in(it.files, it.settings)
    rows = understood(series, now.date())
    if rows:
        shown = ", ".join(f"{row.name} ({row.place}, {counted(row.count, 'file')})" for row in rows)
        yield ok(f"The archive {it.name} keeps the minutes of {shown}.")
    elif locate(it.files, it.settings, now.date()).doubt == "unrecognised":
        yield warning(
            f"Where the minutes in {it.name} lie is not understood.",
            f"Set `path: YYYY/YYYY-MM-DD.md`, or as your files are named, in {_file(it)}.",
        )
    else:
        yield ok(f"The archive {it.name} has no minutes yet.")
    yield _template(it, [path for each in series[:1] for path in template_candidates(it.files, each.layout)])


def _template(it: Surveyed, candidates: list[str]) -> Finding:
    named = it.settings.template
    if named and named not in (it.files or ()):
        return warning(f"{it.name} has no template {named}.", f"Add the file, or correct {_file(it)}.")
    if template := named or next(iter(candidates), None):
        return ok(f"The template of {it.name} is {template}.")
    return ok(f"{it.name} has no template; new minutes take the form of the newest ones.")


def _mistakes(it: Surveyed) -> Iterator[Finding]:
    for mistake in config.check(it.text, it.name):
        yield error(f"{it.name}: {mistake}", f"Correct {_file(it)}; docs/configuration.md has every key.")


def _file(it: Surveyed) -> str:
    return f"{it.page}/blob/{it.branch}/{config.PATH}"


def check_labels(context: Context) -> Iterator[Finding]:
    """Yield whether repositories of notes have the labels that make notes; create them if wished."""
    found, _ = context.surveyed
    likely = [*sources(found)]
    for each, settings in likely:
        missing = [label for label in settings.labels if not _has_label(each, label)]
        for label in missing if context.creates_labels else ():
            path = f"/repos/{each.name}/labels"
            each.client.requester.requestJsonAndCheck("POST", path, input={"name": label})
            yield ok(f"Created the label {label} in {each.name}.")
        if missing and not context.creates_labels:
            yield warning(
                f"{each.name} lacks the label {', '.join(missing)}, which makes an issue meeting notes.",
                f"Run `minutes-bot doctor --create-labels`, or click New label at {each.page}/labels.",
            )
        elif not missing:
            yield ok(f"{each.name} has the label {', '.join(settings.labels)}.")
    if found and not likely:
        yield warning(
            "The App is installed on all repositories, and nothing says where notes are written.",
            f"Create the label {config.Config().labels[0]} there, if it is not there yet.",
        )


def _has_label(it: Surveyed, label: str) -> bool:
    try:
        get(it.client, f"/repos/{it.name}/labels/{quote(label, safe='')}")
    except GithubException as failed:
        if failed.status == 404:
            return False
        raise
    return True


RULES = {
    "creation": "nobody may create them",
    "update": "nobody may push to them",
    "deletion": "nobody may delete them, which `/minutes redact` does",
    "pull_request": "changes need a pull request",
    "required_status_checks": "changes need checks that succeeded before",
    "required_deployments": "changes need a deployment before",
    "required_signatures": "commits must be signed, as GitHub does for the bot's and people must do",
    "branch_name_pattern": "they must be named in another way",
    "commit_message_pattern": "messages of commits must have a form",
    "commit_author_email_pattern": "addresses of authors must have a form",
    "committer_email_pattern": "addresses of committers must have a form",
    "file_path_restriction": "some files may not be changed",
}
"""Types of rules that can be in the way on the bot's branches, with what they mean.

https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
"""


def check_rules(context: Context) -> Iterator[Finding]:
    """Yield which rules of an archive can be in the way on the branches below `minutes/`.

    Older branch protections are not shown to an App without further permissions.
    """
    found, _ = context.surveyed
    for each in archives(found):
        path = f"/repos/{each.name}/rules/branches/{quote(BRANCH, safe='')}?per_page=100"
        rules: list[dict[str, Any]] = get(each.client, path)
        kinds = [kind for kind in RULES if any(rule["type"] == kind for rule in rules)]
        for kind in kinds:
            yield warning(
                f"A rule of {each.name} is for the branches minutes/** ({kind}): {RULES[kind]}.",
                f"At {each.page}/settings/rules exclude minutes/**, or add the App to the bypass list.",
            )
        if not kinds:
            yield ok(f"No rule of {each.name} is in the way on the branches minutes/**.")
