"""Reading the texts of a repository from a tarball, while it comes: bounded, and never onto the disk."""

import tarfile
import zlib
from collections.abc import Collection, Iterator
from typing import IO, cast

LARGEST = 200_000_000
"""The most bytes that are taken, of the tarball as it comes and of the texts in it."""


class BadTarball(Exception):
    """A tarball that cannot be read, or is too large; the message says which."""


class _Bounded:
    """A stream that raises BadTarball beyond a number of bytes."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left = stream, most

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the stream."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise BadTarball("is larger than 200 MB")
        return data


def read_tarball(
    stream: IO[bytes], wanted: Collection[str], most: int = LARGEST
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of the wanted files in a tarball of GitHub's.

    The paths are those in the repository, without the one folder in which a tarball has everything. What is
    no ordinary file is skipped: links, devices, paths that lead out of the folder. Raises BadTarball for
    what is none, ends early, or has more than `most` bytes, packed or in its wanted files.
    """
    room = most
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", _Bounded(stream, most)), mode="r|gz") as tar:
            for member in tar:
                path = _path(member)
                if path is None or path not in wanted:
                    continue
                room -= member.size
                if room < 0:
                    raise BadTarball("has more than 200 MB of texts")
                file = tar.extractfile(member)
                yield path, file.read() if file else b""
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise BadTarball(f"cannot be read ({error})") from error


def _path(member: tarfile.TarInfo) -> str | None:
    """Return the path of an ordinary file in the repository; None for everything else."""
    parts = member.name.split("/")
    ordinary = member.isreg() and len(parts) > 1 and not {"", ".", ".."} & {*parts}
    return "/".join(parts[1:]) if ordinary else None
