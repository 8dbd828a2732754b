"""Draft the minutes of a coming meeting: the template, filled in as far as is known before the meeting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.minutes.drafting.insertion import actions_point, add, agenda_point
from bot.minutes.drafting.redated import redated
from bot.minutes.drafting.skeleton import as_today, unlinked, write_out
from bot.minutes.normalising.normalise import normalise
from bot.minutes.normalising.task import Meeting
from bot.minutes.normalising.template import Template, TemplateError, read_template
from bot.minutes.reading.open_items import OpenAction
from bot.minutes.text.markdown import clean

LONGEST = 200  # characters of the title of an agenda entry

_POWER = re.compile(
    r"(?P<sign>[\\`*_{}\[\]<>|~!$&])|(?P<call>[@#:])(?=[\w/])"
    r"|(?P<start>(?<!\w)[0-9a-f]{3}(?=[0-9a-f]{4,37}(?!\w))|(?i:\bwww(?=\.))|(?i:\bGH(?=-\d)))"
)
_JOINER = "\u2060"  # WORD JOINER: no width, and no part of a name, a number or an address
_UNSAFE = re.compile(r"[\s()<>\[\]\\\"'`\x00-\x1f\x7f{}|^]")


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """An issue, pull request or discussion to list on the agenda: its title, as typed, and its URL."""

    title: str
    url: str

    @property
    def line(self) -> str:
        """The list item of a draft for this entry: a link to it.

        The title is escaped, so that no mention, reference or markup in it takes effect.
        """
        title = _tame(" ".join(clean(self.title).split())[:LONGEST].strip()) or "(no title)"
        url = _UNSAFE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), clean(self.url))
        return f"- [{title}]({url})" if re.match(r"https?://", url) else f"- {title}"


def draft(
    template: Template,
    meeting: Meeting,
    *,
    source: str | None = None,
    actions: Sequence[OpenAction] = (),
    agenda: Sequence[AgendaEntry] = (),
) -> str:
    """Return the draft of the minutes of a coming meeting. Never raises.

    `source` is the text of the team's template file, in which the date, the link to the last meeting and the
    standing items are filled in. If it is None, or `read_template` refuses it, the text is written from
    `template` instead. `actions`, still open from earlier meetings, and the entries of `agenda` go below the
    headings for them, or below new headings.
    """
    blank = as_today(source, template) if source and _serves(source) else write_out(template, meeting.date)
    text = _filled(redated(unlinked(blank), template, meeting.date), template, meeting)
    text = add(text, tuple(dict.fromkeys(action.line for action in actions)), actions_point)
    text = add(text, tuple({entry.url: entry.line for entry in agenda}.values()), agenda_point)
    return _filled(text, template, meeting)  # again: what was added may say "last meeting" too


def _filled(text: str, template: Template, meeting: Meeting) -> str:
    """Return a draft with the date and the link to the previous meeting filled in, and its guidance kept."""
    lasting, known = replace(template, keeps_guidance=True), replace(meeting, selected=False)
    return normalise(text, template=lasting, meeting=known, source="file").text


def _serves(source: str) -> bool:
    try:
        read_template(source)
    except TemplateError:
        return False
    return True


def _tame(title: str) -> str:
    """Return a title escaped so that no mention, reference, URL or markup in it works."""

    def tame(match: re.Match[str]) -> str:
        return f"\\{match['sign']}" if match["sign"] else match[0] + _JOINER

    return _POWER.sub(tame, title)
