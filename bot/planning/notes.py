"""The notes of a source: its text, and what people included. Pure.

Each piece has its last writer, so that an edit by somebody without write access is known, and a digest of its
own, so that it is known which piece changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot import commands
from bot.minutes import add_later
from bot.model import Comment, Source, ThreadRef
from bot.planning import texts
from bot.state import digest, without_state


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the notes: the text of the source, or a thread or comment that was included.

    `actor` wrote it last (login; None: the bot or a deleted user), at the time `since`.
    """

    text: str
    digest: str
    actor: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a meeting: the text of the source first, then what was included, by time of creation."""

    title: str
    pieces: tuple[Piece, ...]
    accounts: Mapping[str, int] = field(default_factory=dict)
    """GitHub's ids (`databaseId`) of those who wrote the notes, by login."""

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
    source: Source, included: tuple[str, ...], linked: Mapping[ThreadRef, Source | Comment | None]
) -> Notes:
    """Return the notes of a source: its text, and the threads and comments that people included.

    `included` are the URLs of these, `linked` is what was read for them; those that are gone are left out.
    Where the bot opened the source, few people may edit its text, so their comments on it are notes too.
    """
    actor = source.editor if source.edited_at else None if source.mine else source.author
    since = source.edited_at or source.created_at
    if source.retitled and source.retitled[1] > since:
        actor, since = source.retitled
    body = texts.aloud(without_state(source.body)) if source.mine else source.body
    first = Piece(body, digest(source.title, body), actor, since)
    found = [find(url, source, linked) for url in included]
    found += [each for each in source.comments if source.mine and not (each.mine or each.by_bot)]
    others = {each.id: each for each in found if each}
    accounts = {
        login: number for each in (source, *others.values()) for login, number in each.accounts.items()
    }
    later = map(_piece, sorted(others.values(), key=lambda each: each.created_at))
    return Notes(source.title, (first, *(piece for piece in later if piece.text.strip())), accounts)


def find(
    url: str, source: Source, linked: Mapping[ThreadRef, Source | Comment | None]
) -> Source | Comment | None:
    """Return the comment of the source that has this URL, else what was read for the URL.

    `linked` is what was read of other threads. None: there is nothing, or it was not read.
    """
    here = next((comment for comment in source.comments if comment.url == url), None)
    return here or linked.get(ThreadRef(url))


def _piece(found: Source | Comment) -> Piece:
    text = commands.without(found.body)
    since = found.edited_at or found.created_at
    actor = found.editor if found.edited_at else found.author
    return Piece(text, digest(found.id, text), actor, since)
