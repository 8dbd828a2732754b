"""Merge with a draft as the base: text that the bot drafted for people to fill in yields to what they wrote.

The notes were not begun from the draft: what they lack of it was not deleted, it was never there.
"""

from dataclasses import replace

from bot.minutes.merging.hunks import Side
from bot.minutes.merging.segments import Segment, Segments
from bot.minutes.reading.dates import names_meeting
from bot.minutes.text.markdown import plain

Texts = tuple[Segments, Segments, Segments]


def without_scaffold(base: Segments, ours: Segments, theirs: Segments) -> Texts:
    """Leave out of base (the draft), ours (the notes) and theirs (the branch) what shall not be compared.

    Left in the base is what both others have, as it is or edited: all else in them is an addition. On the
    branch goes what the notes lack and nobody touched, in the notes a slot that somebody took out of the
    draft; but a heading or item stays as long as something below it does. There is one title: the notes'
    where people left that of the draft, and theirs where the notes have the draft's.
    """
    base, ours, theirs = _with_one_title(base, ours, theirs)
    mine, yours = Side(base, ours).at, Side(base, theirs).at

    def is_scaffold(at: int) -> bool:
        return at not in mine and theirs.keys[yours[at]] == base.keys[at]

    def is_slot(at: int) -> bool:
        return at not in yours and at in base.slots and ours.keys[mine[at]] == base.keys[at]

    return (
        base.only([at for at in range(len(base.segments)) if at in mine and at in yours]),
        _without(ours, {mine[at] for at in mine if is_slot(at)}),
        _without(theirs, {yours[at] for at in yours if is_scaffold(at)}),
    )


def _without(text: Segments, removed: set[int]) -> Segments:
    """Leave out segments, but not what something that stays belongs to; a title heads no text of its own."""
    title, needed, kept = _title_of(text), set[int](), list[int]()
    for at in reversed(range(len(text.segments))):
        if at not in removed or (at in needed and at != title):
            kept.append(at)
            needed.add(text.parents[at])
    return text.only(kept[::-1])


def _with_one_title(*texts: Segments) -> Texts:
    """Let the title be one segment in base, ours and theirs, however differently they write it."""
    titles = [(text, at) for text in texts if (at := _title_of(text)) is not None]
    base, ours, theirs = texts
    if len(titles) < len(texts):
        return base, ours, theirs
    old, new, standing = (text.segments[at] for text, at in titles)
    if old.key in (new.key, standing.key):
        title = standing if new.key == old.key else new
        base, ours, theirs = (_titled(text, at, title) for text, at in titles)
    else:  # both changed it: like this it is like both
        base = _titled(base, titles[0][1], old._replace(text=f"{new.text} {standing.text}"))
    return base, ours, theirs


def _titled(text: Segments, at: int, title: Segment) -> Segments:
    return replace(text, segments=(*text.segments[:at], title, *text.segments[at + 1 :]))


def _title_of(text: Segments) -> int | None:
    """Find the heading that names the meeting."""
    headings = (at for at, segment in enumerate(text.segments) if segment.kind == "heading")
    return next((at for at in headings if names_meeting(plain(text.segments[at].text.strip("#\n ")))), None)
