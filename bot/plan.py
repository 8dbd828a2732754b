"""Snapshot + now -> Plan: what should be different, or when to look again. Pure.

It is asked again after each batch, with the answers folded into the snapshot, until nothing is left to do:
the first publication is a batch that opens the pull request, and one that announces it.
"""

from datetime import datetime

from bot import config, marks, reports
from bot.case import Case, read_case
from bot.commands import WRITERS
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
    OpenPull,
    Plan,
    PostComment,
    Pull,
    Refusal,
    Snapshot,
    Step,
)

OPENNESS = ("private", "internal", "public")
"""Who can see a repository, from few to all: notes never go where more people can see them."""

NEEDED = (CreateBranch, Commit, OpenPull, EditPull)
"""Steps without which there are no minutes; a refusal of another one costs a part, and is said."""


def make_plan(snapshot: Snapshot, now: datetime) -> Plan:
    """Decide what should be different. What stands in the way is said to people, once."""
    source = snapshot.source
    if source is None:
        return Plan(f"the source is gone{_lacking(snapshot)}")
    case = read_case(snapshot, source)
    if not case.tags:
        return _take_back(case)
    if source.repository.fork:
        return Plan("the source is in a fork")
    if now < case.quiet_from and case.noted.digest != case.digest:
        return Plan("waiting until quiet", look_again=case.quiet_from)
    if case.status is None or case.taken_back:  # once started, nobody asks again
        if "role" not in case.asked:
            return Plan("who set the label?", wants="role")
        if snapshot.role not in WRITERS:
            return Plan(f"labelled by somebody without write access: {snapshot.role}{_lacking(snapshot)}")
    if refusal := _in_the_way(case):
        return _say(case, reports.refused(case, refusal))
    try:
        return _bring_about(case)
    except Question as question:
        return _say(case, reports.question(case, question))


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
    """Bring pull request and comment to where they should be; raises Question."""
    archive = _writable_archive(case)
    match case.pull:
        case Pull(state="merged") as pull:
            return _say(case, reports.merged(case, archive, pull))
        case Pull(state="closed") as pull if not case.taken_back:
            return _say(case, reports.closed(case, pull))
        case Pull(state="open") as pull if not _untouched(pull):
            return _say(case, reports.edited_by_people(case, archive, pull))
        case None if case.noted.pull and not case.taken_back:  # never a second one
            return Plan(f"pull request {case.noted.pull} is older than those that were read")
        case _ if "texts" not in case.asked:
            return Plan("what do the minutes look like?", wants="texts")
        case Pull(state="open") as pull:
            return _follow(case, archive, propose(case.source, archive, case.settings, pull), pull)
        case _:
            return _publish(case, archive, propose(case.source, archive, case.settings, None))


def _writable_archive(case: Case) -> Archive:
    """Make sure that the archive is there, and that these notes may go there; raises Question."""
    archive = case.archive
    if archive is None:
        raise Question("no-archive")
    repository = archive.repository
    if repository.archived:
        raise Question("archive-archived")
    if repository.head is None or repository.default_branch is None:
        raise Question("archive-empty")
    if repository.fork and case.settings.archive != repository.name:
        raise Question("archive-fork")
    if OPENNESS.index(repository.visibility) > OPENNESS.index(case.source.repository.visibility):
        raise Question("private-source")
    if repository.name != config.usual_archive(case.source.repository.name) and archive.config is None:
        raise Question("archive-silent")  # else whoever writes to a source could write anywhere
    if case.mistakes:
        raise Question("configuration", mistakes=case.mistakes)
    return archive


def _untouched(pull: Pull) -> bool:
    """Tell whether the newest commit is the bot's: its trailer, a bot as author, and no person as committer.

    Who amends or rebases the bot's commit keeps trailer and author, and becomes its committer.
    """
    by_bot = pull.head_author.endswith("[bot]")
    by_github = pull.head_committer in ("", pull.head_author) or pull.head_committer.startswith("GitHub")
    return marks.find_trailer(pull.head_message) is not None and by_bot and by_github


# -- the first publication ---------------------------------------------------------------------------------


def _publish(case: Case, archive: Archive, proposal: Proposal) -> Plan:
    """Open the pull request; whatever of it an earlier try has done already is kept."""
    base = archive.repository.head
    assert base is not None  # _writable_archive saw to it
    trailer = marks.trailer(proposal.path, proposal.minutes.text)
    name, branch = _branch(archive, f"minutes/{proposal.day}", base, trailer)
    steps: list[Step] = []
    if branch is None:
        steps.append(CreateBranch(name, base))
    if branch is None or trailer not in branch.message:
        steps.append(_commit(name, branch.head if branch else base, proposal))
    body = reports.body(case, archive, proposal, name)
    draft = proposal.has_errors and not case.drafts_refused
    steps.append(OpenPull(name, reports.title(proposal.day), body, draft))
    return Plan(f"publish the minutes of {proposal.day}", tuple(steps), caught=proposal.minutes.caught)


