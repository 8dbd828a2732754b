"""From a snapshot and the time to a plan: what should be different, or when to look again. Pure.

The plan is made again after each batch, with the answers folded into the snapshot, until it has no steps: the
first publication is a batch that opens the pull request, and one that announces it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot import config
from bot.model import (
    Archive,
    ClosePull,
    CloseSource,
    Commit,
    CreateBranch,
    DeleteBranch,
    DeleteComment,
    EditPull,
    MarkReady,
    OpenPull,
    Plan,
    PostComment,
    Pull,
    Refusal,
    Role,
    Snapshot,
    Step,
)
from bot.planning import reports
from bot.planning.acceptance import accept_previous
from bot.planning.announce import no_change, reactions, update_status
from bot.planning.branches import left_over
from bot.planning.case import Case, is_writer, read_case, with_pull_state, with_state
from bot.planning.meeting_day import is_list, keep_list
from bot.planning.placing import Question, adopt
from bot.planning.process_commands import process_commands
from bot.planning.proposal import Proposal, propose
from bot.planning.publishing import follow, follow_up, lines_changed, publish
from bot.planning.pulls import has_human_commits, is_unclaimed
from bot.state import PullState, find_state

NEEDED = (CreateBranch, Commit, OpenPull, EditPull)
"""Steps without which there are no minutes. If GitHub refuses another step, the minutes lack only what that
does, and the status comment says so."""


def make_plan(snapshot: Snapshot, now: datetime, keys: Sequence[bytes] = ()) -> Plan:
    """Return the plan for the source of a snapshot: the steps that bring its minutes in line with its notes.

    What prevents minutes is reported to people, once. `keys` make pseudonyms of private sources, for archives
    that more people see; the newest first. Raises MissingFacts.
    """
    source = snapshot.source
    if source is None:
        return Plan(f"the source is gone{_lacking(snapshot)}")
    if source.repository.fork:
        return Plan("the source is in a fork")
    if is_list(source):
        return keep_list(snapshot, source, now)
    case = read_case(snapshot, source, keys)
    snapshot.require("what else is notes?", *case.links_to_read)
    if case.mistakes:
        snapshot.require("which configuration is in force?", "config")
    case, steps = process_commands(case)
    if case.is_notes and not steps:
        case.snapshot.require("what do the pads say?", *case.notes.pads)
    return Plan("show that commands were read", steps) if steps else _decide(case, now)


def _decide(case: Case, now: datetime) -> Plan:
    """Return the plan for a case whose commands are executed. Raises MissingFacts."""
    if "redact" in case.executed:
        return _redact(case)
    if case.pull and case.pull.draft and case.refused(MarkReady):  # still the bot's draft
        case = with_pull_state(case, case.pull, is_bot_draft=True)
    if "preview" in case.executed:
        case = _with_preview(case)
    if not case.is_notes:
        return _take_back(case)
    if case.source.mine and not (case.notes.writers or case.are_notes_approved):
        return no_change(case, "nobody has written notes yet", reports.idle(case))
    if now < case.quiet_from and case.state.notes_digest != case.digest and not case.are_notes_approved:
        return no_change(case, "waiting until quiet", reports.settling(case), case.quiet_from)
    if not case.is_started and case.source.locked and not case.source.open:
        # an issue that became a discussion is left closed and locked, so no comment is possible
        return no_change(case, "closed and locked before it began", reports.idle(case))
    if not case.is_started and not _may_start(case):  # once started, it is not asked again
        return no_change(
            case, f"started by nobody with write access{_lacking(case.snapshot)}", reports.idle(case)
        )
    if case.is_taken_back:  # it begins anew, except where people kept the pull request
        is_kept = case.pull is not None and case.pull.state != "closed"
        case = with_state(
            case,
            status="",
            **({} if is_kept else {"superseded_through": case.state.pull_number, "pull_number": None}),
        )
    if refusal := _in_the_way(case):
        plan = update_status(case, reports.refused(case, refusal))
        return replace(plan, steps=(*left_over(case.snapshot), *plan.steps))
    try:
        return _bring_about(case, now)
    except Question as question:
        return update_status(case, reports.question(case, question))


def _may_start(case: Case) -> bool:
    """Return whether somebody with write access set the label, or posted in the category.

    What the bot itself opened for a meeting may always start. Raises MissingFacts.
    """
    if case.source.mine:
        return True
    starters = case.starters if case.is_labelled_by_program else case.starters[:1]
    _ask_for_roles(case, "who started this?", (login for login, _ in starters))
    return any(is_writer(case.role(login)) for login, _ in starters)


def _lacking(snapshot: Snapshot) -> str:
    """Return the missing permissions for the log; empty without any.

    Where GitHub lets the App read nothing, the log is the only place for them.
    """
    missing = {refusal.permission for refusal in snapshot.refusals if refusal.permission}
    return f", or the app lacks {', '.join(sorted(missing))}" if missing else ""


def _in_the_way(case: Case) -> Refusal | None:
    """Return the refusal that prevents minutes: of a needed step, or to read the archive; else None."""
    needed = {step.__name__ for step in NEEDED} - ({"OpenPull"} if case.drafts_refused else set())
    for refusal in case.refusals:
        if refusal.step in needed or (case.archive is None and refusal.permission):
            return refusal
    return None


def _bring_about(case: Case, now: datetime) -> Plan:
    """Return the plan that updates pull request and status comment. Raises Question, MissingFacts."""
    pull = case.pull
    match pull:
        case Pull(state="merged") if case.archive and not _follows_after_merge(case):
            return _merged(case, case.archive, pull)
        case Pull(state="closed"):
            return update_status(case, reports.closed(case, pull))
    archive = _writable_archive(case)
    _refuse_unread(case)
    if pull is None and _has_one_unseen(case, archive):  # do not open a second one
        return no_change(
            case,
            f"pull request {case.state.pull_number} is older than those that were read",
            reports.idle(case),
        )
    why = None if case.are_notes_approved else _needs_approval(case)
    case.snapshot.require("what do the minutes look like?", "shape")
    if why:
        return update_status(case, reports.needs_approval(case, why, _lines_waiting(case, archive)))
    case = adopt(case, case.day)
    proposal, pull = propose(case, archive), case.pull
    if case.is_pseudonymous:
        _refuse_source_leak(case, proposal)
    match pull:
        case Pull(state="open"):
            return follow(case, archive, proposal, pull, now)
        case Pull():
            return follow_up(case, archive, proposal, pull)
        case _:
            return publish(case, archive, proposal)


def _follows_after_merge(case: Case) -> bool:
    """Return whether notes that changed after the merge of their minutes are to be followed: if approved.

    Not where a pad cannot be read any more: then the minutes are all that is left of it.
    """
    return not case.is_up_to_date and case.are_notes_approved and case.are_notes_readable


def _refuse_unread(case: Case) -> None:
    """Raise Question where a pad with the notes cannot be read, or the notes are only a link to elsewhere."""
    for ref, pad in zip(case.notes.pads, case.pads, strict=True):
        if pad.trouble:
            raise Question("pad", url=ref.url, trouble=pad.trouble, archive=case.archive_name)
    if (url := case.notes.only_link) and case.notes.is_only_link:
        host = urlsplit(url).hostname or ""
        kind = "github" if _GITHUB.search(host) else "docs" if _DOCS.search(host) else "pad"
        known = host in case.settings.pads
        raise Question("only-a-link", host=host, kind=kind, known=known, archive=case.archive_name)


def _has_one_unseen(case: Case, archive: Archive) -> bool:
    """Return whether the state names a pull request that was not read, or is of another source now.

    A draft that no source has adopted does not count: it may be adopted yet.
    """
    stored, through = case.state.pull_number, case.state.superseded_through or 0
    marked = ((pull.number, find_state(pull.body, PullState)) for pull in archive.pulls if pull.mine)
    free = [number for number, pull_state in marked if pull_state and is_unclaimed(pull_state)]
    return stored is not None and stored > through and stored not in free


def _merged(case: Case, archive: Archive, pull: Pull) -> Plan:
    """Return the plan that reports the merge, and closes the source where the settings want that."""
    plan = update_status(accept_previous(case, archive, pull), reports.merged(case, archive, pull))
    if case.settings.close_source_when_merged and case.source.open and not case.refused(CloseSource):
        return replace(plan, steps=(*plan.steps, CloseSource(case.source)))
    return plan


_GITHUB = re.compile(r"(?:^|\.)github\.com$")
_DOCS = re.compile(r"^(?:docs|drive)\.google\.com$|(?:^|\.)(?:sharepoint\.com|notion\.so|dropbox\.com)$")
"""Hosts of documents that need a login, or have no address at which their text is."""
_IMAGES = re.compile(
    r"https://(?:[\w.-]*github\.com/[^\s)\"'>]*user-attachments/|private-user-images\.githubusercontent\.com/)",
    re.IGNORECASE,
)
"""URLs of files uploaded to an issue: in a private repository, only its members can see them.

