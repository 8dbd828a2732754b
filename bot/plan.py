"""Snapshot + now -> Plan: what should be different, or when to look again. Pure.

It is asked again after each batch, with the answers folded into the snapshot, until nothing is left to do:
the first publication is a batch that opens the pull request, and one that announces it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import branch, config, marks, reports
from bot.case import Case, is_writer, read_case, with_noted
from bot.commands import Place
from bot.meeting import Proposal, Question, propose
from bot.model import (
    AddLabels,
    Archive,
    Branch,
    Check,
    ClosePull,
    Commit,
    CreateBranch,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    Fact,
    OpenPull,
    Plan,
    PostComment,
    Pull,
    React,
    Refusal,
    RemoveLabels,
    Role,
    Snapshot,
    Step,
    Text,
)
from bot.thread import hear

NEEDED = (CreateBranch, Commit, OpenPull, EditPull)
"""Steps without which there are no minutes; a refusal of another one costs a part, and is said."""
OBJECTION = "objection"
"""The label of a pull request against which an objection is open, where the archive has one of that name."""


class Wanted(Exception):
    """A plan cannot be made before these facts are known."""

    def __init__(self, why: str, *facts: Fact) -> None:
        self.why, self.facts = why, facts
        super().__init__(why)


def make_plan(snapshot: Snapshot, now: datetime, keys: Sequence[bytes] = ()) -> Plan:
    """Decide what should be different. What stands in the way is said to people, once.

    `keys` hide private sources in archives that more people see.
    """
    source = snapshot.source
    if source is None:
        return Plan(f"the source is gone{_lacking(snapshot)}")
    if source.repository.fork:
        return Plan("the source is in a fork")
    try:
        case = read_case(snapshot, source, keys)
        _want("what else is notes?", snapshot, *case.links_to_read)
        if case.mistakes:
            _want("which configuration is in force?", snapshot, "config")
        heard = hear(case)
        _want("who said that?", snapshot, *heard.wants)
        if heard.steps:
            return Plan("show that it was read", heard.steps)
        return _decide(heard.case, now)
    except Wanted as wanted:
        return Plan(wanted.why, wants=wanted.facts)


def _want(why: str, snapshot: Snapshot, *facts: Fact) -> None:
    """Stop here until these facts were asked for. Raises Wanted."""
    if missing := tuple(fact for fact in dict.fromkeys(facts) if fact not in snapshot.asked):
        raise Wanted(why, *missing)


def _decide(case: Case, now: datetime) -> Plan:
    """Decide for a case whose orders are heard. Raises Wanted."""
    if "redact" in case.wishes:
        return _redact(case)
    if "preview" in case.wishes:
        case = _with_preview(case)
    if case.stopped or not (case.tags or case.in_category or case.noted.called):
        return _take_back(case)
    if now < case.quiet_from and case.noted.digest != case.digest and not case.told_to_go:
        return _wait(case, "waiting until quiet", reports.waiting(case), case.quiet_from)
    if not case.started and not _may_start(case):  # once started, nobody asks again
        return _wait(
            case, f"started by nobody with write access{_lacking(case.snapshot)}", reports.idle(case)
        )
    if case.taken_back:  # it begins anew
        case = with_noted(case, state="", over=case.noted.pull, pull=None)
    if refusal := _in_the_way(case):
        return _say(case, reports.refused(case, refusal))
    try:
        return _bring_about(case)
    except Question as question:
        return _say(case, reports.question(case, question))


def _may_start(case: Case) -> bool:
    """Tell whether a person with write access labelled it, or posted it in the category. Raises Wanted."""
    roles = [Role(case.source.repository.name, login) for login, _ in case.starters[:1] if login]
    _want("who started this?", case.snapshot, *(role for role in roles if case.role(role.login) is None))
    return any(is_writer(case.role(login)) for login, _ in case.starters[:1])


def _lacking(snapshot: Snapshot) -> str:
    """Name the missing permissions, for the log: where nothing can be read there is nowhere to say it."""
    missing = {refusal.permission for refusal in snapshot.refusals if refusal.permission}
    return f", or the app lacks {', '.join(sorted(missing))}" if missing else ""


def _in_the_way(case: Case) -> Refusal | None:
    """Find the refusal without which there would be minutes: of a needed step, or of reading the archive."""
    needed = {step.__name__ for step in NEEDED} - ({"OpenPull"} if case.drafts_refused else set())
    for refusal in case.refusals:
        if refusal.step in needed or (case.archive is None and refusal.permission):
            return refusal
    return None


def _bring_about(case: Case) -> Plan:
    """Bring pull request and comment to where they should be. Raises Question, Wanted."""
    archive = _writable_archive(case)
    pull = case.pull
    if pull is None and case.noted.pull and case.noted.pull > (case.noted.over or 0):  # never a second one
        return _wait(
            case, f"pull request {case.noted.pull} is older than those that were read", reports.idle(case)
        )
    match pull:
        case Pull(state="merged") if case.caught_up or not case.told_to_go:
            return _say(case, reports.merged(case, archive, pull))
        case Pull(state="closed"):
            return _say(case, reports.closed(case, pull))
    if not case.told_to_go and (why := _waits_for_word(case)):
        return _say(case, reports.waits(case, why))
    _want("what do the minutes look like?", case.snapshot, "shape")
    proposal = propose(case, archive)
    match pull:
        case Pull(state="open"):
            return _follow(case, archive, proposal, pull)
        case Pull():
            return _follow_up(case, archive, proposal, pull)
        case _:
            return _publish(case, archive, proposal)


def _writable_archive(case: Case) -> Archive:
    """Make sure that the archive is there, and that these notes may go there. Raises Question."""
    archive = case.archive
    if archive is None:
        raise Question("no-archive")
    repository, source = archive.repository, case.source.repository
    if repository.archived:
        raise Question("archive-archived")
    if repository.head is None or repository.default_branch is None:
        raise Question("archive-empty")
    if case.mistakes and (case.snapshot.good_config is None or case.hidden):
        raise Question("configuration", mistakes=case.mistakes)
    if repository.fork and case.settings.archive != repository.name:
        raise Question("archive-fork")
    if not case.settings.takes(source.name, repository.name):
        raise Question("source-not-listed")
    if case.hidden and (case.alias is None or not case.settings.allows_private(source.name)):
        raise Question("private-source")
    if repository.name != config.usual_archive(source.name) and archive.config is None:
        raise Question("archive-silent")  # else whoever writes to a source could write anywhere
    return archive


def _waits_for_word(case: Case) -> str | None:
    """Tell why the notes, as they are now, wait for somebody to say so. Raises Wanted."""
    noted, pull = case.noted, case.pull
    changed = case.notes.changed_since(case.described.digest if pull else None)
    if pull and not changed:
        return None
    if pull and pull.approved:
        return "approved"
    began = case.starters[0][1] if case.starters else None
    doubtful = [piece for piece in changed if pull or (began and piece.since > began)]
    actors = tuple(dict.fromkeys(piece.actor for piece in doubtful))
    unknown = [
        Role(case.source.repository.name, login) for login in actors if login and case.role(login) is None
    ]
    _want("who edited the notes?", case.snapshot, *unknown)
    if noted.called and not pull and noted.digest is None:
        return None
    return None if all(is_writer(case.role(login)) for login in actors) else "stranger"


def _with_preview(case: Case) -> Case:
    """Fold the minutes, as they would be, into the answer to `/minutes preview`. Raises Wanted."""
    if case.archive is None:
        details = reports.asked(case, Question("no-archive"))
    else:
        _want("what do the minutes look like?", case.snapshot, "shape")
        try:
            details = reports.preview(propose(case, case.archive))
        except Question as question:
            details = reports.asked(case, question)
    answers = (
        replace(each, details=details) if each.told.order.command.name == "preview" else each
        for each in case.answers
    )
    return replace(case, answers=tuple(answers))


# -- the first publication ---------------------------------------------------------------------------------


def _publish(case: Case, archive: Archive, proposal: Proposal) -> Plan:
    """Open the pull request; whatever of it an earlier try has done already is kept."""
    base = archive.repository.head
    assert base is not None  # _writable_archive saw to it
    trailer = marks.trailer(proposal.path, proposal.text, proposal.minutes.text)
    name, found = _branch(
        archive, f"minutes/{'-'.join(filter(None, (str(proposal.day), proposal.name)))}", base, trailer
    )
    steps: list[Step] = []
    if found is None:
        steps.append(CreateBranch(name, base))
    if found is None or trailer not in found.message:
        steps.append(_commit(name, found.head if found else base, proposal))
    body = reports.body(case, archive, proposal, name)
    draft = proposal.has_errors and not case.drafts_refused
    steps.append(OpenPull(name, reports.title(proposal), body, draft))
    return Plan(f"publish the minutes of {proposal.day}", tuple(steps), caught=proposal.minutes.caught)


def _follow_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Plan:
    """Publish what changed in the notes after the merge; what people changed in the archive stays."""
    found = branch.merged_with_archive(case, proposal, archive, pull)
    _want("what was merged?", case.snapshot, *found.wants)
    if found.is_for_people:
        return _say(case, reports.conflict(case, archive, pull, found.conflicts))
    if found.text is None:
        return _say(case, reports.merged(case, archive, pull))
    return _publish(case, archive, replace(proposal, merged=found.text))


def _branch(archive: Archive, wanted: str, base: str, trailer: str) -> tuple[str, Branch | None]:
    """Choose the branch: a new name, or the one that an earlier try left without a pull request."""
    branches = {each.name: each for each in archive.branches}
    used = {pull.branch for pull in archive.pulls}
    name, count = wanted, 1
    while name in branches or name in used:
        found = branches.get(name)
        if found and name not in used and (found.head == base or trailer in found.message):
            return name, found
        count += 1
        name = f"{wanted}.{count}"
    return name, None


def _commit(name: str, head: str, proposal: Proposal, moved_from: str | None = None) -> Commit:
    """Commit the one file; the message names the meeting only, as it goes out to everyone who watches."""
    return Commit(
        branch=name,
        expected_head=head,
        path=proposal.path,
        text=proposal.text,
        headline=reports.title(proposal),
        body=marks.trailer(proposal.path, proposal.text, proposal.minutes.text),
        delete=moved_from,
    )


# -- an open pull request ----------------------------------------------------------------------------------


def _follow(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Plan:
    """Follow the notes when they changed, and tell people; the first time that announces the pull request."""
    steps: list[Step] = []
    noted = case.described
    moved = (noted.day, noted.name) != (proposal.day, proposal.name)
    if not case.caught_up or moved or noted.lacks != case.lacks:
        found = branch.merged_with_people(case, proposal, pull)
        _want("what did people change?", case.snapshot, *found.wants)
        if found.is_for_people:
            return _say(case, reports.conflict(case, archive, pull, found.conflicts))
        if found.text is None:
            return _say(case, reports.edited_by_people(case, archive, pull))
        proposal = replace(proposal, merged=found.text)
        steps = _catch_up(case, archive, proposal, pull)
    # a check run needs the new commit's id, so with findings on lines the telling waits for the next batch
    if not (proposal.annotated and any(isinstance(step, Commit) for step in steps)):
        described = any(isinstance(step, EditPull) for step in steps)
        steps += _tell(case, archive, proposal, pull, described=described)
    why = f"follow the notes of {proposal.day}" if case.status else f"announce the minutes of {proposal.day}"
    return Plan(why if steps else "all is well", tuple(steps), caught=proposal.minutes.caught)


def _catch_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> list[Step]:
    """Commit and describe what changed in the notes since the pull request was last written.

    Only a change of the notes counts, so that a new version of the bot disturbs nobody.
    """
    steps: list[Step] = []
    last = branch.last_written(pull)
    trailer = marks.trailer(proposal.path, proposal.text, proposal.minutes.text)
    standing = case.snapshot.texts.get(Text(pull.head or "", proposal.path))
    if pull.head and (last is None or trailer not in last.message) and standing != proposal.text:
        file = branch.file_of(case, pull)
        steps.append(_commit(pull.branch, pull.head, proposal, file if file != proposal.path else None))
    title = reports.new_title(pull, proposal)
    new = reports.body(case, archive, proposal, pull.branch, committed=standing != proposal.text)
    body = marks.rewrap(pull.body, new)
    if (title, body) != (pull.title, pull.body):
        steps += [EditPull(pull, title, body), *_reactions(case, "pull"), *_relabel(case, pull)]
    return steps


def _tell(case: Case, archive: Archive, proposal: Proposal, pull: Pull, *, described: bool) -> list[Step]:
    """Bring the status comment up to date; with it come the labels, once, and the check run of the commit."""
    report = reports.ready(case, archive, proposal, pull)
    steps = list(_say(case, report, described=pull if described else None).steps)
    if not steps:
        return []
    labels = tuple(archive.labels[tag] for tag in case.tags if tag in archive.labels)
    if labels and case.written.pull != pull.number and not case.refused(AddLabels):
        steps.append(AddLabels(pull.id, labels))
    if report.mark.checked and report.mark.checked != case.written.checked and not case.refused(Check):
        steps.append(reports.check(case, proposal, report.mark.checked))
    return steps


# -- in every state ----------------------------------------------------------------------------------------


def _redact(case: Case) -> Plan:
    """Take away all that the bot wrote for this source and that can be taken away, and begin anew.

    What people pushed goes with it: the branch is no longer there for the words to stand in.
    """
    archive = case.archive
    pulls = [pull for pull in archive.pulls if case.is_own(pull)] if archive else []
    kept = (
        [branch for branch in archive.branches if branch.name in {p.branch for p in pulls}] if archive else []
    )
    steps: list[Step] = [ClosePull(pull) for pull in pulls if pull.state == "open"]
    steps += [DeleteBranch(each) for each in kept]
    steps += [EditPull(pull, reports.WITHDRAWN, reports.withdrawn()) for pull in pulls]
    steps += [DeleteComment(comment) for comment in case.comments]
    numbers = [pull.number for pull in pulls]
    fresh = with_noted(
        case,
        redacted=(*case.noted.redacted, *map(str, numbers)),
        over=max([*numbers, case.noted.over or 0]) or None,
        pull=None,
        digest=None,
    )
    report = reports.waiting(replace(fresh, comments=()))
    steps += [PostComment(report.body), *_reactions(case, "source"), *_reactions(case, "pull")]
    return Plan(
        "take everything away and begin anew", tuple(step for step in steps if not case.refused(type(step)))
    )


def _take_back(case: Case) -> Plan:
    """Close what the bot opened: it was told to stop. What people changed or reopened stays.

    It is said only when it is done: the next round sees the pull request closed.
    """
    pull, before = case.pull, case.noted.state
    if pull is None and case.noted.pull and before != "stopped":
        return _wait(
            case, f"pull request {case.noted.pull} is not among those that were read", reports.idle(case)
        )
    ours = pull is not None and pull.state == "open" and not branch.touched(pull) and before != "stopped"
    if pull and ours and not case.refused(ClosePull):
        branches = case.archive.branches if case.archive else ()
        deleted = [DeleteBranch(b) for b in branches if b.name == pull.branch and b.head == pull.head]
        return Plan("told to stop: take back", (ClosePull(pull), *deleted))
    if case.status is None or before in ("stopped", "merged", "idle"):
        return _wait(case, "not meeting notes", reports.idle(case))
    if refusal := next((no for no in case.refusals if no.step == ClosePull.__name__), None):
        return _say(case, reports.refused(case, refusal))
    return _say(case, reports.stopped(case))


def _wait(case: Case, why: str, report: reports.Report, until: datetime | None = None) -> Plan:
    """Do nothing, silently; but who gave a command has an answer."""
    if case.answers:
        plan = _say(case, report)
        if plan.steps:
            return plan
    return Plan(why, look_again=until)


def _say(case: Case, report: reports.Report, *, described: Pull | None = None) -> Plan:
    """Bring the one status comment to say this; a new question is posted anew, so that people are told.

    `described` is a pull request whose description is seen to already.
    """
    mark, written = report.mark, case.written
    steps: list[Step] = [DeleteComment(comment) for comment in case.comments[1:]]
    if case.status is None and (report.mark.state != "idle" or case.answers_at("source")):
        steps.append(PostComment(report.body))
    elif case.status and mark != written and mark.state in reports.ASKING and mark.state != written.state:
        steps += [DeleteComment(case.status), PostComment(report.body)]
    elif case.status and mark != written:
        steps.append(EditComment(case.status, report.body))
    if steps:
        steps += _reactions(case, "source")
    steps += _remark(case, described)
    kept = tuple(step for step in steps if not case.refused(type(step)))
    return Plan(f"say: {mark.state} {mark.detail}".rstrip(), kept)


def _remark(case: Case, described: Pull | None) -> list[Step]:
    """Note in pull requests what was said of their acceptance, and show it there."""
    steps: list[Step] = []
    for pull in case.archive.pulls if case.archive else ():
        mark = case.remarks.get(pull.number)
        body = reports.remarked(case, pull, mark) if mark and pull != described else pull.body
        if body != pull.body and not case.refused(EditPull):
            steps += [EditPull(pull, pull.title, body), *_relabel(case, pull)]
            steps += _reactions(case, "pull") if pull == case.pull else []
    return steps


def _relabel(case: Case, pull: Pull) -> list[Step]:
    """Let the label show whether an objection is open, where the archive has such a label."""
    mark = case.remarks.get(pull.number)
    label = case.archive.labels.get(OBJECTION) if case.archive else None
    if mark is None or label is None or bool(mark.objections) == (OBJECTION in pull.labels):
        return []
    return [AddLabels(pull.id, (label,)) if mark.objections else RemoveLabels(pull.id, (label,))]


def _reactions(case: Case, place: Place) -> list[Step]:
    """Show on each comment what became of its commands: one that failed is what people must see."""
    answers = sorted(case.answers_at(place), key=lambda answer: answer.done)
    shown = {answer.told.comment.id: answer.reaction for answer in reversed(answers)}
    return [] if case.refused(React) else list(shown.values())
