"""Who was there and who was not, as the notes say it: names are never corrected and nobody is added."""

import re
from collections.abc import Iterator

from bot.minutes.document import Document
from bot.minutes.labels import FieldName, Labelled

_BULLET = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_SITE = re.compile(r"^[^\W\d_][\w ]{0,24}:(?:[ \t]+|$)")  # `Dundee: ` before the names of those who sat there
_NOBODY = re.compile(r"(?i)[\W_]*|none|nobody|n/?a|tba|tbd|names?|\?+")
_PAIR = re.compile(r"[^\W\d][\w.’'-]* and [^\W\d][\w.’'-]*")
_LONGEST = 60  # characters; what is longer is a sentence, not a name


def people(document: Document, fields: tuple[Labelled, ...], name: FieldName) -> tuple[str, ...]:
    """List the people whom the fields of that name list, as typed, each once, in order."""
    lines = (line for field in fields if field.name == name for line in _lines(document, field))
    names = (person for line, split in lines for person in _split(line, split))
    return tuple(dict.fromkeys(names))


def _lines(document: Document, field: Labelled) -> Iterator[tuple[str, bool]]:
    """Give the lines that hold a field's names, and whether commas part the names in them."""
    first = [field.value] if field.value else []
    more = list(document.lines[field.start + 1 : field.end]) if field.form == "line" else []
    if first or any(line.strip() for line in more):
        yield from ((line, True) for line in first + more)
        return
    below = next(iter(document.between(field.block.end, len(document.lines))), None)
    if below is None or _has_label(document.lines[below.start]):
        return
    lines = [line for line in document.lines[below.start : below.end] if line.strip()]
    if below.kind == "paragraph":
        yield from ((line, True) for line in lines)
    elif below.kind in ("bullet_list", "ordered_list"):
        yield from ((_BULLET.sub("", line, count=1), len(lines) == 1) for line in lines)


def _has_label(line: str) -> bool:
    return _SITE.match(line.lstrip("*_ ")) is not None and "," not in line.partition(":")[2]


def _split(line: str, commas: bool) -> Iterator[str]:
    for part in _parts(line) if commas else [line]:
        name = _SITE.sub("", part.strip().strip("*_"), count=1).strip().rstrip(".").strip()
        if name and len(name) <= _LONGEST and not _NOBODY.fullmatch(name):
            yield from name.split(" and ") if commas and _PAIR.fullmatch(name) else [name]


def _parts(line: str) -> Iterator[str]:
    """Cut at commas and semicolons that stand in no parentheses."""
    depth = start = 0
    for at, character in enumerate(line):
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character in ",;，、" and depth == 0:
            yield line[start:at]
            start = at + 1
    yield line[start:]
