"""The table of findings: what a reviewer should look at. docs/findings.md is generated from it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """The severity of a finding: an error keeps the pull request a draft, a notice only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in minutes that a reviewer should look at: a message, and what to do about it (`cure`).

    `rule` is its id, such as `no-date`. `line` counts from 1 in the minutes, and is None where the finding is
    about all of them.
    """

    rule: str
    severity: Severity
    message: str
    cure: str
    line: int | None = None


FINDINGS: dict[str, tuple[Severity, str, str]] = {
    "internal-error": (
        Severity.ERROR,
        "These notes could not be normalised; they stand here as they were typed.",
        "Read them through before you merge. The fault is the bot's, and it is in its log.",
    ),
    "site-code": (
        Severity.ERROR,
        "{text} runs where minutes are published as a website.",
        "Take it out of the notes, or put a backslash or spaces between its characters.",
    ),
    "liquid": (
        Severity.NOTICE,
        "{text} is code for websites; the archive does not seem to be one, and GitHub shows it as typed.",
        "Nothing needs doing, unless the minutes are to be published as a website.",
    ),
    "pad-directive": (
        Severity.NOTICE,
        "A pad shows these in a way of its own, GitHub as typed: {directives}.",
        "Nothing needs doing. To change how they look, write a quote or a link instead.",
    ),
    "pad-image": (
        Severity.NOTICE,
        "An image is kept by the pad alone, in {where}: it vanishes when the pad does.",
        "To keep it, add it to the archive, or drop it into an issue, and link it there.",
    ),
    "hands-off": (
        Severity.WARNING,
        "The notes stand as they were typed, since the template does not fit them: {why}.",
        "Nothing needs doing. To use the template, give the notes its headings.",
    ),
    "one-of-several": (
        Severity.WARNING,
        "The notes are of {count} meetings; these are the minutes of {date} only, without {others}.",
        "Give the date of another one on the command line, or put its notes into an issue of their own.",
    ),
    "no-date": (
        Severity.WARNING,
        "Nothing says which day the meeting was.",
        "Put the date into the title, as in 2022-01-18.",
    ),
    "date-conflict": (
        Severity.WARNING,
        "The {where} says {text}; these are the minutes of {date}.",
        "Correct the one that is wrong.",
    ),
    "date-impossible": (
        Severity.WARNING,
        "The {where} says {text}, which is no day of the calendar.",
        "Correct it; these are the minutes of {date}.",
    ),
    "date-ambiguous": (
        Severity.WARNING,
        "The {where} says {text}: day and month may change places, and neither reading is {date}.",
        "Write the date as in 2022-01-18.",
    ),
    "date-weekday": (
        Severity.WARNING,
        "The {where} says {weekday}, and {text} is a {real}.",
        "Correct the weekday or the date.",
    ),
    "no-attendance": (
        Severity.WARNING,
        "Nothing says who was there.",
        "Add a line `{label}:` with the names. Nobody is added who is not in the notes.",
    ),
    "previous-link-other": (
        Severity.WARNING,
        "The link to the last meeting leads to {target}; the previous minutes are of {date}.",
        "If that is a slip, link {link} instead.",
    ),
    "previous-link-missing": (
        Severity.WARNING,
        "The link to the last meeting leads to {target}; minutes of {date} are missing here.",
        "Add them, or leave the link as it is if they are to stay where they are.",
    ),
    "previous-link-unknown": (
        Severity.NOTICE,
        "The link to the last meeting names no meeting, and no earlier minutes are known.",
        "Link the minutes that are to be accepted, if there are any.",
    ),
    "hidden-comment-left": (
        Severity.WARNING,
        "A comment that the issue does not show shares its line with text, and is in the minutes.",
        "Take it out of the notes if it is not to be published.",
    ),
    "hidden-comment": (
        Severity.NOTICE,
        "Left out: {lines} of comments that the issue does not show.",
        "Nothing needs doing.",
    ),
    "form-left-out": (
        Severity.NOTICE,
        "Left out of the issue form: {headings}.",
        "Nothing needs doing. To have a heading in the minutes, write something below it.",
    ),
    "front-matter-key": (
        Severity.NOTICE,
        "The template has no {names} in its front matter, so the minutes have none.",
        "If minutes shall have it, add it to the template.",
    ),
    "second-front-matter": (
        Severity.WARNING,
        "There is a second front matter that says something else.",
        "Keep one of the two.",
    ),
    "possible-secret": (
        Severity.WARNING,
        "A passcode may stand here, after {what!r}, and everybody can read the minutes.",
        "Take it out of the notes, and change it where it is still in use.",
    ),
    "private-marker": (
        Severity.WARNING,
        "{text!r} stands here, and everybody can read the minutes.",
        "Take out of the notes what is not for everybody, or this line if there is nothing like that.",
    ),
    "conflict-marker": (
        Severity.WARNING,
        "A marker of a merge conflict was left standing.",
        "Keep one of the two sides.",
    ),
    "missing-section": (
        Severity.NOTICE,
        "Of the template's headings these are not in the notes: {titles}.",
        "Nothing needs doing where there was nothing to say.",
    ),
    "line-breaks": (
        Severity.NOTICE,
        "The issue shows {breaks} that a file does not show; an editor may have made them.",
        "End a line with two blanks, or leave a line blank, where the break matters.",
    ),
}
"""The findings of normalising by id: severity, message and what to do, with facts in braces."""

ARCHIVE_FINDINGS: dict[str, tuple[Severity, str, str]] = {
    "configuration": (
        Severity.ERROR,
        "The configuration has a mistake in column {column} ({mistake}).",
        "Correct it; until then the newest version without any is in force.",
    ),
    "configuration-remark": (
        Severity.NOTICE,
        "The configuration can be read, but may not say what is meant, in column {column} ({remark}).",
        "Change it, or leave it as it is: it is in force.",
    ),
    "unreadable": (
        Severity.ERROR,
        "The file cannot be read as text ({why}).",
        "Save it as text, in UTF-8, let it be read, or take it out of the archive.",
    ),
    "previous-link-generic": (
        Severity.NOTICE,
        "The link to the last meeting names no meeting; the previous minutes are of {previous}.",
        "Link {link}.",
    ),
    "previous-link-dead": (
        Severity.WARNING,
        "The link to the last meeting leads to {target}, which is not there; the previous minutes are of "
        "{date}.",
        "Link {link}.",
    ),
    "front-matter-twice": (
        Severity.WARNING,
        "The front matter is there twice; a website shows one of the two as text.",
        "Take this one out: the other says the same.",
    ),
    "pasted-twice": (
        Severity.WARNING,
        "From here on the text is there a second time.",
        "Take the second one out.",
    ),
    "title-unfilled": (
        Severity.WARNING,
        "The title was left as the template has it.",
        "Put the date into it: {date}.",
    ),
    "same-text": (
        Severity.ERROR,
        "The text is that of {other}, so one of the two names is wrong.",
        "Delete this file if it is a copy, or give it the notes of {date}.",
    ),
    "file-name": (
        Severity.WARNING,
        "The file's name ends in {text!r}, as that of a copy or of a slip does.",
        "Give it a name like that of the others.",
    ),
    "folder-year": (
        Severity.WARNING,
        "The file lies in the folder {folder}; these are the minutes of {date}.",
        "Move it, or correct its name.",
    ),
    "odd-weekday": (
        Severity.NOTICE,
        "{date} was a {weekday}; the meetings before and after were on a {usual}.",
        "If that is a slip, correct the date{better}.",
    ),
}
"""Findings only in an archive: normalising corrects them in notes, or notes have nothing to compare with."""

MEETING_FINDINGS: dict[str, tuple[Severity, str, str]] = {
    "template-not-read": (
        Severity.WARNING,
        "The template {path} was not used: {why}.",
        "Give it headings or `Label:` lines, or name another file as `template:` in .github/minutes.yml.",
    ),
    "configuration-broken": (
        Severity.WARNING,
        "`.github/minutes.yml` of the archive has mistakes, so the newest version without any is in force: "
        "line {row}, column {column} ({mistake}).",
        "Mend it there, then comment `/minutes`.",
    ),
    "previous-not-merged": (
        Severity.WARNING,
        "The minutes of the previous meeting are not in the archive yet: pull request {number}.",
        "Merge that one first; the link follows by itself.",
    ),
    "not-in-calendar": (
        Severity.NOTICE,
        "The calendar has no meeting of {series} on {day}{nearest}.",
        "Is the date right? `/minutes date` says another one. A meeting that was moved needs nothing.",
    ),
    "several-meetings": (
        Severity.WARNING,
        "The notes are of several meetings, {meetings}, and all of them stand in this file.",
        "For one of them comment `/minutes date {example}`; put the others into an issue each.",
    ),
    "already-there": (
        Severity.WARNING,
        "{path} is there already.",
        "Is it another meeting, or another day? If it is the same one, add these notes to that file.",
    ),
    "place-unclear": (
        Severity.WARNING,
        "It is not clear where these minutes belong: {places}.",
        "Say which series it is, or set `path:` in .github/minutes.yml of the archive.",
    ),
    "unusual-weekday": (
        Severity.NOTICE,
        "{day} is a {weekday}; the last meetings were on a {usual}.",
        "Is the date right? `/minutes date` says another one.",
    ),
    "older-than-newest": (
        Severity.NOTICE,
        "{day} is older than the newest minutes, those of {newest}; those of {after} were published without "
        "these.",
        "Is the date right? `/minutes date` says another one. Late minutes need nothing: the link in "
        "those of {after} follows.",
    ),
    "future-date": (
        Severity.WARNING,
        "{day} is long after {written}, the day on which the notes were changed last.",
        "Is the date right? `/minutes date` says another one.",
    ),
    "odd-file": (
        Severity.NOTICE,
        "{path} has another kind of name than the minutes around it.",
        "If that is a slip, rename it, like {like}.",
    ),
    "other-format": (
        Severity.NOTICE,
        "The newest minutes, {path}, are not Markdown; these are.",
        "Nothing needs doing, if Markdown is wanted here.",
    ),
}
"""Findings about what is around the notes: template, configuration, other minutes and calendar."""

ALL_FINDINGS = FINDINGS | ARCHIVE_FINDINGS | MEETING_FINDINGS


def finding(rule: str, line: int | None = None, **facts: object) -> Finding:
    """Return the finding with the id `rule`, such as `no-date`, about line `line` of the minutes.

    The line counts from 1, and is None for all of them. `facts` fill the placeholders in the texts of the
    finding: `where="title"` replaces `{where}`. Raises KeyError if no finding has this id, or a fact is
    missing.
    """
    severity, message, cure = ALL_FINDINGS[rule]
    return Finding(rule, severity, message.format(**facts), cure.format(**facts), line)
