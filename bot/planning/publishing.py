"""The steps that open a pull request with minutes, and keep it up to date with the notes. Pure."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.config import MOST_REVIEWERS
from bot.model import (
    AddLabels,
    Archive,
    Check,
    Commit,
    EditPull,
    FileRef,
    MarkReady,
    MergePull,
    OpenPull,
    Plan,
    Pull,
    RequestReviews,
    Step,
)
from bot.planning import human_edits, reports
from bot.planning.announce import reactions, relabel, update_status
from bot.planning.branches import branch_name, on_branch
from bot.planning.case import Case, with_pull_state, with_state
from bot.planning.proposal import Proposal, link_state
from bot.planning.pulls import last_written
from bot.state import replace_block
from bot.trailers import blob_oid, commit_trailer

LONGEST_REFUSAL = 300
"""The most characters that are kept of GitHub's reason not to merge."""
TRIES_AGAIN = timedelta(days=1)
"""The wait after GitHub refused to merge. A review causes an event when it comes, a check that passes does
not."""

# -- the first publication ---------------------------------------------------------------------------------


def publish(case: Case, archive: Archive, proposal: Proposal) -> Plan:
    """Return the plan that opens the pull request with the minutes, `proposal`, in the archive.

    A branch or commit of an earlier try is used again.
    """
    wanted = branch_name(proposal.placement.name, proposal.day, proposal.suffix)
    name, steps = on_branch(archive, wanted, partial(_commit, case, proposal))
    body = reports.body(case, archive, proposal, name)
    draft = reports.is_draft(case, proposal)
    opening = OpenPull(name, reports.title(proposal), body, draft)
    why = f"publish the minutes of {proposal.day}"
    return Plan(why, (*steps, opening), fell_back=proposal.minutes.fell_back)


def follow_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Plan:
    """Return the plan for notes that changed after `pull`, the pull request with their minutes, was merged.

    Another pull request is opened if the minutes, `proposal`, differ from the file; what people changed in
    the archive stays.
    """
    found = human_edits.merged_with_archive(case, proposal, archive, pull)
    if found.is_for_people:
        return update_status(case, reports.conflict(case, archive, pull, found.conflicts))
    if found.text is None or archive.files.get(proposal.path) == blob_oid(found.text):
        return update_status(case, reports.merged(case, archive, pull))
    return publish(case, archive, replace(proposal, merged_text=found.text))


def _reviewers(case: Case, proposal: Proposal) -> tuple[str, ...]:
    """Return the logins of those to ask for a review, 15 at most.

    They are those that the settings list, or the attendees whose login the settings know, but nobody who
    wrote the notes. Where the notes are private, those that are listed are asked all the same, whoever wrote:
    who is left out would tell who did.
    """
    listed = case.settings.reviewers
    if listed == "none" or (listed == "attendees" and case.is_pseudonymous):
        return ()
    wrote = set() if case.is_pseudonymous else {(writer or "").casefold() for writer in case.notes.writers}
    wanted = _attendees(case, proposal) if listed == "attendees" else listed
    asked: dict[str, str] = {}
    for who in wanted:
        if who.casefold() not in wrote:
            asked.setdefault(who.casefold(), who)
    return tuple(asked.values())[:MOST_REVIEWERS]


def _attendees(case: Case, proposal: Proposal) -> Iterator[str]:
    """Yield the logins of those who were there, as far as the settings know them."""
    known = {name.casefold(): login for name, login in case.settings.people.items()}
    for name in proposal.minutes.fields.attendees:
        if login := known.get(name.casefold()):
            yield login


def _trailer(proposal: Proposal) -> str:
    return commit_trailer(proposal.path, proposal.text, proposal.minutes.text)


def _commit(case: Case, proposal: Proposal, name: str, head: str, moved_from: str | None = None) -> Commit:
    """Return the commit of the minutes; its message names only the meeting, since all who watch get it.

    `moved_from` is the former path of the file, to be deleted.
    """
    return Commit(
        branch=name,
        expected_head=head,
        path=proposal.path,
        text=proposal.text,
        headline=reports.title(proposal),
        body="\n".join((*reports.credit(case), _trailer(proposal))),
        delete=moved_from,
    )


# -- an open pull request ----------------------------------------------------------------------------------


def lines_changed(case: Case, proposal: Proposal) -> int | None:
    """Return how many lines of the minutes would change since the bot wrote them last.

    `proposal` has the new minutes; None where nothing was written yet. Raises MissingFacts.
    """
    blob = case.pull_state.file_blob if case.pull else None
    if blob is None:
        return None
    case.snapshot.require("what was written last?", FileRef(blob))
    before, now = (
        Counter((text or "").split("\n")) for text in (case.snapshot.texts.get(FileRef(blob)), proposal.text)
    )
    return max((now - before).total(), (before - now).total())


