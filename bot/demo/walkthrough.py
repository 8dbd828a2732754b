"""The walkthrough of the demo, printed while it happens: from a label to a pull request and a comment."""

import difflib
import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from rich.console import Console
from rich.markup import escape

from bot.archive.location import locate
from bot.archive.template_files import Shape, read_shape, settings_of
from bot.demo.constants import ARCHIVE, LABEL, SOURCE
from bot.demo.environment import DemoEnvironment
from bot.demo.pad import PAD
from bot.minutes.text.counts import counted
from bot.model import ArchiveRequest, Commit, OpenPull, Plan, PostComment, ReconcileRequest, Snapshot, Step

AUTHOR = "imani"
LONGEST_DIFF = 40  # lines of a diff that are printed at most


class Walkthrough:
    """Prints what happens in the demo. The service calls `on_plan` with each plan before it is applied."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._environment: DemoEnvironment | None = None
        self._printed = 0  # deliveries that were printed
        self._sent = 0  # requests before the walkthrough began

    # -- actions -------------------------------------------------------------------------------------------

    async def run(self, environment: DemoEnvironment, notes: str, title: str) -> str:
        """Open an issue with the notes in the simulated GitHub, label it, and let ten minutes pass.

        Returns the URL of the issue.
        """
        self._environment = environment
        await environment.simulator.idle()
        self._sent = len(environment.simulator.requests)
        self._print(
            f"A simulated GitHub is at {environment.simulator.url}, the bot at {environment.service.url}."
        )
        issue = await environment.act(
            AUTHOR, "POST", f"/repos/{SOURCE}/issues", {"title": title, "body": notes}
        )
        self._print(f"{AUTHOR} opens the issue [b]{escape(title)}[/b] in {SOURCE} and labels it {LABEL}.")
        labels = {"labels": [LABEL]}
        await environment.act(AUTHOR, "POST", f"/repos/{SOURCE}/issues/{issue['number']}/labels", labels)
        await self._wait_until_idle()
        environment.clock.advance(timedelta(minutes=10))
        self._print("[dim]Ten minutes pass, and nobody edits the notes.[/dim]")
        await self._wait_until_idle()
        await self._print_comment(issue["number"])
        self._print_requests()
        return str(issue["html_url"])

    async def edit_pad(self, line: str) -> None:
        """Add a line to the pad with the notes, and let time pass until the bot has read the pad twice."""
        environment = self._environment
        assert environment is not None
        environment.clock.advance(timedelta(minutes=5))
        await self._wait_until_idle()
        sent = len(environment.simulator.requests)
        environment.pads.texts[PAD] += f"{line}\n"
        self._print(f"Somebody types in the pad: [b]{escape(line)}[/b]")
        for hours, what in ((26, "A day passes"), (1, "An hour passes")):
            environment.clock.advance(timedelta(hours=hours))
            self._print(f"[dim]{what}; the bot reads the pad again.[/dim]")
            await self._wait_until_idle()
        asked = environment.simulator.requests[sent:]
        requests = counted(sum("access_tokens" not in each.path for each in asked), "request")
        self._print(f"{requests} to GitHub for the edit. A pad that stays as it is costs none.")

    async def _wait_until_idle(self) -> None:
        """Wait until simulator and bot are idle, and print the webhook deliveries."""
        assert self._environment is not None
        await self._environment.simulator.idle()
        self._print_deliveries()

    # -- output --------------------------------------------------------------------------------------------

    def on_plan(self, look: ReconcileRequest | ArchiveRequest, seen: Snapshot, plan: Plan) -> None:
        """Print the webhooks that were delivered, and the steps of a plan, before it is applied."""
        self._print_deliveries()
        if plan.look_again:
            self._print(f"  {plan.why}: the bot looks again at {plan.look_again:%H:%M}")
        for step in plan.steps:
            self._print_step(seen, step)

    def _print_step(self, seen: Snapshot, step: Step) -> None:
        match step:
            case Commit(path=path, text=text):
                if seen.source is None:  # links in published minutes
                    self._print(f"  mends the link to the last meeting in [b]{escape(path)}[/b]")
                    return
                self._print_read(seen)
                self._print(f"  writes [b]{escape(path)}[/b], the notes with these changes:")
                self._print_diff(_notes(seen), text)
            case OpenPull(title=title, body=body):
                self._print(f"  opens the pull request [b]{escape(title)}[/b] in {ARCHIVE}")
                for line in (line for line in body.split("\n") if line.startswith("| Lines")):
                    self._print(f"  ledger: {escape(line.split('|')[2].strip())}")
            case PostComment():
                self._print("  comments on the issue")

    def _print_read(self, seen: Snapshot) -> None:
        assert seen.source is not None
        assert seen.archive is not None
        lines = sum(1 for line in _lines(_notes(seen)) if line.strip())
        minutes = sum(path.endswith(".md") for path in seen.archive.files)
        settings = settings_of(seen.archive)
        assert settings is not None  # the demo's archive has no mistakes in it
        series = locate(seen.archive.files, settings, seen.source.created_at.date()).series
        shape = read_shape(seen.archive, seen.texts, settings, series) if series else Shape()
        template = shape.template.path if shape.template else "the built-in one"
        newest = shape.newest.path if shape.newest else "none"
        self._print(
            f"  reads {lines} lines of notes (blank ones not counted); "
            f"in the archive {minutes} Markdown files, template {escape(template)}, "
            f"newest minutes {escape(newest)}"
        )

    def _print_diff(self, notes: str, minutes: str) -> None:
        diff = difflib.unified_diff(_lines(notes), _lines(minutes), lineterm="", n=1)
        shown = [line for line in list(diff)[2:] if not line.startswith("@@")]
        colours = {"+": "green", "-": "red"}
        for line in shown[:LONGEST_DIFF]:
            colour = colours.get(line[:1], "dim")
            self._console.print(f"          {line[:1]} {escape(line[1:])}", style=colour, highlight=False)
        if not shown:
            self._console.print("          none: word for word", style="dim")
        if len(shown) > LONGEST_DIFF:
            self._console.print(
                f"          ... and {counted(len(shown) - LONGEST_DIFF, 'more line')}", style="dim"
            )

    def _print_deliveries(self) -> None:
        assert self._environment is not None
        log = self._environment.simulator.deliveries.log
        while (
            self._printed < len(log) and log[self._printed].status_code
        ):  # in order, each once it has a response
            delivery = log[self._printed]
            name = f"{delivery.event}.{delivery.action}" if delivery.action else delivery.event
            self._print(f"  delivery {name} → {delivery.status_code}")
            self._printed += 1

    async def _print_comment(self, number: int) -> None:
        assert self._environment is not None
        self._print("The comment says:")
        for comment in await self._environment.act(
            AUTHOR, "GET", f"/repos/{SOURCE}/issues/{number}/comments"
        ):
            shown = [line for line in comment["body"].split("\n") if line and not line.startswith("<!--")]
            for line in shown:
                self._console.print(textwrap.indent(line, "          "), markup=False, highlight=False)

    def _print_requests(self) -> None:
        assert self._environment is not None
        sent: Sequence[Any] = self._environment.simulator.requests[self._sent :]
        counts = Counter("token" if "access_tokens" in each.path else "other" for each in sent)
        self._print(
            f"{counted(counts['other'], 'request')} to GitHub, and {counts['token']} for a token. "
            "The next meeting takes 3, an edit 2: by then the bot knows where to look."
        )

    def _print(self, text: str) -> None:
        clock = self._environment.clock.now().strftime("%H:%M") if self._environment else "     "
        self._console.print(f"[cyan]{clock}[/cyan]  {text}", highlight=False)


def _notes(seen: Snapshot) -> str:
    """Return the notes: the text of the pad that the source links, else its own text."""
    assert seen.source is not None
    pads = [pad.text for pad in seen.pads.values() if pad.text]
    return pads[0] if pads else seen.source.body


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")
