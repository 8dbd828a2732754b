"""The GraphQL documents that lie beside this file; their fragments are in `fragments.graphql`."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

TEXTS = "# texts\n"
"""A line of a document where fields go that bring texts."""


@cache
def document(name: str) -> str:
    """Load a document whole: without comments, with its fragments."""
    return with_fragments(_load(name))


def with_fragments(text: str) -> str:
    """Append the fragments that a document spreads, and those that they spread. Raises ValueError."""
    needed: dict[str, str] = {}
    missing = list(_spread(text))
    while missing:
        name = missing.pop()
        if name not in needed:
            needed[name] = _fragment(name)
            missing += _spread(needed[name])
    return "\n".join([text, *needed.values()])


def _spread(text: str) -> Iterator[str]:
    """List the fragments that are spread: each `...Name` stands between blanks, as `... on Type` does."""
    return (word[3:] for word in text.split() if word.startswith("...") and word != "...")


def _fragment(name: str) -> str:
    if name not in _fragments():
        raise ValueError(f"there is no fragment {name}")
    return _fragments()[name]


@cache
def _fragments() -> Mapping[str, str]:
    """Read the fragments, by name: each begins on a line of its own."""
    start = "fragment "
    _, *found = f"\n{_load('fragments')}".split(f"\n{start}")
    return {text.split()[0]: f"{start}{text}" for text in found}


@cache
def _load(name: str) -> str:
    lines = (files(__package__) / f"{name}.graphql").read_text().splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("#") or line.lstrip() == TEXTS)