https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/attaching-files"""


def _refuse_source_leak(case: Case, proposal: Proposal) -> None:
    """Raise Question where minutes would name their private source, or link files only its members see."""
    name = case.source.repository.name.casefold()
    lines = [
        number
        for number, line in enumerate(proposal.text.split("\n"), 1)
        if name in line.casefold() or _IMAGES.search(line)
    ]
    if lines:
        raise Question("source-leak", lines=lines[:20])


def _writable_archive(case: Case) -> Archive:
    """Return the archive. Raises Question where it cannot be written, or these notes may not go there."""
    archive = case.archive
    owners = {name.split("/")[0].casefold() for name in (case.archive_name, case.source.repository.name)}
    if archive is None or len(owners) > 1:  # an installation is for one account
        raise Question("no-archive")
    repository, source = archive.repository, case.source.repository
    if repository.archived:
        raise Question("archive-archived")
    if repository.head is None or repository.default_branch is None:
        raise Question("archive-empty")
    if case.mistakes and (case.snapshot.good_config is None or case.is_pseudonymous):
        raise Question("configuration", mistakes=case.mistakes)
    if repository.fork and case.settings.archive != repository.name:
        raise Question("archive-fork")
    if not case.settings.takes(source.name, repository.name, is_fork=source.fork):
        raise Question("source-not-listed")
    if case.is_pseudonymous and (case.pseudonym is None or not case.settings.allows_private(source.name)):
        raise Question("private-source")
    if repository.name != config.usual_archive(source.name) and archive.config is None:
        raise Question("archive-silent")  # else whoever writes to a source could write anywhere
    return archive


def _needs_approval(case: Case) -> str | None:
    """Return why changed notes wait for approval; None where they do not. Raises MissingFacts.

    `approved`: a review approved the pull request; `stranger`: they were edited without write access.
    """
    pull = case.pull
    known = case.pull_state.notes_digest if pull else case.state.approved_digest
    changed = case.notes.changed_since(known)
    if pull and pull.approved and changed:
        return "approved"
    began = _began(case)
    doubtful = [
        piece for piece in changed if not piece.is_from(known) and (known or (began and piece.since > began))
    ]
    actors = tuple(dict.fromkeys(piece.actor for piece in doubtful))
    _ask_for_roles(case, "who edited the notes?", actors)
    return None if all(is_writer(case.role(login)) for login in actors) else "stranger"


def _began(case: Case) -> datetime | None:
    """Return when the minutes were started last; None where they were not. Raises MissingFacts.

    Where a program set the label, only people with write access count.
    """
    starters = case.starters
    if case.is_labelled_by_program:
        _ask_for_roles(case, "who started this?", (who for who, _ in starters))
        starters = tuple(each for each in starters if is_writer(case.role(each[0])))
    return max((when for _, when in starters), default=None)


def _ask_for_roles(case: Case, why: str, logins: Iterable[str | None]) -> None:
    """Raise MissingFacts unless the roles of these people in the source's repository are known."""
    of = case.source.repository.name
    case.snapshot.require(why, *(Role(of, login) for login in logins if login and case.role(login) is None))


