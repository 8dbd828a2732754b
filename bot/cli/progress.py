"""What a person sees of a long run: a bar while it lasts, and a table at its end; both on standard error."""

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
"""What a summary counts, in its order, and the colour of each."""


def watched(things: Sequence[T], console: Console, what: str) -> Iterator[T]:
    """Return the things one by one; on a terminal a bar shows how far it is. A single thing needs none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    idle = len(things) < 2 or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=idle) as progress:
        yield from progress.track(things, description=what)


def one_line(file: str, finding: Finding) -> str:
    """Write a finding as compilers do, so that editors find the place."""
    where = f"{file}:{finding.line}" if finding.line else file
    line = f"{where}: {finding.severity}: {finding.message} {finding.cure} [{finding.rule}]"
    return "".join(
        char if char.isprintable() else "\ufffd" for char in line
    )  # no text may steer the terminal


class Summary:
    """How often each thing was met, and in how many files."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._files: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, kind: str, what: str, file: str, count: int = 1) -> None:
        """Count something of a file; `kind` is one of KINDS."""
        self._counts[kind, what] += count
        self._files[kind, what].add(file)

    def add_finding(self, file: str, finding: Finding) -> None:
        """Count a finding of a file."""
        self.add(finding.severity, finding.rule, file)

    def show(self, console: Console, title: str) -> None:
        """Print the title, and below it a table: kind by kind, the most frequent first."""
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
