"""How long normalising takes, beside block-only parsing of the same files with the same parser, in one run.

    python -m benchmarks.normalise FOLDER

FOLDER holds Markdown files; each is normalised with the built-in template, its ledger verified. For each file
the best of several rounds counts, and the two are measured in turn, so that a busy machine slows both.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from markdown_it import MarkdownIt

from bot.minutes import BUILT_IN, Meeting, Previous, decode, normalise
from bot.minutes.markdown import clean

ROUNDS = 5
MEETING = Meeting(date(2031, 3, 4), Previous(date(2031, 2, 25), "2031-02-25.md"))


def block_only() -> Callable[[str], object]:
    """Give the reference: markdown-it-py with tables, its block rules and nothing else."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse


def ours(text: str) -> object:
    """Normalise as the bot does."""
    return normalise(text, template=BUILT_IN, meeting=MEETING, source="issue")


def best(calls: list[Callable[[str], object]], text: str) -> list[float]:
    """Measure the calls in turn; CPU seconds, the best of the rounds for each."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, taken in zip(calls, times, strict=True):
            start = time.process_time()
            call(text)
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]


def main(folder: str) -> None:
    """Print the ratios, file by file summed up, and the rate."""
    texts = [clean(decode(file.read_bytes())) for file in sorted(Path(folder).rglob("*.md"))]
    calls = [block_only(), ours]
    measured = [best(calls, text) for text in texts]
    ratios = [mine / reference for reference, mine in measured if reference]
    size, (reference, mine) = sum(map(len, texts)), map(sum, zip(*measured, strict=True))
    print(f"{len(texts)} files, {size / 1e6:.2f} million characters, best of {ROUNDS} rounds each")
    print(f"block-only parsing    {size / 1e6 / reference:5.1f} MB/s")
    print(f"normalise and verify  {size / 1e6 / mine:5.1f} MB/s")
    print(f"times the parsing: median of files {median(ratios):.2f}, 95 % {quantiles(ratios, n=20)[-1]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1])
