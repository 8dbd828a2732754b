"""Checks of the repositories: archives and what is understood of them, labels, rules for branches."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from shlex import quote as quoted
from typing import Any
from urllib.parse import quote

from github import GithubException

from bot import config
from bot.admin.doctor.context import Context
from bot.admin.doctor.finding import Finding, error, ok, warning
from bot.admin.doctor.survey import MOST, Surveyed, archives, sources
from bot.admin.hub import get
from bot.archive.layout import Layout
from bot.archive.location import locate, series_in
from bot.archive.paths import template_candidates
from bot.archive.series import ArchiveSeries
from bot.archive.understood import Row, understood
from bot.minutes.text.counts import counted
from bot.planning.case import OPENNESS

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
    for each, settings in sources(found):
        if each.archive.casefold() not in there:
            yield error(
                f"The minutes of {each.name} belong to {each.archive}, where the App is not installed.",
                f"Create {each.archive} with one file, and install the App there; or name another archive by "
                f"`archive: owner/name` in {config.PATH}.",
            )
        elif not each.is_archive:
            yield from _mistakes(each)
            yield _source(each, _named(each.archive, found), settings)
    if found and not [*archives(found), *sources(found)]:
        owner = found[0].name.split("/")[0]
        yield warning(
            f"None of the {counted(len(found), 'repository', 'repositories')} at {owner} keeps minutes.",
            f"Create {owner}/meeting-minutes with one file, and install the App there; or name another one "
            f"by `archive: owner/name` in {config.PATH} of a repository with notes.",
        )


def _named(name: str, found: Sequence[Surveyed]) -> Surveyed | None:
    return next((each for each in found if each.name.casefold() == name.casefold()), None)


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
    named = it.settings.template
    if named and named not in it.files:
        yield warning(f"{it.name} has no template {named}.", f"Add the file, or correct {_file(it)}.")
    yield _understood(it, it.files, now.date())


def _understood(it: Surveyed, files: Collection[str], day: date) -> Finding:
    """Return what is understood of the minutes in an archive with these files, and how to try it."""
    series = series_in(files, it.settings)
    known = [each for each in series if each.accompanies is None and each.meetings]
    if not known and locate(files, it.settings, day).doubt == "unrecognised":
        return warning(
            f"Where the minutes in {it.name} lie is not understood.",
            f"Set `path: YYYY/YYYY-MM-DD.md`, or as your files are named, in {_file(it)}.",
        )
    template = _template(it, files, series)
    if not known:
        return ok(
            f"No minutes found in {it.name} yet. Template: {template}.",
            "The first notes that somebody labels become the first minutes.",
        )
    rows = understood(known, day)
    count = counted(sum(len(each.meetings) for each in known), "file")
    more = f" and {len(known) - len(rows)} more" if len(known) > len(rows) else ""
    found = f"{count} of minutes found in {it.name}, {counted(len(known), 'series', 'series')}"
    newest = max((each.meetings[-1] for each in known), key=lambda past: past.date)
    return ok(
        f"{found}: {'; '.join(map(_row, rows))}{more}. Template: {template}.",
        "Try it on your last minutes, writing nothing: "
        f"git clone {quoted(it.page)} archive && "
        f"minutes-bot normalise {quoted(f'archive/{newest.path}')} --archive archive",
    )


def _row(row: Row) -> str:
    last = "" if row.rhythm.endswith(str(row.newest)) else f", last on {row.newest}"
    return f"{row.name or 'meetings'} ({row.place}, rhythm {row.rhythm}{last})"


def _template(it: Surveyed, files: Collection[str], series: Sequence[ArchiveSeries]) -> str:
    if it.settings.template in files:
        return it.settings.template or ""
    layout = series[0].layout if series else Layout()
    near = next(iter(template_candidates(files, layout)), None)
    if near:
        return near
    return (
        "none, new minutes take the form of the newest ones" if series else "none, the built-in one is used"
    )


def _source(it: Surveyed, archive: Surveyed | None, settings: config.Config) -> Finding:
    """Return whether the notes of a repository may become minutes of its archive."""
    is_more_open = archive and OPENNESS.index(archive.visibility) > OPENNESS.index(it.visibility)
    if archive and is_more_open and not settings.allows_private(it.name):
        return warning(
            f"{it.name} is {it.visibility}, and more people can read {archive.name}: nothing goes there.",
            f"If its notes may be read there, set `allow_private_sources: [{it.name}]` in {_file(archive)}.",
        )
    return ok(f"The minutes of {it.name} belong to {it.archive}.")


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
