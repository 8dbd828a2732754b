"""Find the line ends that are visible where a renderer shows each line end, and whether prose was wrapped."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.minutes.text.markdown import plain
from bot.minutes.text.parser import text_parser

HARD = ("  ", "\\")
"""What ends a line with a break that is visible everywhere."""

_TEXT = text_parser()
_ANY_MARK = re.compile(r"[`*_~\[\]()<>&\\]")
_OPENS = re.compile(r"[`<\[\\*_~]")
_TWINS = ("`", "*", "_", "~", "``", "**", "__", "~~")  # each opens markup, and closes it
_PAIRS = ("[]", "()", "<>")
_MARKS = (*_TWINS, *"".join(_PAIRS))
_LONGEST = 4_000  # characters of a paragraph of which the markup is parsed
_LONG = 60  # characters of a line that may have been cut by an editor
_WRAPPED = 45  # characters of the longest line, where all lines are filled up to it
_FEWEST = 4  # lines of a paragraph that may have been wrapped to fewer characters than `_LONG`
_SLACK = 2
_SENTENCE_END = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]*_`]*$")
_NOT_TEXT = re.compile(r"\$\$|\[![A-Z]+\]")  # formulas, and the first line of an alert


class ShownLine(NamedTuple):
    """A line of a paragraph as an issue shows it; `number` is its first line in the paragraph, from 0.

    `text` is as typed, and may be of several lines where code, a tag or the target of a link is. `is_soft`:
    whether the line end above it is not visible in a file. `is_free`: whether it begins outside of markup.
    """

    number: int
    text: str
    is_soft: bool
    is_free: bool = True


def shown_lines(text: str) -> tuple[ShownLine, ...]:
    """Return the lines of a paragraph's text, as an issue shows them.

    A line end is not shown within code, tags and the targets of links.
    """
    lines = text.split("\n")
    if len(lines) == 1:
        return (ShownLine(0, text, is_soft=False),)
    if _NOT_TEXT.match(text):
        breaks: dict[int, tuple[bool, bool]] = {}
    elif not _OPENS.search(text):
        breaks = {n: (not lines[n - 1].endswith(HARD), True) for n in range(1, len(lines))}
    elif len(text) > _LONGEST:
        breaks = dict.fromkeys(whole_lines(lines), (True, True))
    else:
        breaks = dict(_parsed(text))
    return tuple(
        ShownLine(start, "\n".join(lines[start:end]), *breaks.get(start, (False, True)))
        for start, end in pairwise([0, *breaks, len(lines)])
    )


class ShownParagraphs(dict[str, tuple[ShownLine, ...]]):
    """Maps the text of a paragraph to its lines as an issue shows them: `shown_lines`, computed once.

    Where a text has markup, to find them takes longer than to parse its block.
    """

    def __missing__(self, text: str) -> tuple[ShownLine, ...]:
        lines = self[text] = shown_lines(text)
        return lines


def whole_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indices of the lines of a paragraph that follow a soft line break outside of markup.

    Marks are counted, not parsed: where they do not come in pairs, the rest of the paragraph is left out.
    """
    marks: Counter[str] = Counter()
    whole = True
    for number, above in enumerate(lines[:-1], 1):
        if _ANY_MARK.search(above):
            for mark in _MARKS:
                marks[mark] += above.count(mark)
            whole = _is_whole(marks)
        if whole and not above.endswith(HARD):
            yield number


def is_wrapped(lines: Sequence[ShownLine]) -> bool:
    """Return whether an editor cut the lines of a paragraph at one width, also within sentences.

    No word more fits into any of them then.
    """
    least = _WRAPPED if len(lines) >= _FEWEST else _LONG
    seen = [plain(line.text) for line in lines[:-1]]
    if not any(len(line) >= least for line in seen) or all(_SENTENCE_END.search(line[-4:]) for line in seen):
        return False
    texts = [line.strip() for shown in lines for line in shown.text.split("\n")]
    width = max(map(len, texts)) - _SLACK
    return all(len(line) + 1 + len(below.partition(" ")[0]) > width for line, below in pairwise(texts))


def may_be_wrapped(lines: Sequence[ShownLine]) -> bool:
    """Return whether a long line of a paragraph ends within a sentence, so that an editor may have cut it."""
    return any(_is_cut(plain(line.text)) for line in lines[:-1])


def _is_cut(seen: str) -> bool:
    return len(seen) >= _LONG and " " in seen and not _SENTENCE_END.search(seen[-4:])


def _parsed(text: str) -> Iterator[tuple[int, tuple[bool, bool]]]:
    """Yield the lines below a line end that is shown, and whether it is a soft one, and outside of markup."""
    line = seen = 0
    for token in _TEXT.inline.parse(text, _TEXT, {}, []):
        if token.tag == "br":
            line += text.count("\n", seen, token.meta["next"])
            seen = token.meta["next"]
            yield line, (token.type == "softbreak", token.level == 0)


def _is_whole(marks: Counter[str]) -> bool:
    twins = all(marks[mark] % 2 == 0 for mark in _TWINS)
    return twins and all(marks[pair[0]] == marks[pair[1]] for pair in _PAIRS)
