"""What the bot says of a case: the status comment, the pull request's title and body, the check run. Pure.

The words are in `texts/`; here are the facts that fill them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import quote

from bot import marks, texts
from bot.case import Case
from bot.marks import Mark
from bot.meeting import Proposal, Question
from bot.minutes import RULES, Entry, Severity
from bot.model import Annotation, Archive, Check, Pull, Refusal

_LEVELS: dict[Severity, Literal["failure", "warning", "notice"]] = {
    Severity.ERROR: "failure",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}
MOST_CHANGES = 60  # rows of the table of changed places; the file's diff shows the rest


@dataclass(frozen=True, slots=True)
class Report:
    """What the status comment says, and the mark by which a later look knows that it was said."""

    mark: Mark
    text: str

    @property
    def body(self) -> str:
        """The comment's text, mark and all."""
        return marks.wrap(self.mark, self.text)


def title(day: date) -> str:
    """Name the pull request and the commit of a meeting's minutes."""
    return f"Minutes of {day}"


def new_title(pull: Pull, day: date) -> str:
    """Name it anew when the date changed, unless a person gave it another name."""
    noted = marks.find(pull.body)
    given = noted.day if noted else None
    return title(day) if given and pull.title == title(given) else pull.title


# -- the status comment ------------------------------------------------------------------------------------


def ready(case: Case, archive: Archive, proposal: Proposal, pull: Pull) -> Report:
    """Say that the pull request is there, and how much of the notes stands in it word for word."""
    facts = {
        "day": proposal.day,
        "pull": pull,
        "draft": pull.draft,
        "file_url": _file_url(archive, pull.branch, proposal.path),
        "account": account(case.source.body, proposal.minutes.ledger),
        "to_look_at": _to_look_at(proposal),
    }
    checked = pull.head if proposal.annotated else None
    return _report(case, "ready", facts, path=proposal.path, checked=checked)


def question(case: Case, question: Question) -> Report:
    """Ask what only a person can answer."""
    asked = texts.render(f"questions/{question.name}", {"archive_name": case.archive_name, **question.facts})
    return _report(case, "question", {"day": None, "question": asked}, detail=question.name)


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
    return _report(case, "stopped", {"day": case.noted.day, "pull": case.pull})


def _about(case: Case, pull: Pull, archive: Archive | None = None, branch: str = "") -> dict[str, Any]:
    """Tell of a pull request that the bot does not write to (any more), and whether the notes went on."""
    noted = marks.find(pull.body) or case.noted
    file = _file_url(archive, branch, noted.path or "") if archive else ""
    return {"day": noted.day, "pull": pull, "file_url": file, "changed": not case.caught_up}


def _report(case: Case, state: str, facts: dict[str, Any], **noted: Any) -> Report:
    pull = case.pull.number if case.pull else case.noted.pull
    detail = noted.pop("detail", "changed" if facts.get("changed") else "")
    noted.setdefault("checked", case.noted.checked)
    mark = Mark(
        case.source.name,
        state,
        pull,
        facts["day"],
        digest=case.digest,
        archive=case.archive_name,
        detail=detail,
        lacks=case.lacks,
        **noted,
    )
    text = texts.render(
        "status", {**facts, "state": state, "lacks": case.lacks, "settle": _span(case.settings.settle)}
    )
    return Report(mark, text)


# -- the pull request --------------------------------------------------------------------------------------


def body(case: Case, archive: Archive, proposal: Proposal, branch: str) -> str:
    """Write the pull request's body: what to look at, in one glance."""
    minutes = proposal.minutes
    mark = Mark(
        case.source.name,
        day=proposal.day,
        path=proposal.path,
        digest=case.digest,
        blob=marks.blob_oid(minutes.text),
        lacks=case.lacks,
    )
    facts = {
        "day": proposal.day,
        "present": len(minutes.fields.attendees),
        "source_url": case.source.url,
        "file_url": _file_url(archive, branch, proposal.path),
        "date_row": _date_row(proposal),
        "last_meeting": _last_meeting(archive, proposal),
        "account": account(case.source.body, minutes.ledger),
        "findings": proposal.findings,
        "mode": minutes.mode,
        "changes": _changes(minutes.ledger),
        "lacks": case.lacks,
    }
    return marks.wrap(mark, texts.render("pull", facts))


def check(case: Case, proposal: Proposal, head: str) -> Check:
    """Put the findings on their lines of the minutes."""
    facts = {
        "account": account(case.source.body, proposal.minutes.ledger),
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


def _last_meeting(archive: Archive, proposal: Proposal) -> str:
    if proposal.pending:
        pull = proposal.pending
        mark = marks.find(pull.body)
        day = mark.day if mark else "an earlier one"
        return f"{day}, in [pull request {pull.number}]({texts.quiet(pull.url)}), not merged yet"
    if proposal.previous is None:
        return "none in the archive before this one"
    branch = archive.repository.default_branch or ""
    url = _file_url(archive, branch, proposal.previous.path)
    return f"[{proposal.previous.date}]({texts.quiet(url)}), linked in the minutes"


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
