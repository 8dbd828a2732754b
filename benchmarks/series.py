"""How long the largest configurations take, compared with dateutil for the same rules.

`python -m benchmarks.series` fills 8,192 characters with as many series as fit, all with the same schedule,
and takes the best of 5 rounds, in CPU time.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from dateutil.rrule import rrulestr

from bot.calendar import Series
from bot.config import LARGEST, read, remarks

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
START, END = datetime(2000, 1, 3), datetime(2027, 12, 31)
SCHEDULES = {
    "daily": "FREQ=DAILY",
    "every Tuesday 14:00": "FREQ=WEEKLY;BYDAY=TU",
    "first Monday of the month": "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2": "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2",
}


def fullest(schedule: str) -> str:
    """Return a configuration with as many series of this schedule as may be in one."""
    text = "series:\n"
    for at in range(LARGEST):
        entry = f"- {{name: n{at:x},schedule: {schedule}}}\n"
        if len(text + entry) > LARGEST:
            return text
        text += entry
    raise AssertionError("an entry has characters")


def best(what: Callable[[], object]) -> float:
    """Return the CPU time of the fastest of 5 rounds, in milliseconds."""
    times = []
    for _ in range(5):
        start = time.process_time()
        what()
        times.append(time.process_time() - start)
    return 1_000 * min(times)


def year_by_dateutil(rule: str, count: int) -> None:
    """Have dateutil list the days of 2027 `count` times; it goes through all days since START."""
    for _ in range(count):
        rrulestr(rule, dtstart=START).between(datetime(2027, 1, 1), END, inc=True)


def next_of(known: Sequence[Series]) -> None:
    """Compute the next meeting of each series."""
    for each in known:
        each.next_after(NOW)


def year_of(known: Sequence[Series]) -> None:
    """Compute the meetings of 2027 of each series, with their start in UTC."""
    for each in known:
        each.of_year(2027)


def main() -> None:
    """Print the table."""
    print("| schedule | series | read | next meetings | a year of each | dateutil: the year | remarks |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for words, rule in SCHEDULES.items():
        text = fullest(words)
        known = read(text).series
        measured = (
            partial(read, text),
            partial(next_of, known),
            partial(year_of, known),
            partial(year_by_dateutil, rule, len(known)),
            partial(remarks, text, NOW),
        )
        shown = " | ".join(f"{best(what):.0f} ms" for what in measured)
        print(f"| `{words}` | {len(known)} | {shown} |")


if __name__ == "__main__":
    main()
