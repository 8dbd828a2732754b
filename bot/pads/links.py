"""Links to pads, and the addresses of their texts. Pure.

A pad is read only on a host that the archive lists under `pads`. Each kind of pad is a row of `SERVICES`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_WORDS = 20
"""The most words beside the link that leave a text a mere link to notes, say "The notes are in our pad"."""
MOST_LINES = 3
"""The most further lines with some of these words, say headings."""
_ITEM = re.compile(r"\s*(?:[-*+•|>]|\d{1,9}[.)])\s")
_EARLIER = re.compile(
    r"\b(?:last|previous|prior|accept\w*|approv\w*|adopt\w*|letzt\w*|vorig\w*|genehmig\w*|précédent\w*|dernier\w*"
    r"|anterior\w*|pasad\w*|últim\w*|aprob\w*)\b|上次|前回",
    re.IGNORECASE,
)
"""Words of a link to an earlier meeting, in the languages in which such links are read."""
_URL = re.compile(r"https?://[^\s<>()\[\]{}\"'`|\\^]{1,500}", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:(?!-->).)*(?:-->|$)", re.DOTALL)
_TRAILING = ".,;:!?*_~"


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of pad: where its texts are, for a pad at a path."""

    name: str
    path: re.Pattern[str]
    """The path of a pad; the group `pad` is what the paths of its texts begin with."""
    texts: tuple[str, ...]
    """What follows it in the path of the text; the next one is tried where there is none."""
    hosts: tuple[str, ...] = ()
    """The hosts of the service; empty: any host may run one."""
    leads_to: tuple[str, ...] = ()
    """Further hosts to which its answers may redirect."""


_ID = r"[^/?#]{1,200}"
_VIEW = "(?:/edit|/publish|/download)?"
SERVICES = (
    Service(  # https://hackmd.io/blog/2026/03/22/agentic-workflow-2026: `.md` after the address of any note
        "HackMD",
        re.compile(rf"(?P<pad>/(?:@{_ID}/|s/)?(?!@){_ID}?)(?:\.md|{_VIEW})"),
        texts=(".md",),
        hosts=("hackmd.io",),
    ),
    Service(  # https://docs.github.com/en/get-started/writing-on-github/editing-and-sharing-content-with-gists
        "gist",
        re.compile(rf"(?P<pad>/{_ID}/[0-9a-f]{{20,40}})(?:/raw)?"),
        texts=("/raw",),
        hosts=("gist.github.com",),
        leads_to=("gist.githubusercontent.com",),
    ),
    Service(  # https://github.com/ether/etherpad-lite/wiki/URI-Paths, https://github.com/ether/ep_markdown
        "Etherpad",
        re.compile(rf"(?P<pad>/(?:{_ID}/)?p/{_ID})(?:/export/\w+|/timeslider)?"),
        texts=("/export/markdown", "/export/txt"),
    ),
    Service(
        "file",
        re.compile(r"(?P<pad>/(?:[^?#]{1,400}/)?[^/?#]{1,200}\.(?:md|markdown|txt))", re.IGNORECASE),
        texts=("",),
    ),
    Service(  # https://docs.hedgedoc.org/dev/api/: `/<note>/download`; `/s/<note>` is its published page
        "HedgeDoc or CodiMD", re.compile(rf"(?P<pad>/(?:s/)?{_ID}?){_VIEW}"), texts=("/download",)
    ),
)
"""The kinds of pads; the first whose host and path fit is that of a link."""


@dataclass(frozen=True, slots=True)
class PadLink:
    """A link to a pad, without what does not tell it from others: query, fragment, the mode of the editor."""

    host: str
    path: str
    service: Service

    @property
    def url(self) -> str:
        """The address of the pad, always with `https`."""
        return f"https://{self.host}{self.path}"

    @property
    def texts(self) -> tuple[str, ...]:
        """The URLs at which its text may be, in the order in which they are tried."""
        return tuple(f"{self.url}{end}" for end in self.service.texts)


def read_pad_link(url: str, hosts: Collection[str]) -> PadLink | None:
    """Return the pad at a URL; None where none of the `hosts` has it, or it cannot be one.

    A URL with an account, or with another port than that of `https`, is none.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port not in (None, 443) or "@" in parts.netloc:
        return None
    if host not in {each.casefold() for each in hosts}:
        return None
    path = parts.path.rstrip("/")
    own = [service for service in SERVICES if host in service.hosts]
    for service in own or [service for service in SERVICES if not service.hosts]:
        if (found := service.path.fullmatch(path)) and not _climbs(found["pad"]):
            return PadLink(host, found["pad"], service)
    return None


def _climbs(path: str) -> bool:
    """Return whether a path has a segment that stands for another one, also in percent-encoding."""
    return any(part.replace("%2e", ".").replace("%2E", ".") in (".", "..") for part in path.split("/"))


def lone_link(text: str) -> str | None:
    """Return the URL of a text that is, besides a few words, one link; None for any other text.

    HTML comments, as templates of issues have them, do not count. A list, or a link to an earlier meeting, is
    part of notes.
    """
    shown = _COMMENT.sub("", text)
    found = {match[0].rstrip(_TRAILING) for match in _URL.finditer(shown)}
    others = [line for line in shown.split("\n") if line.strip() and not _URL.search(line)]
    words = re.findall(r"\w+", _URL.sub("", shown))
    is_brief = len(words) <= MOST_WORDS and len(others) <= MOST_LINES
    if len(found) != 1 or not is_brief or any(map(_ITEM.match, others)) or _EARLIER.search(shown):
        return None
    return found.pop()


def pad_of(text: str, hosts: Collection[str]) -> PadLink | None:
    """Return the pad with the notes, where a text is a mere link to it; None for any other text."""
    url = lone_link(text) if hosts else None
    return read_pad_link(url, hosts) if url else None