def _lines_waiting(case: Case, archive: Archive) -> int | None:
    """Return how many lines of the minutes would change; None where there are none yet, or a question.

    The question is not asked, since it may come of what somebody without write access wrote.
    """
    try:
        return lines_changed(case, propose(case, archive))
    except Question:
        return None


def _with_preview(case: Case) -> Case:
    """Return the case with the minutes as they would be in the answer to `/minutes preview`.

    Raises MissingFacts.
    """
    if case.archive is None:
        details = reports.asked(case, Question("no-archive"))
    else:
        case.snapshot.require("what do the minutes look like?", "shape")
        try:
            details = reports.preview(propose(case, case.archive))
        except Question as question:
            details = reports.asked(case, question)
    results = (
        replace(each, details=details) if each.pending.name == "preview" else each for each in case.results
    )
    return replace(case, results=tuple(results))


# -- in every state ----------------------------------------------------------------------------------------


def _redact(case: Case) -> Plan:
    """Return the plan that removes what the bot wrote for this source, as far as GitHub can, and begins anew.

    Branches are deleted with the commits that people pushed to them, since those contain the notes too.
    """
    archive = case.archive
    pulls = [pull for pull in archive.pulls if case.is_own(pull)] if archive else []
    kept = (
        [branch for branch in archive.branches if branch.name in {p.branch for p in pulls}] if archive else []
    )
    steps: list[Step] = [ClosePull(pull) for pull in pulls if pull.state == "open"]
    steps += [DeleteBranch(each) for each in kept]
    steps += [EditPull(pull, reports.WITHDRAWN, reports.withdrawn()) for pull in pulls]
    numbers = [pull.number for pull in pulls]
    fresh = with_state(
        case,
        redacted_pulls=(*case.state.redacted_pulls, *map(str, numbers)),
        superseded_through=max([*numbers, case.state.superseded_through or 0]) or None,
        pull_number=None,
        notes_digest=None,
        answers=(),
    )
    report = reports.settling(replace(fresh, comments=()))
    # the new comment first: if the batch is cut short, the old one still has the state to go on from
    steps += [PostComment(report.body), *(DeleteComment(comment) for comment in case.comments)]
    steps += [*reactions(case, "source"), *reactions(case, "pull")]
    return Plan(
        "take everything away and begin anew", tuple(step for step in steps if not case.refused(type(step)))
    )


