"""The status comment's text, for each status. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.minutes import Conflict
from bot.model import Archive, Pull, Refusal
from bot.planning import texts
from bot.planning.case import Case
from bot.planning.placing import Question
from bot.planning.proposal import Proposal
from bot.planning.reports import facts
from bot.planning.reports.pull import merge_day
from bot.state import SourceState, digest, embed_state

LONGEST_PREVIEW = 40_000  # characters of minutes in a comment, to leave room for the rest of it
LONGEST_SIDE = 2_000  # characters of one side of a conflict
MOST_CONFLICTS = 5
"""How many conflicts the comment shows, and the pull request links."""
MOST_ANSWERS = 3
"""How many of the newest answers to commands the comment shows."""
ASKING = frozenset({"question", "conflict"})
"""Statuses in which people must answer; each begins with a new comment, which notifies them."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the bot's status comment on a source is to say, and the state that is stored in the comment."""

    state: SourceState
    text: str

    @property
    def body(self) -> str:
        """The whole text of the comment: what people read, and the state, which GitHub does not show."""
        return embed_state(self.state, self.text)


def ready(case: Case, archive: Archive, proposal: Proposal, pull: Pull, *, draft: bool) -> Report:
    """Return the report that the pull request with the minutes is there; `draft`: it is a draft.

    It also says how much of the notes is in the minutes word for word, and what to look at.
    """
    objections = (case.pull_updates.get(pull.number) or case.pull_state).objections
    filled = {
        "day": proposal.day,
        "pull": pull,
        "draft": draft,
        "file_url": facts.file_url(archive, pull.branch, proposal.path),
        "account": facts.account(case.notes.text, proposal.minutes),
        "to_look_at": facts.to_look_at(proposal),
        "objections": objections,
        "unmerged": case.state.merge_refusal,
        "merges_on": merge_day(case, proposal, pull),
    }
    checked = pull.head if proposal.annotated else None
    details = ("draft" if draft else "", digest(*map(str, objections)) if objections else "")
    return _report(
        case,
        "ready",
        filled,
        path=proposal.path,
        suffix=proposal.suffix,
        checked_commit=checked,
        detail=" ".join(filter(None, details)),
    )


def idle(case: Case) -> Report:
    """Return a report with nothing but answers to commands; after a merge or a stop it repeats that.

    After a merge it says where the minutes are, after `/minutes stop` what became of the pull request.
    """
    state = case.state
    if case.pull and case.pull.state == "merged" and case.archive:
        return merged(case, case.archive, case.pull)
    if state.status == "stopped" or (case.pull and case.is_stopped):
        return stopped(case)
    return _report(
        case,
        "idle",
        {"day": state.day},
        notes_digest=state.notes_digest,
        path=state.path,
        suffix=state.suffix,
    )


def settling(case: Case) -> Report:
    """Return the report that the bot waits for the notes to stay unchanged for a while.

    It is used only together with the answer to a command.
    """
    state = case.state
    filled = {"day": state.day, "pull": case.pull}
    return _report(
        case, "settling", filled, notes_digest=state.notes_digest, path=state.path, suffix=state.suffix
    )


def needs_approval(case: Case, why: str, changed: int | None = None) -> Report:
    """Return the report that the notes changed, and that somebody with write access must approve them.

    `why` is `approved`, if a review has approved the pull request already, or `stranger`, if somebody without
    write access wrote; `changed` counts the lines of the minutes that would change, None: unknown.
    """
    state = case.state
    filled = {"day": state.day, "pull": case.pull, "why": why, "lines": changed}
    detail = f"{why} {case.digest}"
    return _report(
        case,
        "needs-approval",
        filled,
        notes_digest=state.notes_digest,
        path=state.path,
        suffix=state.suffix,
        detail=detail,
    )


def conflict(case: Case, archive: Archive, pull: Pull, conflicts: Sequence[Conflict]) -> Report:
    """Return the report of conflicts: where the notes and people's edits on the branch of `pull` differ.

    It says what people can do; the bot changes nothing. If `pull` was merged, the edits are those in the
    archive.
    """
    shown = [
        {"line": each.theirs_line, "notes": _side(each.ours), "branch": _side(each.theirs)}
        for each in conflicts[:MOST_CONFLICTS]
    ]
    is_merged = pull.state == "merged"
    where = (archive.repository.default_branch or "") if is_merged else pull.branch
    filled = {
        **_about(case, pull, archive, where),
        "is_merged": is_merged,
        "conflicts": shown,
        "more": len(conflicts) - len(shown),
    }
    detail = digest(*(f"{each.theirs_line} {each.ours} {each.theirs}" for each in conflicts))
    pull_state = case.pull_state
    return _report(case, "conflict", filled, detail=detail, path=pull_state.path, suffix=pull_state.suffix)


