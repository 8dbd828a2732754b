"""Reading and writing of files for the commands."""

import json
import os
import stat
import sys
import tempfile
from pathlib import Path

import click

from bot.archive.dates import MARKDOWN, TEXTS
from bot.archive.eligible import is_binary, is_hidden
from bot.minutes import decode

_STDIN = Path("-")


class Unreadable(click.UsageError):
    """The error that a file cannot be read as text; `why` says the reason in a few words."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


def markdown_in(folder: Path) -> list[Path]:
    """Return the Markdown files of a folder and its subfolders, sorted.

    Folders whose names begin with a dot are skipped, except `.github`, which may contain the template.
    """
    return [file for file in texts_in(folder) if file.suffix.lower() in MARKDOWN]


def texts_in(folder: Path) -> list[Path]:
    """Return the files of a folder that may be minutes, in Markdown or another text format, sorted.

    Subfolders are included, but not those whose names begin with a dot, except `.github`.
    """
    found = (path for path in folder.rglob("*") if path.suffix.lower() in TEXTS and _is_file(path))
    return sorted(path for path in found if not is_hidden(path.relative_to(folder)))


def _is_file(path: Path) -> bool:
    """Return whether a path is a file; where that must not be known, it counts as one."""
    try:
        return path.is_file()
    except OSError:
        return True


def read(file: Path) -> str:
    """Return the text of a file, or of standard input for `-`, in any encoding.

    Raises Unreadable for a file that cannot be read, or is no text.
    """
    return decode(read_bytes(file))


def read_bytes(file: Path) -> bytes:
    """Return what is in a text file, or comes from standard input for `-`.

    Raises Unreadable for a file that cannot be read, or is no text.
    """
    try:
        data = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Unreadable(f"{file} cannot be read: {why}. Give a file that you may read.", why) from error
    if is_binary(data):
        raise Unreadable(f"{file} is no text. Give notes as text or Markdown.", "too many control characters")
    return data


def replace_bytes(file: Path, data: bytes) -> None:
    """Write a file anew, with the permissions that it has: whoever reads it sees the old one or the new one.

    Raises OSError; then it is as it was.
    """
    mode = stat.S_IMODE(file.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=".minutes-bot-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(handle)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write(text: str) -> None:
    """Write to standard output as UTF-8; surrogates, as in undecodable file names, become `?`."""
    click.echo(text.encode(errors="replace"), nl=False)


def json_of(value: object, indent: int | None = None) -> str:
    r"""Return JSON in which U+0085, U+2028 and U+2029 are escaped.

    Some readers split lines there: https://docs.python.org/3/library/stdtypes.html#str.splitlines
    """
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    return text.translate({ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"})
