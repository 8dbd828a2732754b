"""Whatever people do, in whatever order: each meeting is opened once, and nothing they did is undone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bot.config import read
from bot.model import FileRef, Plan, Pull, Snapshot
from bot.planning.meeting_day import due
from bot.state import PullState, digest, find_state
from bot.trailers import blob_oid
from tests import paper
from tests.depth import examples, sample
from tests.planning.meeting_days import MORNING, SHARED, TUESDAYS, archive_of, calendar

CALENDARS = [
    TUESDAYS,
    SHARED,
    TUESDAYS + "    skip: [2026-08-25]\n    extra: [2026-08-26]\n",
    TUESDAYS + "    open_before: 6 days\n",
    TUESDAYS + "    open_issue: true\n",
    TUESDAYS.replace("every Tuesday 14:00", "daily 09:00"),
    TUESDAYS.replace("every Tuesday 14:00", "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260826;BYHOUR=14"),
    TUESDAYS
    + "  - {name: Press, schedule: every Wednesday, path: press/YYYY-MM-DD.md, timezone: Asia/Tokyo}\n",
    "reviewers: none\n",
]
"""Weekly; three series for one file; moved; opened early; with issues; daily; ending; two places; none."""

Act = tuple[str, int | str]
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 9 * 24)),
    st.tuples(st.just("calendar"), st.sampled_from(CALENDARS)),
    st.tuples(st.sampled_from(["push", "close", "merge", "reopen"]), st.integers(0, 3)),
    st.tuples(st.just("minutes"), st.integers(-3, 3)),
)
LIVES = settings(examples(100), suppress_health_check=list(HealthCheck))


class Life:
    """An archive to which things happen, and what people did to its pull requests."""

    def __init__(self, config: str) -> None:
        self.now = MORNING
        self.seen = calendar(config)
        self.touched: set[str] = set()
        """Pull requests into which people wrote, or which they opened again after all: those stay open."""

    @property
    def pulls(self) -> tuple[Pull, ...]:
        return archive_of(self.seen).pulls

    def act(self, what: str, which: int | str) -> None:
        if what == "calendar":
            self.seen = paper.with_archive(self.seen, config=which)
            return
        assert isinstance(which, int)
        if what == "wait":
            self.now += timedelta(hours=which)
        elif what == "minutes":
            self._land(f"2026/{(self.now + timedelta(days=which)).date()}.md")
        else:
            taken = {pull.branch for pull in self.pulls if pull.state == "open"}
            found = [
                pull
                for pull in self.pulls
                if (
                    pull.state == "closed" and pull.branch not in taken
                    if what == "reopen"
                    else pull.state == "open"
                )
            ]
            if which < len(found):
                self._change(what, found[which])

    def _change(self, what: str, pull: Pull) -> None:
        match what:
            case "push":
                head = digest(pull.head, "bo") * 3
                revisions = (paper.revision(head, "Notes", "bo"), *pull.revisions)
                changed = replace(pull, head=head, revisions=revisions)
                self.touched.add(pull.id)
            case "reopen":
                changed = replace(pull, state="open", head=pull.head or pull.revisions[0].oid)  # restored
                stored = find_state(pull.body, PullState)
                if stored and (
                    stored.requested or stored.source
                ):  # else its meeting still waits: a draft as before
                    self.touched.add(pull.id)
            case "close":
                changed = replace(pull, state="closed")
                self.touched.discard(pull.id)
            case _:
                changed = replace(pull, state="merged")
                self.touched.discard(pull.id)
                self._land(*pull.files)
        pulls = tuple(changed if each.id == pull.id else each for each in self.pulls)
        self.seen = paper.with_archive(self.seen, pulls=pulls)

    def _land(self, path: str) -> None:
        blob = blob_oid(path)
        self.seen = replace(self.seen, texts={**self.seen.texts, FileRef(blob): paper.MINUTES})
        self.seen = paper.with_archive(self.seen, files={**archive_of(self.seen).files, path: blob})

    def unopened(self) -> Iterator[str]:
        """Name the meetings whose time has come, and of which there is nothing, not even close by."""
        days = {str(stored.day) for pull in self.pulls if (stored := find_state(pull.body, PullState))}
        past = " ".join(archive_of(self.seen).files)
        for series in read(archive_of(self.seen).config or "").series:
            for meeting in series.between(self.now - timedelta(hours=1), self.now + timedelta(days=7)):
                near = (meeting.day + timedelta(days=count) for count in range(-3, 4))
                if (
                    meeting.opens <= self.now
                    and str(meeting.day) not in days
                    and not any(str(day) in past for day in near)
                ):
                    yield f"{series.name} {meeting.day}"

    def forgotten(self) -> Iterator[str]:
        """Name the drafts that should have closed by themselves long ago."""
        known = {series.name: series for series in read(archive_of(self.seen).config or "").series}
        for pull in self.pulls:
            stored = find_state(pull.body, PullState)
            if stored and stored.day and pull.state == "open" and stored.series in known:
                since = datetime.combine(stored.day + timedelta(days=1), time(), UTC)
                later = known[stored.series].between(since, self.now) if since < self.now else ()
                if len(list(later)) >= 2 and pull.id not in self.touched:
                    yield pull.title

    def settle(self, now: datetime | None = None) -> tuple[Snapshot, list[Plan]]:
        known = replace(self.seen, refusals=(), asked=frozenset(self.seen.texts))
        return paper.settle(known, now or self.now, due)


@pytest.mark.parametrize("part", sample(range(6), range(3).__contains__))
def test_each_meeting_is_opened_once_and_nothing_that_people_did_is_undone(part: int) -> None:
    """Live a hundred lives; in parts, so that they can be lived at the same time."""
    seed(part)(LIVES(given(st.sampled_from(CALENDARS), st.lists(ACTS, max_size=14))(_live)))()


def _live(config: str, acts: Sequence[Act]) -> None:
    life = Life(config)
    for what, which in [("wait", 0), *acts]:
        life.act(what, which)
        life.seen, plans = life.settle()

        assert list(life.unopened()) == [], "its day has come"
        assert list(life.forgotten()) == [], "two meetings later it is still a draft without notes"
        by_id = {pull.id: pull for pull in life.pulls}
        assert all(by_id[each].state == "open" for each in life.touched), "the bot closed what people want"
        again = [pull for pull in _followed(life.pulls) if _state(pull) != "skip"]
        assert [pull for pull in again if pull.id not in life.touched] == [], "opened twice"
        assert life.settle()[1][0].steps == (), "asked again, it has nothing to do"
        if (next_look := plans[-1].look_again) is not None:
            assert next_look > life.now
            assert life.settle(next_look - timedelta(seconds=1))[1][0].steps == (), "too late to be looked at"


def _followed(pulls: Sequence[Pull]) -> list[Pull]:
    """List the pull requests after which another one was opened for the same file."""
    newest: Counter[str] = Counter()
    for pull in pulls:
        newest[pull.files[0]] = max(newest[pull.files[0]], pull.number)
    return [pull for pull in pulls if pull.number < newest[pull.files[0]]]


def _state(pull: Pull) -> str:
    stored = find_state(pull.body, PullState)
    return stored.status if stored else ""
