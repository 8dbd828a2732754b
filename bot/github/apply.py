"""Writes to GitHub: `apply` applies the steps of a plan, and returns the snapshot with their results.

No step is sent again after a lost response.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.github import batch, by_rest
from bot.github.client import Client
from bot.github.mutations import CONTENTS, PULLS
from bot.model import Refusal, Snapshot, Step


async def apply(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> Snapshot:
    """Apply the steps of a plan on GitHub, and return the snapshot as it is after them.

    A step that GitHub refuses becomes a `Refusal` of the snapshot, with the permission if one is missing;
    later steps that fail only because of it are not reported. Raises Stale when something changed since the
    snapshot was read, LostAnswer when it is unknown whether the steps were done, Limited during a rate limit.
    """
    if not steps:
        return snapshot
    # first, since doing them twice is harmless, and texts in the batch may mention their results
    single = [step for step in steps if isinstance(step, by_rest.SINGLE)]
    others = [step for step in steps if not isinstance(step, by_rest.SINGLE)]
    done = await by_rest.apply(client, snapshot, single)
    done = await batch.apply(client, done, others) if others else done
    return await _unless_not_installed(client, done, done.refusals[len(snapshot.refusals) :])


async def _unless_not_installed(client: Client, done: Snapshot, new: Sequence[Refusal]) -> Snapshot:
    """Return the snapshot, but without its archive if the App is not installed on the archive.

    GitHub reports a missing permission in that case, too. `new` are the refusals of the steps just sent; then
    one refusal that names the cause replaces them.
    """
    if done.archive is None or not any(refusal.permission in (CONTENTS, PULLS) for refusal in new):
        return done
    name = done.archive.repository.name
    if await client.identity.installation_on(name) is not None:
        return done
    refusal = Refusal("archive", f"The App is not installed on {name}.")
    return replace(done, archive=None, refusals=(*done.refusals[: -len(new)], refusal))