def _side(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else f"{text[:LONGEST_SIDE]} ..."


def question(case: Case, question: Question) -> Report:
    """Return the report that asks people a question that only they can answer."""
    return _report(case, "question", {"day": None, "question": asked(case, question)}, detail=question.name)


def asked(case: Case, question: Question) -> str:
    """Return the text of a question to people, in Markdown; it also stands where a preview cannot be made."""
    filled = {
        "archive_name": case.archive_name,
        "source_name": case.source.name,
        "owner": case.source.repository.name.split("/")[0].lower(),
        **question.facts,
    }
    return texts.render(f"questions/{question.name}", filled)


def preview(proposal: Proposal) -> str:
    """Return the minutes and what was found in them as Markdown, to be folded into a comment."""
    text = proposal.minutes.text
    filled = {
        "path": proposal.path,
        "text": text[:LONGEST_PREVIEW],
        "cut": len(text) > LONGEST_PREVIEW,
        "findings": proposal.findings,
    }
    return texts.render("preview", filled)


def refused(case: Case, refusal: Refusal) -> Report:
    """Return the report that GitHub refused to do something, and which permission is missing, if one is."""
    filled = {
        "day": None,
        "step": _STEPS.get(refusal.step, refusal.step),
        "permission": refusal.permission,
        "archive_name": case.archive_name,
        "message": refusal.message,
        "is_in_the_way": refusal.step == "CreateBranch" and "cannot be created" in refusal.message,
    }
    return _report(case, "refused", filled, detail=refusal.permission or refusal.message[:80])


def edited_by_people(case: Case, archive: Archive, pull: Pull) -> Report:
    """Return the report that the minutes that the bot wrote are no longer on the branch of `pull`.

    People have to go on by hand.
    """
    return _report(case, "edited-by-people", _about(case, pull, archive, pull.branch))


def merged(case: Case, archive: Archive, pull: Pull) -> Report:
    """Return the report that `pull` was merged, with where the minutes are in the archive."""
    return _report(case, "merged", _about(case, pull, archive, archive.repository.default_branch or ""))


def closed(case: Case, pull: Pull) -> Report:
    """Return the report that a person closed `pull`, the pull request, and that it stays closed."""
    return _report(case, "closed", _about(case, pull))


def stopped(case: Case) -> Report:
    """Return the report that the bot has closed its pull request, or left it to people who changed it."""
    branches = {branch.name for branch in case.archive.branches} if case.archive else set()
    is_there = case.pull is not None and case.pull.branch in branches
    filled = {
        "day": case.state.day,
        "pull": case.pull,
        "is_by_command": case.is_stopped,
        "who": case.state.stopped_by or "somebody",
        "branch_is_there": is_there,
    }
    return _report(case, "stopped", filled, detail="by-command" if case.is_stopped else "")


def _about(case: Case, pull: Pull, archive: Archive | None = None, branch: str = "") -> dict[str, Any]:
    """Return the values for a pull request that the bot leaves alone, and whether the notes changed."""
    pull_state = case.pull_state
    file = facts.file_url(archive, branch, pull_state.path or "") if archive else ""
    changed = not case.is_up_to_date and case.are_notes_readable
    return {"day": pull_state.day, "pull": pull, "file_url": file, "changed": changed}


def _report(case: Case, status: str, filled: dict[str, Any], **changes: Any) -> Report:
    pull = case.pull.number if case.pull else case.state.pull_number
    answers = [facts.answer(each) for each in case.results_at("source")]
    changes["answers"] = (*case.state.answers, *(each["line"] for each in answers))[-MOST_ANSWERS:]
    changes.setdefault("detail", "changed" if filled.get("changed") else "")
    changes.setdefault("notes_digest", case.digest)
    state = replace(
        case.state,
        status=status,
        pull_number=pull,
        day=filled["day"],
        archive=case.archive_name,
        missing_permissions=case.missing_permissions,
        merge_refusal=filled.get("unmerged", ""),
        merges_on=filled.get("merges_on"),
        **{"path": None, "suffix": "", **changes},
    )
    common = {
        "status": status,
        "name": state.suffix,
        "lacks": case.missing_permissions,
        "has_pull": pull is not None,
        "settle": facts.span(case.settings.settle),
        "answers": answers,
        "earlier": state.answers[: -len(answers) or None],
        "redacted": state.redacted_pulls,
        "kind": case.source.kind,
        "pads": facts.pads(case),
    }
    return Report(state, texts.render("status", {**filled, **common}))


_STEPS = {
    "archive": "read the archive",
    "source": "read this repository",
    "CreateBranch": "make a branch in the archive",
    "Commit": "commit the minutes to a branch of the archive",
    "OpenPull": "open the pull request",
    "EditPull": "edit the pull request",
    "ClosePull": "close the pull request",
}
