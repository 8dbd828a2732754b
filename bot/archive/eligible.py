"""Which files of an archive are read as texts, by their paths and by what is in them. Pure."""

from pathlib import PurePath

_SAMPLE = 8192
_CONTROL = b"\t\n\r\f\x0b\x1b"  # control characters that texts have
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MOST = 0.05


def is_hidden(path: PurePath) -> bool:
    """Return whether a file lies in a folder whose name begins with a dot; `.github` is none of these."""
    return any(part.startswith(".") and part != ".github" for part in path.parts[:-1])


def is_binary(data: bytes) -> bool:
    """Return whether bytes are no text in any encoding: too many are control characters."""
    if data.startswith(_UTF_16):
        return False
    sample = data[:_SAMPLE]
    control = sum(byte < 32 and byte not in _CONTROL for byte in sample)
    return control > _MOST * len(sample)
