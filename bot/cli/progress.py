"""Progress bar and summary table of the commands, on standard error; and findings as lines."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.minutes import Finding

T = TypeVar("T")

KINDS: Mapping[str, str] = {"lines": "green", "error": "red", "warning": "yellow", "notice": "cyan"}
"""The kinds that a summary counts, in the order of its rows, each with its colour."""


def watched(things: Sequence[T], console: Console, what: str) -> Iterator[T]:
    """Yield these things, while a progress bar named `what` is shown.

    It is shown only on a terminal, and for two things or more.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    idle = len(things) < 2 or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=idle) as progress:
        yield from progress.track(things, description=what)


def one_line(file: str, finding: Finding) -> str:
    """Return a finding in the form of compilers (`file:line: severity: message`), which editors can parse."""
    where = f"{file}:{finding.line}" if finding.line else file
    line = f"{where}: {finding.severity}: {finding.message} {finding.cure} [{finding.rule}]"
    return printable(line)


def printable(line: str) -> str:
    """Return a line without what is not printed: no escape sequences may reach the terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


class Summary:
    """A count of findings and lines by kind, and of the files in which they occur, to be printed."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._files: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, kind: str, what: str, file: str, count: int = 1) -> None:
        """Count `count` more of `what`, such as the rule of a finding, in a file; `kind` is one of KINDS."""
        if count:
            self._counts[kind, what] += count
            self._files[kind, what].add(file)

    def add_finding(self, file: str, finding: Finding) -> None:
        """Count one more finding of its rule and severity, in the file of that name."""
        self.add(finding.severity, finding.rule, file)

    def show(self, console: Console, title: str) -> None:
        """Print the title and a table of the counts, ordered by kind, the most frequent first."""
        kinds = list(KINDS)
        table = Table("", "what", box=box.SIMPLE_HEAD)
        table.add_column("count", justify="right")
        table.add_column("files", justify="right")
        for kind, what in sorted(self._counts, key=lambda it: (kinds.index(it[0]), -self._counts[it], it)):
            count, files = self._counts[kind, what], len(self._files[kind, what])
            table.add_row(f"[{KINDS[kind]}]{kind}[/]", what, f"{count:,}", f"{files:,}")
        console.print(f"\n{title}", style="bold", soft_wrap=True, highlight=False)
        if self._counts:
            console.print(table)