def follow(case: Case, archive: Archive, proposal: Proposal, pull: Pull, now: datetime) -> Plan:
    """Return the plan for the open pull request: follow the notes, update the status comment, or merge.

    `pull` is that pull request, `proposal` has the minutes made of the notes now. The bot follows only when
    the notes, the meeting or the missing permissions changed: a new version of the bot alone rewrites
    nothing. Raises MissingFacts.
    """
    steps: list[Step] = []
    if refusal := next((no for no in case.refusals if no.step == MergePull.__name__), None):
        case = with_state(case, merge_refusal=refusal.message[:LONGEST_REFUSAL])
    elif case.state.merge_refusal and (not case.is_up_to_date or case.settings.merge == "by hand"):
        case = with_state(case, merge_refusal="")
    pull_state = case.pull_state
    moved = (pull_state.day, pull_state.suffix, pull_state.source) != (
        proposal.day,
        proposal.suffix,
        case.public_name,
    ) or not proposal.placement.is_of(pull_state.series)
    has_changed = not case.is_up_to_date or moved
    has_changed |= pull_state.missing_permissions != case.missing_permissions or pull_state.conflicts > 0
    link = link_state(proposal.previous, proposal.pending)
    if has_changed or pull_state.previous not in (None, link):
        found = human_edits.merged_with_people(case, proposal, pull)
        if found.is_for_people and has_changed:
            case = with_pull_state(
                case,
                pull,
                conflicts=len(found.conflicts) or 1,
                conflict_lines=tuple(each.theirs_line for each in found.conflicts[: reports.MOST_CONFLICTS]),
                merges_on=None,
            )
            return update_status(case, reports.conflict(case, archive, pull, found.conflicts))
        if found.text is None and not found.is_for_people:
            if pull_state.conflicts:
                case = with_pull_state(case, pull, conflicts=0, conflict_lines=())
            return update_status(case, reports.edited_by_people(case, archive, pull))
        if found.text is not None:  # else people set the link by themselves: it stays
            proposal = replace(proposal, merged_text=found.text)
            steps = _catch_up(case, archive, proposal, pull)
    if pull_state.status == reports.STOPPED:  # people opened it again
        case = with_pull_state(case, pull, status="", stopped_by="")
    day = reports.merge_day(case, proposal, pull)
    if day != pull_state.merges_on:
        case = with_pull_state(case, pull, merges_on=day)
    # a check run needs the new commit's id: with findings on lines, the comment waits for the next batch
    if not (proposal.annotated and any(isinstance(step, Commit) for step in steps)):
        steps += _announce(case, archive, proposal, pull, {type(step) for step in steps})
    why = (
        f"follow the notes of {proposal.day}"
        if case.status_comment
        else f"announce the minutes of {proposal.day}"
    )
    if not steps:
        return _merge_when_due(case, proposal, pull, now)
    return Plan(why, tuple(steps), fell_back=proposal.minutes.fell_back)


def _merge_when_due(case: Case, proposal: Proposal, pull: Pull, now: datetime) -> Plan:
    """Return the plan that merges, or waits for that, where the settings want it.

    Only a pull request that changes the one file, without an error or an open objection, is merged.
    """
    rule, pull_state = case.settings.merge, case.pull_state
    if case.refused(MergePull):
        return Plan("GitHub did not let me merge; I try again in a day", look_again=now + TRIES_AGAIN)
    fit = not (pull.draft or proposal.has_errors or pull_state.objections)
    if fit and rule != "by hand" and proposal.pending:
        return Plan(f"all is well; it merges after pull request {proposal.pending.number}")
    if rule == "by hand" or not fit or pull.files != (proposal.path,) or pull.head is None:
        why = (
            f"done, but for what the app lacks: {', '.join(case.missing_permissions)}"
            if case.missing_permissions
            else "all is well"
        )
        return Plan(why, fell_back=proposal.minutes.fell_back)
    if isinstance(rule, timedelta):
        due = reports.merge_due(case, pull)
        if due and now < due:
            return Plan(f"all is well; it merges after {rule.days} quiet days", look_again=due)
    elif not pull_state.accepted:
        return Plan("all is well; it merges when it is accepted")
    return Plan(f"merge the minutes of {proposal.day}", (MergePull(pull, pull.head),))


def _catch_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> list[Step]:
    """Return the steps that bring file, title and description up to date, and mark a draft ready."""
    steps: list[Step] = []
    pull_state, last = case.pull_state, last_written(pull)
    trailer = _trailer(proposal)
    standing = case.snapshot.texts.get(FileRef(pull.head or "", proposal.path))
    if pull.head and (last is None or trailer not in last.message) and standing != proposal.text:
        file = human_edits.file_of(case, pull)
        steps.append(_commit(case, proposal, pull.branch, pull.head, file if file != proposal.path else None))
    title = reports.new_title(pull, proposal)
    new = reports.body(case, archive, proposal, pull.branch, committed=standing != proposal.text)
    body = replace_block(pull.body, new)
    if (title, body) != (pull.title, pull.body):
        steps += [EditPull(pull, title, body), *reactions(case, "pull"), *relabel(case, pull)]
    if pull.draft and pull_state.is_bot_draft and not proposal.has_errors and not case.refused(MarkReady):
        steps.append(MarkReady(pull))
    return steps


def _announce(
    case: Case, archive: Archive, proposal: Proposal, pull: Pull, beside: Set[type[Step]]
) -> list[Step]:
    """Return the steps that update the status comment, with the commit's check run.

    With the first comment on a pull request come its labels and requests for review. `beside` are the kinds
    of steps in the same batch.
    """
    report = reports.ready(case, archive, proposal, pull, draft=pull.draft and MarkReady not in beside)
    steps = list(update_status(case, report, described=pull if EditPull in beside else None).steps)
    if not steps:
        return []
    labels = tuple(archive.labels[tag] for tag in case.notes_labels if tag in archive.labels)
    if labels and case.saved_state.pull_number != pull.number and not case.refused(AddLabels):
        steps.append(AddLabels(pull.id, labels))
    reviewers = _reviewers(case, proposal) if case.saved_state.pull_number != pull.number else ()
    if reviewers and not case.refused(RequestReviews):
        steps.append(RequestReviews(pull, reviewers))
    if (
        report.state.checked_commit
        and report.state.checked_commit != case.saved_state.checked_commit
        and not case.refused(Check)
    ):
        steps.append(reports.check(case, proposal, report.state.checked_commit))
    return steps
