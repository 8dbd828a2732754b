"""How long normalising takes, compared with block-only parsing by the same parser, and with mdformat.

    python -m benchmarks.normalise FOLDER

FOLDER contains Markdown files; each is normalised with the built-in template, and its ledger verified. For
each file the fastest of several rounds counts, and the candidates take turns, so that a busy machine slows
all of them. mdformat is measured if it is installed, with its GFM plugin (the extra `bench`). Then come the
hostile inputs of `hostile.py` at 16 and 64 kB, a text of 1.4 MB, and the memory that it takes.
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
from mdit_py_plugins.gfm import gfm_plugin

from benchmarks.hostile import HOSTILE
from bot.minutes import BUILT_IN, Meeting, Previous, decode, normalise
from bot.minutes.reading.dates import short_days
from bot.minutes.text.markdown import clean

ROUNDS = 5
MEETING = Meeting(date(2031, 3, 4), Previous(date(2031, 2, 25), "2031-02-25.md"))


def block_only() -> Callable[[str], object]:
    """Return the reference: markdown-it-py with its block rules and tables, without inline rules."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse


def ours(text: str) -> object:
    """Return the result of normalising, without what is cached from an earlier run."""
    short_days.cache_clear()
    return normalise(text, template=BUILT_IN, meeting=MEETING, source="issue")


def best(calls: list[Callable[[str], object]], text: str) -> list[float]:
    """Return the CPU seconds of each call for a text: the least of ROUNDS rounds that run them all."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, taken in zip(calls, times, strict=True):
            call(text)  # warm-up: a call may profit from what the one before left in the CPU cache
            start = time.process_time()
            call(text)
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]


def others() -> dict[str, Callable[[str], object]]:
    """Return mdformat with its GFM plugin, alone and with its own check; nothing if it is not installed."""
    try:
        mdformat, checks = import_module("mdformat"), import_module("mdformat._util")
    except ImportError:
        return {}

    def rewritten(text: str) -> str:
        return mdformat.text(text, extensions={"gfm"})  # type: ignore[no-any-return]

    def checked(text: str) -> object:
        return checks.is_md_equal(text, rewritten(text), extensions={"gfm"})

    return {"mdformat": rewritten, "mdformat and its check": checked}


def files(texts: list[str]) -> None:
    """Print how fast each candidate is, and the ratios to block-only parsing over all files."""
    calls = {"block-only parsing": block_only(), "normalise and verify": ours, **others()}
    measured = [best(list(calls.values()), text) for text in texts]
    size = sum(map(len, texts)) / 1e6
    print(f"{len(texts)} files, {size:.2f} million characters, best of {ROUNDS} rounds each")
    for name, times in zip(calls, zip(*measured, strict=True), strict=True):
        ratios = [mine / reference for mine, (reference, *_) in zip(times, measured, strict=True)]
        rate, tail = size / sum(times), quantiles(ratios, n=20)[-1]
        print(f"{name:22}{rate:5.1f} MB/s, times the parsing: median {median(ratios):.2f}, 95 % {tail:.2f}")


def rendering() -> Callable[[str], object]:
    """Return the whole parse that showing the notes takes, with inline rules and GFM."""
    return MarkdownIt("commonmark").use(gfm_plugin).parse


def hostile() -> None:
    """Print, for each hostile input, the time compared with the parser's, and its growth per byte.

    The whole parse is measured at 16 kB only: at 64 kB it takes seconds for some inputs.
    """
    print(
        f"{'hostile input':26}{'block-only':>12}{'whole parse':>13}{'growth per byte':>17}{'64 kB, ms':>11}"
    )
    for name, unit in HOSTILE.items():
        texts = [(unit * size)[:size] for size in (16_000, 64_000)]
        whole, small = best([rendering(), ours], texts[0])
        blocks, large = best([block_only(), ours], texts[1])
        grown = large / small / 4
        print(f"{name:26}{large / blocks:12.2f}{small / whole:13.2f}{grown:17.2f}{large * 1e3:11.1f}")


def large(texts: list[str]) -> None:
    """Print the rate for one text of 1.4 MB, and the peak of the memory."""
    one = max(texts, key=len)
    times = 1_400_000 // len(one) + 1
    text = "".join(f"{one}\n\nPart {number}\n\n" for number in range(times))  # a copy would be dropped
    reference, mine = best([block_only(), ours], text)
    tracemalloc.start()
    ours(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"1.4 MB: {len(text) / 1e6 / mine:.2f} MB/s, {mine / reference:.2f} times parsing")
    print(f"memory at the peak: {peak / len(text.encode()):.0f} bytes for each of the input")


def main(folder: str) -> None:
    """Run all measurements with the Markdown files below a folder."""
    texts = [clean(decode(file.read_bytes())) for file in sorted(Path(folder).rglob("*.md"))]
    files(texts)
    hostile()
    large(texts)


if __name__ == "__main__":
    main(sys.argv[1])
