"""`minutes-bot backfill`: pull requests with corrections for an archive on GitHub, one per year.

Exit codes: 0 done, or nothing to do; 1 something could not be done; 2 wrong usage.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from bot.archive.inspection.corrections import entries_as_json
from bot.cli.files import json_of, write
from bot.cli.progress import printable, watched
from bot.minutes.text.counts import counted

if TYPE_CHECKING:
    from bot.admin.backfill import Decision
    from bot.admin.hub import Archive
    from bot.admin.years import Corrections

_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


@click.command()
@click.argument("repository", metavar="OWNER/ARCHIVE")
@click.option("--dry-run", "dry", is_flag=True, help="Print what would be done, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--again", is_flag=True, help="Open one too where people closed the last one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with the ledger of each file.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the token to use, instead of GITHUB_TOKEN.",
)
@click.option(
    "--api-url",
    envvar="GITHUB_API_URL",
    default="https://api.github.com",
    show_default=True,
    help="GitHub's REST address; https://HOST/api/v3 for GitHub Enterprise Server. Also GITHUB_API_URL.",
)
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="Seconds between two writes; GitHub asks for one.",
)
def backfill(
    repository: str,
    dry: bool,
    yes: bool,
    again: bool,
    as_json: bool,
    token_file: Path | None,
    api_url: str,
    pause: float,
) -> None:
    """Correct old minutes on GitHub by pull requests, one for each year of meetings.

    What is corrected is what `minutes-bot check --fix` corrects on disk: links to the last meeting that lead
    to no minutes, front matter that is there twice, titles that were never filled in. Begin with --dry-run.

    It can be stopped and started again: nothing is done twice, what people pushed to is left alone, and what
    they closed stays closed. The token in GITHUB_TOKEN needs the permissions Contents and Pull requests.
    """
    if not _NAME.fullmatch(repository):
        raise click.UsageError(f"{repository} is no repository. Give OWNER/NAME, as in hill-lab/minutes.")
    token = _token(token_file)
    if not api_url.startswith(("https://", "http://")):
        raise click.UsageError(f"--api-url is no address: {api_url}. Give one such as https://HOST/api/v3.")
    try:
        from bot.admin.hub import Trouble
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"backfill needs {missing.name}; install it with: pip install 'minutes-bot[admin]'"
        ) from None
    run = _Run(repository, Console(stderr=True, soft_wrap=True, highlight=False), as_json=as_json)
    try:
        run.look(token, api_url, pause, again=again)
        if not dry:
            run.write(yes=yes)
    except Trouble as error:
        raise click.ClickException(printable(str(error))) from error
    run.show(dry=dry)
    raise SystemExit(1 if run.failed or run.left else 0)


def _token(file: Path | None) -> str:
    try:
        token = (file.read_text(encoding="utf-8") if file else os.environ.get("GITHUB_TOKEN", "")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{file} cannot be read. Give a file that holds a token only.") from error
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        where = f"{file} holds no token" if file else "There is no token in GITHUB_TOKEN"
        raise click.UsageError(
            f"{where}. Make one on GitHub (Settings, Developer settings, Personal access tokens) with the "
            "permissions Contents and Pull requests for the archive, and give it in GITHUB_TOKEN or by "
            "--token-file."
        )
    return token


class _Run:
    """One run of the command: what was found, what is decided, and what was done."""

    def __init__(self, name: str, console: Console, *, as_json: bool) -> None:
        self.name, self.console, self.as_json = name, console, as_json
        self.failed: dict[int, str] = {}
        self.done: dict[int, str] = {}
        self.decisions: list[Decision] = []

    def look(self, token: str, url: str, pause: float, *, again: bool) -> None:
        """Read the archive, find its corrections, and decide what is to be done."""
        from bot.admin import backfill as work
        from bot.admin import hub
        from bot.admin.years import corrections_by_year

        self.repository = hub.find_repository(hub.connect(token, url, pause), self.name)
        self._say(f"Reading {self.repository.full_name}")
        self.archive: Archive = hub.read_archive(self.repository)
        self.found: Corrections = corrections_by_year(self.archive.files, self.archive.unread)
        if self.found.note:
            self._say(f"Note: {self.found.note}")
        self.left = {**self.found.left}
        heads = work.branches(self.repository)
        years = work.with_branches(self.found.years, heads)
        for year in watched(years, self.console, "Looking"):
            if made := work.decide(self.repository, self.archive, year, heads, again=again):
                self.decisions.append(made)

    def write(self, *, yes: bool) -> None:
        """Open and update pull requests, after a question, unless `yes`."""
        from bot.admin import hub

        due = [each for each in self.decisions if each.writes]
        if not due:
            return
        if refusal := hub.may_not_write(self.repository):
            raise refusal
        if not yes:
            for each in due:
                self._say(_plan_of(each))
            click.confirm(f"Write to {self.repository.full_name}?", abort=True, err=True)
        for each in watched(due, self.console, "Writing"):
            self._write(each)

    def _write(self, decision: "Decision") -> None:
        from bot.admin.backfill import carry_out
        from bot.admin.hub import Trouble

        year = decision.year.year
        try:
            self.done[year] = carry_out(self.repository, self.archive, decision).html_url
        except Trouble as error:
            if error.ends_all:
                done = ", ".join(map(str, self.done))
                raise Trouble(f"{year}: {error}" + (f" Done already: {done}." if done else "")) from error
            self.failed[year] = str(error)

    def show(self, *, dry: bool) -> None:
        """Print what was done, or with `dry` what would be done."""
        if self.as_json:
            write(f"{json_of(self._as_json(), indent=2)}\n")
            return
        for each in self.decisions:
            write(f"{printable(self._line(each, dry=dry))}\n")
            if dry and each.writes:
                for line in (line for file in each.year.files for line in file.as_text()):
                    write(f"  {printable(line)}\n")
        for path, why in self.left.items():
            self._say(f"Note: {path} {why}; it is not corrected.")
        if not self.decisions:
            self._say("Nothing to correct.")
        elif dry:
            self._say("Nothing was written. Without --dry-run it is.")

    def _line(self, decision: "Decision", *, dry: bool) -> str:
        year = decision.year.year
        if year in self.failed:
            return f"{year}: not done. {self.failed[year]}"
        if not decision.writes or dry:
            return _plan_of(decision)
        return f"{year}: {_files(decision)} in {self.done[year]}"

    def _as_json(self) -> dict[str, Any]:
        years = [self._year_as_json(each) for each in self.decisions]
        return {
            "repository": self.repository.full_name,
            "head": self.archive.head.sha,
            "years": years,
            "left": self.left,
        }

    def _year_as_json(self, decision: "Decision") -> dict[str, Any]:
        year, pull = decision.year, decision.pull
        files: Sequence[dict[str, Any]] = [
            {"path": each.path, "ledger": entries_as_json(each.corrected.ledger)} for each in year.files
        ]
        shown = {"year": year.year, "branch": year.branch, "action": decision.action.value, "files": files}
        if url := self.done.get(year.year) or (pull.html_url if pull else None):
            shown["pull"] = url
        return shown | ({"failed": self.failed[year.year]} if year.year in self.failed else {})

    def _say(self, text: str) -> None:
        self.console.print(printable(text), markup=False)


def _files(decision: "Decision") -> str:
    return f"corrections in {counted(len(decision.year.files), 'file')}"


def _plan_of(decision: "Decision") -> str:
    """Return in a line what is to be done with a year."""
    from bot.admin.backfill import Action

    pull, branch = decision.pull, decision.year.branch
    number = f"pull request #{pull.number}" if pull else f"the branch {branch}"
    texts = {
        Action.OPEN: f"a new pull request, {_files(decision)}",
        Action.UPDATE: f"{number} is updated, {_files(decision)}",
        Action.SAME: f"{number} has these corrections already",
        Action.PEOPLE: f"people have pushed to {number}, so it is left alone",
        Action.CLOSED: f"{number} was closed, so it stays closed; --again opens a new one",
        Action.OVER: f"nothing is left to correct, {number} can be closed",
    }
    return f"{decision.year.year}: {texts[decision.action]}"
