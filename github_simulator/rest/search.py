"""Search for issues and pull requests."""

from github_simulator import search, views
from github_simulator.errors import ApiError, invalid
from github_simulator.rest.request import RestRequest, RestResponse, operation
from github_simulator.state import Issue, PullRequest

NEEDED = {"is:issue", "is:pr", "is:pull-request"}
OUT_OF_SIGHT = (
    "The listed users and repositories cannot be searched either because the resources do not exist "
    "or you do not have permission to view them."
)


@operation("search/issues-and-pull-requests")
def issues_and_pulls(request: RestRequest) -> RestResponse:
    """Return the issues and pull requests that the search query `q` finds and that the caller may read.

    The newest come first by default. Raises ApiError 422 without `is:issue`, `is:pr` or `is:pull-request` in
    `q`, and when the caller can see none of the repositories and accounts in it.
    """
    known = {"q", "sort", "order", "page", "per_page", "advanced_search"}
    if unknown := request.query.keys() - known:
        raise NotImplementedError(f"the simulator does not know {', '.join(sorted(unknown))} of a search")
    text = request.query["q"]
    if "sort" in request.query:
        text += f" sort:{request.query['sort']}-{request.query.get('order', 'desc')}"
    query = search.read(text, (Issue, PullRequest))
    if not query.words & NEEDED:
        # https://docs.github.com/rest/search/search#search-issues-and-pull-requests
        raise ApiError(422, "Query must include 'is:issue' or 'is:pull-request'")
    if not search.searchable(request.world, request.actor, query):
        raise invalid("Search", "q", "invalid", OUT_OF_SIGHT)
    found = search.find(request.world, request.actor, query)
    shown, headers = request.page(found[: search.MOST])
    return RestResponse(
        {
            "total_count": len(found),
            "incomplete_results": False,
            "search_type": "lexical",
            "items": [views.issue(request.world, each) | {"score": 1.0} for each in shown],
        },
        headers=headers,
    )
