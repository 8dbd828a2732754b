"""`minutes-bot check --fix`: writes the corrections of an archive into its files, or shows them as a diff."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import click

from bot.archive.inspection.corrections import Corrected, corrections, described, entries_as_json
from bot.archive.inspection.pages import TemplateOf
from bot.cli.files import replace_bytes
from bot.cli.progress import printable
from bot.minutes import Template, decode, encode


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction of a file: its bytes `old` become `new`. `path` is its path in the archive."""

    file: Path
    path: str
    old: bytes
    new: bytes
    corrected: Corrected

    @property
    def shown(self) -> str:
        """The path of the file as people gave it, with that of the archive."""
        return self.file.as_posix()

    def as_text(self) -> Iterator[str]:
        """Yield a line for each change: the file, what was changed, and where it stood."""
        for entry in self.corrected.changes:
            yield printable(f"{self.shown}: {described(entry)}")

    def as_diff(self) -> str:
        """Return the change as a unified diff from the archive's folder, for `patch -p1` or `git apply`."""
        name = printable(self.path)
        lines = unified_diff(_cut(self.old), _cut(self.new), f"a/{name}", f"b/{name}")
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )

    def as_json(self, with_diff: bool) -> Mapping[str, Any]:
        """Return the correction for programs: the ledger has every line of the file, without empty fields."""
        shown = {"path": self.shown, "ledger": entries_as_json(self.corrected.ledger)}
        return shown | {"diff": self.as_diff()} if with_diff else shown


def fixes(
    folder: Path,
    data: Mapping[str, bytes],
    template: Template | TemplateOf,
    only: Collection[str],
    unread: Collection[str] = (),
) -> Iterator[Fix]:
    """Yield the corrections of the Markdown files of an archive in a folder; `data` is theirs by path.

    Those of `only` are corrected; the others show what is usual, and so do the paths of those that cannot be
    read, `unread`. Files that are a symbolic link, or lie
    behind one, and those whose text cannot be encoded as it was, are named on standard error instead.
    """
    texts = {path: decode(each) for path, each in data.items()}
    for path, made in corrections(texts, template, unread):
        file = folder / path
        if path not in only:
            continue
        if file.resolve() != folder.resolve() / path:
            _complain(file, "is or lies behind a symbolic link")
            continue
        try:
            yield Fix(file, path, data[path], encode(made.text, data[path]), made)
        except ValueError:
            _complain(file, "is in no encoding in which it could be written as it is")


def write_all(found: Sequence[Fix]) -> list[Fix]:
    """Write corrections into their files; return those that were written, name the others on standard error.

    A file that is not as it was when it was read, or must not be written, is left as it is.
    """
    return [fix for fix in found if _is_written(fix)]


def _is_written(fix: Fix) -> bool:
    try:
        if fix.file.read_bytes() != fix.old:
            _complain(fix.file, "has been changed meanwhile")
        elif not os.access(fix.file, os.W_OK):
            _complain(fix.file, "must not be written")
        else:
            replace_bytes(fix.file, fix.new)
            return True
    except OSError as error:
        _complain(fix.file, f"cannot be written ({error.strerror})")
    return False


def _complain(file: Path, why: str) -> None:
    click.echo(printable(f"Note: {file.as_posix()} {why}; it is not corrected."), err=True)


def _cut(data: bytes) -> list[str]:
    """Return the lines of a file, each with its line feed."""
    *lines, last = decode(data).split("\n")
    return [*(f"{line}\n" for line in lines), *filter(None, [last])]
