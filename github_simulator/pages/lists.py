"""Lists of issues, pull requests and discussions: of one kind by state, and the newest of a repository."""

from collections import Counter
from collections.abc import Sequence

from aiohttp import web

from github_simulator.errors import ApiError
from github_simulator.pages.site import Site
from github_simulator.state import Discussion, Issue, PullRequest, Repository, Thread

KINDS: dict[str, type[Thread]] = {"issues": Issue, "pulls": PullRequest, "discussions": Discussion}
SINGLE: dict[type[Thread], str] = {Issue: "issues", PullRequest: "pull", Discussion: "discussions"}
WORDS: dict[type[Thread], str] = {Issue: "issue", PullRequest: "pull request", Discussion: "discussion"}
STATES = ("open", "draft", "merged", "closed")
"""The states of threads, in the order of lists."""
NEWEST, ON_A_PAGE = 8, 100


def link(thread: Thread) -> str:
    """Return the path of a thread's web page in the simulator."""
    return f"/{thread.repository.full_name}/{SINGLE[type(thread)]}/{thread.number}"


def kind_of(thread: Thread) -> str:
    """Return the kind of a thread in words for people, such as "pull request"."""
    return WORDS[type(thread)]


def state_of(thread: Thread) -> str:
    """Return the state of a thread: "open", "draft", "merged" or "closed"."""
    if isinstance(thread, PullRequest) and thread.merged_at:
        return "merged"
    if isinstance(thread, PullRequest) and thread.draft and thread.state == "open":
        return "draft"
    return thread.state


def of_kind(repository: Repository, kind: str) -> list[Thread]:
    """Return the threads of one kind ("issues", "pulls" or "discussions"), oldest first."""
    return [each for each in repository.threads.values() if type(each) is KINDS[kind]]


def counts(repository: Repository) -> dict[str, Counter[str]]:
    """Return how many threads a repository has, by kind ("issues" ...) and then by state ("open" ...)."""
    return {kind: Counter(map(state_of, of_kind(repository, kind))) for kind in KINDS}


def newest(repository: Repository) -> Sequence[Thread]:
    """Return the few threads of a repository that changed last, of all kinds, newest first."""
    ordered = sorted(repository.threads.values(), key=lambda each: (each.updated_at, each.number))
    return ordered[: -NEWEST - 1 : -1]


async def listing(site: Site, request: web.Request) -> web.Response:
    """List the threads of one kind: open ones first, then the newest.

    If the query has a `state`, only those in it.
    """
    repository, kind = site.repository(request), request.match_info["kind"]
    wanted, page = request.query.get("state"), _page(request)
    state = wanted if wanted in STATES else None
    found = of_kind(repository, kind)
    there = Counter(map(state_of, found))
    ordered = sorted(
        (each for each in found if state in (None, state_of(each))),
        key=lambda each: (each.state != "open", -each.number),
    )
    first = (page - 1) * ON_A_PAGE
    return site.page(
        request,
        "threads.html",
        repository=repository,
        tab=kind,
        threads=ordered[first : first + ON_A_PAGE],
        states={each: there[each] for each in STATES if there[each]},
        state=state,
        page=page,
        more=len(ordered) > first + ON_A_PAGE,
    )


def _page(request: web.Request) -> int:
    try:
        return max(1, int(request.query.get("page", "1")))
    except ValueError:
        raise ApiError(422, "A page is a number.") from None
