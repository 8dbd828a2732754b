"""Merge with a draft as the base: text that the bot drafted for people to fill in yields to what they wrote.

The notes may not have been begun from the draft, so what they lack of it does not count as deleted.
"""

from dataclasses import replace

from bot.minutes.merging.hunks import Side
from bot.minutes.merging.segments import Segment, Segments
from bot.minutes.reading.dates import names_meeting
from bot.minutes.text.markdown import plain

Texts = tuple[Segments, Segments, Segments]


def without_scaffold(base: Segments, ours: Segments, theirs: Segments) -> Texts:
    """Return `base`, `ours` and `theirs` without the segments that a merge must not compare.

    `base` is a draft, `ours` the notes and `theirs` the text on the branch. The base keeps the segments that
    both others have, unchanged or edited, so all else in them is an addition. The branch loses unchanged
    segments of the draft that the notes lack. The notes lose segments to be filled in that somebody deleted
    on the branch. A heading or item is kept as long as something below it is. Where one side changed the
    title, all get that title; where both did, the base gets one similar to both.
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
    """Return the text without the segments at these indices, except for parents of kept ones.

    The title counts as the parent of none.
    """
    title, needed, kept = _title_of(text), set[int](), list[int]()
    for at in reversed(range(len(text.segments))):
        if at not in removed or (at in needed and at != title):
            kept.append(at)
            needed.add(text.parents[at])
    return text.only(kept[::-1])


def _with_one_title(*texts: Segments) -> Texts:
    """Return base, ours and theirs with the title of the side that changed the base's.

    Where both changed it, the base gets one similar to both, so that both are edits of it. Where a text has
    no title, all are returned unchanged.
    """
    titles = [(text, at) for text in texts if (at := _title_of(text)) is not None]
    base, ours, theirs = texts
    if len(titles) < len(texts):
        return base, ours, theirs
    old, new, standing = (text.segments[at] for text, at in titles)
    if old.key in (new.key, standing.key):
        title = standing if new.key == old.key else new
        base, ours, theirs = (_titled(text, at, title) for text, at in titles)
    else:  # both changed it: a title with the words of both is similar to both
        base = _titled(base, titles[0][1], old._replace(text=f"{new.text} {standing.text}"))
    return base, ours, theirs


def _titled(text: Segments, at: int, title: Segment) -> Segments:
    return replace(text, segments=(*text.segments[:at], title, *text.segments[at + 1 :]))


def _title_of(text: Segments) -> int | None:
    """Return the index of the first heading with the date of the meeting, None without one."""
    headings = (at for at, segment in enumerate(text.segments) if segment.kind == "heading")
    return next((at for at in headings if names_meeting(plain(text.segments[at].text.strip("#\n ")))), None)
