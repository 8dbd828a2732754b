"""Records what is sent to GitHub and what it answers, without what says who somebody is.

Of strings only those remain that say what kind of answer it is, times, and GitHub's words in errors. Each
other string becomes a placeholder, the same one wherever it stands; so nothing is kept by oversight.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

import aiohttp

HEADERS = ("Content-Type", "Retry-After", "X-Accepted-GitHub-Permissions", "X-GitHub-Media-Type")
"""The headers of answers that are kept."""
KINDS = frozenset({"__typename", "type", "code", "state", "status", "conclusion"})
"""The keys whose values say what kind of thing it is, in GitHub's words: one word each."""
PEOPLE = frozenset({"login", "name", "email", "nameWithOwner", "full_name", "slug"})
"""The keys whose values may also stand inside of GitHub's messages."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")
_OID = re.compile(r"\b[0-9a-f]{40}\b")
_WORD = re.compile(r"\w{1,40}", re.ASCII)
_EMAIL = re.compile(r"[^\s<>]+@[^\s<>]+")


@dataclass
class Recorder:
    """The exchanges of a run with GitHub. `step` is the key of the step that is tried now.

    An instance is a middleware of aiohttp: https://docs.aiohttp.org/en/stable/client_middleware_cookbook.html
    """

    names: Iterable[str]
    """Words that are replaced everywhere: the owner and the name of the repository, and of the run."""
    step: str = "start"
    exchanges: list[dict[str, Any]] = field(default_factory=list)

    async def __call__(
        self, request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Send a request, and record it with its answer."""
        body = request.body if isinstance(request.body, bytes) else await request.body.as_bytes()
        made: dict[str, Any] = {"step": self.step, "method": request.method, "path": request.url.raw_path_qs}
        made |= {"request": _json(body), "status": 0, "headers": {}, "body": None}
        self.exchanges.append(made)
        response = await send(request)
        made["status"] = response.status
        made["headers"] = {name: response.headers[name] for name in HEADERS if name in response.headers}
        made["body"] = _json(await response.read())
        return response

    def write(self, file: TextIO) -> None:
        """Write the exchanges as lines of JSON, with placeholders."""
        hidden = Placeholders(self.names)
        for each in self.exchanges:
            hidden.learn(each["body"])
        for each in self.exchanges:
            file.write(json.dumps(hidden.exchange(each), ensure_ascii=False) + "\n")


class Placeholders:
    """Replaces what says who somebody is, and remembers by what."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = set(filter(None, names))
        self._known: dict[str, str] = {}
        self._ids: dict[int, int] = {}

    def learn(self, body: Any) -> None:
        """Remember the names in an answer, to replace them in messages and addresses too."""
        for key, value in _pairs(body):
            if key in PEOPLE and isinstance(value, str) and len(value) > 1:
                self._names.add(value)

    def exchange(self, made: Mapping[str, Any]) -> dict[str, Any]:
        """Return an exchange with placeholders."""
        request = made["request"]
        if isinstance(request, dict) and "query" in request:
            document = self._oids(str(request["query"]))
            request = {"query": document, "variables": self.value(request.get("variables"))}
        else:
            request = self.value(request)
        return {
            **made,
            "path": self._path(made["path"]),
            "request": request,
            "body": self.value(made["body"], in_error=made["status"] >= 400),
        }

    def value(self, value: Any, key: str = "", *, in_error: bool = False) -> Any:
        """Return a JSON value with placeholders; `in_error`: messages in it are GitHub's own words."""
        if isinstance(value, dict):
            return {
                name: self.value(each, name, in_error=in_error or name == "errors")
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [self.value(each, key, in_error=in_error) for each in value]
        if isinstance(value, str):
            return self._text(value, key, in_error=in_error)
        if isinstance(value, int) and not isinstance(value, bool) and key.lower().endswith("id"):
            return self._ids.setdefault(value, len(self._ids) + 1)
        return value

    def _text(self, text: str, key: str, *, in_error: bool) -> str:
        if _TIME.fullmatch(text) or (key in KINDS and _WORD.fullmatch(text)):
            return text
        if _OID.fullmatch(text):
            return self._oids(text)
        if key == "message" and in_error:
            return _EMAIL.sub("email", self._without_names(self._oids(text)))
        return self._known.setdefault(text, f"{key or 'text'}-{len(self._known) + 1}")

    def _path(self, path: str) -> str:
        """Return a path in which numbers are 0, so that those of two runs are the same."""
        hidden = self._without_names(_OID.sub("0" * 40, path))
        return re.sub(r"(?<=/)\d+(?=[/?]|$)", "0", hidden)

    def _without_names(self, text: str) -> str:
        longest_first = sorted(self._names, key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest_first))
        return re.sub(rf"(?<!\w)({pattern})(?!\w)", "name", text, flags=re.IGNORECASE) if pattern else text

    def _oids(self, text: str) -> str:
        return _OID.sub(lambda found: self._known.setdefault(found[0], f"{len(self._known) + 1:040x}"), text)


def _pairs(value: Any) -> Iterable[tuple[str, Any]]:
    """Yield the keys of all objects in a JSON value, with their values."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield from value.items()
    for each in inside:
        yield from _pairs(each)


def _json(body: bytes) -> Any:
    """Return the JSON in a body; None where it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None
