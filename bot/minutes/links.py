"""The link to the minutes of the previous meeting: where it stands, and whether it leads anywhere."""

import re
from dataclasses import dataclass
from datetime import date

from bot.minutes.dates import days_in, has_placeholder
from bot.minutes.document import CODE, Document
from bot.minutes.markdown import plain

LINK = re.compile(
    r"(?<![!\\])\[(?P<text>[^\[\]]{0,200})\]\([ ]?<?(?P<target>[^()<>\s]{0,2000})>?(?:[ ]\"[^\"]*\")?[ ]?\)"
)
_LAST = re.compile(
    r"(?i)(?:the )?(?:minutes (?:of|from) )?(?:the )?(?:last|previous|prior) (?:week['’]?s )?(?:team )?"
    r"(?:meeting|minutes|call|notes|week)(?:['’]?s)?(?: (?:minutes|notes))?"
)

# Targets that name no single meeting. One that has a day in it is never among them.
GENERIC = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:#.*|[\w-]*)",  # nothing, or a word where a link shall be
        r"(?:\.{0,2}/)*(?:[^:]*/)?(?:README\.md|index\.md)?",  # a folder of the repository
        r"https?://(?:www\.)?github\.com/[^/]+/[^/]+/?(?:[?#].*)?",
        r"https?://(?:www\.)?github\.com/[^/]+/[^/]+/(?:tree/.*|wiki/?|issues/?|pulls/?|discussions/?)",
        r"https?://hackmd\.io/(?:team/.*|@[^/]+/?|\?.*)",
        r"https?://[^/]+/?",
        r"https?://drive\.google\.com/drive/.*folders/.*",
        r"https?://example\.(?:com|org)/.*",
    )
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link whose text says "last meeting": its target is `lines[line][start:end]`."""

    line: int
    start: int
    end: int
    text: str
    target: str


def find_last_meeting(document: Document) -> Link | None:
    """Find the first link that says "last meeting" or the like, outside code."""
    code = document.lines_of(*CODE, "html_block")
    for number, line in enumerate(document.lines):
        if "](" not in line or number in code:
            continue
        for match in LINK.finditer(line):
            if _LAST.fullmatch(plain(match["text"])) and line.count("`", 0, match.start()) % 2 == 0:
                return Link(number, *match.span("target"), match["text"], match["target"])
    return None


def is_generic(target: str, also: tuple[str, ...] = ()) -> bool:
    """Tell whether a target names no single meeting; `also` lists the targets of the template."""
    if has_placeholder(target):
        return True
    return not days_in(target) and (target in also or any(form.fullmatch(target) for form in GENERIC))


def leads_to(target: str, link: str, day: date) -> bool:
    """Tell whether a typed target is the minutes of that day: the same link, or that day in its name."""
    return target == link or any(found.date == day for found in days_in(target))
