"""How long normalising takes, beside block-only parsing with the same parser and mdformat, in one run.

    python -m benchmarks.normalise FOLDER

FOLDER holds Markdown files; each is normalised with the built-in template, its ledger verified. For each file
the best of several rounds counts, and all are measured in turn, so that a busy machine slows all. mdformat is
measured where it is installed, with its GFM plugin (`pip install mdformat-gfm`). Then come the hostile inputs
of `hostile.py` at 16 and 64 kB, 1.4 MB made by repeating, and the memory that it takes.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles

from markdown_it import MarkdownIt

from benchmarks.hostile import HOSTILE
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


def others() -> dict[str, Callable[[str], object]]:
    """Give mdformat with its GFM plugin, where it is installed."""
    try:
        mdformat = import_module("mdformat")
    except ImportError:
        return {}
    return {"mdformat with GFM": lambda text: mdformat.text(text, extensions={"gfm"})}


def files(texts: list[str]) -> None:
    """Print the rates, and the ratios file by file."""
    calls = {"block-only parsing": block_only(), "normalise and verify": ours, **others()}
    measured = [best(list(calls.values()), text) for text in texts]
    size = sum(map(len, texts)) / 1e6
    print(f"{len(texts)} files, {size:.2f} million characters, best of {ROUNDS} rounds each")
    for name, times in zip(calls, zip(*measured, strict=True), strict=True):
        ratios = [mine / reference for mine, (reference, *_) in zip(times, measured, strict=True)]
        rate, tail = size / sum(times), quantiles(ratios, n=20)[-1]
        print(f"{name:22}{rate:5.1f} MB/s, times the parsing: median {median(ratios):.2f}, 95 % {tail:.2f}")


def hostile() -> None:
    """Print, for each hostile input, how many times the bare parser it takes, and its growth per byte."""
    for name, unit in HOSTILE.items():
        small, large = (best([block_only(), ours], (unit * size)[:size]) for size in (16_000, 64_000))
        print(
            f"{name:32}{large[1] / large[0]:6.2f} times parsing{large[1] / small[1] / 4:7.2f} growth per byte"
        )


def large(texts: list[str]) -> None:
    """Print the rate on 1.4 MB in one text, and the memory at its peak."""
    one = max(texts, key=len)
    text = one * (1_400_000 // len(one) + 1)
    reference, mine = best([block_only(), ours], text)
    tracemalloc.start()
    ours(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"1.4 MB: {len(text) / 1e6 / mine:.2f} MB/s, {mine / reference:.2f} times parsing")
    print(f"memory at the peak: {peak / len(text.encode()):.0f} bytes for each of the input")


def main(folder: str) -> None:
    """Measure all there is."""
    texts = [clean(decode(file.read_bytes())) for file in sorted(Path(folder).rglob("*.md"))]
    files(texts)
    hostile()
    large(texts)


if __name__ == "__main__":
    main(sys.argv[1])
