"""From minutes to a pull request, and after every edit to the next commit. Pure."""

from collections import Counter
from collections.abc import Set
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

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
from bot.planning.case import Case, with_state
from bot.planning.proposal import Proposal
from bot.planning.pulls import last_written
from bot.state import replace_block
from bot.trailers import blob_oid, commit_trailer

LONGEST_REFUSAL = 300
"""Characters of GitHub's words that are kept."""
TRIES_AGAIN = timedelta(days=1)
"""After GitHub refused to merge; a review that was missing is an event, a check that became green is not."""

# -- the first publication ---------------------------------------------------------------------------------


def publish(case: Case, archive: Archive, proposal: Proposal) -> Plan:
    """Open the pull request; whatever of it an earlier try has done already is kept."""
    wanted = branch_name(proposal.series, proposal.day, proposal.suffix)
    name, steps = on_branch(archive, wanted, partial(_commit, case, proposal))
    body = reports.body(case, archive, proposal, name)
    draft = reports.is_draft(case, proposal)
    opening = OpenPull(name, reports.title(proposal), body, draft)
    why = f"publish the minutes of {proposal.day}"
    return Plan(why, (*steps, opening), fell_back=proposal.minutes.fell_back)


def follow_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Plan:
    """Publish what changed in the notes after the merge; what people changed in the archive stays."""
    found = human_edits.merged_with_archive(case, proposal, archive, pull)
    if found.is_for_people:
        return update_status(case, reports.conflict(case, archive, pull, found.conflicts))
    if found.text is None or archive.files.get(proposal.path) == blob_oid(found.text):
        return update_status(case, reports.merged(case, archive, pull))
    return publish(case, archive, replace(proposal, merged_text=found.text))


def _reviewers(case: Case, proposal: Proposal) -> tuple[str, ...]:
    """Choose who is asked to review: those who were there and are known, but not who wrote the notes."""
    if case.settings.reviewers != "attendees" or case.is_pseudonymous:
        return ()
    known = {name.casefold(): login for name, login in case.settings.people.items()}
    present = (known.get(name.casefold()) for name in proposal.minutes.fields.attendees)
    wrote = {(writer or "").casefold() for writer in case.notes.writers}
    return tuple(dict.fromkeys(who for who in present if who and who.casefold() not in wrote))[:15]


def _trailer(proposal: Proposal) -> str:
    return commit_trailer(proposal.path, proposal.text, proposal.minutes.text)


def _commit(case: Case, proposal: Proposal, name: str, head: str, moved_from: str | None = None) -> Commit:
    """Commit the one file; the message names the meeting only, as it goes out to everyone who watches."""
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
    """Count the lines of the minutes that would change; None where nothing was written yet.

    Raises MissingFacts.
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
    """Follow the notes when they changed, and tell people; the first time that announces the pull request."""
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
    )
    if not case.is_up_to_date or moved or pull_state.missing_permissions != case.missing_permissions:
        found = human_edits.merged_with_people(case, proposal, pull)
        if found.is_for_people:
            return update_status(case, reports.conflict(case, archive, pull, found.conflicts))
        if found.text is None:
            return update_status(case, reports.edited_by_people(case, archive, pull))
        proposal = replace(proposal, merged_text=found.text)
        steps = _catch_up(case, archive, proposal, pull)
    # a check run needs the new commit's id, so with findings on lines the telling waits for the next batch
    if not (proposal.annotated and any(isinstance(step, Commit) for step in steps)):
        steps += _tell(case, archive, proposal, pull, {type(step) for step in steps})
    why = (
        f"follow the notes of {proposal.day}"
        if case.status_comment
        else f"announce the minutes of {proposal.day}"
    )
    if not steps:
        return _merge_when_due(case, proposal, pull, now)
    return Plan(why, tuple(steps), fell_back=proposal.minutes.fell_back)


def _merge_when_due(case: Case, proposal: Proposal, pull: Pull, now: datetime) -> Plan:
    """Merge, where the team wants that: only the one file, without an error or an open objection."""
    rule, pull_state = case.settings.merge, case.pull_state
    if case.refused(MergePull):
        return Plan("GitHub did not let me merge; I try again in a day", look_again=now + TRIES_AGAIN)
    fit = not (pull.draft or proposal.has_errors or pull_state.objections)
    if rule == "by hand" or not fit or pull.files != (proposal.path,) or pull.head is None:
        why = (
            f"done, but for what the app lacks: {', '.join(case.missing_permissions)}"
            if case.missing_permissions
            else "all is well"
        )
        return Plan(why, fell_back=proposal.minutes.fell_back)
    if isinstance(rule, timedelta):
        spoken = (comment.edited_at or comment.created_at for comment in pull.comments)
        pushed = (revision.at for revision in pull.revisions[:1] if revision.at)
        due = max([piece.since for piece in case.notes.pieces] + [*spoken, *pushed]) + rule
        if now < due:
            return Plan(f"all is well; it merges after {rule.days} quiet days", look_again=due)
    elif not pull_state.accepted:
        return Plan("all is well; it merges when it is accepted")
    return Plan(f"merge the minutes of {proposal.day}", (MergePull(pull, pull.head),))


def _catch_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> list[Step]:
    """Commit and describe what changed in the notes since the pull request was last written.

    Only a change of the notes counts, so that a new version of the bot disturbs nobody.
    """
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


def _tell(
    case: Case, archive: Archive, proposal: Proposal, pull: Pull, beside: Set[type[Step]]
) -> list[Step]:
    """Bring the status comment up to date; with it come the labels, once, and the check run of the commit.

    `beside` are the kinds of steps that go with it.
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
