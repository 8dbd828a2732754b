"""Applies by REST the steps that GraphQL cannot do: requesting reviews, suggesting lines, creating labels.

GraphQL takes reviewers and pull requests by id only, and has `createLabel` only as a preview.
https://docs.github.com/en/rest
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from bot.github import update_snapshot
from bot.github.classify import classify_error
from bot.github.client import Client
from bot.github.errors import Gone, Refused, Stale
from bot.github.mutations import permission
from bot.model import CreateLabel, Refusal, RequestReviews, Snapshot, Suggest

SINGLE = (RequestReviews, Suggest, CreateLabel)
"""The steps that are applied here."""


async def apply(
    client: Client, snapshot: Snapshot, steps: Sequence[RequestReviews | Suggest | CreateLabel]
) -> Snapshot:
    """Apply the steps, one REST request after another, and return the snapshot as it is after them.

    Raises Stale when the archive or the pull request is gone; refusals and other exceptions are as in
    `bot.github.apply.apply`.
    """
    for step in steps:
        try:
            snapshot = await _do(client, snapshot, step)
        except Gone as error:
            raise Stale(f"{type(step).__name__}: {error}") from error
        except Refused as error:
            missing = classify_error(str(error)) == "permission"
            needed = permission(snapshot, step) if missing else None
            snapshot = update_snapshot.with_refusals(
                snapshot, Refusal(type(step).__name__, str(error), needed)
            )
    return snapshot


async def _do(client: Client, snapshot: Snapshot, step: RequestReviews | Suggest | CreateLabel) -> Snapshot:
    assert snapshot.archive is not None, "a step for an archive that was not read"
    archive = "/repos/" + quote(snapshot.archive.repository.name)
    if isinstance(step, RequestReviews):
        await _request_reviews(client, f"{archive}/pulls/{step.pull.number}/requested_reviewers", step.logins)
        return snapshot
    if isinstance(step, Suggest):
        await client.post(f"{archive}/pulls/{step.number}/reviews", data=_review(step))
        return snapshot
    return update_snapshot.with_label(
        snapshot, step.name, await _create_label(client, f"{archive}/labels", step)
    )


async def _request_reviews(client: Client, url: str, logins: Sequence[str]) -> None:
    """Request reviews from people, by login. Raises Refused when GitHub rejects one of them.

    GitHub then rejects the whole list, so before the exception is raised, each review is requested by itself.
    """
    try:
        await client.post(url, data={"reviewers": list(logins)})
    except Refused as error:
        if classify_error(str(error)) == "permission":
            raise
        for login in logins if len(logins) > 1 else ():
            with suppress(Refused):
                await client.post(url, data={"reviewers": [login]})
        raise


def _review(step: Suggest) -> dict[str, Any]:
    """Return a review that only comments, with a comment for each suggestion.

    https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request
    """
    comments = []
    for each in step.suggestions:
        runs = (len(run) + 1 for line in each.lines for run in re.findall("`+", line))
        fence = "`" * max([3, *runs])
        comment: dict[str, Any] = {
            "path": each.path,
            "line": each.last,
            "side": "RIGHT",
            "body": "\n".join((f"{fence}suggestion", *each.lines, fence)),
        }
        if each.first < each.last:
            comment |= {"start_line": each.first, "start_side": "RIGHT"}
        comments.append(comment)
    return {"commit_id": step.head, "event": "COMMENT", "body": step.body, "comments": comments}


async def _create_label(client: Client, url: str, step: CreateLabel) -> str:
    """Create a label, and return its id; if a label of that name exists, the id of that.

    Raises Refused when neither is possible.
    """
    data = {"name": step.name, "color": step.color, "description": step.description}
    try:
        return str((await client.post(url, data=data))["node_id"])
    except Refused:
        if (found := await _label(client, url, step.name)) is None:
            raise
        return found


async def _label(client: Client, url: str, name: str) -> str | None:
    """Return the id of the label of that name, None if there is none."""
    try:
        node: Any = await client.getitem(f"{url}/{quote(name, safe='')}")
    except Gone:
        return None
    return str(node["node_id"])
