"""Connections: pages of a list, with cursors.

https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from github_simulator.errors import ApiError


def connection(items: Sequence[Any], args: dict[str, Any]) -> dict[str, Any]:
    """Return a GraphQL connection: a page of `items`, with cursors and the number of all items.

    `args` are the arguments of the field in the document: `first`, `last`, `after` and `before` select the
    page.
    """
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
    """Return a GraphQL connection: a page of the items that a call of `walk` yields, such as a long history.

    `args` are the arguments of the field: `first`, `last`, `after` and `before` select the page. With `first`
    and without `before`, the items after the page are not computed. `totalCount` is then a function, which
    graphql-core calls only if the document asks for that field: it calls `walk` again, to count all items.
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
