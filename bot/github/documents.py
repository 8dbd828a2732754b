"""The GraphQL documents that lie beside this file."""

import re
from functools import cache
from importlib.resources import files


@cache
def document(name: str) -> str:
    """Load a document, without the comments at the beginning of a line."""
    text = (files(__package__) / f"{name}.graphql").read_text()
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


@cache
def fragment(name: str) -> str:
    """Take a fragment out of the snapshot's document."""
    match = re.search(rf"^fragment {name} on .*?^\}}", document("snapshot"), re.MULTILINE | re.DOTALL)
    if match is None:
        raise ValueError(f"snapshot.graphql has no fragment {name}")
    return match[0]
