"""What a person sees of a long run: a bar while it lasts, and a table at its end; both on standard error."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.minutes import Finding, Severity

T = TypeVar("T")

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


def watched(things: Sequence[T], console: Console, what: str) -> Iterator[T]:
    """Give the things one by one; on a terminal a bar shows how far it is. A single thing needs none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    idle = len(things) < 2 or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=idle) as progress:
        yield from progress.track(things, description=what)


def one_line(file: str, finding: Finding) -> str:
    """Write a finding as compilers do, so that editors find the place."""
    where = f"{file}:{finding.line}" if finding.line else file
    return f"{where}: {finding.severity}: {finding.message} {finding.cure} [{finding.rule}]"


def summary(found: Iterable[tuple[str, Finding]], title: str) -> Table:
    """Count findings by rule, the gravest first, and the files that have them."""
    counts: Counter[tuple[Severity, str]] = Counter()
    files: defaultdict[tuple[Severity, str], set[str]] = defaultdict(set)
    for file, finding in found:
        counts[finding.severity, finding.rule] += 1
        files[finding.severity, finding.rule].add(file)
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for heading in ("severity", "finding"):
        table.add_column(heading)
    for heading in ("findings", "files"):
        table.add_column(heading, justify="right")
    grave = list(Severity)
    for key, count in sorted(counts.items(), key=lambda item: (grave.index(item[0][0]), -item[1], item[0])):
        severity, rule = key
        table.add_row(f"[{COLOURS[severity]}]{severity}[/]", rule, str(count), str(len(files[key])))
    return table
