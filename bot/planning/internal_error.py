"""What is said when the bot itself is at fault. Pure, and apart from `plan`, which may be what failed."""

from dataclasses import replace

from bot import marks
from bot.commands import WRITERS
from bot.marks import Mark
from bot.model import EditComment, Plan, PostComment, Role, Snapshot
from bot.planning import texts
from bot.planning.case import own_comments, read_case


def asks(snapshot: Snapshot) -> tuple[Role, ...]:
    """Tell whose roles are to be asked before: those of who may have started it."""
    if snapshot.source is None:
        return ()
    starters = read_case(snapshot, snapshot.source).starters
    return tuple(Role(snapshot.source.repository.name, login) for login, _ in starters if login)


def apologise(snapshot: Snapshot, error_id: str) -> Plan:
    """Say "internal error <id>" in the status comment, once. Without one, only who may start one is told."""
    source = snapshot.source
    if source is None:
        return Plan("the source is gone")
    status = next(iter(own_comments(source)), None)
    noted = (marks.find(status.body) if status else None) or Mark(source.name)
    mark = replace(noted, state="failed", detail=error_id, digest=None)
    body = marks.wrap(mark, texts.render("failed", {"id": error_id}))
    if status is not None:
        return Plan("apologise", () if mark == noted else (EditComment(status, body),))
    return Plan(
        "apologise", (PostComment(body),) if any(role in WRITERS for role in snapshot.roles.values()) else ()
    )
