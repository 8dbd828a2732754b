"""Compares exchanges with GitHub, as `minutes-bot smoke --record` wrote them, by the shape of the answers.

The shape is keys, types, status, and the types and codes of errors. Null and an empty list fit everything.
"""

import json
from collections import defaultdict

EXACT = {"type", "code"}


def load(file):
    """Return the exchanges in a file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def differences(recorded, played):
    """Return in words where recorded exchanges have shapes that none of the played ones of the step has."""
    known = defaultdict(list)
    for each in played:
        known[_operation(each)].append(each)
    found = []
    for each in recorded:
        alike = known[_operation(each)]
        first = [_difference(each, other) for other in alike]
        if None not in first:
            why = first[0] if first else "is not sent any more: record anew"
            found.append(f"{each['step']}: {each['method']} {each['path']}: {why}")
    return found


def _operation(exchange):
    request = exchange["request"]
    query = request.get("query") if isinstance(request, dict) else None
    # the ids of files stand in some documents
    return exchange["step"], exchange["method"], exchange["path"], query and _without_ids(query)


def _without_ids(query):
    return " ".join("oid" if word.startswith('"0') else word for word in query.replace("(", "( ").split())


def _difference(recorded, played):
    if recorded["status"] != played["status"]:
        return f"the status is {recorded['status']}, here {played['status']}"
    return _unlike(recorded["body"], played["body"], "body", in_errors=False)


def _unlike(one, other, path, *, in_errors):
    """Return where two values have different shapes, None where they have the same."""
    if one is None or other is None:
        return None
    if type(one) is not type(other):
        return f"{path} is {type(one).__name__}, here {type(other).__name__}"
    if isinstance(one, dict):
        if one.keys() != other.keys():
            return f"{path} has only on one side: {', '.join(sorted(one.keys() ^ other.keys()))}"
        parts = (
            _exactly(one[key], other[key], f"{path}.{key}")
            if in_errors and key in EXACT
            else _unlike(one[key], other[key], f"{path}.{key}", in_errors=in_errors or key == "errors")
            for key in one
        )
        return next(filter(None, parts), None)
    if isinstance(one, list) and other:
        found = [[_unlike(a, b, f"{path}[]", in_errors=in_errors) for b in other] for a in one]
        return next((each[0] for each in found if None not in each), None)
    return None


def _exactly(one, other, path):
    return None if one == other else f"{path} is {one}, here {other}"
