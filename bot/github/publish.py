"""Making things different on GitHub: `apply` does the steps of a plan, and folds what became of them.

Nothing is ever sent again after an answer that was lost.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.github import batch, by_rest
from bot.github.client import Client
from bot.github.mutations import CONTENTS, PULLS
from bot.model import CreateLabel, Refusal, RequestReviews, Snapshot, Step


async def apply(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> Snapshot:
    """Do these steps, and tell how things stand then.

    What GitHub refuses becomes a `Refusal` with the missing permission; what fails for that only is not
    reported again. Raises Stale when the world moved (look again), LostAnswer when nobody knows whether the
    steps were done, Limited when GitHub wants to be left alone.
    """
    if not steps:
        return snapshot
    # first, since it may be done twice; the batch may say that it is done
    single = [step for step in steps if isinstance(step, RequestReviews | CreateLabel)]
    others = [step for step in steps if not isinstance(step, RequestReviews | CreateLabel)]
    done = await by_rest.apply(client, snapshot, single)
    done = await batch.apply(client, done, others) if others else done
    return await _unless_not_installed(client, done, done.refusals[len(snapshot.refusals) :])


async def _unless_not_installed(client: Client, done: Snapshot, new: Sequence[Refusal]) -> Snapshot:
    """Return a missing permission from an archive on which the App is not installed, and can only read.

    GitHub's words for both are the same; the latter counts as an archive that cannot be read.
    """
    if done.archive is None or not any(refusal.permission in (CONTENTS, PULLS) for refusal in new):
        return done
    name = done.archive.repository.name
    if await client.itself.installation_on(name) is not None:
        return done
    told = Refusal("archive", f"The App is not installed on {name}.")
    return replace(done, archive=None, refusals=(*done.refusals[: -len(new)], told))
