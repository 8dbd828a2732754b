"""The files of a repository: folders, one file rendered or edited, commits."""

from typing import Any
from urllib.parse import quote

from aiohttp import web

from github_simulator import branches, pulls
from github_simulator.errors import ApiError, not_found
from github_simulator.git import commit_time, identity_of
from github_simulator.pages.site import Site, back, text
from github_simulator.permissions import check
from github_simulator.state import Repository

LISTED = 100  # commits
README = ("readme.md", "readme.markdown", "readme")
MARKDOWN = (".md", ".markdown")


def address(repository: Repository, kind: str, ref: str, path: str = "") -> str:
    """Return the path of the page of a file or folder on a branch or at a commit, `ref`.

    `kind` is "blob" for a file, "tree" for a folder, "commits" for the history of either, "new" for a form
    that makes a file in a folder.
    """
    return f"/{repository.full_name}/{kind}/" + quote(f"{ref}/{path}".rstrip("/"))


async def tree(site: Site, request: web.Request) -> web.Response:
    """List a folder, with its readme."""
    context = _place(site, request)
    oid = _found(context)
    if oid is None:  # a repository without a commit
        return site.page(request, "folder.html", **context, entries=[], readme=None)
    git = context["repository"].git
    if git.blob(oid) is not None:
        return back(address(context["repository"], "blob", context["ref"], context["path"]))
    entries = sorted(git.entries(oid), key=lambda entry: (entry.kind != "tree", entry.name))
    readme = next((entry for entry in entries if entry.name.lower() in README), None)
    shown = (git.blob(readme.oid) or b"").decode("utf-8", "replace") if readme else None
    return site.page(request, "folder.html", **context, entries=entries, readme=shown)


async def blob(site: Site, request: web.Request) -> web.Response:
    """Show one file: its source, and for Markdown also the rendered text."""
    context = _place(site, request)
    return site.page(request, "file.html", **context, **_content(context))


async def new(site: Site, request: web.Request) -> web.Response:
    """Show the form for a new file, filled with `filename` and `value` of the query, as on GitHub."""
    name, value = (request.query.get(key, "") for key in ("filename", "value"))
    return site.page(request, "new_file.html", **_place(site, request), filename=name, text=value)


async def create(site: Site, request: web.Request) -> web.Response:
    """Commit a new file to a branch, as the person whom the visitor chose to act as."""
    context = _place(site, request)
    git, head = context["repository"].git, context["head"]
    name = (await text(request, "filename")).strip().strip("/")
    path = f"{context['path']}/{name}" if context["path"] else name
    if head and git.at(head, path) is not None:
        raise ApiError(422, f"A file with the same name already exists: {path}. Choose another name.")
    return await _commit(site, request, context, path, f"Create {path}")


async def edit(site: Site, request: web.Request) -> web.Response:
    """Show the form to edit a file on a branch."""
    context = _place(site, request)
    return site.page(request, "edit.html", **context, **_content(context))


async def save(site: Site, request: web.Request) -> web.Response:
    """Commit the edited file in the form to its branch, as the person whom the visitor chose to act as."""
    context = _place(site, request)
    return await _commit(site, request, context, context["path"], f"Update {context['path']}")


async def _commit(
    site: Site, request: web.Request, context: dict[str, Any], path: str, usual: str
) -> web.Response:
    """Commit the text in the form as the file at `path`, with `usual` where no message was typed."""
    repository, ref = context["repository"], context["ref"]
    content, message = await text(request, "content"), await text(request, "message")
    files = {path: content.replace("\r\n", "\n").encode()}  # forms send CRLF, files keep LF
    head = await text(request, "head") or None  # an empty repository has none
    branches.commit_files(site.sim.world, site.actor(request), repository, ref, files, message or usual, head)
    return back(address(repository, "blob", ref, path))


async def commits(site: Site, request: web.Request) -> web.Response:
    """List the newest commits of a branch."""
    context = _place(site, request)
    repository = context["repository"]
    head = repository.git.resolve(context["ref"], repository.default_branch)
    found = [each for _, each in zip(range(LISTED), repository.git.history(head or ""), strict=False)]
    return site.page(request, "commits.html", **context, commits=found, **TEMPLATE_HELPERS)


async def commit(site: Site, request: web.Request) -> web.Response:
    """Show what a commit changed, and the check runs on it."""
    repository = site.repository(request)
    check(site.actor(request), repository, "code:read")
    found = repository.git.commit_at(request.match_info["oid"])
    if found is None:
        raise not_found()
    parent = found.parents[0].decode() if found.parents else None
    changes = pulls.compare(repository, parent, found.id.decode())
    runs = [run for run in repository.checks if run.head_oid == found.id.decode()]
    context: dict[str, Any] = {"repository": repository, "commit": found, "changes": changes, "checks": runs}
    return site.page(request, "commit.html", tab="files", **context, **TEMPLATE_HELPERS)


TEMPLATE_HELPERS: dict[str, Any] = {"commit_time": commit_time, "identity_of": identity_of}
"""Functions that the templates call to show a commit."""


def _place(site: Site, request: web.Request) -> dict[str, Any]:
    """Return the template context of `<ref>/<path>`; a ref is a branch (slashes allowed) or an oid."""
    repository = site.repository(request)
    check(site.actor(request), repository, "code:read")
    rest = request.match_info.get("rest", repository.default_branch).rstrip("/")
    names = [name.removeprefix("refs/heads/") for name in repository.git.refs()]
    # git does not allow both a branch `a` and a branch `a/b`, so at most one matches
    ref = next((name for name in names if f"{rest}/".startswith(f"{name}/")), rest.partition("/")[0])
    return {
        "repository": repository,
        "tab": "files",
        "ref": ref,
        "path": rest.removeprefix(ref).strip("/"),
        "branches": sorted(names),
        "head": repository.git.branch(ref),
        "address": address,
    }


def _found(context: dict[str, Any]) -> str | None:
    """Return the oid of the file or folder, None for an empty repository. Raises ApiError 404 if missing."""
    repository = context["repository"]
    git = repository.git
    oid = git.resolve(context["ref"], repository.default_branch)
    found = git.at(oid, context["path"]) if oid else None
    if found is None and (git.refs() or context["path"]):
        raise not_found()
    return found


def _content(context: dict[str, Any]) -> dict[str, Any]:
    oid = _found(context)
    content = context["repository"].git.blob(oid) if oid else None
    if content is None:
        raise not_found()
    binary = b"\0" in content
    return {
        "text": None if binary else content.decode("utf-8", "replace"),
        "size": len(content),
        "is_markdown": context["path"].lower().endswith(MARKDOWN),
    }
