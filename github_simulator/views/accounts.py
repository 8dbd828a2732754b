"""The JSON of people, organisations, apps and installations."""

from datetime import UTC, datetime
from urllib.parse import quote

from github_simulator.state import App, Installation, User
from github_simulator.views.base import Json, api, page, time, time_or_none
from github_simulator.world import World

EPOCH = datetime(2008, 1, 1, tzinfo=UTC)
USER_URLS = {
    "events_url": "/events{/privacy}",
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "organizations_url": "/orgs",
    "received_events_url": "/received_events",
    "repos_url": "/repos",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "url": "",
}
ORGANIZATION_URLS = {
    "url": "",
    "repos_url": "/repos",
    "events_url": "/events",
    "hooks_url": "/hooks",
    "issues_url": "/issues",
    "members_url": "/members{/member}",
    "public_members_url": "/public_members{/member}",
}
PROFILE: Json = {
    "name": None, "company": None, "blog": "", "location": None, "email": None, "hireable": None, "bio": None,
    "public_repos": 0, "public_gists": 0, "followers": 0, "following": 0,
}  # fmt: skip


def user(world: World, account: User, *, profile: bool = False) -> Json:
    """Return the JSON of an account as REST has it.

    With `profile`, it has the longer form of `/users/{username}`.
    """
    # a bot's login has brackets, so it is quoted: https://api.github.com/users/dependabot%5Bbot%5D
    address = f"/users/{quote(account.login)}"
    view = {key: api(world, f"{address}{path}") for key, path in USER_URLS.items()} | {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "avatar_url": page(world, account, ".png"),
        "gravatar_id": "",
        "html_url": page(world, account),
        "type": account.type,
        "site_admin": False,
    }
    if profile:
        view |= PROFILE | {"created_at": time(account.created_at), "updated_at": time(account.created_at)}
    return view


def user_or_none(world: World, account: User | None) -> Json | None:
    """Return the JSON of an account, or None for None, which stands for a deleted account."""
    return user(world, account) if account else None


def user_or_ghost(world: World, account: User | None) -> Json:
    """Return the JSON of an author; None, a deleted account, becomes the user `ghost`.

    REST and webhooks do the same:
    https://docs.github.com/account-and-profile/concepts/personal-account-management
    """
    return user(world, account or User(login="ghost", id=10137, node_id="MDQ6VXNlcjEwMTM3", created_at=EPOCH))


def organization(world: World, account: User) -> Json:
    """Return the JSON of an organisation as webhook payloads have it."""
    view = {key: api(world, f"/orgs/{account.login}{path}") for key, path in ORGANIZATION_URLS.items()}
    return view | {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "avatar_url": page(world, account, ".png"),
        "description": None,
    }


def app(world: World, it: App) -> Json:
    """Return the JSON of an app."""
    return {
        "id": it.id,
        "slug": it.slug,
        "client_id": f"Iv1.{it.slug}",
        "node_id": it.node_id,
        "owner": user(world, it.owner),
        "name": it.name or it.slug,
        "description": "",
        "external_url": it.url,
        "html_url": f"{world.url}/apps/{it.slug}",
        "created_at": time(it.created_at),
        "updated_at": time(it.created_at),
        "permissions": it.permissions,
        "events": it.events,
    }


def installation(world: World, it: Installation) -> Json:
    """Return the JSON of an installation of an app."""
    return {
        "id": it.id,
        "node_id": it.node_id,
        "account": user(world, it.account),
        "repository_selection": "all" if it.repositories is None else "selected",
        "access_tokens_url": api(world, f"/app/installations/{it.id}/access_tokens"),
        "repositories_url": api(world, "/installation/repositories"),
        "html_url": f"{world.url}{_settings(it.account)}/installations/{it.id}",
        "app_id": it.app.id,
        "app_slug": it.app.slug,
        "target_id": it.account.id,
        "target_type": it.account.type,
        "permissions": {"metadata": "read"} | it.permissions,
        "events": it.app.events,
        "created_at": time(it.created_at),
        "updated_at": time(it.created_at),
        "single_file_name": None,
        "suspended_by": None,
        "suspended_at": time_or_none(it.suspended_at),
    }


def _settings(account: User) -> str:
    """Return the path of the settings of an account."""
    return f"/organizations/{account.login}/settings" if account.type == "Organization" else "/settings"
