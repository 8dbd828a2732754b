"""Where the credentials are kept: in a file of environment variables, or where people copy them to."""

import os
import re
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.service.settings import CREDENTIALS

REPLACED = (*CREDENTIALS, "WEBHOOK_SECRET_PREVIOUS", "GITHUB_REST_URL", "GITHUB_GRAPHQL_URL")
"""The variables that belong to one App, of which none stays when those of another one are stored."""
ASSIGNMENT = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)", re.DOTALL)


class CannotStore(Exception):
    """The credentials cannot be stored; the message says why and what to do, without any of them."""


class Store(Protocol):
    """A place for the credentials."""

    @property
    def place(self) -> str:
        """Where they are kept, for people; empty if there is no place."""

    def check(self) -> None:
        """Raise CannotStore if nothing could be stored here."""

    def write(self, variables: Mapping[str, str]) -> None:
        """Store the variables. Raises CannotStore; then everything is as it was."""


class NoStore:
    """No place: the page shows the credentials, once, to be copied into the settings of a platform."""

    place = ""

    def check(self) -> None:
        """Do nothing: what is only shown needs no place."""

    def write(self, _variables: Mapping[str, str]) -> None:
        """Raise CannotStore, always."""
        raise CannotStore("This server has no place of its own for them.")


@dataclass(frozen=True, slots=True)
class EnvFile:
    """A file of environment variables, a line `NAME=value` each, as Docker, systemd and shells read it."""

    path: Path
    replace: bool = False
    """Whether credentials that are there already may go."""

    @property
    def place(self) -> str:
        """The file, as it was given."""
        return str(self.path)

    def check(self) -> None:
        """Raise CannotStore if the file is no file of its own, has credentials, or cannot be written."""
        self._read()
        try:
            with tempfile.NamedTemporaryFile(prefix=".minutes-bot-", dir=self.path.parent):
                pass
        except OSError as error:
            raise self._refused(error) from None

    def write(self, variables: Mapping[str, str]) -> None:
        """Write the variables, readable for its owner only: readers see the old file or the new one."""
        kept = [lines for name, _, lines in _entries(self._read()) if name not in REPLACED]
        text = "".join(kept)
        text += "\n" if text and not text.endswith("\n") else ""
        text += "".join(f"{name}={value}\n" for name, value in variables.items())
        name = ""
        try:
            handle, name = tempfile.mkstemp(prefix=".minutes-bot-", dir=self.path.parent)  # mode 0600
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                written.write(text)
                written.flush()
                os.fsync(handle)
            Path(name).replace(self.path)
        except OSError as error:
            if name:
                Path(name).unlink(missing_ok=True)
            raise self._refused(error) from None

    def _read(self) -> str:
        """Return the text of the file, empty if there is none. Raises CannotStore if it must stay."""
        try:
            mode = self.path.lstat().st_mode
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._refused(error) from None
        if not stat.S_ISREG(mode):
            what = "a symbolic link" if stat.S_ISLNK(mode) else "no file"
            raise CannotStore(f"{self.path} is {what}. Give --env-file a file of its own.")
        try:
            if not os.access(self.path, os.W_OK):
                raise PermissionError(13, "Permission denied")
            text = self.path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise self._refused(error) from None
        known = sorted({name for name, value, _ in _entries(text) if name in CREDENTIALS and value})
        if known and not self.replace:
            raise CannotStore(
                f"{self.path} has credentials already ({', '.join(known)}). "
                "Give another --env-file, or --replace."
            )
        return text

    def _refused(self, error: Exception) -> CannotStore:
        why = getattr(error, "strerror", None) or type(error).__name__
        return CannotStore(f"{self.path} cannot be written: {why}. Give --env-file another place.")


def read(path: Path) -> dict[str, str]:
    """Return the variables of a file of environment variables, the last one of each name.

    Raises OSError and UnicodeDecodeError.
    """
    return {name: value for name, value, _ in _entries(path.read_text("utf-8")) if name}


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and lines of each variable; what is none, such as a comment, has no name.

    A value in quotes may go over several lines, as private keys do.
    """
    lines = iter(text.splitlines(keepends=True))
    for line in lines:
        found = ASSIGNMENT.fullmatch(line)
        if found is None or line.lstrip().startswith("#"):
            yield "", "", line
            continue
        name, value = found[1], found[2].strip()
        quote = value[:1] if value[:1] in ("'", '"') else ""
        taken = line
        while quote and (len(value) < 2 or not value.endswith(quote)) and (further := next(lines, "")):
            taken += further
            value = f"{value}\n{further.rstrip()}"
        yield name, value[1:-1] if quote and value.endswith(quote) else value, taken
