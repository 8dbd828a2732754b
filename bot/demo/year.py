"""`minutes-bot demo --year`: simulates a year of weekly meetings with the whole service.

The clock stands still while the bot works, and then jumps to the next time at which people act or a job of
the bot is due. Requests are counted by day, to show how few the bot sends when nothing happens.
"""

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.resources import files
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.archive.dates import read_paths
from bot.demo.constants import ARCHIVE, LABEL, SOURCE
from bot.demo.environment import DemoEnvironment, start_environment
from bot.demo.meeting_day import TUESDAY, archive_until
from bot.model import AnyRequest, Commit, Plan, ReconcileRequest, Snapshot
from github_simulator.pulls import pulls_of
from github_simulator.state import PullRequest, Repository

LONDON = ZoneInfo("Europe/London")
Habit = Literal["the same day", "the next day", "into the draft", "closed", "never"]
HABITS: dict[Habit, int] = {"the same day": 36, "the next day": 8, "into the draft": 5, "never": 2}
"""How many of the meetings get notes in each way ("never": none); one more draft is closed by a person."""
MEASURED = "median 41 days in 2026, 153 at the 90th percentile"
"""How late minutes reached the first user's archive without the bot (450 meetings, 2017 to 2026)."""
NOTES = """# {day}

Attending: Imani, Yuki, Rasmus

Start: 2:05 pm

## Accepting minutes from [last meeting](https://github.com/tern-lab/meeting-minutes)

accepted

## Project status

- Hides
  - the ladder is repaired

## AOB

- Decision: tea at three
"""


@dataclass
class Meeting:
    """A meeting of the simulated year: how its notes are written, and when what happened.

    The times are in UTC; None: it has not happened.
    """

    day: date
    starts: datetime
    habit: Habit
    opened: datetime | None = None
    written: datetime | None = None
    """When its pull request first contained the notes."""
    merged: datetime | None = None


@dataclass
class YearRecord:
    """What happened in the simulated year: its meetings, and how many requests GitHub got on each day."""

    meetings: list[Meeting]
    requests: Counter[date] = field(default_factory=Counter)
    """Requests to GitHub, except for tokens, by day in London."""
    acted: set[date] = field(default_factory=set)
    """Days on which people acted, or the bot was started."""

    @property
    def quiet(self) -> int:
        """The number of requests to GitHub on days without a meeting on which nobody acted."""
        days = {meeting.day for meeting in self.meetings} | self.acted
        return sum(count for day, count in self.requests.items() if day not in days)


def plan_year(year: int) -> tuple[str, list[Meeting]]:
    """Return the text of the configuration for a simulated year, and the meetings of that year.

    The habits of the meetings, how notes are written, are random, the same for the same year.
    """
    chance = random.Random(year)  # noqa: S311  # made-up data, no secret
    tuesdays = [day for day in _days(year) if day.weekday() == TUESDAY]
    away, moved = tuesdays[-1], tuesdays[20]
    skip = ", ".join(map(str, (moved, away)))
    later = moved + timedelta(days=1)
    text = (files("bot.demo") / "ome.yml").read_text().format(skip=skip, moved=later)
    days = sorted({*tuesdays, later} - {away, moved})
    habits: list[Habit] = [habit for habit, often in HABITS.items() for _ in range(often)]
    habits.append("closed")
    habits = (habits + ["the same day"] * len(days))[: len(days)]
    chance.shuffle(habits)
    hours = {later: 15}
    return text, [
        Meeting(
            day,
            datetime(day.year, day.month, day.day, hours.get(day, 14), tzinfo=LONDON).astimezone(UTC),
            habit,
        )
        for day, habit in zip(days, habits, strict=True)
    ]


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


async def print_year(year: int, console: Console, port: int = 0, most: int | None = None) -> None:
    """Simulate a year, or its first `most` meetings, and print what happens; `port` is the simulator's."""
    console.print(f"The year {year} of a team that meets every Tuesday at 14:00 in London:", highlight=False)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("a year passes", total=most or 51)

        def on_finished(meeting: Meeting) -> None:
            progress.console.print(_line(meeting), highlight=False)
            progress.advance(task)

        began = time.monotonic()
        record = await simulate_year(year, on_finished, port, most)
    _sum_up(console, record, time.monotonic() - began)


