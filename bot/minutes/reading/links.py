"""Find the link to the minutes of the previous meeting, and whether its target names one meeting."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.minutes.reading.dates import days_in, has_placeholder, is_day
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import plain

LINK = re.compile(
    r"(?<![!\\])\[(?P<text>[^\[\]]{0,200})\]\([ ]?<?(?P<target>[^()<>\s]{0,2000})>?(?:[ ]\"[^\"]*\")?[ ]?\)"
)
_LINK_OR_ADDRESS = re.compile(rf"{LINK.pattern}|<?(?P<address>https?://[^\s<>()\[\]]{{1,2000}})>?")
# What people call the last meeting, or its minutes.
_LAST = (
    r"(?:link to )?(?:the )?(?:(?:minutes|notes) (?:of|from) )?(?:the |our )?"
    r"(?:last|previous|prior) (?:week['’]?s )?(?:(?!to |the )[\w-]+ ){0,2}?"
    r"(?:meetings?|minutes|calls?|notes|week|sync)(?:['’]?s)?(?: (?:minutes|notes))?"
    r"|letztes Protokoll|(?:acta|reunión) anterior|réunion précédente"
    r"|上次会议(?:纪要)?|前回の?(?:議事録|会議)"
)
_SAYS_LAST = re.compile(rf"(?i){_LAST}")
_APPROVAL = re.compile(
    r"(?i)\b(?:approv|accept|adopt|ratif|genehmig|approbation|aprobaci)\w*\b.*\b(?:minutes|notes)\b"
    r"|\bminutes\b.*\b(?:approv|accept|adopt|ratif)\w*\b|genehmigung des protokolls"
    r"|approbation (?:du|des) (?:procès-verba(?:l|ux)|comptes?[- ]rendus?|pv|cr)"
    r"|(?:minutes|notes) (?:of|from) (?:the |our )?(?:last|previous|prior) (?:meeting|call|session)"
    r"|(?:aprobación|lectura) del acta|aprovação da ata|approvazione del verbale"
    r"|goedkeuring (?:van de )?notulen"
    r"|(?:godkännande|justering) av (?:föregående )?protokoll|godkend(?:else)? af referat"
    r"|godkjenning av referat"
    r"|(?:przyjęcie|zatwierdzenie) protokołu|aprovació de l['’]acta"
)
_NOTES = re.compile(
    r"(?i)\b(?:minutes|notes|protokoll\w*|procès-verbal|compte[- ]rendu|acta|atas?|verbale|notulen|verslag"
    r"|referat"
    r"|protokół)\b"
)
_DRAFT = re.compile(
    r"(?i)(?:the |our |this )?(?:last |previous |prior )?(?:draft|version|record|document|ones?)"
)
_PULL = re.compile(r"/(?:pull|merge_requests)/\d+\Z")
_HINT = re.compile(r"last|prev|prior|minutes|letzte|anterior|précéd|上次|前回")
_TARGET = r"(?P<target>https?://[^\s<>()\[\]]{1,2000}|[\w./-]{1,300}\.md)"
_BETWEEN = (
    r"(?:[\s*_:：–=-]++|\b(?:are|is|was|at|here|in|to approve|google doc|minutes|notes)\b"
    r"|\([^()\n]{0,40}\)){0,8}+"
)
_OPEN = r"(?:\[[^\[\]\n]{0,200}\]\()?<?"  # what may open the target: `[text](` or `<`


@dataclass(frozen=True, slots=True)
class Form:
    """A syntax of links: a pattern with the groups `text`, and `target` or `label`.

    `means` returns whether the text of a link in this syntax says that it leads to the previous meeting.
    """

    pattern: re.Pattern[str]
    means: Callable[[str], bool]


def _names_last_meeting(text: str) -> bool:
    return _SAYS_LAST.fullmatch(plain(text)) is not None


def _form(pattern: str, means: Callable[[str], bool] = _names_last_meeting) -> Form:
    return Form(re.compile(rf"(?i){pattern}"), means)


# Only links of the first form are ever changed; links of the others are only read.
_FORMS = (
    Form(LINK, _names_last_meeting),
    _form(r"(?<![!\\])\[(?P<text>[^\[\]]{1,200})\](?:\[(?P<label>[^\[\]]{0,200})\])?(?![(:])"),
    _form(r"\\\[(?P<text>[^\[\]\\]{1,200})\\\]\((?P<target>[^()\s]{1,2000})\)"),  # pandoc's escapes
    _form(rf"<a\s[^<>]{{0,200}}?href=[\"']?{_TARGET}[^<>]{{0,200}}>(?P<text>[^<>]{{1,200}})</a>"),
    _form(rf"\A[\W\d]*(?:\w{{1,20}}:[ ])?(?P<text>{_LAST}){_BETWEEN}{_OPEN}{_TARGET}"),
    _form(
        r"\b(?:approv|accept|adopt)\w*\b[^\[\]\n]{0,60}\bminutes\b[^\[\]\n]{0,40}"
        rf"\[(?P<text>[^\[\]\n]{{1,80}})\]\({_TARGET}",
        is_day,
    ),
)
# Targets that lead to no single meeting. `is_generic` asks these only of a target without a date.
GENERIC = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:#.*|[\w-]*)",  # nothing, or a word in place of a URL
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
class MarkdownLink:
    """A link in notes with a text like "last meeting"; its line is `line`, counted from 0.

    `fillable`: whether it is of the form `[text](target)`. If so, its target is at `start` to `end` of that
    line, half-open and from 0; else its text is.
    """

    line: int
    start: int
    end: int
    text: str
    target: str
    fillable: bool = True


def find_last_meeting(document: Document) -> MarkdownLink | None:
    """Return the first link with a text like "last meeting", in any syntax; None without one.

    Links in front matter, code and comments do not count.
    """
    start = document.body
    unread = document.code.union(*(range(comment.start, comment.end) for comment in document.comments))
    for number in sorted(_linked(document) - unread):
        if number >= start and _HINT.search(document.lines[number].lower()):
            for link in _links(document, number):
                return link
    return _in_approval(document)


def _in_approval(document: Document) -> MarkdownLink | None:
    """Return the only link below a heading such as `Approval of the minutes`, if it is one to notes.

    The text of the link, or of its line, says so; a link to another thing is none.
    """
    for heading in document.headings:
        if heading.level and _APPROVAL.search(heading.text):
            end = next((h.start for h in document.headings if h.start >= heading.end), len(document.lines))
            lines = range(heading.end, end)
            found = [
                (n, m)
                for n in lines
                if n not in document.code
                for m in _LINK_OR_ADDRESS.finditer(document.lines[n])
            ]
            target = found[0][1]["target"] or found[0][1]["address"] if len(found) == 1 else ""
            number, match = found[0] if target else (0, None)
            if match and (
                _NOTES.search(document.lines[number][: match.end()])
                or _PULL.search(target)
                or _is_of_them(match)
            ):
                where = "text" if match["target"] else "address"
                return MarkdownLink(number, *match.span(where), match[where], target, fillable=False)
    return None


def _is_of_them(match: re.Match[str]) -> bool:
    """Return whether the text of a link is a day, or names the draft of minutes."""
    text = match["text"] or ""
    return is_day(text) or _DRAFT.fullmatch(text) is not None


def _linked(document: Document) -> set[int]:
    """Return the numbers, from 0, of the lines on which a link may begin, to skip the others quickly."""
    lines = enumerate(document.lines)
    marked = [n for n, line in lines if "[" in line or "http" in line or ".md" in line or "<" in line]
    return {*marked, *(number - 1 for number in marked if number)}


def _links(document: Document, number: int) -> Iterator[MarkdownLink]:
    """Yield the links to the last meeting that begin on a line; pandoc breaks links over two lines."""
    line = document.lines[number]
    text = "\n".join(document.lines[number : number + 2])
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            quoted = line.count("`", 0, match.start()) % 2
            if match.start() < len(line) and not quoted and form.means(match["text"]):
                target = match.groupdict().get("target") or _defined(document, match)
                if target is not None:
                    fillable = form.pattern is LINK and match.end() <= len(line)
                    span = match.span("target" if fillable else "text")
                    yield MarkdownLink(number, *span, match["text"], target, fillable)


def _defined(document: Document, match: re.Match[str]) -> str | None:
    """Return the target of a link without one: that of its label, None where the label is not defined.

    An inline link, whose target is empty, has no label.
    """
    parts = match.groupdict()
    if "label" not in parts:
        return parts["target"]
    return document.definitions.get((parts["label"] or parts["text"]).casefold())


def is_generic(target: str, also: tuple[str, ...] = ()) -> bool:
    """Return whether the target of a link "last meeting" leads to no single meeting, such as a folder.

    `also` are further such targets, those in the template.
    """
    if has_placeholder(target):
        return True
    return not days_in(target) and (target in also or any(form.fullmatch(target) for form in GENERIC))


def leads_to(target: str, link: str, day: date) -> bool:
    """Return whether the target of a link leads to the minutes of the meeting on `day`.

    It does if it is `link`, the path to them, or has that date in it.
    """
    return target == link or any(mention.date == day for mention in days_in(target))
