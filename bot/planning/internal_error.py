"""The report of an internal error. Pure, and separate from `plan`, which may be what failed."""

from dataclasses import replace

from bot.model import EditComment, Plan, PostComment, Role, Snapshot
from bot.planning import texts
from bot.planning.case import is_writer, own_comments, read_case
from bot.state import SourceState, embed_state, find_state


def report(snapshot: Snapshot, error_id: str) -> Plan:
    """Return the plan that writes "internal error <error_id>" into the status comment on the source, once.

    Without a status comment it posts one only where somebody with write access started the minutes. Raises
    MissingFacts.
    """
    source, why = snapshot.source, "report an internal error"
    if source is None:
        return Plan("the source is gone")
    status = next(iter(own_comments(source)), None)
    saved_state = (find_state(status.body, SourceState) if status else None) or SourceState(source.name)
    state = replace(saved_state, status="failed", detail=error_id, notes_digest=None)
    body = embed_state(state, texts.render("failed", {"id": error_id}))
    if status is not None:
        return Plan(why, () if state == saved_state else (EditComment(status, body),))
    starters = [login for login, _ in read_case(snapshot, source).starters if login]
    roles = [Role(source.repository.name, login) for login in starters]
    snapshot.require("who started this?", *roles)
    is_started = any(is_writer(snapshot.roles.get(role)) for role in roles)
    return Plan(why, (PostComment(body),) if is_started else ())
