"""The demo of a meeting day: an archive with a calendar, threads labelled for the agenda, the bot's plans."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files

from rich.console import Console
from rich.markup import escape

from bot.config import PATH
from bot.demo.constants import ARCHIVE, SOURCE
from bot.model import AnyRequest, CalendarRequest, ClosePull, OpenPull, OpenSource, Plan, Remind, Snapshot
from github_simulator import Simulator

AGENDA = "agenda"
TUESDAY = 1
HERE = files("bot.demo")
TEMPLATE = "agenda-template.md"


def calendar(now: datetime) -> Mapping[str, str]:
    """Return the files (text by path) of an archive with a calendar and the minutes of the last Tuesday.

    These minutes have an open action item. The last Tuesday is before the day of `now`.
    """
    back = (now.weekday() - TUESDAY) % 7 or 7
    return archive_until((now - timedelta(days=back)).date(), (HERE / "calendar.yml").read_text())


def archive_until(day: date, configuration: str) -> Mapping[str, str]:
    """Return the files (text by path) of an archive for the demo, whose last meeting was on `day`.

    `configuration` is the text of its configuration.
    """
    minutes = (HERE / "last_week.md").read_text()
    return {
        PATH: configuration,
        TEMPLATE: (HERE / "archive" / TEMPLATE).read_text(),
        f"{day.year}/{day}.md": minutes.format(day=day),
    }


def fill_agenda(simulator: Simulator) -> None:
    """Open an issue, a pull request and a discussion with the agenda label in the simulated GitHub."""
    imani = simulator.person("imani")
    imani.label(imani.open_issue(SOURCE, "Who looks after the boat in winter?"), AGENDA)
    imani.push(SOURCE, {"rota.md": "# Rota\n"}, "Rota", branch="rota")
    imani.label(imani.open_pull(SOURCE, "rota", "A rota for the hides"), AGENDA)
    imani.open_discussion(SOURCE, "Count at night, too?", labels=(AGENDA,))


class PlanPrinter:
    """Prints the plans that the bot makes for a calendar in the demo.

    The service calls `on_plan` with each plan.
    """

    def __init__(self, console: Console) -> None:
        self._console = console

    def on_plan(self, look: AnyRequest, seen: Snapshot, plan: Plan) -> None:
        """Print the steps of a plan before it is applied, if it is one for a calendar.

        `look` is the request that led to it.
        """
        if not isinstance(look, CalendarRequest):
            return
        for step in plan.steps:
            match step:
                case OpenPull(branch=branch, title=title, draft=draft):
                    kind = "the draft" if draft else "the pull request"
                    self._print(f"opens {kind} [b]{escape(title)}[/b] ({escape(branch)})")
                case OpenSource(kind=kind, title=title):
                    self._print(f"opens the {kind} [b]{escape(title)}[/b]")
                case Remind(pull=pull):
                    self._print(f"reminds people of [b]{escape(pull.title)}[/b]")
                case ClosePull(pull=pull):
                    self._print(f"closes [b]{escape(pull.title)}[/b], for which nobody wrote notes")
        if plan.look_again and not plan.steps:
            self._print(f"looks at the calendar again on {plan.look_again:%a %Y-%m-%d %H:%M} UTC")

    def introduce(self, url: str) -> None:
        """Print how to move the clock of the demo; `url` is that of the simulated GitHub."""
        self._console.print(
            f"\nThe calendar is in {PATH} of {ARCHIVE}. Move the clock, and look at the pages:\n"
            f"  curl -d '{{\"advance\": 21600}}' {url}/_simulator/clock      (six hours)\n"
            f'  curl -d \'{{"set": "2026-12-01T14:00:00Z"}}\' {url}/_simulator/clock',
            markup=False,
            highlight=False,
        )

    def _print(self, text: str) -> None:
        self._console.print(f"  the bot {text}", highlight=False)
