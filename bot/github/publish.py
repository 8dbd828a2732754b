"""Writes to GitHub: `apply` does the steps of a plan, and returns the snapshot with their results.

After a lost response nothing is sent again.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.github import batch, by_rest
from bot.github.client import Client
from bot.github.mutations import CONTENTS, PULLS
from bot.model import CreateLabel, Refusal, RequestReviews, Snapshot, Step


async def apply(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> Snapshot:
    """Do these steps, and return the snapshot after them.

    What GitHub refuses becomes a `Refusal` with the missing permission; what fails for that only is not
    reported again. Raises Stale when something changed since the snapshot was read, LostAnswer when it is
    unknown whether the steps were done, Limited during a rate limit.
    """
    if not steps:
        return snapshot
    # first, since they may be done twice, and texts of the batch may say that they were done
    single = [step for step in steps if isinstance(step, RequestReviews | CreateLabel)]
    others = [step for step in steps if not isinstance(step, RequestReviews | CreateLabel)]
    done = await by_rest.apply(client, snapshot, single)
    done = await batch.apply(client, done, others) if others else done
    return await _unless_not_installed(client, done, done.refusals[len(snapshot.refusals) :])


async def _unless_not_installed(client: Client, done: Snapshot, new: Sequence[Refusal]) -> Snapshot:
    """Return the snapshot without its archive where the App is not installed on that, and can only read it.

    GitHub reports this as a missing permission, too.
    """
    if done.archive is None or not any(refusal.permission in (CONTENTS, PULLS) for refusal in new):
        return done
    name = done.archive.repository.name
    if await client.identity.installation_on(name) is not None:
        return done
    refusal = Refusal("archive", f"The App is not installed on {name}.")
    return replace(done, archive=None, refusals=(*done.refusals[: -len(new)], refusal))
