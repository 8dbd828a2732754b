"""The notes of a source: its text, or that of the pad it links, and what people included. Pure.

Each piece has its last writer, so that an edit by somebody without write access is known, and a digest of its
own, so that it is known which piece changed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot import commands
from bot.minutes import add_later
from bot.model import Comment, Pad, PadRef, Source, ThreadRef
from bot.pads.links import PadLink, lone_link, pad_of, read_pad_link
from bot.planning import texts
from bot.state import digest, without_state

_THEN = "-"
"""In the digest of a piece from a pad: what stands between that of the link and that of the pad's text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the notes: the text of the source, or a thread, comment or pad that was included.

    `actor` wrote it last (login; None: the bot or a deleted user), at the time `since`. Who wrote in a pad is
    not known: its text counts as written by who linked it.
    """

    text: str
    digest: str
    actor: str | None
    since: datetime
    pad: PadLink | None = None
    """The pad whose text this is, or is to be once it is read."""

    def is_from(self, digest: str | None) -> bool:
        """Return whether the piece is from a pad that the notes linked already when they had this digest."""
        links = {each.partition(_THEN)[0] for each in (digest or "").split(".") if _THEN in each}
        return self.pad is not None and self.digest.partition(_THEN)[0] in links


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a meeting: the text of the source first, then what was included, by time of creation."""

    title: str
    pieces: tuple[Piece, ...]
    accounts: Mapping[str, int] = field(default_factory=dict)
    """GitHub's ids (`databaseId`) of those who wrote the notes, by login."""

    only_link: str | None = None
    """The URL of a text that is, besides a few words, a link, but to no pad that may be read."""

    @property
    def is_only_link(self) -> bool:
        """Whether that is all there is: nothing was included besides."""
        return self.only_link is not None and len(self.pieces) == 1

    @property
    def pads(self) -> tuple[PadRef, ...]:
        """The pads with the notes."""
        return tuple(dict.fromkeys(PadRef(piece.pad.url) for piece in self.pieces if piece.pad))

    @property
    def digest(self) -> str:
        """The digests of all pieces, joined by dots: equal where nothing changed."""
        return ".".join(piece.digest for piece in self.pieces)

    @property
    def writers(self) -> tuple[str, ...]:
        """The logins of those who wrote the notes, each once, without the bot and deleted users."""
        return tuple(dict.fromkeys(piece.actor for piece in self.pieces if piece.actor))

    @property
    def text(self) -> str:
        """The notes as one text: what was included stands in the section of its heading, or at the end."""
        body, *others = (piece.text for piece in self.pieces)
        return add_later(body, others) if others else body

    def changed_since(self, digest: str | None) -> tuple[Piece, ...]:
        """Return the pieces of the notes (the source's text, a comment) that are new or changed since then.

        `digest` is the notes' digest at that time, which joins a digest of each piece; with None, all pieces
        are returned. Pieces that were deleted since are not reported.
        """
        known = set((digest or "").split("."))
        return tuple(piece for piece in self.pieces if piece.digest not in known)


def collect(
    source: Source,
    included: tuple[str, ...],
    linked: Mapping[ThreadRef, Source | Comment | None],
    pads: Mapping[PadRef, Pad],
    hosts: Collection[str],
) -> Notes:
    """Return the notes of a source: its text, and the threads, comments and pads that people included.

    `included` are the URLs of these, `linked` and `pads` are what was read for them; those that are gone are
    left out. Where a text is a mere link to a pad on one of the `hosts`, the pad's text stands for it. Where
    the bot opened the source, few people may edit its text, so their comments on it are notes too.
    """
    actor = source.editor if source.edited_at else None if source.mine else source.author
    since = source.edited_at or source.created_at
    if source.retitled and source.retitled[1] > since:
        actor, since = source.retitled
    body = texts.aloud(without_state(source.body)) if source.mine else source.body
    pad = pad_of(body, hosts)
    first = (
        _of_pad(pad, pads, source.title, actor, since)
        if pad
        else Piece(body, digest(source.title, body), actor, since)
    )
    added = [link for url in included if (link := read_pad_link(url, hosts))]
    found = [find(url, source, linked) for url in included]
    found += [each for each in source.comments if source.mine and not (each.mine or each.by_bot)]
    others = {each.id: each for each in found if each}
    accounts = {
        login: number for each in (source, *others.values()) for login, number in each.accounts.items()
    }
    later = [_piece(each, pads, hosts) for each in sorted(others.values(), key=lambda each: each.created_at)]
    later += [_of_pad(link, pads, link.url, *_linker(source, link)) for link in added if link != pad]
    pieces = (first, *(piece for piece in later if piece.pad or piece.text.strip()))
    return Notes(source.title, pieces, accounts, None if pad or source.mine else lone_link(body))


def find(
    url: str, source: Source, linked: Mapping[ThreadRef, Source | Comment | None]
) -> Source | Comment | None:
    """Return the comment of the source that has this URL, else what was read for the URL.

    `linked` is what was read of other threads. None: there is nothing, or it was not read.
    """
    here = next((comment for comment in source.comments if comment.url == url), None)
    return here or linked.get(ThreadRef(url))


def unread(
    source: Source,
    included: tuple[str, ...],
    linked: Mapping[ThreadRef, Source | Comment | None],
    hosts: Collection[str],
) -> tuple[ThreadRef, ...]:
    """Return the threads and comments among the URLs `included` that are not among what was read, `linked`.

    Pads on one of the `hosts`, and comments of the source, need not be read there.
    """
    elsewhere = (url for url in included if not find(url, source, {}) and not read_pad_link(url, hosts))
    return tuple(ref for url in elsewhere if (ref := ThreadRef(url)) not in linked)


def _of_pad(
    pad: PadLink, pads: Mapping[PadRef, Pad], title: str, actor: str | None, linked_at: datetime
) -> Piece:
    """Return the text of a pad as a piece of notes, empty where it is not read yet or cannot be read."""
    found, link = pads.get(PadRef(pad.url)), digest(title, pad.url)
    if found is None:
        return Piece("", link, actor, linked_at, pad)
    since = linked_at if found.text is None else max(found.since, linked_at)
    return Piece(found.text or "", f"{link}{_THEN}{found.digest}", actor, since, pad)


def _linker(source: Source, pad: PadLink) -> tuple[str | None, datetime]:
    """Return who linked a pad in a comment of the source, else its author, and when."""
    of_people = (each for each in source.comments if not each.mine and pad.path in each.body)
    first = next(of_people, None)
    return (first.actor, first.edited_at or first.created_at) if first else (source.author, source.created_at)


def _piece(found: Source | Comment, pads: Mapping[PadRef, Pad], hosts: Collection[str]) -> Piece:
    text = commands.without(found.body)
    since = found.edited_at or found.created_at
    actor = found.editor if found.edited_at else found.author
    if pad := pad_of(text, hosts):
        return _of_pad(pad, pads, found.id, actor, since)
    return Piece(text, digest(found.id, text), actor, since)
