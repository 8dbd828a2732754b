"""What the bot says of a case: the status comment, the pull request's title and body, the check run. Pure.

The words are in `texts/`; here are the facts that fill them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import quote

from bot import commands, marks, texts
from bot.case import Answer, Case
from bot.marks import Mark
from bot.meeting import Proposal, Question
from bot.minutes import RULES, Conflict, Entry, Severity
from bot.model import Annotation, Archive, Check, Pull, Refusal

_LEVELS: dict[Severity, Literal["failure", "warning", "notice"]] = {
    Severity.ERROR: "failure",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}
MOST_CHANGES = 60  # rows of the table of changed places; the file's diff shows the rest
LONGEST_PREVIEW = 40_000  # characters of minutes in a comment: it has other things to say too
LONGEST_SIDE = 2_000  # characters of one side of a conflict
ASKING = frozenset({"question", "conflict"})
"""States in which people must answer, and are told so by a new comment."""
WITHDRAWN = "Withdrawn"
"""The title of a pull request after `/minutes redact`."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the status comment says, and the mark by which a later look knows that it was said."""

    mark: Mark
    text: str

    @property
    def body(self) -> str:
        """The comment's text, mark and all."""
        return marks.wrap(self.mark, self.text)


def title(proposal: Proposal) -> str:
    """Name the pull request and the commit of a meeting's minutes."""
    return _title(proposal.day, proposal.name)


def _title(day: date | None, name: str) -> str:
    return f"Minutes of {day}{f', {name}' if name else ''}"


def new_title(pull: Pull, proposal: Proposal) -> str:
    """Name it anew when the date changed, unless a person gave it another name."""
    noted = marks.find(pull.body)
    given = noted is not None and noted.day is not None and pull.title == _title(noted.day, noted.name)
    return title(proposal) if given else pull.title


# -- the status comment ------------------------------------------------------------------------------------


