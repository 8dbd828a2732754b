"""The JSON of repositories."""

from github_simulator.state import Repository
from github_simulator.views.accounts import user
from github_simulator.views.base import Json, page, repo_api, time
from github_simulator.world import World

URLS = {
    "url": "",
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
CONSTANT: Json = {
    "description": None, "homepage": None, "language": None, "license": None, "mirror_url": None,
    "forks": 0, "forks_count": 0, "network_count": 0, "size": 1, "topics": [],
    "stargazers_count": 0, "watchers": 0, "watchers_count": 0, "subscribers_count": 0,
    "has_projects": False, "has_wiki": False, "has_pages": False,
    "has_downloads": True, "disabled": False,
}  # fmt: skip


def repository(world: World, it: Repository) -> Json:
    """Return the JSON of a repository, with all keys that GitHub has in any response or payload."""
    urls = {key: repo_api(world, it, path) for key, path in URLS.items()}
    threads = [t for t in it.threads.values() if t.state == "open"]
    page_url = page(world, it)
    return urls | CONSTANT | {
        "id": it.id,
        "node_id": it.node_id,
        "name": it.name,
        "full_name": it.full_name,
        "owner": user(world, it.owner),
        "private": it.private,
        "visibility": it.visibility,
        "html_url": page_url,
        "fork": it.fork,
        "archived": it.archived,
        "allow_merge_commit": "merge" in it.merge_methods,
        "allow_squash_merge": "squash" in it.merge_methods,
        "allow_rebase_merge": "rebase" in it.merge_methods,
        "delete_branch_on_merge": it.delete_branch_on_merge,
        "has_issues": it.has_issues,
        "has_discussions": it.has_discussions,
        "default_branch": it.default_branch,
        "open_issues": len(threads),
        "open_issues_count": len(threads),
        "clone_url": f"{page_url}.git",
        "git_url": f"{page_url}.git",
        "ssh_url": f"git@localhost:{it.full_name}.git",
        "svn_url": page_url,
        "created_at": time(it.created_at),
        "updated_at": time(it.created_at),
        "pushed_at": time(it.pushed_at),
    }  # fmt: skip


def in_short(it: Repository) -> Json:
    """Return the short JSON of a repository that the payloads of `installation` webhooks have."""
    return {
        "id": it.id,
        "node_id": it.node_id,
        "name": it.name,
        "full_name": it.full_name,
        "private": it.private,
    }


def as_side(world: World, it: Repository, ref: str, oid: str) -> Json:
    """Return the JSON of a side of a pull request, head or base.

    It has the repository `it`, its branch `ref`, and the commit of that with the oid `oid`.
    """
    return {
        "label": f"{it.owner.login}:{ref}",
        "ref": ref,
        "sha": oid,
        "user": user(world, it.owner),
        "repo": repository(world, it),
    }