async def simulate_year(
    year: int, on_finished: Callable[[Meeting], None], port: int = 0, most: int | None = None
) -> YearRecord:
    """Simulate a year, or its first `most` meetings, and return what happened; `port` is the simulator's.

    `on_finished` is called for each meeting when its pull request is merged or closed, or after a week
    without notes.
    """
    calendar, meetings = plan_year(year)
    meetings = meetings[:most]
    record = YearRecord(meetings)
    by_day = {meeting.day: meeting for meeting in meetings}
    start = datetime(year, 1, 1, tzinfo=LONDON).astimezone(UTC)
    record.acted.add(_day(start))

    def on_plan(look: AnyRequest, seen: Snapshot, plan: Plan) -> None:
        for step in plan.steps:
            found = read_paths([step.path]) if isinstance(step, Commit) else ()
            known = by_day.get(found[0].day) if found else None
            if known and isinstance(look, ReconcileRequest):
                known.written = known.written or clock.now()
            elif known:
                known.opened = clock.now()

    archive = archive_until(start.date() - timedelta(days=(start.weekday() - TUESDAY) % 7 or 7), calendar)
    async with start_environment(
        now=start, on_plan=on_plan, port=port, files=archive, frozen=True
    ) as environment:
        clock = environment.clock
        team = Team(environment, record, on_finished)
        team.archive.delete_branch_on_merge = True
        await environment.simulator.idle()
        while (moment := await team.next()) is not None:
            clock.set(moment)
            await environment.simulator.idle()
            team.act(moment)
            await environment.simulator.idle()
        for each in environment.simulator.requests:
            if not each.path.endswith("/access_tokens"):
                record.requests[_day(each.at)] += 1
    return record


class Team:
    """The people of the demo, who write notes and merge minutes as the habit of each meeting says."""

    def __init__(
        self, environment: DemoEnvironment, record: YearRecord, on_finished: Callable[[Meeting], None]
    ) -> None:
        self._environment = environment
        self._record = record
        self._on_finished = on_finished
        self._imani = environment.simulator.person("imani")
        self._chance = random.Random(1)  # noqa: S311  # made-up data, no secret
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        for meeting in record.meetings:
            self._plan(meeting)

    async def next(self) -> datetime | None:
        """Return when people or the bot act next, in UTC; None if neither does in this year."""
        ours = self._events[0][0] if self._events else None
        bots = await self._environment.service.next_due()
        if bots and bots > self._record.meetings[-1].starts + timedelta(days=6):
            bots = None  # a job after the year's last meeting
        return min((moment for moment in (ours, bots) if moment), default=None)

    def act(self, now: datetime) -> None:
        """Do everything that people are to do up to `now`."""
        while self._events and self._events[0][0] <= now:
            self._record.acted.add(_day(now))
            heapq.heappop(self._events)[2]()

    def _plan(self, meeting: Meeting) -> None:
        match meeting.habit:
            case "the same day":
                self._at(meeting.starts + timedelta(minutes=70), partial(self._write, meeting))
            case "the next day":
                self._at(meeting.starts + timedelta(hours=19), partial(self._write, meeting))
            case "into the draft":
                self._at(meeting.starts + timedelta(minutes=65), partial(self._type, meeting))
            case "closed":
                self._at(meeting.starts - timedelta(hours=4), partial(self._close, meeting))
            case "never":
                self._at(meeting.starts + timedelta(days=7, hours=1), partial(self._on_finished, meeting))

    def _at(self, when: datetime, do: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when, len(self._events), do))

    def _write(self, meeting: Meeting) -> None:
        title, body = f"Team meeting {meeting.day}", NOTES.format(day=meeting.day)
        self._imani.open_issue(SOURCE, title, body, (LABEL,))
        self._merge_later(meeting)

    def _type(self, meeting: Meeting) -> None:
        """Type the notes into the file of the draft."""
        pull, git = self._pull(meeting), self.archive.git
        path = f"{meeting.day.year}/{meeting.day}.md"
        text = (git.blob(git.at(git.branch(pull.head_ref) or "", path) or "") or b"").decode()
        typed = text.replace("Attending:", "Attending: Imani, Yuki, Tove").replace(
            "## AOB\n", "## AOB\n\n- tea\n"
        )
        self._imani.push(ARCHIVE, {path: typed}, "Notes", branch=pull.head_ref)
        self._imani.mark_ready(pull)
        meeting.written = self._environment.clock.now()
        self._merge_later(meeting)

    def _merge_later(self, meeting: Meeting) -> None:
        self._at(
            meeting.starts + timedelta(days=self._chance.choice((1, 1, 2, 3)), hours=6),
            partial(self._merge, meeting),
        )

    def _merge(self, meeting: Meeting) -> None:
        self._imani.merge(self._pull(meeting))
        meeting.merged = self._environment.clock.now()
        self._on_finished(meeting)

    def _close(self, meeting: Meeting) -> None:
        self._imani.close(self._pull(meeting))
        self._on_finished(meeting)

    @property
    def archive(self) -> Repository:
        """The simulated repository with the minutes."""
        return self._environment.simulator.world.repository(*ARCHIVE.split("/"))

    def _pull(self, meeting: Meeting) -> PullRequest:
        """Return the open pull request of a meeting. Raises ValueError unless there is exactly one."""
        found = [
            pull for pull in pulls_of(self.archive) if pull.state == "open" and str(meeting.day) in pull.title
        ]
        (pull,) = found
        return pull


