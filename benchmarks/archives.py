"""How fast the series of an archive are found, and how often a meeting is filed where people filed it.

`python -m benchmarks.archives` times lists of 20,000 paths, each kind beside sorting the list and searching
every path for a date with a regular expression. With a FOLDER it replays real archives: `replay.tsv` has a
row for each meeting (archive, day, title, path, path of the previous minutes), `<archive>.tsv` the archive's
paths.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bot.archive.choice import choose
from bot.archive.grouping import find_series

COUNT = 20_000
ROUNDS = 5
DAY = re.compile(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")


def _days(step: int = 1) -> list[date]:
    return [date(2000, 1, 1) + timedelta(days=step * at) for at in range(COUNT)]


def _word(at: int) -> str:
    return "".join(random.Random(at).choices("abcdefgh", k=9))


KINDS: dict[str, Callable[[], list[str]]] = {
    "one series, `2026/2026-05-05.md`": lambda: [f"{day.year}/{day}.md" for day in _days()],
    "ten series": lambda: [f"team{at % 10}/{day.year}/{day}.md" for at, day in enumerate(_days())],
    "a topic in each name": lambda: [f"m/{day}-{_word(at)}.md" for at, day in enumerate(_days())],
    "days in folders": lambda: [f"{day:m/%Y/%m/%d}/README.md" for day in _days()],
    "months by name": lambda: [f"{day:m/%B-%d-%Y}.md" for day in _days()],
    "day or month first": lambda: [f"{day:m/%d.%m.%Y}.md" for day in _days()],
    "no minutes": lambda: [f"src/package{at}/module{at}.md" for at in range(COUNT)],
}


def timed(paths: list[str]) -> tuple[float, float]:
    """Return the seconds for sorting and searching, and for finding series: the best of some rounds."""
    random.Random(1).shuffle(paths)
    simple, ours = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        for path in sorted(paths):
            DAY.search(path)
        simple.append(time.process_time() - start)
        find_series.cache_clear()
        start = time.process_time()
        find_series(tuple(paths))
        ours.append(time.process_time() - start)
    return min(simple), min(ours)


def replay(folder: Path) -> Counter[str]:
    """Count meetings that were right, wrong or asked about; `offered`: with the right one to choose."""
    counts: Counter[str] = Counter()
    for row in (folder / "replay.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        archive, day, title, path, previous = row.split("\t")
        listed = (folder / f"{archive}.tsv").read_text(encoding="utf-8").splitlines()
        dated = ((line.split("\t")[0], DAY.search(line.split("\t")[0].rpartition("/")[2])) for line in listed)
        files = tuple(each for each, found in dated if not found or "-".join(found.groups()) < day)
        when = date.fromisoformat(day)
        choice = choose(find_series(files), when, title)
        if choice.series is None:
            counts["asked"] += 1
            counts["offered"] += path in [each.path(when) for each in choice.candidates]
            counts[f"asked: {choice.doubt}"] += 1
            continue
        before = choice.series.previous(when)
        is_right = (choice.series.path(when), before.path if before else "") == (path, previous)
        counts["right" if is_right else "wrong"] += 1
    return counts


def main() -> None:
    """Print the table, and the replay of a folder that is named."""
    print("| 20,000 paths | sort and search, ms | series, ms | times |")
    print("| --- | --- | --- | --- |")
    for name, make in KINDS.items():
        simple, ours = timed(make())
        print(f"| {name} | {simple * 1000:.0f} | {ours * 1000:.0f} | {ours / simple:.1f} |")
    if len(sys.argv) > 1:
        for what, count in sorted(replay(Path(sys.argv[1])).items()):
            print(f"{what}: {count}")


if __name__ == "__main__":
    main()
