"""Check notes for what a reviewer should look at. Lines of the findings count from 1 in the notes."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.minutes.normalising.breaks import soft_breaks
from bot.minutes.normalising.comments import left_over
from bot.minutes.normalising.findings import Finding, finding
from bot.minutes.normalising.ledger import LedgerEntry
from bot.minutes.normalising.pads import EMBED
from bot.minutes.normalising.secrets import passcodes, private
from bot.minutes.normalising.sections import added_sections
from bot.minutes.normalising.task import Task
from bot.minutes.normalising.template import BUILT_IN
from bot.minutes.reading.dates import days_in
from bot.minutes.reading.evidence import rank
from bot.minutes.reading.links import is_generic, leads_to
from bot.minutes.text.counts import counted
from bot.minutes.text.markdown import Lines, plain

# HTML that runs, and the tags of template engines: https://shopify.github.io/liquid/basics/introduction/
_SITE_CODE = re.compile(
    r"(?i)(?<!\()<(?:script|iframe|object|embed|base|form|style|link|meta)\b"
    r"|<[a-z][^<>]{0,400}\bon[a-z]{3,20}\s*=|\b(?:javascript|vbscript):"
)
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: .*)?")
_LIQUID = re.compile(r"\{[{%]")  # Liquid runs in code blocks too
_CODE_SPAN = re.compile(r"`[^`]*`")


def fit(task: Task) -> Iterator[Finding]:
    """Yield the finding that the template does not fit the notes and was not applied; none if it was."""
    if task.hands_off:
        yield finding("hands-off", why=task.hands_off)


def dates(task: Task) -> Iterator[Finding]:
    """Yield a finding for a missing date, or for each date that disagrees with that of the meeting."""
    day = task.meeting.date
    if day is None:
        yield finding("no-date")
        return
    for candidate in rank(task.document, task.title, day=day).candidates:
        facts = {"where": candidate.where, "text": candidate.text, "date": day, "weekday": candidate.weekday}
        if candidate.date != day:
            doubt = "date-ambiguous" if candidate.readings else "date-impossible"
            yield finding("date-conflict" if candidate.date else doubt, candidate.line, **facts)
        elif candidate.off_weekday:
            yield finding("date-weekday", candidate.line, **facts, real=f"{candidate.date:%A}")


def attendance(task: Task) -> Iterator[Finding]:
    """Yield the finding that the notes name no attendees; none if they do, or the team never names any."""
    label = next((field.label for field in task.template.fields if field.name == "attendees"), None)
    labelled = any(field.name == "attendees" for field in task.labelled_fields)
    if label and not (labelled or task.attendance.present):
        yield finding("no-attendance", label=label)


def sections(task: Task) -> Iterator[Finding]:
    """Yield the finding that the notes lack sections of the template that are not added, with their titles.

    None if there are none, the template does not fit, or the team has none of its own. A section with a date
    was that of one meeting.
    """
    if task.hands_off or task.template is BUILT_IN:
        return
    added = {section.title for section in added_sections(task)}
    missing = [title for title in task.missing if title not in added and not days_in(title)]
    if missing:
        yield finding("missing-section", titles=", ".join(plain(title) for title in missing))


def previous(task: Task) -> Iterator[Finding]:
    """Yield a finding about the link "last meeting" in the notes, if it has a problem.

    It may lead to another meeting than the previous one, to one after it whose minutes are not known, or
    have a target to be filled in although the previous meeting is not known.
    """
    link, before = task.link, task.meeting.previous
    if link is None:
        return
    if is_generic(link.target, task.template.links):
        if before is None:
            yield finding("previous-link-unknown", link.line + 1)
    elif before and not leads_to(link.target, before.link, before.date):
        if missing := _day_between(link.target, before.date, task.meeting.date):
            yield finding("previous-link-missing", link.line + 1, target=link.target, date=missing)
        else:
            facts = {"target": link.target, "date": before.date, "link": before.link}
            yield finding("previous-link-other", link.line + 1, **facts)


def _day_between(target: str, before: date, day: date | None) -> date | None:
    """Return the day in the target of a link that is after `before` and before `day`; None without one."""
    named = (mention.date for mention in days_in(target))
    return next((it for it in named if it and day and before < it < day), None)


def front_matter(task: Task) -> Iterator[Finding]:
    """Yield a finding for each front matter of the notes that is kept below the first one.

    It is kept because its values are others.
    """
    for kept in task.front_matter_selection.kept[1:]:
        if kept.keys:
            yield finding("second-front-matter", kept.start + 1)


def comments(task: Task) -> Iterator[Finding]:
    """Yield a finding for each line of an issue with both an HTML comment and text; such comments stay."""
    if task.source == "issue":
        for number in left_over(task.document):
            yield finding("hidden-comment-left", number + 1)


def text(task: Task) -> Iterator[Finding]:
    """Yield findings for text that is a risk in minutes, or looks different in them.

    That is code that websites run, conflict markers, and line breaks that an issue shows and a file does not.
    """
    for number, line in enumerate(task.document.lines):
        if not ("<" in line or "{" in line or ">" in line or (":" in line and "script:" in line.lower())):
            continue
        if _CONFLICT.fullmatch(line):
            yield finding("conflict-marker", number + 1)
        script = _SITE_CODE.search(_CODE_SPAN.sub("", line)) if number not in task.document.code else None
        of_pad = task.template.has_website is not True and number not in task.document.code
        liquid = _LIQUID.search(EMBED.sub("", line) if of_pad else line)
        if liquid and (task.template.has_website is not False):
            yield finding("site-code", number + 1, text=liquid[0])
        elif script:
            yield finding("site-code", number + 1, text=script[0])
        elif liquid:
            yield finding("liquid", number + 1, text=liquid[0])
    if task.source == "issue" and (count := soft_breaks(task.document)):
        yield finding("line-breaks", breaks=counted(count, "single line break"))


CHECKS: tuple[Callable[[Task], Iterator[Finding]], ...] = (
    fit,
    dates,
    attendance,
    previous,
    front_matter,
    comments,
    passcodes,
    private,
    text,
    sections,
)
"""All checks, in the order in which a reviewer reads their findings."""


def left_out(notes: Lines, ledger: Iterable[LedgerEntry]) -> Iterator[Finding]:
    """Yield findings that name the front matter keys and the headings of a form that were dropped.

    Another one counts the lines of comments. `ledger` records which lines of `notes` the rules dropped.
    """
    dropped: dict[str, list[str]] = {}
    for entry in ledger:
        if entry.op == "drop" and entry.src:
            dropped.setdefault(entry.rule, []).extend(notes[entry.src[0] - 1 : entry.src[1]])
    if keys := dropped.get("front-matter-key"):
        names = [line.partition(":")[0] for line in keys if re.match(r"\w.*:", line)]
        yield finding("front-matter-key", names=", ".join(names))
    of_form = (*dropped.get("form-no-response", ()), *dropped.get("form-checklist", ()))
    if titles := [plain(line.removeprefix("### ").strip()) for line in of_form if line.startswith("### ")]:
        yield finding("form-left-out", headings=", ".join(titles))
    if lines := dropped.get("hidden-comment"):
        count = sum(bool(line.strip()) for line in lines)
        yield finding("hidden-comment", lines=counted(count, "line"))