def ready(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Report:
    """Say that the pull request is there, and how much of the notes stands in it word for word."""
    facts = {
        "day": proposal.day,
        "pull": pull,
        "draft": pull.draft,
        "file_url": _file_url(archive, pull.branch, proposal.path),
        "account": account(case.notes.text, proposal.minutes.ledger),
        "to_look_at": _to_look_at(proposal),
    }
    checked = pull.head if proposal.annotated else None
    return _report(case, "ready", facts, path=proposal.path, name=proposal.name, checked=checked)


def idle(case: Case) -> Report:
    """Say nothing but the answers to commands; what was said before stays so."""
    noted = case.noted
    if case.pull and case.pull.state == "merged" and case.archive:
        return merged(case, case.archive, case.pull)
    if noted.state == "stopped" or (case.pull and case.stopped):
        return stopped(case)
    return _report(case, "idle", {"day": noted.day}, digest=noted.digest, path=noted.path, name=noted.name)


def waiting(case: Case) -> Report:
    """Say that the notes are not still yet; only ever beside an answer."""
    noted = case.noted
    facts = {"day": noted.day, "pull": case.pull}
    return _report(case, "waiting", facts, digest=noted.digest, path=noted.path, name=noted.name)


def waits(case: Case, why: str, changed: int | None = None) -> Report:
    """Say that the notes changed, and that somebody with write access must say so.

    `why` is `approved` or `stranger`, `changed` counts the lines of the minutes that would change.
    """
    noted = case.noted
    facts = {"day": noted.day, "pull": case.pull, "why": why, "lines": changed}
    detail = f"{why} {case.digest}"
    return _report(case, "waits", facts, digest=noted.digest, path=noted.path, name=noted.name, detail=detail)


def conflict(case: Case, archive: Archive, pull: Pull, conflicts: Sequence[Conflict]) -> Report:
    """Show where notes and branch say different things, and the ways out; nothing is changed meanwhile."""
    shown = [
        {"line": each.theirs_line, "notes": _side(each.ours), "branch": _side(each.theirs)}
        for each in conflicts[:5]
    ]
    facts = {
        **_about(case, pull, archive, pull.branch),
        "conflicts": shown,
        "more": len(conflicts) - len(shown),
    }
    detail = marks.digest(*(f"{each.theirs_line} {each.ours} {each.theirs}" for each in conflicts))
    noted = case.described
    return _report(case, "conflict", facts, detail=detail, path=noted.path, name=noted.name)


def _side(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else f"{text[:LONGEST_SIDE]} ..."


def question(case: Case, question: Question) -> Report:
    """Ask what only a person can answer."""
    return _report(case, "question", {"day": None, "question": asked(case, question)}, detail=question.name)


def asked(case: Case, question: Question) -> str:
    """Write a question; also as what stands in the way of a preview."""
    facts = {"archive_name": case.archive_name, "source_name": case.source.name, **question.facts}
    return texts.render(f"questions/{question.name}", facts)


def preview(proposal: Proposal) -> str:
    """Show minutes and findings: to be folded into a comment."""
    text = proposal.minutes.text
    facts = {
        "path": proposal.path,
        "text": text[:LONGEST_PREVIEW],
        "cut": len(text) > LONGEST_PREVIEW,
        "findings": proposal.findings,
    }
    return texts.render("preview", facts)


def refused(case: Case, refusal: Refusal) -> Report:
    """Say what GitHub did not let the bot do, and which permission is missing."""
    facts = {
        "day": None,
        "step": _STEPS.get(refusal.step, refusal.step),
        "permission": refusal.permission,
        "archive_name": case.archive_name,
        "message": refusal.message,
    }
    return _report(case, "refused", facts, detail=refusal.permission or refusal.message[:80])


def edited_by_people(case: Case, archive: Archive, pull: Pull) -> Report:
    """Say that people have the minutes in hand now."""
    return _report(case, "edited-by-people", _about(case, pull, archive, pull.branch))


def merged(case: Case, archive: Archive, pull: Pull) -> Report:
    """Say where the minutes are."""
    return _report(case, "merged", _about(case, pull, archive, archive.repository.default_branch or ""))


def closed(case: Case, pull: Pull) -> Report:
    """Say that a person closed the pull request, and that it stays so."""
    return _report(case, "closed", _about(case, pull))


def stopped(case: Case) -> Report:
    """Say that the bot has taken back what it did, or that it leaves it to people."""
    branches = {branch.name for branch in case.archive.branches} if case.archive else set()
    is_there = case.pull is not None and case.pull.branch in branches
    facts = {"day": case.noted.day, "pull": case.pull, "told": case.stopped, "branch_is_there": is_there}
    return _report(case, "stopped", facts, detail="told" if case.stopped else "")


def _about(case: Case, pull: Pull, archive: Archive | None = None, branch: str = "") -> dict[str, Any]:
    """Tell of a pull request that the bot does not write to (any more), and whether the notes went on."""
    noted = case.described
    file = _file_url(archive, branch, noted.path or "") if archive else ""
    return {"day": noted.day, "pull": pull, "file_url": file, "changed": not case.caught_up}


def _report(case: Case, state: str, facts: dict[str, Any], **noted: Any) -> Report:
    pull = case.pull.number if case.pull else case.noted.pull
    noted.setdefault("detail", "changed" if facts.get("changed") else "")
    noted.setdefault("digest", case.digest)
    mark = replace(
        case.noted,
        state=state,
        pull=pull,
        day=facts["day"],
        archive=case.archive_name,
        lacks=case.lacks,
        **{"path": None, "name": "", **noted},
    )
    common = {
        "state": state,
        "name": mark.name,
        "lacks": case.lacks,
        "settle": _span(case.settings.settle),
        "answers": [_told(answer) for answer in case.answers_at("source")],
        "redacted": mark.redacted,
        "kind": case.source.kind,
    }
    return Report(mark, texts.render("status", {**facts, **common}))


def _told(answer: Answer) -> dict[str, str]:
    """Write the answer to a command."""
    order = answer.told.order
    details = commands.help_table() if order.command.name == "help" and answer.done else answer.details
    return {"command": order.text[:80], "text": answer.text, "details": details}


# -- the pull request --------------------------------------------------------------------------------------


def body(case: Case, archive: Archive, proposal: Proposal, branch: str, *, committed: bool = True) -> str:
    """Write the pull request's body: what to look at, in one glance.

    `committed` tells whether a commit goes with it.
    """
    minutes, pull = proposal.minutes, case.pull
    is_open = pull is not None and pull.state == "open"
    before = (case.remarks.get(pull.number) or marks.find(pull.body)) if pull and is_open else None
    mark = Mark(
        case.public_name,
        case.source.kind,
        day=proposal.day,
        name=proposal.name,
        path=proposal.path,
        digest=case.digest,
        blob=marks.blob_oid(proposal.text) if committed else None,
        lacks=case.lacks,
        mixed=proposal.text != minutes.text,
        heard=tuple(dict.fromkeys((*(before.heard if before else ()), *case.written.heard))),
        called=case.written.called,
        told=case.written.told,
        told_name=case.written.told_name,
        included=() if case.hidden else case.written.included,
        accepted=before.accepted if before else "",
        objections=before.objections if before else (),
    )
    facts = {
        "day": proposal.day,
        "name": proposal.name,
        "present": len(minutes.fields.attendees),
        "source_url": None if case.hidden else case.source.url,
        "file_url": _file_url(archive, branch, proposal.path),
        "date_row": _date_row(proposal),
        "last_meeting": _last_meeting(case, archive, proposal),
        "account": account(case.notes.text, minutes.ledger),
        "findings": proposal.findings,
        "mode": minutes.mode,
        "changes": _changes(minutes.ledger),
        "lacks": case.lacks,
        "mixed": mark.mixed,
        "writers": () if case.hidden else case.notes.writers,
        "standing": _standing(case, mark),
    }
    return marks.wrap(mark, texts.render("pull", facts))


def credit(case: Case) -> tuple[str, ...]:
    """Write the trailers that credit who wrote the notes, where the team wants that in the commit.

    https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits/creating-a-commit-with-multiple-authors
    """
    if case.settings.credit != "co-author" or case.hidden:
        return ()
    people = (login for login in case.notes.writers if not login.endswith("[bot]"))
    return tuple(f"Co-authored-by: {login} <{login}@users.noreply.github.com>" for login in people)


def remarked(case: Case, pull: Pull, mark: Mark) -> str:
    """Put a new mark into a pull request's body, and show what it says of acceptance; all else stays."""
    text = marks.remark(pull.body, mark)
    return _STANDING.sub(lambda _: _standing(case, mark, pull), text, count=1)


def withdrawn() -> str:
    """Write the body of a pull request that was redacted: nothing in it is from the notes."""
    return texts.render("withdrawn", {})


_STANDING = re.compile(r"<!-- standing -->.*?<!-- /standing -->", re.DOTALL)


def _standing(case: Case, mark: Mark, pull: Pull | None = None) -> str:
    """Write whether the minutes are accepted, and the answers to what was said on the pull request."""
    own = pull is None or pull == case.pull
    facts = {
        "accepted": mark.accepted.split(" ") if mark.accepted else None,
        "objections": mark.objections,
        "answers": [_told(answer) for answer in case.answers_at("pull")] if own else [],
    }
    return f"<!-- standing -->\n{texts.render('standing', facts)}\n<!-- /standing -->"


def check(case: Case, proposal: Proposal, head: str) -> Check:
    """Put the findings on their lines of the minutes."""
    facts = {
        "account": account(case.notes.text, proposal.minutes.ledger),
        "findings": proposal.findings,
    }
    return Check(
        head=head,
        title=_to_look_at(proposal).rstrip("."),
        summary=texts.render("check", facts),
        conclusion="failure" if proposal.has_errors else "neutral",
        annotations=tuple(
            Annotation(proposal.path, finding.line or 1, _LEVELS[finding.severity], finding.rule,
                       f"{finding.message} {finding.cure}")
            for finding in proposal.annotated
        ),
    )  # fmt: skip


# -- facts -------------------------------------------------------------------------------------------------


def account(notes: str, ledger: tuple[Entry, ...]) -> str:
    """Sum up the ledger in a sentence: how many lines stand word for word, and what became of the others."""
    lines = notes.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    total = sum(1 for line in lines if line.strip())
    counts: Counter[str] = Counter()
    why: dict[str, list[str]] = {}
    for entry in ledger:
        if entry.src is None:
            continue
        filled = sum(1 for line in lines[entry.src[0] - 1 : entry.src[1]] if line.strip())
        counts[entry.op] += filled
        if filled and entry.rule:
            why.setdefault(entry.op, []).append(_why(entry.rule))
    told = [f"{counts['carry'] + counts['move']} of {total} lines word for word (blank ones not counted)"]
    for op, word in (("move", "of them in another place"), ("replace", "rewritten"), ("drop", "dropped")):
        if counts[op]:
            told.append(f"{counts[op]} {word} ({', '.join(dict.fromkeys(why.get(op, ())))})")
    return ", ".join(told).replace(" ()", "") + "."


def _why(rule: str) -> str:
    return RULES[rule].what if rule in RULES else rule


def _changes(ledger: tuple[Entry, ...]) -> list[dict[str, str]]:
    """List the places that are not word for word, in the order of the minutes."""

    def place(span: tuple[int, int] | None) -> str:
        return "" if span is None else str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"

    return [
        {"notes": place(entry.src), "minutes": place(entry.out), "why": _why(entry.rule)}
        for entry in ledger
        if entry.op != "carry"
    ][:MOST_CHANGES]


def _to_look_at(proposal: Proposal) -> str:
    counts = Counter(finding.severity for finding in proposal.findings)
    told = [f"{counts[s]} {s}{'s' if counts[s] > 1 else ''}" for s in Severity if counts[s]]
    return f"{' and '.join(told)} to look at, listed in the pull request." if told else "Nothing to look at."


def _date_row(proposal: Proposal) -> str:
    claims = [claim for claim in proposal.evidence.claims if claim.date == proposal.day]
    said = ", ".join(dict.fromkeys(texts.plain(claim.where) for claim in claims))
    more = ", and other dates are there too" if proposal.evidence.conflict else ""
    return f"{proposal.day}, from: {said}{more}"


def _last_meeting(case: Case, archive: Archive, proposal: Proposal) -> str:
    if proposal.pending:
        pull = proposal.pending
        mark = marks.find(pull.body)
        day = mark.day if mark else "an earlier one"
        return f"{day}, in [pull request {pull.number}]({texts.quiet(pull.url)}), not merged yet"
    if proposal.previous is None:
        return "none in the archive before this one"
    branch = archive.repository.default_branch or ""
    url = _file_url(archive, branch, proposal.previous.path)
    link = f"[{proposal.previous.date}]({texts.quiet(url)})"
    return f"{link}, {_acceptance(case, archive, proposal)}"


def _acceptance(case: Case, archive: Archive, proposal: Proposal) -> str:
    """Say what is known of the acceptance of the previous minutes: three facts, never a guess."""
    day = proposal.previous.date if proposal.previous else None
    found = (marks.find(pull.body) for pull in archive.pulls if pull.mine)
    noted = [mark for mark in found if mark and mark.day == day]
    if any(mark.objections for mark in noted):
        return "objection open"
    if case.noted.accepts == day or proposal.minutes.fields.acceptance:
        return "accepted here"
    if accepted := next((mark.accepted for mark in noted if mark.accepted), None):
        return f"accepted on {texts.plain(accepted.split(' ')[0])}"
    return "presented here, nothing recorded"


def _file_url(archive: Archive, branch: str, path: str) -> str:
    return f"{archive.repository.url}/blob/{quote(branch)}/{quote(path)}"


def _span(span: timedelta) -> str:
    for seconds, unit in ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        count, rest = divmod(int(span.total_seconds()), seconds)
        if count and not rest:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "right"


_STEPS = {
    "archive": "read the archive",
    "source": "read this repository",
    "CreateBranch": "make a branch in the archive",
    "Commit": "commit the minutes to a branch of the archive",
    "OpenPull": "open the pull request",
    "EditPull": "edit the pull request",
    "ClosePull": "close the pull request",
}
