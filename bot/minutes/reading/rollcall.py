"""A roll call in notes: the label it begins with, and the lines of names that follow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.minutes.reading.labels import FieldName, label_in
from bot.minutes.reading.names import (
    SITE,
    is_group,
    is_handle,
    is_known_group,
    is_name,
    name_in,
    pieces,
    split,
)
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import plain

# Labels that stand among those of the header, and do not say who was there.
OTHER = re.compile(
    r"(?i)(?:co-?)?chair\w*|(?:note|minute)s?[ -]?(?:takers?|taking)?|scribes?|secretary|recorders?"
    r"|facilitators?|moderators?|hosts?|leads?|leader|bosun|organi[sz]ers?|speakers?|presenters?|shepherd"
    r"|timekeeper|agenda|topics?|goals?|references?|links?|recordings?|video|slides|date|time|when|where"
    r"|location|place|venue|next\b.*|previous\b.*|last\b.*|subject|title|actions?.*|quorum|total"
    r"|主持人?|记录人?|地点|主题"
)
_WERE = re.compile(
    r"(?i)(?P<names>\S.*\S) (?:were|was) (?:also )?(?P<what>present|in attendance|absent|excused)\.?"
)
_SAID = re.compile(r"(?i)(?:<(?P<nick>[^<> ]+)>[ ]*)?(?P<what>present|regrets)\+:?(?P<names>.*)")
_WHAT: dict[str, FieldName] = {"absent": "absent", "excused": "absent", "regrets": "absent"}


@dataclass(slots=True)
class Call:
    """A label under which names are being read, and how far the reading is.

    `level` is that of a heading, 0 where a line is the label; `depth` is that of its first list.
    """

    name: FieldName
    line: LogicalLine
    level: int = 0
    depth: int = 0
    group: int = 0
    names: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    grouped: bool = False
    waits: bool = True

    @property
    def is_said(self) -> bool:
        """Whether it is what one person said: `present+`."""
        return _SAID.fullmatch(self.line.text) is not None

    def all(self) -> Iterator[str]:
        """Return the names that were read, those of the list last."""
        yield from self.names
        for item in self.items:
            # Commas part the names of an item that holds many; of many items each is one, `Doe, Ada` too.
            many = len(self.items) == 1 or len(tuple(pieces(item))) > 3
            yield from split(item) if many else filter(None, [name_in(item)])


def opened(line: LogicalLine) -> Call | None:
    """Begin to read at a label, or at a sentence that says it all."""
    if line.kind == "table":
        return None
    heading, text, block = line.kind == "heading", line.text, line.block
    if "+" in text and (said := _SAID.fullmatch(text)):
        names = said["names"].strip() or said["nick"] or ""
        return Call(_what(said["what"]), line, names=list(split(names)), waits=False)
    if not heading and " w" in text.lower() and (were := _WERE.fullmatch(text)):
        people = list(split(were["names"]))
        if people and all(map(is_name, people)):
            return Call(_what(were["what"]), line, names=people, waits=False)
    alone = (
        heading or line.number == block.start or block.end > line.number + 1 or text.startswith(("**", "__"))
    )
    found = label_in(text, alone)
    if found is None:
        return None
    name, value = found
    names = list(split(value))
    return Call(
        name,
        line,
        block.level if heading else 0,
        names=names,
        waits=not value or value.endswith((",", ":", "：")),
    )


def _what(word: str) -> FieldName:
    return _WHAT.get(word.lower(), "attendees")


def takes(call: Call, line: LogicalLine) -> bool:
    """Read the names of a row into the call; tell whether it goes on."""
    if line.kind == "heading":
        call.waits = True
        return 0 < call.level < line.block.level and is_group(plain(line.text))
    if line.depth > call.line.depth:
        return _take_item(call, line)
    site = SITE.fullmatch(line.text.strip("*_"))
    same = line.block == call.line.block
    if line.depth < call.line.depth or (line.depth and not same) or (site and OTHER.fullmatch(site["site"])):
        return False
    if is_group(line.text):
        known = is_known_group(line.text) and (call.level > 0 or not call.items)
        call.grouped = call.waits = known or call.grouped or not (call.names or call.items)
        return call.waits
    goes_on = same or (not call.items and (call.waits or call.level or site))
    if not goes_on or not (same or site or _holds_names(line.text)):
        return False
    call.names += split(line.text)
    call.waits = line.text.endswith(",")
    return True


def _holds_names(line: str) -> bool:
    """Return whether what commas part in a line are names, most of them."""
    parts = [part for part in pieces(line) if part.strip()]
    return sum(map(is_name, map(str.strip, parts))) * 2 > len(parts)


def _take_item(call: Call, line: LogicalLine) -> bool:
    """Read a list item: those of the outermost list, and of the lists below the name of a group."""
    if not call.waits and not call.depth and not call.level:
        return False
    call.depth = call.depth or line.depth
    if line.depth <= call.depth:
        call.depth = line.depth
        call.group = 0
    deeper = line.depth > call.depth
    if (deeper and not call.group) or not line.is_first:
        return True
    site = SITE.fullmatch(line.text.strip("*_"))
    if is_group(line.text):
        call.group = line.depth
    elif site and OTHER.fullmatch(site["site"]) and call.level == 0 and not is_name(site["names"]):
        return False
    elif site and not is_handle(site["names"]) and len(tuple(pieces(site["names"]))) > 1:
        call.names += split(line.text)
    else:
        call.items.append(line.text)
    return True
