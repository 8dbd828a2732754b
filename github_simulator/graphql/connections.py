"""Connections: pages of a list, with cursors.

https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from github_simulator.errors import ApiError


def connection(items: Sequence[Any], args: dict[str, Any]) -> dict[str, Any]:
    """Return the connection with the page of `items` that `first`, `last`, `after` and `before` select."""
    start, end = 0, len(items)
    if args.get("after"):
        start = _position(args["after"]) + 1
    if args.get("before"):
        end = _position(args["before"])
    if args.get("first") is not None:
        end = min(end, start + args["first"])
    elif args.get("last") is not None:
        start = max(start, end - args["last"])
    page = list(items[start:end])
    return {
        "nodes": page,
        "edges": lambda: [{"node": item, "cursor": _cursor(start + i)} for i, item in enumerate(page)],
        "totalCount": len(items),
        "pageInfo": {
            "hasNextPage": end < len(items),
            "hasPreviousPage": start > 0,
            "startCursor": _cursor(start) if page else None,
            "endCursor": _cursor(start + len(page) - 1) if page else None,
        },
    }


def walked(walk: Callable[[], Iterator[Any]], args: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the items that `walk` yields.

    With `first`, the items after the page are not computed, unless the document has `totalCount`.
    """
    if args.get("first") is None or args.get("before"):
        return connection(list(walk()), args)
    start = _position(args["after"]) + 1 if args.get("after") else 0
    near = list(islice(walk(), start + args["first"] + 1))
    return connection(near, args) | {"totalCount": lambda: sum(1 for _ in walk())}


def _cursor(position: int) -> str:
    return base64.b64encode(f"cursor:v2:{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("cursor:v2:"))
    except ValueError:
        raise ApiError(422, f"`{cursor}` does not appear to be a valid cursor.",
                       kind="INVALID_CURSOR_ARGUMENTS") from None  # fmt: skip
