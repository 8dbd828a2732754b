"""The pages of issues, pull requests and discussions, and the actions of their forms."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from github_simulator import comments, discussions, issues, pulls
from github_simulator.errors import ApiError, not_found
from github_simulator.pages.files import address
from github_simulator.pages.lists import SINGLE, link
from github_simulator.pages.site import Site, back, text
from github_simulator.people import SimulatedPerson
from github_simulator.permissions import check, right_on
from github_simulator.state import IssueComment, LabelEvent, PullRequest, Repository, Thread
from github_simulator.world import thread_of

MERGE_WORDS = {"merge": "Merge pull request", "squash": "Squash and merge", "rebase": "Rebase and merge"}
"""The buttons that merge, by how they do."""


@dataclass(frozen=True)
class FormAction:
    """A submitted form on the page of a thread, by which a person acts on it."""

    request: web.Request
    person: SimulatedPerson
    thread: Thread

    async def text(self, name: str) -> str:
        """Return the field `name` of the form. Raises ApiError 422 if it is missing."""
        return await text(self.request, name)

    async def comment(self, name: str = "comment") -> IssueComment:
        """Return the comment whose id is in the field `name` of the form.

        Raises ApiError 404 if there is none on this thread.
        """
        wanted = await self.text(name)
        found = next((each for each in self.thread.comments if str(each.id) == wanted), None)
        if found is None:
            raise not_found()
        return found

    @property
    def pull(self) -> PullRequest:
        """The thread, if it is a pull request. Raises ApiError 404 otherwise."""
        if not isinstance(self.thread, PullRequest):
            raise not_found()
        return self.thread


# -- pages


async def new(site: Site, request: web.Request) -> web.Response:
    """Show the form for a new issue, filled with `title`, `body` and `labels` of the query, as on GitHub."""
    filled = {name: request.query.get(name, "") for name in ("title", "body", "labels")}
    return site.page(request, "new.html", repository=site.repository(request), tab="issues", filled=filled)


async def open_issue(site: Site, request: web.Request) -> web.Response:
    """Open an issue."""
    title, body = await text(request, "title"), await text(request, "body")
    labels = [name.strip() for name in (await text(request, "labels")).split(",") if name.strip()]
    actor = site.actor(request)
    issue = issues.open_issue(site.sim.world, actor, site.repository(request), title, body, labels)
    return back(link(issue))


async def new_discussion(site: Site, request: web.Request) -> web.Response:
    """Show the form for a new discussion, filled with the parameters of the query, as on GitHub."""
    repository = site.repository(request)
    filled = {name: request.query.get(name, "") for name in ("title", "body", "category", "labels")}
    return site.page(request, "new.html", repository=repository, tab="discussions", filled=filled)


async def open_discussion(site: Site, request: web.Request) -> web.Response:
    """Open a discussion."""
    world, repository, actor = site.sim.world, site.repository(request), site.actor(request)
    title, body = await text(request, "title"), await text(request, "body")
    labels = [name.strip() for name in (await text(request, "labels")).split(",") if name.strip()]
    wanted = (await text(request, "category")).strip() or "General"
    check(actor, repository, "discussion:comment")  # before the category is created
    category = discussions.find_category(world, repository, wanted, make=True)
    made = discussions.open_discussion(world, actor, repository, title, body, category, labels)
    return back(link(made))


async def show(site: Site, request: web.Request) -> web.Response:
    """Show a conversation; a pull request also with its commits, checks and files."""
    repository = site.repository(request)
    thread = thread_of(repository, int(request.match_info["number"]))
    if request.match_info["kind"] != SINGLE[type(thread)]:
        return back(link(thread))
    top_level = [each for each in thread.comments if getattr(each, "reply_to", None) is None]
    happened: list[IssueComment | LabelEvent] = [*top_level, *thread.timeline]
    context: dict[str, Any] = {
        "repository": repository,
        "thread": thread,
        "tab": "pulls" if isinstance(thread, PullRequest) else request.match_info["kind"],
        "happened": sorted(happened, key=lambda each: each.id),
        "replies_to": comments.replies_to,
        "merge_words": MERGE_WORDS,
        "pull": _pull(repository, thread) if isinstance(thread, PullRequest) else None,
    }
    return site.page(request, "thread.html", **context)


def _pull(repository: Repository, pull: PullRequest) -> dict[str, Any]:
    git = repository.git
    files = [(change, _shown(repository, pull, change)) for change in pulls.changes(pull)]
    return {
        "commits": git.between(pull.base_oid, pull.head_oid),
        "checks": [run for run in repository.checks if run.head_oid == pull.head_oid],
        "files": files,
    }


def _shown(repository: Repository, pull: PullRequest, change: pulls.Change) -> tuple[str, str] | None:
    """Return the text of a changed Markdown file and the path of its page; None for any other change."""
    if change.status == "removed" or not change.path.lower().endswith((".md", ".markdown")):
        return None
    content = repository.git.blob(change.oid) or b""
    return content.decode("utf-8", "replace"), address(repository, "blob", pull.head_ref, change.path)


# -- form actions


async def act(site: Site, request: web.Request) -> web.Response:
    """Apply the action in a submitted form to a thread, as the person whom the visitor chose to act as."""
    thread = thread_of(site.repository(request), int(request.match_info["number"]))
    action = ACTIONS.get(request.match_info["action"])
    if action is None:
        raise not_found()
    await action(FormAction(request, SimulatedPerson(site.sim.world, site.actor(request)), thread))
    return back(link(thread))


async def _edit(action: FormAction) -> None:
    action.person.edit(action.thread, await action.text("title"), await action.text("body"))


async def _comment(action: FormAction) -> None:
    above = await action.comment("reply_to") if "reply_to" in await action.request.post() else None
    action.person.comment(action.thread, await action.text("body"), above)


async def _edit_comment(action: FormAction) -> None:
    action.person.edit_comment(await action.comment(), await action.text("body"))


async def _delete_comment(action: FormAction) -> None:
    action.person.delete_comment(await action.comment())


async def _label(action: FormAction) -> None:
    check(
        action.person.actor, action.thread.repository, right_on(action.thread, "triage")
    )  # before the label is created
    action.person.label(action.thread, (await action.text("label")).strip())


async def _unlabel(action: FormAction) -> None:
    action.person.unlabel(action.thread, await action.text("label"))


async def _close(action: FormAction) -> None:
    action.person.close(action.thread)


async def _reopen(action: FormAction) -> None:
    action.person.reopen(action.thread)


async def _ready(action: FormAction) -> None:
    action.person.mark_ready(action.pull)


async def _merge(action: FormAction) -> None:
    how = (await action.request.post()).get("how", "merge")
    if not isinstance(how, str) or how not in MERGE_WORDS:
        raise ApiError(422, "There is no such way to merge.")
    action.person.merge(action.pull, how)


ACTIONS: dict[str, Callable[[FormAction], Awaitable[None]]] = {
    "edit": _edit,
    "comment": _comment,
    "recomment": _edit_comment,
    "uncomment": _delete_comment,
    "label": _label,
    "unlabel": _unlabel,
    "close": _close,
    "reopen": _reopen,
    "ready": _ready,
    "merge": _merge,
}
"""The handlers of forms, by the last part of the path."""
