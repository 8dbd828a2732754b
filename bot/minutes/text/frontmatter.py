"""Front matter: the `key: value` lines between two lines of dashes at the top of a file."""

import re
from dataclasses import dataclass

TITLES = ("title", "date")  # keys whose value the title of the minutes repeats

_FENCE = re.compile(r"---[ \t]*")
_KEY = re.compile(r"(?P<name>[A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_REMARK = re.compile(r"#(?!#).*")  # not `## Title`, a heading in notes that begin with a thematic break
# Lines that belong to the key above: indented, a list item, a comment, or blank.
_MORE = re.compile(rf"[ \t].*|-(?:[ \t].*)?|{_REMARK.pattern}|")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a front matter with its value as typed, at `lines[start:end]` of the text, counted from 0."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A front matter, at `lines[start:end]` of the text, counted from 0, with its lines of dashes."""

    start: int
    end: int
    keys: tuple[Key, ...]

    def get(self, name: str) -> str | None:
        """Return the value of the key `name`, as typed; None where there is no such key."""
        return next((key.value for key in self.keys if key.name == name), None)


def read(lines: tuple[str, ...], start: int = 0) -> FrontMatter | None:
    """Return the front matter that begins at line `start`, counted from 0; None where none does.

    It must consist of `key: value` lines and what continues them, which is less than YAML on purpose: an
    issue may begin with text between two thematic breaks.
    """
    if start >= len(lines) or not _FENCE.fullmatch(lines[start]):
        return None
    keys: list[Key] = []
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if _FENCE.fullmatch(line):
            return FrontMatter(start, number + 1, tuple(keys)) if keys else None
        if match := _KEY.fullmatch(line):
            keys.append(Key(match["name"], (match["value"] or "").strip(), number, number + 1))
        elif keys and _MORE.fullmatch(line):
            last = keys[-1]
            value = f"{last.value} {line.strip()}".strip()
            keys[-1] = Key(last.name, value, last.start, number + 1)
        elif line.strip() and not _REMARK.fullmatch(line):
            return None
    return None


def read_all(lines: tuple[str, ...]) -> tuple[FrontMatter, ...]:
    """Return the front matter at the top of a text, and those right below that share a key with it.

    It is empty without one. Some editors export two.
    """
    front_matters: list[FrontMatter] = []
    start = 0
    while (block := read(lines, start)) and (not front_matters or _share_a_key(front_matters[0], block)):
        front_matters.append(block)
        start = block.end
        while start < len(lines) and not lines[start].strip():
            start += 1
    return tuple(front_matters)


def _share_a_key(one: FrontMatter, other: FrontMatter) -> bool:
    return any(one.get(key.name) is not None for key in other.keys)


def same(one: str, other: str) -> bool:
    """Return whether two values of front matter are equal, apart from quotes and brackets around them."""
    return one.strip("[]'\" \t") == other.strip("[]'\" \t")
