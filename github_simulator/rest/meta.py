"""The root of the API, rate limits, and accounts."""

from github_simulator import views
from github_simulator.errors import ApiError, not_accessible
from github_simulator.limits import LIMITS, Window
from github_simulator.rest.request import RestRequest, operation
from github_simulator.views.base import Json, api

ROOT = {
    "current_user_url": "/user",
    "current_user_authorizations_html_url": "/settings",
    "authorizations_url": "/authorizations",
    "code_search_url": "/search/code",
    "commit_search_url": "/search/commits",
    "emails_url": "/user/emails",
    "emojis_url": "/emojis",
    "events_url": "/events",
    "feeds_url": "/feeds",
    "followers_url": "/user/followers",
    "following_url": "/user/following{/target}",
    "gists_url": "/gists{/gist_id}",
    "issue_search_url": "/search/issues",
    "issues_url": "/issues",
    "keys_url": "/user/keys",
    "label_search_url": "/search/labels",
    "notifications_url": "/notifications",
    "organization_url": "/orgs/{org}",
    "organization_repositories_url": "/orgs/{org}/repos",
    "organization_teams_url": "/orgs/{org}/teams",
    "public_gists_url": "/gists/public",
    "rate_limit_url": "/rate_limit",
    "repository_url": "/repos/{owner}/{repo}",
    "repository_search_url": "/search/repositories",
    "current_user_repositories_url": "/user/repos",
    "starred_url": "/user/starred{/owner}{/repo}",
    "starred_gists_url": "/gists/starred",
    "user_url": "/users/{user}",
    "user_organizations_url": "/user/orgs",
    "user_repositories_url": "/users/{user}/repos",
    "user_search_url": "/search/users",
}


@operation("meta/root")
def root(request: RestRequest) -> Json:
    """Return the URLs of the API."""
    return {name: api(request.world, path) for name, path in ROOT.items()}


@operation("rate-limit/get")
def rate_limit(request: RestRequest) -> Json:
    """Return the rate limits of the caller; this request does not count against them."""
    windows = {name: _window(request.limits.window(request.actor.name, name)) for name in LIMITS}
    return {"resources": windows, "rate": windows["core"]}


def _window(it: Window) -> Json:
    return {
        "limit": it.limit,
        "used": it.used,
        "remaining": it.remaining,
        "reset": int(it.reset.timestamp()),
    }


@operation("users/get-authenticated")
def authenticated_user(request: RestRequest) -> Json:
    """Return the account of the person whose token the request has.

    Raises ApiError 403 for the token of an app, 401 without a token.
    """
    if request.actor.user is None:
        raise ApiError(401, "Requires authentication")
    if request.actor.installation:
        raise not_accessible()
    return views.user(request.world, request.actor.user, profile=True)


@operation("users/get-by-username")
def user(request: RestRequest) -> Json:
    """Return an account."""
    return views.user(request.world, request.world.user(request.params["username"]), profile=True)
