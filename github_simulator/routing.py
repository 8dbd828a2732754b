"""Routing of REST requests: from method and path to the operation of GitHub's description."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import unquote

PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """A REST operation by GitHub's id, such as `issues/get`, with the decoded parameters of the path."""

    id: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoutePattern:
    """The method and path of a REST operation, the path as a regular expression."""

    id: str
    method: str
    pattern: re.Pattern[str]
    rank: tuple[int, int]
    """Sort key: most literal characters first, then fewest parameters. So `/issues/comments` comes before
    `/issues/{issue_number}`, and `/branches` before `/branches/{branch}` with an empty name."""

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Self:
        """Return the pattern of a REST operation; `described` is the operation in GitHub's description."""
        path = described["path"]
        pieces = PARAMETER.split(path)
        literals, names = pieces[::2], pieces[1::2]
        pattern = re.escape(literals[0])
        for name, literal in zip(names, literals[1:], strict=True):
            pattern = _with_parameter(pattern, name, described) + re.escape(literal)
        rank = (-len("".join(literals).rstrip("/")), len(names))
        return cls(described["id"], described["method"], re.compile(pattern), rank)

    def match(self, method: str, path: str) -> Operation | None:
        """Return the operation if its method and path match those of a request, else None.

        `path` is percent-encoded.
        """
        found = self.pattern.fullmatch(path) if method == self.method else None
        if found is None:
            return None
        return Operation(self.id, {name: unquote(value or "") for name, value in found.groupdict().items()})


def by_specificity(operations: Iterable[Mapping[str, Any]]) -> list[RoutePattern]:
    """Return the patterns of REST operations, most specific first.

    So the first that matches a request is the right one. `operations` are those in GitHub's description.
    """
    return sorted(map(RoutePattern.of, operations), key=lambda address: address.rank)


def _with_parameter(pattern: str, name: str, described: Mapping[str, Any]) -> str:
    if name in described["integers"]:
        return f"{pattern}(?P<{name}>[0-9]+)"
    if name not in described["multi_segment"]:
        return f"{pattern}(?P<{name}>[^/]+)"
    if described["path"].endswith(f"/{{{name}}}"):  # `/contents` alone is the root folder
        return f"{pattern.removesuffix('/')}(?:/(?P<{name}>.*))?"
    return f"{pattern}(?P<{name}>.+)"
