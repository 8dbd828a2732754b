"""The values that fill in the texts: counts, dates, URLs, as phrases. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import quote

from bot import commands
from bot.commands import CommandResult
from bot.config import Config
from bot.minutes import RULES, AcceptanceState, Finding, Minutes, Severity
from bot.minutes.normalising import account as fates
from bot.minutes.text.counts import counted
from bot.minutes.text.markdown import cut
from bot.model import Archive, Pull
from bot.planning import texts
from bot.planning.acceptance import is_tacit
from bot.planning.case import Case
from bot.planning.proposal import Proposal
from bot.state import PullState, find_state

OBJECTED = "objection open"
LONGEST_ANSWER = 600  # characters
_SAID = {
    AcceptanceState.ACCEPTED: "accepted here",
    AcceptanceState.WITH_CHANGES: "accepted here, with changes",
    AcceptanceState.NOT_ACCEPTED: "not accepted here",
    AcceptanceState.DEFERRED: "deferred",
    AcceptanceState.SILENT: "presented here, and nothing says whether it is accepted",
}
_ACCEPTING = (AcceptanceState.ACCEPTED, AcceptanceState.WITH_CHANGES)


def account(notes: str, minutes: Minutes) -> str:
    """Return a sentence: how many lines of the notes stand in the minutes word for word.

    It also says how many others have another form, were filled in or dropped, and by which rules.
    """
    lines = minutes.taken_from(notes)
    counts = fates.counts(lines, minutes.ledger)
    why: dict[str, dict[str, None]] = {}
    for entry in minutes.ledger:
        if entry.src and entry.rule and any(line.strip() for line in lines[entry.src[0] - 1 : entry.src[1]]):
            why.setdefault(fates.fate(entry), {})[RULES[entry.rule].what] = None
    total = counted(sum(1 for line in lines if line.strip()), "line")
    same = f"{counts.pop(fates.WORD_FOR_WORD):,} of {total} {fates.WORD_FOR_WORD} (blank ones not counted)"
    others = (f"{count:,} {fate} ({', '.join(why[fate])})" for fate, count in counts.items() if count)
    return f"{'; '.join([same, *others])}."


def pads(case: Case) -> list[dict[str, object]]:
    """Return the pads with the notes: URL, number of lines that are not blank, time of reading, digest."""
    return [
        {
            "url": ref.url,
            "lines": sum(1 for line in (pad.text or "").split("\n") if line.strip()),
            "read_at": pad.read_at,
            "digest": pad.digest,
        }
        for ref in case.notes.pads
        if (pad := case.snapshot.pads.get(ref))
    ]


def forms(minutes: Minutes) -> str:
    """Return which parts took the template's form, and which took Markdown's; empty if none did."""
    found = fates.forms(cut(minutes.text), minutes.ledger)
    return "; ".join(f"{whose}: {', '.join(parts)}" for whose, parts in found.items())


def to_look_at(proposal: Proposal) -> str:
    """Return how many errors, warnings and so on there are to look at in the minutes, and the gravest one."""
    if not proposal.findings:
        return "Nothing to look at."
    first = by_severity(proposal.findings)[0]
    where = f"line {first.line}: " if first.line else ""
    said = f"{where}{texts.with_commands(first.message)} {texts.with_commands(first.cure)}"
    more = ", listed in the pull request. The first" if len(proposal.findings) > 1 else ""
    return f"{count_of(proposal.findings)}{more}: {said}"


def count_of(findings: Iterable[Finding]) -> str:
    """Return how many errors, warnings and so on people should look at, as a title."""
    counts = Counter(finding.severity for finding in findings)
    parts = [counted(counts[s], s) for s in Severity if counts[s]]
    return f"{' and '.join(parts)} to look at" if parts else "Nothing to look at"


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order in which people should read them: errors first."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def date_row(proposal: Proposal) -> str:
    """Return the day of the meeting as Markdown, with where in the notes it was found."""
    candidates = [candidate for candidate in proposal.evidence.candidates if candidate.date == proposal.day]
    where = ", ".join(dict.fromkeys(texts.plain(candidate.where) for candidate in candidates))
    more = ", and other dates are there too" if proposal.evidence.conflict else ""
    series = proposal.placement.series
    agrees = ", as the calendar says" if series and series.on(proposal.day) else ""
    return f"{proposal.day}, from: {where}{agrees}{more}"


def last_meeting(case: Case, archive: Archive, proposal: Proposal) -> str:
    """Return a phrase on the meeting before that of the minutes, and on the acceptance of its minutes."""
    if proposal.pending:
        return not_merged(proposal.pending)
    if proposal.previous is None:
        return "none in the archive before this one"
    branch = archive.repository.default_branch or ""
    url = file_url(archive, branch, proposal.previous.path)
    link = f"[{proposal.previous.date}]({texts.quiet(url)})"
    return f"{link}, {_acceptance(case, archive, proposal)}"


def not_merged(pull: Pull) -> str:
    """Return a phrase on the minutes of the previous meeting, which are still in the open `pull`."""
    pull_state = find_state(pull.body, PullState)
    day = pull_state.day if pull_state else "an earlier one"
    return f"{day}, in [pull request {pull.number}]({texts.quiet(pull.url)}), not merged yet"


def _acceptance(case: Case, archive: Archive, proposal: Proposal) -> str:
    """Return what is recorded of the acceptance of the previous minutes."""
    day = proposal.previous.date if proposal.previous else None
    where = accepted(archive, day, proposal.day, case.settings)
    said = proposal.minutes.fields.acceptance
    if where != OBJECTED and case.state.accepts_previous == day:
        return "accepted here"
    if where != OBJECTED and said and said.state in _ACCEPTING:
        return _SAID[said.state]
    return where or (_SAID[said.state] if said else "acceptance not mentioned")


def accepted(archive: Archive, day: date | None, by: date, settings: Config) -> str | None:
    """Return a phrase on whether the minutes of a day were accepted by another day, or somebody objected.

    The states of the archive's pull requests say so; None: they record nothing of it.
    """
    own = ((pull, find_state(pull.body, PullState)) for pull in archive.pulls if pull.mine)
    of_day = [(pull, pull_state) for pull, pull_state in own if pull_state and pull_state.day == day]
    if any(pull_state.objections for _, pull_state in of_day):
        return OBJECTED
    found = next((pull_state for _, pull_state in of_day if pull_state.accepted), None)
    if found is None:
        rule = rule_of(settings)
        is_so = any(is_tacit(pull, pull_state, by, rule) for pull, pull_state in of_day)
        return f"accepted, as nobody objected within {rule.days} days" if rule and is_so else None
    if found.accepted_at:
        return f"accepted at the meeting of {texts.plain(found.accepted_at)}"
    return f"accepted on {texts.plain(found.accepted.split(' ')[0])}"


def rule_of(settings: Config) -> timedelta | None:
    """Return how long after the merge minutes count as accepted; None: only when it is said."""
    return settings.acceptance if isinstance(settings.acceptance, timedelta) else None


def accepts(minutes: Minutes) -> str:
    """Return what minutes say of the previous ones, as a state has it: empty unless these are accepted."""
    said = minutes.fields.acceptance
    return str(said.state) if said and said.state in _ACCEPTING else ""


def file_url(archive: Archive, branch: str, path: str) -> str:
    """Return the URL of the page on which GitHub shows a file on a branch of the archive."""
    return f"{archive.repository.url}/blob/{quote(branch)}/{quote(path)}"


def span(span: timedelta) -> str:
    """Return a time span in its largest whole unit, such as `10 minutes`.

    For none it is `right`, of "right after".
    """
    for seconds, unit in ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        count, rest = divmod(int(span.total_seconds()), seconds)
        if count and not rest:
            return counted(count, unit)
    return "right"


def answer(result: CommandResult) -> dict[str, str]:
    """Return the answer to a command as values for a template: one line of Markdown, and details to fold.

    The line names the command and who gave it.
    """
    parsed, who = result.pending.parsed, result.pending.comment.actor
    details = commands.help_table() if parsed.command.name == "help" and result.done else result.details
    by = f" by {texts.plain(who)}" if who else ""
    line = f"`{texts.code(parsed.text[:80])}`{by}{f': {result.text}' if result.text else ''}"
    return {"line": line[:LONGEST_ANSWER], "details": details}
