"""The JSON of pushes in webhook payloads, and of webhook deliveries in REST."""

from dulwich.objects import Commit

from github_simulator.branches import ZERO, RefChange
from github_simulator.deliveries import Delivery
from github_simulator.git import commit_time, identity_of
from github_simulator.state import App, Repository, User
from github_simulator.views.base import Json, page, time
from github_simulator.world import World


def push(world: World, repository: Repository, pusher: User, it: RefChange) -> Json:
    """Return the keys that only a push webhook has in its payload, for the change of a reference `it`.

    They have the new commits, oldest first.
    """
    git = repository.git
    came = [] if it.after == ZERO else git.between(_known(repository, it), it.after)
    head = git.commit_at(it.after)
    forced = it.before != ZERO and it.after != ZERO and not git.has_ancestor(it.after, it.before)
    return {
        "ref": it.ref,
        "before": it.before,
        "after": it.after,
        "base_ref": None,
        "created": it.before == ZERO,
        "deleted": it.after == ZERO,
        "forced": forced,
        "compare": page(world, repository, f"/compare/{it.before[:12]}...{it.after[:12]}"),
        "commits": [_commit(world, repository, commit) for commit in came],
        "head_commit": _commit(world, repository, head) if head else None,
        "pusher": {"name": pusher.login, "email": None},
    }


def _known(repository: Repository, it: RefChange) -> str:
    """Return the oid after which a push's commits are new: for a new branch, that of the default branch."""
    is_new = it.before == ZERO and it.ref != f"refs/heads/{repository.default_branch}"
    return (is_new and repository.git.branch(repository.default_branch)) or it.before


def _commit(world: World, repository: Repository, it: Commit) -> Json:
    author, committer = identity_of(it.author), identity_of(it.committer)
    oid = it.id.decode()
    git, before = repository.git, it.parents[0].decode() if it.parents else None
    differing = list(git.differing(git.tree_of(before) if before else None, git.tree_of(oid)))
    return {
        "id": oid,
        "tree_id": it.tree.decode(),
        "distinct": True,
        "message": it.message.decode("utf-8", "replace"),
        "timestamp": time(commit_time(it)),
        "url": page(world, repository, f"/commit/{oid}"),
        "author": {"name": author.name, "email": author.email},
        "committer": {"name": committer.name, "email": committer.email},
        "added": [path for path, was, now in differing if not was],
        "removed": [path for path, was, now in differing if not now],
        "modified": [path for path, was, now in differing if was and now],
    }


def delivery(it: Delivery, *, whole: bool = False) -> Json:
    """Return the JSON of a webhook delivery as REST has it in the list of deliveries.

    With `whole`, it also has request and response.
    """
    view: Json = {
        "id": it.id,
        "guid": it.guid,
        "delivered_at": time(it.at),
        "redelivery": it.redelivery,
        "duration": round(it.duration, 2),
        "status": it.status,
        "status_code": it.status_code,
        "event": it.event,
        "action": it.action,
        "installation_id": it.installation_id,
        "repository_id": it.repository_id,
        "throttled_at": None,
    }
    if whole:
        view["url"] = it.url
        view["request"] = {"headers": it.headers, "payload": it.payload}
        view["response"] = {"headers": {}, "payload": it.answer}
    return view


def hook_config(it: App) -> Json:
    """Return the settings of an app's webhook; GitHub never shows the secret, only that there is one."""
    view: Json = {"content_type": it.content_type, "insecure_ssl": str(int(it.insecure_ssl))}
    view |= {"url": it.webhook_url} if it.webhook_url else {}
    return view | ({"secret": "********"} if it.webhook_secret else {})
