"""Mutations of references and commits."""

import base64
import binascii

from github_simulator import branches
from github_simulator.errors import ApiError, not_found, unprocessable
from github_simulator.graphql.context import Context
from github_simulator.graphql.gitobjects import CommitObject, RefObject, find_node
from github_simulator.graphql.mutation import MutationInput, Payload, mutation, see
from github_simulator.permissions import check
from github_simulator.state import Repository


@mutation
def create_ref(c: Context, given: MutationInput) -> Payload:
    """Create a reference."""
    repository = see(c, given["repositoryId"], Repository)
    name = given["name"]
    try:
        branches.create_ref(c.world, c.actor, repository, name, given["oid"])
    except ApiError as error:
        if error.message == "Reference already exists":
            raise unprocessable(f'A ref named "{name}" already exists in the repository.') from None
        raise
    return {"ref": RefObject(repository, name)}


def _ref(c: Context, node_id: str) -> RefObject:
    found = find_node(c, node_id)
    if not isinstance(found, RefObject):
        raise not_found(f"Could not resolve to a Ref with the global id of '{node_id}'")
    return found


@mutation
def update_ref(c: Context, given: MutationInput) -> Payload:
    """Point a reference at another commit."""
    ref = _ref(c, given["refId"])
    force = bool(given.get("force"))
    branches.update_ref(c.world, c.actor, ref.repository, ref.full_name, given["oid"], force=force)
    return {"ref": ref}


@mutation
def update_refs(c: Context, given: MutationInput) -> Payload:
    """Create, update or delete references, all of them or none."""
    repository = see(c, given["repositoryId"], Repository)
    updates = [
        branches.RefUpdate(each["name"], each.get("beforeOid"), each["afterOid"], bool(each.get("force")))
        for each in given["refUpdates"]
    ]
    branches.update_refs(c.world, c.actor, repository, updates)
    return {}


@mutation
def delete_ref(c: Context, given: MutationInput) -> Payload:
    """Delete a reference."""
    ref = _ref(c, given["refId"])
    branches.delete_ref(c.world, c.actor, ref.repository, ref.full_name)
    return {}


@mutation
def create_commit_on_branch(c: Context, given: MutationInput) -> Payload:
    """Commit whole files to a branch, which must be at `expectedHeadOid`."""
    branch = given["branch"]
    if "id" in branch:
        ref = _ref(c, branch["id"])
        repository, name = ref.repository, ref.full_name
    else:
        owner, _, repo = branch["repositoryNameWithOwner"].partition("/")
        repository, name = c.world.repository(owner, repo), branch["branchName"]
        check(c.actor, repository, "metadata:read")
    name = name.removeprefix("refs/heads/")
    if not repository.git.branch(name):
        raise unprocessable(f'Branch "{name}" not found')
    message = given["message"]
    text = "\n\n".join(filter(None, (message["headline"], message.get("body"))))
    files = _files(given.get("fileChanges") or {})
    oid = branches.commit_files(c.world, c.actor, repository, name, files, text, given["expectedHeadOid"])
    return {"commit": CommitObject(repository, oid), "ref": RefObject(repository, f"refs/heads/{name}")}


def _files(changes: MutationInput) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {each["path"]: None for each in changes.get("deletions") or ()}
    for addition in changes.get("additions") or ():
        try:
            files[addition["path"]] = base64.b64decode(addition["contents"], validate=True)
        except (binascii.Error, ValueError):
            raise unprocessable(f"contents of `{addition['path']}` is not valid Base64") from None
    return files
