"""The GraphQL documents that lie beside this file; fragments stand in those named HOMES."""

import re
from functools import cache
from importlib.resources import files

HOMES = ("snapshot", "calendar")


@cache
def document(name: str) -> str:
    """Load a document whole: without the comments at the beginning of a line, with its fragments."""
    return with_fragments(_load(name))


def with_fragments(text: str) -> str:
    """Append the fragments that a document spreads, and those that they spread. Raises ValueError."""
    while missing := set(re.findall(r"\.\.\.(\w+)", text)) - set(re.findall(r"fragment (\w+) on", text)):
        text = "\n".join([text, *map(_fragment, sorted(missing))])
    return text


def _fragment(name: str) -> str:
    one_line_or_many = rf"^fragment {name} on (?:[^\n]*\}}$|.*?^\}}$)"
    for home in HOMES:
        if match := re.search(one_line_or_many, _load(home), re.MULTILINE | re.DOTALL):
            return match[0]
    raise ValueError(f"there is no fragment {name}")


@cache
def _load(name: str) -> str:
    text = (files(__package__) / f"{name}.graphql").read_text()
    return re.sub(r"^ *#(?! texts$).*\n", "", text, flags=re.MULTILINE)