def _branch(archive: Archive, wanted: str, base: str, trailer: str) -> tuple[str, Branch | None]:
    """Choose the branch: a new name, or the one that an earlier try left without a pull request."""
    branches = {branch.name: branch for branch in archive.branches}
    used = {pull.branch for pull in archive.pulls if pull.state == "open"}
    name, count = wanted, 1
    while name in branches:
        branch = branches[name]
        if name not in used and (branch.head == base or trailer in branch.message):
            return name, branch
        count += 1
        name = f"{wanted}.{count}"
    return name, None


def _commit(branch: str, head: str, proposal: Proposal, moved_from: str | None = None) -> Commit:
    """Commit the one file; the message names the meeting only, as it goes out to everyone who watches."""
    text = proposal.minutes.text
    return Commit(
        branch=branch,
        expected_head=head,
        path=proposal.path,
        text=text,
        headline=reports.title(proposal.day),
        body=marks.trailer(proposal.path, text),
        delete=moved_from,
    )


# -- an open pull request ----------------------------------------------------------------------------------


def _follow(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Plan:
    """Follow the notes when they changed, and tell people; the first time that announces the pull request."""
    steps = _catch_up(case, archive, proposal, pull)
    # a check run needs the new commit's id, so with findings on lines the telling waits for the next batch
    if not (proposal.annotated and any(isinstance(step, Commit) for step in steps)):
        steps += _tell(case, archive, proposal, pull)
    why = f"follow the notes of {proposal.day}" if case.status else f"announce the minutes of {proposal.day}"
    return Plan(why if steps else "all is well", tuple(steps), caught=proposal.minutes.caught)


def _catch_up(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> list[Step]:
    """Commit and describe what changed in the notes since the pull request was last written.

    Only a change of the notes counts, so that a new version of the bot disturbs nobody.
    """
    noted = marks.find(pull.body) or case.noted
    if case.caught_up and noted.lacks == case.lacks:
        return []
    steps: list[Step] = []
    written = marks.find_trailer(pull.head_message)
    if pull.head and written and marks.trailer(proposal.path, proposal.minutes.text) not in pull.head_message:
        moved_from = written[0] if written[0] != proposal.path else None
        steps.append(_commit(pull.branch, pull.head, proposal, moved_from))
    title = reports.new_title(pull, proposal.day)
    body = marks.rewrap(pull.body, reports.body(case, archive, proposal, pull.branch))
    if (title, body) != (pull.title, pull.body):
        steps.append(EditPull(pull, title, body))
    return steps


def _tell(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> list[Step]:
    """Bring the status comment up to date; with it come the labels, once, and the check run of the commit."""
    report = reports.ready(case, archive, proposal, pull)
    steps = list(_say(case, report).steps)
    if not steps:
        return []
    labels = tuple(archive.labels[tag] for tag in case.tags if tag in archive.labels)
    if labels and case.noted.state != "ready" and not case.refused(AddLabels):
        steps.append(AddLabels(pull.id, labels))
    if report.mark.checked and report.mark.checked != case.noted.checked and not case.refused(Check):
        steps.append(reports.check(case, proposal, report.mark.checked))
    return steps


# -- in every state ----------------------------------------------------------------------------------------


def _take_back(case: Case) -> Plan:
    """Close what the bot opened: the label is gone. What people changed or reopened stays.

    It is said only when it is done: the next round sees the pull request closed.
    """
    pull, before = case.pull, case.noted.state
    if pull is None and case.noted.pull and before != "stopped":
        return Plan(f"pull request {case.noted.pull} is not among those that were read")
    ours = pull is not None and pull.state == "open" and _untouched(pull) and before != "stopped"
    if pull and ours and not case.refused(ClosePull):
        branches = case.archive.branches if case.archive else ()
        deleted = [DeleteBranch(b) for b in branches if b.name == pull.branch and b.head == pull.head]
        return Plan("the label is gone: take back", (ClosePull(pull), *deleted))
    if case.status is None or before in ("stopped", "merged"):
        return Plan("not labelled as meeting notes")
    if refusal := next((no for no in case.refusals if no.step == ClosePull.__name__), None):
        return _say(case, reports.refused(case, refusal))
    return _say(case, reports.stopped(case))


def _say(case: Case, report: reports.Report) -> Plan:
    """Bring the one status comment to say this; a new question is posted anew, so that people are told."""
    steps: list[Step] = [DeleteComment(comment) for comment in case.comments[1:]]
    if case.status is None:
        steps.append(PostComment(report.body))
    elif report.mark != case.noted and report.mark.state == "question" != case.noted.state:
        steps += [DeleteComment(case.status), PostComment(report.body)]
    elif report.mark != case.noted:
        steps.append(EditComment(case.status, report.body))
    kept = tuple(step for step in steps if not case.refused(type(step)))
    return Plan(f"say: {report.mark.state} {report.mark.detail}".rstrip(), kept)