def _take_back(case: Case) -> Plan:
    """Return the plan that closes the pull request of a source that is no longer meeting notes.

    One that people changed or reopened stays. The status comment follows once the pull request is closed.
    """
    pull, before = case.pull, case.state.status
    if pull is None and case.state.pull_number and before != "stopped":
        return no_change(
            case,
            f"pull request {case.state.pull_number} is not among those that were read",
            reports.idle(case),
        )
    ours = pull is not None and pull.state == "open" and not has_human_commits(pull) and before != "stopped"
    if pull and ours and not case.refused(ClosePull):
        branches = case.archive.branches if case.archive else ()
        deleted = [DeleteBranch(b) for b in branches if b.name == pull.branch and b.head == pull.head]
        # GitHub closes it with its branch, and deletes that only where nobody has pushed since the look
        closing = deleted if deleted and not case.refused(DeleteBranch) else [ClosePull(pull)]
        return Plan("stopped: close the pull request", (*_say_stopped(case, pull), *closing))
    if case.status_comment is None or before in ("stopped", "merged", "idle"):
        return no_change(case, "not meeting notes", reports.idle(case))
    if refusal := next((no for no in case.refusals if no.step == ClosePull.__name__), None):
        return update_status(case, reports.refused(case, refusal))
    return update_status(case, reports.stopped(case))


def _say_stopped(case: Case, pull: Pull) -> Iterator[Step]:
    """Yield the step that says in the description of `pull` that it is closed, by whom, and what opens it."""
    who = case.state.stopped_by if case.is_stopped and not case.is_pseudonymous else ""
    case = with_pull_state(case, pull, status=reports.STOPPED, stopped_by=who)
    body = reports.remarked(case, pull, case.pull_updates[pull.number])
    if body != pull.body and not case.refused(EditPull):
        yield EditPull(pull, pull.title, body)
