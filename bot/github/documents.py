"""Loads the GraphQL documents of this folder, with their fragments from `fragments.graphql`."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

TEXTS = "# texts\n"
"""The line in a document that the reader replaces with fields for the texts of files."""


@cache
def document(name: str) -> str:
    """Return a GraphQL document of this package, the file `<name>.graphql`, ready to be sent.

    Comments are left out; the fragments that it uses are added.
    """
    return with_fragments(_load(name))


def with_fragments(text: str) -> str:
    """Return the GraphQL document `text` followed by all fragments that it uses, directly or by others.

    Raises ValueError for a fragment that this package does not have.
    """
    needed: dict[str, str] = {}
    missing = list(_spread(text))
    while missing:
        name = missing.pop()
        if name not in needed:
            needed[name] = _fragment(name)
            missing += _spread(needed[name])
    return "\n".join([text, *needed.values()])


def _spread(text: str) -> Iterator[str]:
    """Return the names of the fragments that a text uses: of `...Name`, but not of `... on Type`."""
    return (word[3:] for word in text.split() if word.startswith("...") and word != "...")


def _fragment(name: str) -> str:
    if name not in _fragments():
        raise ValueError(f"there is no fragment {name}")
    return _fragments()[name]


@cache
def _fragments() -> Mapping[str, str]:
    """Return the fragments by name; in the file each begins on a line of its own."""
    start = "fragment "
    _, *found = f"\n{_load('fragments')}".split(f"\n{start}")
    return {text.split()[0]: f"{start}{text}" for text in found}


@cache
def _load(name: str) -> str:
    lines = (files(__package__) / f"{name}.graphql").read_text().splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("#") or line.lstrip() == TEXTS)
