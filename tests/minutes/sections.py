"""The form of case files: a story, then sections, each below a line such as `=== notes`.

One blank line before the next section is no part of a section.
"""

import re
from collections.abc import Set

_SECTION = re.compile(r"^=== (\w+)\n", re.MULTILINE)


def cut(text: str, known: Set[str]) -> tuple[str, dict[str, str]]:
    """Take a case file apart: its story, and its sections by name. A name that is not known is a slip."""
    story, *parts = _SECTION.split(text)
    sections = {name: _body(raw) for name, raw in zip(parts[::2], parts[1::2], strict=True)}
    assert sections.keys() <= known, f"no such sections: {', '.join(sorted(sections.keys() - known))}"
    assert len(sections) == len(parts) / 2, "a section stands there twice"
    return story, sections


def join(story: str, sections: dict[str, str | None]) -> str:
    """Write a case file; a section that is None is left out."""
    return story + "\n".join(f"=== {name}\n{body}" for name, body in sections.items() if body is not None)


def _body(raw: str) -> str:
    return raw[:-1] if raw == "\n" or raw.endswith("\n\n") else raw
