"""Which branch of the archive a pull request gets. Pure."""

import re
from collections.abc import Callable
from datetime import date

from bot.calendar import Series
from bot.model import Archive, Branch, Commit, CreateBranch, DeleteBranch, OpenPull, Snapshot, Step
from bot.state import digest


def branch_name(series: Series | None, day: date, name: str = "") -> str:
    """Name the branch of a meeting's minutes."""
    of_series = f"{_slug(series.name)}/" if series else ""
    return f"minutes/{of_series}{day}{f'-{name}' if name else ''}"


def _slug(name: str) -> str:
    """Write a name as branches can have it (`git check-ref-format`), and never as a day."""
    plain = re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].rstrip("-")
    return plain if re.search("[a-z]", plain) else f"series-{digest(name)[:8]}"


def on_branch(
    archive: Archive, wanted: str, commit: Callable[[str, str], Commit]
) -> tuple[str, tuple[Step, ...]]:
    """Return the branch for a pull request, and the steps by which it gets its commit.

    `commit` makes the commit for a branch and its head. What an earlier try has done already is kept.
    """
    base = archive.repository.head
    assert base is not None  # who asks for a branch saw to it that there is something to branch from
    made = commit(wanted, base)
    name, found = _branch(archive, wanted, base, made.body)
    if found is None:
        return name, (CreateBranch(name, base), commit(name, base))
    done = _trailers(made.body) <= _trailers(found.message)
    return name, () if done else (commit(name, found.head),)


def left_over(snapshot: Snapshot) -> tuple[DeleteBranch, ...]:
    """Delete the branches that were made in vain: GitHub refused what should follow.

    Else each further try would leave one, by another name.
    """
    archive = snapshot.archive
    is_refused = any(
        no.step == Commit.__name__ or (no.step == OpenPull.__name__ and "draft" not in no.message.lower())
        for no in snapshot.refusals
    )
    if archive is None or not is_refused or any(no.step == DeleteBranch.__name__ for no in snapshot.refusals):
        return ()
    used = {pull.branch for pull in archive.pulls}
    in_vain = (each for each in archive.branches if each.name in snapshot.made and each.name not in used)
    return tuple(map(DeleteBranch, in_vain))


def _branch(archive: Archive, wanted: str, base: str, message: str) -> tuple[str, Branch | None]:
    """Choose the branch: a new name, or the one that an earlier try left without a pull request."""
    branches = {each.name: each for each in archive.branches}
    used = {pull.branch for pull in archive.pulls}
    name, count = wanted, 1
    while name in branches or name in used:
        found = branches.get(name)
        if (
            found
            and name not in used
            and (found.head == base or _trailers(message) <= _trailers(found.message))
        ):
            return name, found
        count += 1
        name = f"{wanted}.{count}"
    return name, None


def _trailers(message: str) -> set[str]:
    """List the lines by which the bot knows a commit of its own."""
    return {line for line in message.split("\n") if line.startswith("Minutes-")}
