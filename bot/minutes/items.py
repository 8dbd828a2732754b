"""Actions and decisions that the notes mark as such: a word before a colon, or the section they stand in."""

import re
from collections.abc import Iterator

from bot.minutes.document import Document
from bot.minutes.markdown import Block, plain

_MARK = (
    r"[ \t]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+)?"
    r"(?P<text>(?:\[[ xX]\][ \t]+)?(?:\*\*|__|`)?%s(?:\*\*|__|`)?[ \t]*%s.*)"
)
_ACTION = re.compile(
    _MARK % (r"(?i:action(?: items?| points?)?|todo|a\.?i\.?|next step)", r"[:–—-][*_]*(?=[ \t]*\S)")
)
_DECISION = re.compile(
    _MARK % (r"(?i:resolved|resolution|decision|decided|agreed|consensus)", r"(?=[\W_]*\w)")
)
_ACTION_SECTION = re.compile(
    r"(?i)(?:new )?(?:action items?|actions?|action points?|to ?do|todos?|next steps?)"
)
_DECISION_SECTION = re.compile(r"(?i)(?:decisions?|resolutions?)(?: made| taken)?")
_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)")


def actions(document: Document) -> tuple[str, ...]:
    """List the explicit actions, as typed."""
    return _items(document, _ACTION, _ACTION_SECTION)


def decisions(document: Document) -> tuple[str, ...]:
    """List the explicit decisions, as typed."""
    return _items(document, _DECISION, _DECISION_SECTION)


def _items(document: Document, mark: re.Pattern[str], section: re.Pattern[str]) -> tuple[str, ...]:
    marked = {
        number: match["text"].strip()
        for block in document.blocks
        if block.kind == "paragraph"
        for number in range(block.start, block.end)
        if (match := mark.fullmatch(document.lines[number]))
    }
    for item in _listed_under(document, section):
        if match := _BULLET.fullmatch(document.lines[item.start]):
            marked.setdefault(item.start, match["text"].strip())
    return tuple(dict.fromkeys(marked[number] for number in sorted(marked)))


def _listed_under(document: Document, section: re.Pattern[str]) -> Iterator[Block]:
    """Give the outermost list items below the headings of that name."""
    inside = False
    for block in document.blocks:
        if block.kind == "heading" and block.depth == 0:
            inside = section.fullmatch(plain(block.text).rstrip(": ")) is not None
        elif inside and block.kind == "list_item" and block.depth == 1:
            yield block
