"""The branches of pull requests in the archive: names, creation, removal. Pure."""

import re
from collections.abc import Callable
from datetime import date

from bot.model import Archive, Branch, Commit, CreateBranch, DeleteBranch, OpenPull, Snapshot, Step
from bot.state import digest


def branch_name(series: str, day: date, suffix: str = "") -> str:
    """Return the name of the branch for a meeting's minutes: `minutes/<series>/<day>-<suffix>`.

    The series' name is put in a form that branches allow; parts that are empty are left out. `suffix` tells a
    second meeting of the day apart.
    """
    of_series = f"{_slug(series)}/" if series else ""
    return f"minutes/{of_series}{day}{f'-{suffix}' if suffix else ''}"


def _slug(name: str) -> str:
    """Return a name in a form that branches allow (`git check-ref-format`), and that is never a day.

    At most 40 characters: lower-case letters, digits and hyphens; a digest where there is no letter.
    """
    plain = re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].rstrip("-")
    return plain if re.search("[a-z]", plain) else f"series-{digest(name)[:8]}"


def on_branch(
    archive: Archive, wanted: str, commit: Callable[[str, str], Commit]
) -> tuple[str, tuple[Step, ...]]:
    """Return the name of the archive's branch for a new pull request, and the steps that put a commit on it.

    `wanted` is the name unless it is in use; then a number is added. `commit` makes the commit from the names
    of a branch and of the commit at its head. A branch or commit that an earlier try has made is used again.
    """
    base = archive.repository.head
    assert base is not None  # callers have checked that the archive has a commit
    made = commit(wanted, base)
    name, found = _branch(archive, wanted, base, made.body)
    if found is None:
        return name, (CreateBranch(name, base), commit(name, base))
    done = _trailers(made.body) <= _trailers(found.message)
    return name, () if done else (commit(name, found.head),)


def left_over(snapshot: Snapshot) -> tuple[DeleteBranch, ...]:
    """Return the steps that delete branches, just created, whose commit or pull request GitHub refused.

    Otherwise each further try would leave one more, under another name.
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
    """Return the name for the branch, and the branch itself where an earlier try left it, else None."""
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
    """Return the trailers in a message by which the bot recognises its own commits."""
    return {line for line in message.split("\n") if line.startswith("Minutes-")}