def _day(moment: datetime) -> date:
    """Return the day in London, where the team is."""
    return moment.astimezone(LONDON).date()


# -- output ------------------------------------------------------------------------------------------------


def _line(meeting: Meeting) -> str:
    """Return one line on how the minutes of a meeting ended."""
    opened = (
        f"opened {meeting.opened.astimezone(LONDON):%H:%M}" if meeting.opened else "[red]not opened[/red]"
    )
    if meeting.habit == "closed":
        ending = "closed by a person: no meeting"
    elif meeting.merged and meeting.written:
        ending = f"notes {_lag(meeting.written - meeting.starts)} later, merged {meeting.merged:%a %m-%d}"
    else:
        ending = "nobody wrote; it closed by itself, and is on the list of the missing"
    return f"  {meeting.day:%a %Y-%m-%d}  {opened}  {ending}"


def _lag(lag: timedelta) -> str:
    hours = lag.total_seconds() / 3600
    return f"{hours:.0f} h" if hours >= 1.5 else f"{hours * 60:.0f} min"


def _sum_up(console: Console, record: YearRecord, seconds: float) -> None:
    days = {meeting.day for meeting in record.meetings}
    on_the_day = sum(1 for each in record.meetings if each.opened and _day(each.opened) == each.day)
    lags = sorted((each.written - each.starts).total_seconds() for each in record.meetings if each.written)
    half, most = (timedelta(seconds=found) for found in (median(lags), lags[len(lags) * 9 // 10]))
    total = record.requests.total()
    on_meetings = sum(count for day, count in record.requests.items() if day in days)
    table = Table(title="The year", show_header=False, title_justify="left")
    for what, number in (
        ("meetings", len(record.meetings)),
        ("pull request open on the day of the meeting", on_the_day),
        ("notes in it after the beginning (median, 90th percentile)", f"{_lag(half)}, {_lag(most)}"),
        ("before, by hand", MEASURED),
        ("requests to GitHub, tokens apart", total),
        ("  on days with a meeting", on_meetings),
        ("  on other days, because people did something", total - on_meetings - record.quiet),
        ("  on all other days", record.quiet),
        ("all this took", f"{seconds:.0f} s"),
    ):
        table.add_row(what, str(number))
    console.print(table)
