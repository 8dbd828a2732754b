"""Correct in an archive's minutes what needs no person: whatever else they say stays as it is. Pure.

A correction is what the normaliser would do to the file if it were notes, and is proven as its changes are.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from posixpath import commonprefix

from bot.archive.inspection.copies import copies
from bot.archive.inspection.pages import Page, TemplateOf, read_pages
from bot.minutes import RULES as ALL_RULES
from bot.minutes import LedgerEntry, Template, verify
from bot.minutes.normalising import header
from bot.minutes.normalising.edits import Edit, apply_edits
from bot.minutes.normalising.normalise import second_paste
from bot.minutes.normalising.previous_link import previous_link, relink
from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting
from bot.minutes.text.markdown import Lines, clean, cut, join

RULES = frozenset({"duplicate-front-matter", "previous-link", "title-date"})
"""The rules of normalising whose changes are corrections; all else that is found needs a person."""

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text with what could be corrected in it, and the ledger of where each of its lines went.

    The ledger counts lines from 1. It is empty if nothing was corrected: then `text` is what it was.
    """

    text: str
    ledger: tuple[LedgerEntry, ...] = ()

    @property
    def changes(self) -> tuple[LedgerEntry, ...]:
        """The entries of the ledger that change lines, without those that carry them."""
        return tuple(entry for entry in self.ledger if entry.op != "carry")


def corrections(
    files: Mapping[str, str], template: Template | TemplateOf, unread: Collection[str] = ()
) -> Iterator[tuple[str, Corrected]]:
    """Yield the path of each file of an archive in which something can be corrected, with its correction.

    `files` are the texts of its Markdown files by path, `unread` the paths of others. A copy of another file
    is left as it is, since its name is wrong, or its text. `template` is as for `inspect`.
    """
    for page, made in corrected_pages(files, template, unread):
        yield page.path, made


def corrected_pages(
    files: Mapping[str, str], template: Template | TemplateOf, unread: Collection[str] = ()
) -> Iterator[tuple[Page, Corrected]]:
    """Yield each file of minutes in which something can be corrected, with its correction.

    The arguments are those of `corrections`.
    """
    template_of = template if callable(template) else lambda _: template
    pages = tuple(read_pages(files, template_of, unread))
    left = {page.path for page, _ in copies(pages)}
    for page in pages:
        made = corrected(page, files[page.path])
        if made.changes and page.path not in left:
            yield page, made


def what_changed(entry: LedgerEntry) -> str:
    """Return in words what a rule changed, such as "link to the last meeting"."""
    return ALL_RULES[entry.rule].what.removeprefix("the ")


def lines_changed(entry: LedgerEntry) -> tuple[int, int]:
    """Return the first and the last line that an entry is about: of the file as it was, else as it became."""
    return entry.src or entry.out or (1, 1)


def described(entry: LedgerEntry) -> str:
    """Return what was changed and where, such as "link to the last meeting, line 9"."""
    first, last = lines_changed(entry)
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{what_changed(entry)}, {where}"


def entries_as_json(ledger: tuple[LedgerEntry, ...]) -> list[dict[str, object]]:
    """Return the entries of a ledger for programs, without empty fields."""
    return [{key: value for key, value in asdict(entry).items() if value} for entry in ledger]


def corrected(page: Page, text: str) -> Corrected:
    """Return the text of a file of minutes with its mechanical corrections.

    A link to the last meeting that names no meeting, or leads to a file that is not there, leads to the
    previous minutes; front matter that repeats another is gone; a placeholder in the title is the day.
    Nothing is corrected if that cannot be proven by the ledger, if correcting twice would correct more, or
    if the text was pasted twice, since a person has to choose one of the two.
    """
    task = page.task
    if next(second_paste(task), None) or cut(clean(text)) != task.notes.lines:
        return Corrected(text)
    made = _applied(text, tuple(_edits(page)))
    again = replace(task, notes=Document.read(made.text, task.notes.own_title)) if made.changes else task
    return made if made.changes and not any(_edits(replace(page, task=again))) else Corrected(text)


def relinked(text: str, link: str, is_outdated: Callable[[str], bool]) -> str | None:
    """Return the text of minutes with its link to the last meeting leading to `link`; None: it stays.

    It is changed if `is_outdated` says so of its target. All else stays as it is, to the byte. Links in
    another syntax than `[text](target)` stay, and so do minutes without one.
    """
    document = Document.read(text)
    found = find_last_meeting(document)
    if found is None or not found.fillable or not is_outdated(found.target):
        return None
    made = _applied(text, (relink(document, found, link),))
    return made.text if made.text != text else None


def linked_by(text: str) -> str | None:
    """Return the target of the link to the last meeting in minutes; None where they have none."""
    found = find_last_meeting(Document.read(text))
    return found.target if found else None


def _edits(page: Page) -> Iterator[Edit]:
    """Yield the edits that correct a file: those of `RULES`, each with that of the blank lines below it."""
    task, is_correction = page.task, False
    for step in (header.front_matter, header.title, previous_link):
        for edit in step(task):
            is_correction = edit.rule in RULES or (is_correction and not edit.rule)
            if is_correction:
                yield edit
    link, before = task.link, task.meeting.previous
    if page.is_link_dead and link and before and link.fillable:
        yield relink(task.document, link, before.link)


def _applied(text: str, edits: tuple[Edit, ...]) -> Corrected:
    """Return the text after these edits, unchanged if their ledger does not prove it."""
    notes = cut(clean(text))
    lines, ledger = apply_edits(notes, edits)
    if not edits or verify(join(notes), join(lines), ledger):
        return Corrected(text)
    made = _as_it_was(text, notes, lines, ledger)
    return Corrected(made, ledger) if cut(clean(made)) == lines else Corrected(text)


def _as_it_was(text: str, notes: Lines, lines: Lines, ledger: tuple[LedgerEntry, ...]) -> str:
    """Return `lines`, made of the lines `notes` of a text, with what `clean` takes from that text.

    That is the byte order mark, the ends of lines, and characters that it replaces.
    """
    typed = text.lstrip("\ufeff")
    before = [(match[1], match[2]) for match in _LINE.finditer(typed) if match[0]]
    after = [text[: len(text) - len(typed)]]
    for entry in ledger:
        if entry.src and entry.out:
            for shift in range(entry.src[1] - entry.src[0] + 1):
                number, place = entry.src[0] - 1 + shift, entry.out[0] - 1 + shift
                said, end = before[number]
                after.append(_changed(said, notes[number], lines[place]) + end)
    if not before[-1][1]:
        after[-1] = after[-1].rstrip("\r\n")
    return "".join(after)


def _changed(typed: str, was: str, line: str) -> str:
    """Return a line as typed, with the change by which the cleaned one, `was`, became `line`."""
    if was == line:
        return typed
    start = len(commonprefix([was, line]))
    end = len(commonprefix([was[start:][::-1], line[start:][::-1]]))
    return typed[:start] + line[start : len(line) - end] + typed[len(typed) - end :]
