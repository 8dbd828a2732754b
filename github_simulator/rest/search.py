"""Search."""

from github_simulator import search, views
from github_simulator.errors import ApiError, invalid
from github_simulator.rest.request import Answer, Call, operation
from github_simulator.state import Issue, PullRequest

NEEDED = {"is:issue", "is:pr", "is:pull-request"}
OUT_OF_SIGHT = (
    "The listed users and repositories cannot be searched either because the resources do not exist "
    "or you do not have permission to view them."
)


@operation("search/issues-and-pull-requests")
def issues_and_pulls(call: Call) -> Answer:
    """Answer with issues and pull requests that the caller may read, the newest first unless told.

    ApiError 422 without `is:issue` or `is:pull-request`, and when none of the places named can be seen.
    """
    known = {"q", "sort", "order", "page", "per_page", "advanced_search"}
    if unknown := call.query.keys() - known:
        raise NotImplementedError(f"the simulator does not know {', '.join(sorted(unknown))} of a search")
    text = call.query["q"]
    if "sort" in call.query:
        text += f" sort:{call.query['sort']}-{call.query.get('order', 'desc')}"
    query = search.read(text, (Issue, PullRequest))
    if not query.words & NEEDED:
        # https://docs.github.com/rest/search/search#search-issues-and-pull-requests
        raise ApiError(422, "Query must include 'is:issue' or 'is:pull-request'")
    if not search.searchable(call.world, call.actor, query):
        raise invalid("Search", "q", "invalid", OUT_OF_SIGHT)
    found = search.find(call.world, call.actor, query)
    shown, headers = call.page(found[: search.MOST])
    return Answer(
        {
            "total_count": len(found),
            "incomplete_results": False,
            "search_type": "lexical",
            "items": [views.issue(call.world, each) | {"score": 1.0} for each in shown],
        },
        headers=headers,
    )
