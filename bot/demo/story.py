"""The story that the demo tells, while it happens: from a label to a pull request and a comment."""

import difflib
import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from rich.console import Console
from rich.markup import escape

from bot.demo.places import ARCHIVE, LABEL, SOURCE
from bot.demo.stage import Stage
from bot.model import CalendarRequest, Commit, OpenPull, Plan, PostComment, ReconcileRequest, Snapshot, Step

AUTHOR = "imani"
LONGEST_DIFF = 40  # lines of a diff that a terminal can bear


class Story:
    """Tells what happens. It is the bot's witness: each plan is told before it is applied."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stage: Stage | None = None
        self._told = 0  # deliveries that were told of
        self._sent = 0  # requests before the story began

    # -- the plot ------------------------------------------------------------------------------------------

    async def play(self, stage: Stage, notes: str, title: str) -> str:
        """Let a person write the notes down and label them, and time pass. Returns the issue's address."""
        self._stage = stage
        await stage.simulator.idle()
        self._sent = len(stage.simulator.requests)
        self._say(f"A simulated GitHub is at {stage.simulator.url}, the bot at {stage.service.url}.")
        issue = await stage.act(AUTHOR, "POST", f"/repos/{SOURCE}/issues", {"title": title, "body": notes})
        self._say(f"{AUTHOR} opens the issue [b]{escape(title)}[/b] in {SOURCE} and labels it {LABEL}.")
        labels = {"labels": [LABEL]}
        await stage.act(AUTHOR, "POST", f"/repos/{SOURCE}/issues/{issue['number']}/labels", labels)
        await self._rest()
        stage.clock.advance(timedelta(minutes=10))
        self._say("[dim]Ten minutes pass, and nobody edits the notes.[/dim]")
        await self._rest()
        await self._tell_comment(issue["number"])
        self._tell_requests()
        return str(issue["html_url"])

    async def _rest(self) -> None:
        """Wait until nothing is under way."""
        assert self._stage is not None
        await self._stage.simulator.idle()
        self._tell_deliveries()

    # -- what is told --------------------------------------------------------------------------------------

    def witness(self, look: ReconcileRequest | CalendarRequest, seen: Snapshot, plan: Plan) -> None:
        """Return what was read and what shall be done."""
        self._tell_deliveries()
        if plan.look_again:
            self._say(f"  {plan.why}: the bot looks again at {plan.look_again:%H:%M}")
        for step in plan.steps:
            self._tell_step(seen, step)

    def _tell_step(self, seen: Snapshot, step: Step) -> None:
        match step:
            case Commit(path=path, text=text):
                assert seen.source is not None
                self._tell_read(seen)
                self._say(f"  writes [b]{escape(path)}[/b], the notes with these changes:")
                self._tell_diff(seen.source.body, text)
            case OpenPull(title=title, body=body):
                lines = next(line for line in body.split("\n") if line.startswith("| Lines"))
                self._say(f"  opens the pull request [b]{escape(title)}[/b] in {ARCHIVE}")
                self._say(f"  ledger: {escape(lines.split('|')[2].strip())}")
            case PostComment():
                self._say("  comments on the issue")

    def _tell_read(self, seen: Snapshot) -> None:
        assert seen.source is not None
        assert seen.archive is not None
        lines = sum(1 for line in _lines(seen.source.body) if line.strip())
        minutes = sum(path.endswith(".md") for path in seen.archive.files)
        template = seen.archive.template.path if seen.archive.template else "the built-in one"
        newest = seen.archive.newest.path if seen.archive.newest else "none"
        self._say(
            f"  reads {lines} lines of notes (blank ones not counted); "
            f"in the archive {minutes} Markdown files, template {escape(template)}, "
            f"newest minutes {escape(newest)}"
        )

    def _tell_diff(self, notes: str, minutes: str) -> None:
        diff = difflib.unified_diff(_lines(notes), _lines(minutes), lineterm="", n=1)
        shown = [line for line in list(diff)[2:] if not line.startswith("@@")]
        colours = {"+": "green", "-": "red"}
        for line in shown[:LONGEST_DIFF]:
            colour = colours.get(line[:1], "dim")
            self._console.print(f"          {line[:1]} {escape(line[1:])}", style=colour, highlight=False)
        if not shown:
            self._console.print("          none: word for word", style="dim")
        if len(shown) > LONGEST_DIFF:
            self._console.print(f"          ... and {len(shown) - LONGEST_DIFF} lines more", style="dim")

    def _tell_deliveries(self) -> None:
        assert self._stage is not None
        log = self._stage.simulator.deliveries.log
        while self._told < len(log) and log[self._told].status_code:  # in order, each when it is answered
            delivery = log[self._told]
            name = f"{delivery.event}.{delivery.action}" if delivery.action else delivery.event
            self._say(f"  delivery {name} → {delivery.status_code}")
            self._told += 1

    async def _tell_comment(self, number: int) -> None:
        assert self._stage is not None
        self._say("The comment says:")
        for comment in await self._stage.act(AUTHOR, "GET", f"/repos/{SOURCE}/issues/{number}/comments"):
            shown = [line for line in comment["body"].split("\n") if line and not line.startswith("<!--")]
            for line in shown:
                self._console.print(textwrap.indent(line, "          "), markup=False, highlight=False)

    def _tell_requests(self) -> None:
        assert self._stage is not None
        sent: Sequence[Any] = self._stage.simulator.requests[self._sent :]
        counts = Counter("token" if "access_tokens" in each.path else "other" for each in sent)
        self._say(
            f"{counts['other']} requests to GitHub, and {counts['token']} for a token. "
            "The next meeting takes 3, an edit 2: by then the bot knows where to look."
        )

    def _say(self, text: str) -> None:
        clock = self._stage.clock.now().strftime("%H:%M") if self._stage else "     "
        self._console.print(f"[cyan]{clock}[/cyan]  {text}", highlight=False)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")
