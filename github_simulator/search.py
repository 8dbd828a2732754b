"""Search for issues, pull requests and discussions, with a part of GitHub's query language.

https://docs.github.com/search-github/searching-on-github/searching-issues-and-pull-requests
https://docs.github.com/search-github/searching-on-github/searching-discussions
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from github_simulator.permissions import may, right_on, sees
from github_simulator.state import Discussion, Issue, PullRequest, Repository, Thread
from github_simulator.tokens import Actor
from github_simulator.world import World

MOST = 1000
"""How many results are returned at most, however many match:
https://docs.github.com/rest/search/search#about-search"""

TOKEN = re.compile(r'[()]|(?P<name>\w+):(?P<value>(?:"[^"]*"|[^\s()"])+)|[^\s()]+')
ALTERNATIVE = re.compile(r'"([^"]*)"|([^,"]+)')
SCOPES = ("repo", "user", "org")
TWO_WAYS = "repo:, user: and org: side by side must all hold in advanced search; say (repo:a OR repo:b)"

Condition = Callable[[Thread], bool]

IS: Mapping[str, Condition] = {
    "open": lambda it: it.state == "open",
    "closed": lambda it: it.state == "closed",
    "issue": lambda it: isinstance(it, Issue),
    "pr": lambda it: isinstance(it, PullRequest),
    "pull-request": lambda it: isinstance(it, PullRequest),
    "draft": lambda it: isinstance(it, PullRequest) and it.draft,
    "merged": lambda it: isinstance(it, PullRequest) and it.merged_at is not None,
}
ARCHIVED: Mapping[str, Condition] = {
    "true": lambda it: it.repository.archived,
    "false": lambda it: not it.repository.archived,
}
SORTED: Mapping[str, Callable[[Thread], object]] = {
    "created": lambda it: (it.created_at, it.id),
    "updated": lambda it: (it.updated_at, it.id),
    "comments": lambda it: (len(it.comments), it.id),
}


@dataclass(frozen=True)
class Query:
    """A parsed search query: for threads of `kinds`, in any of `scopes`, that meet all `conditions`.

    A scope is ("repo", "owner/name") or ("user", login), in lower case; without any, all repositories are
    searched. `order` is what the results are sorted by: "created-desc" or "updated-asc", for example.
    """

    kinds: tuple[type[Thread], ...]
    scopes: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    words: frozenset[str]
    """The qualifiers of the query as they were typed, in lower case."""
    order: str = "created-desc"

    def reaches(self, repository: Repository) -> bool:
        """Return whether a repository is among those that the query searches."""
        names = {"repo": repository.full_name.lower(), "user": repository.owner.login.lower()}
        return not self.scopes or any(names[kind] == name for kind, name in self.scopes)


def read(text: str, kinds: tuple[type[Thread], ...]) -> Query:
    """Parse the text of a search query for threads of these kinds.

    Raises NotImplementedError for what the simulator does not support, and for what GitHub does not document
    or interprets in two ways.
    """
    tokens, legacy = list(TOKEN.finditer(text)), Discussion in kinds
    scopes, conditions, order = [], [], "created-desc"
    for token in tokens:
        name, value = token["name"], token["value"]
        if name in SCOPES:
            scopes.append(("repo" if name == "repo" else "user", value.strip('"').lower()))
        elif legacy and token[0].startswith(("archived:", "sort:created")):
            raise NotImplementedError(f"GitHub does not document {token[0]} in a search for discussions")
        elif name == "sort":
            order = _checked(value, {f"{key}-{way}" for key in SORTED for way in ("asc", "desc")})
        elif name is not None:
            conditions.append(_condition(name, value))
        elif token[0] not in ("(", ")", "OR"):
            raise NotImplementedError(f"the simulator cannot search for words: {token[0]}")
    _check_scopes([token[0] for token in tokens], len(scopes), legacy=legacy)
    words = frozenset(token[0].lower() for token in tokens)
    return Query(kinds, tuple(scopes), tuple(conditions), words, order)


def _condition(name: str, value: str) -> Condition:
    if name == "label":
        wanted = {quoted or bare for quoted, bare in ALTERNATIVE.findall(value.lower())}
        return lambda it: any(label.name.lower() in wanted for label in it.labels)
    if name == "author":
        author = value.lower().removeprefix("app/")
        suffix = "[bot]" if value.lower().startswith("app/") else ""
        return lambda it: it.author is not None and it.author.login.lower() == f"{author}{suffix}"
    tables = {"is": IS, "state": IS, "archived": ARCHIVED}
    if name not in tables:
        raise NotImplementedError(f"the simulator does not know the qualifier {name}:{value}")
    return tables[name][_checked(value, tables[name])]


def _checked(value: str, known: Collection[str]) -> str:
    if value not in known:
        raise NotImplementedError(f"the simulator does not know {value}, only {', '.join(sorted(known))}")
    return value


def _check_scopes(tokens: list[str], scopes: int, *, legacy: bool) -> None:
    """Raise NotImplementedError for ambiguous scopes, and for OR between anything but scopes.

    In advanced search, now the default for issues, `repo:a repo:b` means both; for discussions, either.
    https://docs.github.com/search-github/searching-on-github/searching-issues-and-pull-requests#building-advanced-filters-for-issues
    """
    text = " ".join(tokens)
    scope = rf"(?:{'|'.join(SCOPES)}):\S+"
    group = re.search(rf"\( {scope}(?: OR {scope})* \)", text)
    grouped = len(re.findall(scope, group[0])) if group else 0
    if legacy and re.search(r"[()]|\bOR\b", text):
        raise NotImplementedError("the simulator does not know alternatives in a search for discussions")
    if re.search(r"[()]|\bOR\b", text.replace(group[0], "") if group else text):
        raise NotImplementedError("the simulator knows alternatives of repo:, user: and org: only")
    if not legacy and scopes > max(grouped, 1):
        raise NotImplementedError(TWO_WAYS)


def find(world: World, actor: Actor, query: Query) -> list[Thread]:
    """Return the threads that match a search query and that the caller may read, sorted as it asks."""
    field, _, way = query.order.partition("-")
    return sorted(_found(world, actor, query), key=SORTED[field], reverse=way == "desc")  # type: ignore[arg-type]


def searchable(world: World, actor: Actor, query: Query) -> bool:
    """Return whether the caller can see at least one repository that the query searches."""
    return not query.scopes or any(
        query.reaches(repository) and sees(actor, repository) for repository in world.repositories.values()
    )


def _found(world: World, actor: Actor, query: Query) -> Iterator[Thread]:
    for repository in world.repositories.values():
        if not query.reaches(repository):
            continue
        off = {Issue: not repository.has_issues, Discussion: not repository.has_discussions}
        for thread in repository.threads.values():
            if not isinstance(thread, query.kinds) or off.get(type(thread)):
                continue
            if all(holds(thread) for holds in query.conditions) and may(
                actor, repository, right_on(thread, "read")
            ):
                yield thread
