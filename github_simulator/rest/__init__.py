"""REST: one handler per operation of GitHub's description; the description itself is the router."""

from github_simulator.rest import apps, checks, git, issues, meta, pulls, repos, search
from github_simulator.rest.request import HANDLERS, RestRequest, RestResponse

__all__ = [
    "HANDLERS",
    "RestRequest",
    "RestResponse",
    "apps",
    "checks",
    "git",
    "issues",
    "meta",
    "pulls",
    "repos",
    "search",
]
