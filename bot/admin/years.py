"""The corrections of an archive by the year of the meetings, for a pull request each. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from bot import config
from bot.archive.inspection.corrections import (
    Corrected,
    corrected_pages,
    described,
    lines_changed,
    what_changed,
)
from bot.archive.profile import ArchiveProfile
from bot.minutes import decode, encode
from bot.minutes.text.counts import counted
from bot.planning.texts import LONGEST, code

BRANCHES = "minutes/backfill/"
"""The beginning of the names of the branches with corrections; the year follows."""

_HEAD = (
    "`minutes-bot backfill` found in published minutes what needs no person: links to the last meeting that "
    "lead to no minutes, front matter that is there twice, titles that were never filled in. Nothing else in "
    "these files changes, to the byte.\n\n| file | lines | what | rule |\n| --- | --- | --- | --- |\n"
)


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A text of an archive: what is in it, its mode in git such as "100644", and the id of its blob."""

    data: bytes = field(repr=False)
    mode: str = "100644"

    @property
    def oid(self) -> str:
        """The id that git gives to a blob with these bytes: the SHA-1 of `blob <size>`, a NUL and them."""
        return hashlib.sha1(b"blob %d\0%b" % (len(self.data), self.data), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Correction:
    """A file of minutes in the archive, before and after its correction, with the ledger of its lines."""

    path: str
    old: ArchiveFile
    new: ArchiveFile
    corrected: Corrected

    def as_text(self) -> Iterator[str]:
        """Yield a line for each change: the file, what was changed, and where it stood."""
        for entry in self.corrected.changes:
            yield f"{self.path}: {described(entry)}"

    def as_rows(self) -> str:
        """Return the rows of the table in a pull request, one for each change."""
        shown = code(self.path).replace("|", "\\|")
        rows = []
        for entry in self.corrected.changes:
            first, last = lines_changed(entry)
            lines = f"{first}" if first == last else f"{first} to {last}"
            rows.append(f"| `{shown}` | {lines} | {what_changed(entry)} | `{entry.rule}` |\n")
        return "".join(rows)


@dataclass(frozen=True, slots=True)
class Year:
    """The corrections in the minutes of the meetings of one year, by path; there may be none."""

    year: int
    files: tuple[Correction, ...] = ()

    @property
    def branch(self) -> str:
        """The name of the branch of the corrections, without `refs/heads/`."""
        return f"{BRANCHES}{self.year}"

    @property
    def title(self) -> str:
        """The title of the pull request."""
        return f"Corrections to the minutes of {self.year}"

    @property
    def digest(self) -> str:
        """What tells these corrections from others: it depends on which blob of which path becomes which."""
        said = "\n".join(f"{each.old.oid} {each.new.oid} {each.path}" for each in self.files)
        return hashlib.sha256(said.encode(errors="surrogateescape")).hexdigest()[:32]

    def description(self) -> str:
        """Return the description of the pull request: a table of all changes, as far as there is room."""
        room, rows = LONGEST - len(_HEAD) - 100, []
        for each in self.files:
            row = each.as_rows()
            if len(row) > room:
                break
            room -= len(row)
            rows.append(row)
        left = len(self.files) - len(rows)
        more = f"\nAnd {counted(left, 'more file')}, see the diff.\n" if left else ""
        return _HEAD + "".join(rows) + more


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of an archive by year, the earliest first; and why other files are left, by path."""

    years: tuple[Year, ...]
    left: Mapping[str, str]
    note: str = ""


def corrections_by_year(files: Mapping[str, ArchiveFile], unread: Collection[str] = ()) -> Corrections:
    """Return the corrections of an archive; `files` are its Markdown files and its configuration, by path.

    `unread` are the paths of further files, whose texts are not known. A configuration with mistakes is not
    used, which the note of the result says.
    """
    texts = {path: decode(file.data) for path, file in files.items()}
    own = files.get(config.PATH)
    settings, note = _settings(config.text_of(own.data) if own else None)
    template = ArchiveProfile(texts, texts.__getitem__, settings=settings).template
    markdown = {path: text for path, text in texts.items() if path != config.PATH}
    found, left = defaultdict[int, list[Correction]](list), {}
    for page, made in corrected_pages(markdown, template, unread):
        old = files[page.path]
        if page.day is None:
            left[page.path] = "is of no day that is known"
            continue
        try:
            new = ArchiveFile(encode(made.text, old.data), old.mode)
        except ValueError:
            left[page.path] = "is in no encoding in which it could be written as it is"
            continue
        found[page.day.year].append(Correction(page.path, old, new, made))
    years = (Year(year, tuple(sorted(found[year], key=lambda it: it.path))) for year in sorted(found))
    return Corrections(tuple(years), left, note)


def _settings(text: str | None) -> tuple[config.Config, str]:
    try:
        return config.read(text), ""
    except config.ConfigError as error:
        return config.Config(), f"{config.PATH} has mistakes and is not used: {error}"
