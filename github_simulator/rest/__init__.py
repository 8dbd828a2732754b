"""The REST API: a handler for each supported operation of GitHub's description, which defines the routes."""

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
