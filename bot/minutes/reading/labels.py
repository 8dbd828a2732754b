"""Read the labelled fields of the header, such as `Attending:` and `Start:`, as a line or as a heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.minutes.reading.date_words import MONTHS, SHORT, WEEKDAYS
from bot.minutes.reading.document import Document
from bot.minutes.text.caseless import Caseless, any_of
from bot.minutes.text.markdown import Block, plain

FieldName = Literal["attendees", "absent", "start", "end", "date"]

# What people call a field, compared without case, in the languages of the minutes that were read.
LABELS: dict[FieldName, str] = {
    "attendees": (
        r"(?:in|on) (?:the |this )?(?:room|office|call|line|zoom|teams|meeting)|joined by|here|who|people"
        r"|(?:on|by|via) (?:the )?(?:(?:tele)?phone|video(?: link| ?call)?|zoom|teams|skype|jitsi)"
        r"|at{2,3}end(?:ing|ees?|ance|ed(?: by)?|ants?)(?: list)?|in attendance|present"
        r"|particip(?:ants?|ating)"
        r"|roll[ -]?call|who(?:(?:['’]s| is| was) (?:here|there|present)| joined| came| attended)[?]?"
        r"|(?:list of )?(?:participants|attendees)"
        r"|participant(?:e?s|[·.]e[·.]s)|présent(?:e?s?|[·.]e?[·.]?s|\(e\)s?|\(e\)\(s\)|-e-s)?|asistentes"
        r"|asist(?:ieron|en)|ont assisté|assistaient"
        r"|hanno partecipato|compareceram|participaram|participaron"
        r"|presentes|presenti"
        r"|partecipanti"
        r"|asistencia|assist[eè]n(?:ts|tes|cia)|presents|presenças|presenze|närvarande|deltagande"
        r"|fremmødte|til ?st(?:ede|ades?)|(?:møde)?deltagere|deltakere|frammøtte|obecn(?:i|ość)"
        r"|tn|anw\.?|anwesen(?:de?r?|heit)(?:sliste)?|teilgenommen haben|teilnehm(?:er(?:[*:_]?innen)?"
        r"|ende)|aanwezig(?:en)?|deltagare"
        r"|účastníci|účastníků|pr[ií]tomn[íií]|přítomni|zúčastnen[íi]|läsnä(?:olijat)?|osallistujat"
        r"|jelenlévők"
        r"|résztvevők|katılımcılar|katılanlar|participan[țt]i|prezen[țt]i|учасники|присутні"
        r"|присутств\w+|участники"
        r"|参会(?:人员?|者|成员)?|与会(?:人员?|者)?|出席(?:者|人员|人員|人)?|列席(?:者|人员|人員)?|與會(?:人員|者)?|参加者|參與者|參加者|참석자|참가자"
        r"|참여자|출석자?"
    ),
    "absent": (
        r"absent(?:e?s|ees)?|absences|apologies(?: for absence)?(?: (?:were |was )?(?:received|given"
        r"|sent))?(?: (?:from|by))?|(?:with )?regrets|excused|conflicts"
        r"|(?:not|un)[ -]?(?:attending|present|able to (?:attend|join|make it)|in attendance|here|there"
        r"|available|coming)"
        r"|(?:could ?n[o'’]t|could not|can(?:not|['’]?t)) (?:make it|attend|come|join)|away|missing"
        r"|on (?:leave|vacation)"
        r"|out of office|ooo|sends? (?:regrets|apologies)"
        r"|frånvarande|ej närvarande|förhinder|fraværende|afbud|forfall|nieobecni|ausents|excusats"
        r"|verhindert|entsch\.|no asist(?:ieron|entes)|inasistentes|excus(?:aron|an|ó"
        r"|a)(?: su)?(?: asistencia| inasistencia)?|ausentes|assenti|(?:absent"
        r"|excusé)(?:e?s?|[·.]e[·.]?s|\(e\)s?|\(e\)\(s\)|-e-s)"
        r"|excusados|disculpas|entschuldigt|(?:ha|hanno) giustificato (?:l['’]|la )?assenza"
        r"|abwesende?r?|(?:niet|nicht|inte|ikke) (?:aanwezig|anwesend|närvarande|til ?stede)"
        r"|abwesenheit(?:en)?|afwezig(?: met kennisgeving| m\.?k\.?g\.?)?|ausências?|faltas?|afwezigheid"
        r"|assenze"
        r"|neprítomn[íi]|nepřítomni|omluven[íi]|ospravedlnen[íi]|poissa(?:olijat)?|hiányzók|katılmayanlar"
        r"|absen[țt]i|відсутні|отсутств\w+|缺席(?:者|人员|人員)?|請假(?:人員|者)?|불참자|결석자?|请假(?:人员)?|欠席(?:者)?|불참자?"
    ),
    "start": r"start(?:ed|s|ing)?(?: time)?|time|began",
    "end": r"end(?:ed|s|ing)?(?: time)?|finish(?:ed)?",
    "date": r"date(?: of (?:the|this) (?:meeting|call|session))?|when|day",
}


def _forms(name: str) -> tuple[str, str]:
    """Return the name of a month or weekday in lower case, and its abbreviation."""
    return name.lower(), name.lower()[:SHORT]


_WHOSE = (
    r"(?:(?:people|those|plenary|conference|summit|workshop|session|assembly|meeting|team|board|committee"
    r"|council|core|wg|tsc|tc|ctc|voting|also|other|additional"
    r"|confirmed|all|remote|in-person|online|virtual|community|external|members?|directors?|trustees|officers"
    r"|representatives?|delegates?|maintainers?|staff|weekly|monthly|call|today['’]s)[ ]+){0,3}"
)
_BODY = (
    r"(?:(?!(?:the )?(?:last|previous|prior|next|future|upcoming|past)\b)(?:[\w'’-]+[ ]){0,3}?"
    r"(?:wg|sig|team|group|board|committee|council|tsc|tc|forum|assembly|union|club|circle|panel"
    r"|commission|crew"
    r"|community)[ ]+)?"
)
"""Whose attendees the label of a heading names: `Docs WG attendees`."""
_CALL_OF = (
    r"(?:(?:[\w'’-]+[ ]){0,2}(?:(?:call|meeting|session|sync)[ ](?:of|on)[ ]"
    r"|[\w-]*(?:sitzung|treffen|versammlung|réunion|reunión|reunião|riunione|vergadering|möte|møde|møte)[ ]"
    r"(?:(?:vom|am|du|de|del|van|den|d\.)[ ])?)(?=\d|[a-z]{3,9}[ ]\d))?"
    r"(?:(?:[\w'’/&-]+[ ]){0,3}(?:slot|session|call|meeting|sync|group|track|site)[ ]?[:–—-][ ])?"
)
"""What stands before the day in such a label: `Editors' call of 18 March 2030 - attendees`."""
_ASIDE = (
    r"(?:, (?:[\w/-]+ ){1,3}(?:slot|session|group|half|part|call|time ?zones?))?"
    r"(?:[ ]?[(（]{1,2}[^()（）]*[)）]{1,2}){0,2}(?:[ ]?(?:与会人员?|参会人员?|出席者|参加者))?"
)
_NAMES = "|".join(
    f"{_WHOSE if name in ('attendees', 'absent') else ''}(?P<{name}>{pattern}){_ASIDE}"
    for name, pattern in LABELS.items()
)
_WERE = (
    r"(?:[ ](?:were|was|are|is|waren|war|sind|zijn|var|byli|members?|people|persons|mitglieder|personen"
    r"|personnes|personas|pessoas|persone|today|here|so far|heute"
    r"|in[ -]person|remotely|online|virtually|by phone|giustificat[ie]|justificad[oa]s?|met kennisgeving"
    r"|excusés?|entschuldigt|ha(?:t|ben|tten?) sich"
    r"|hoy|hoje|oggi|vandaag|i ?dag|aujourd['’]hui|avui|dzisiaj))?"
)
_OF_GROUP = (
    r"(?:(?:integrantes|membros|miembros|membres|membri|socios|sócios|alunos|pessoas|personas|personnes|leden"
    r"|mitglieder|medlemmar|medlemmer|członkowie|členovia|členové)[ ]"
    r"|(?:check)?list(?:[ae]|ado)?[ ](?:de(?:[ ]l[oa]s)?|dos|das|des|der|di|of)[ ])?"
)
"""Of whom it is said that they were there: `Integrantes presentes`."""
_IT_IS = (  # `Étaient présents :`
    r"(?:(?:es )?(?:étaient|était|sont|ont été|waren|sind|zijn|estaban|estuvieron|fueron|erano|sono"
    r"|estavam|estiveram"
    r"|foram|eren|hi eren|var|byli) )?"
)
_ORNAMENT = (
    r"(?:(?:[^\w\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f]\ufe0f?|:[a-z0-9_+-]{2,40}:)[\ufe0f\u200d ]*){0,4}"
)
"""Emoji and their short codes, such as `:wave:`, before a label or after it."""
_NAMED = any_of(
    "|".join(
        sorted(
            {
                part
                for names in (*MONTHS.values(), *WEEKDAYS.values())
                for name in names
                for part in _forms(name)
            }
        )
    )
).pattern
_DAY = (
    rf"(?:(?:(?:{_NAMED})\b|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?[ ](?:(?:morning|afternoon|evening)[ ])?(?:call|meeting|session|sync|sitzung|réunion)(?=[:–—-]))?"
    r"[,.:)–— -]+){0,4}"
)
"""A number or a day before the label of a heading: `2. Attendees`, `April 12, meeting attendees`."""
_DAY_AFTER = (
    r"(?:,? (?:(?:am|on|at|for|of(?: the)?|vom|du|le|del|de|em|den) )?"
    rf"(?:(?:{_NAMED})|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{4}}|\d{{1,2}}(?:st|nd|rd|th|[.])?|de)"
    rf"(?:[,./ -]+(?:{_NAMED}|\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?|de)){{1,4}}"
    r"(?: (?:call|meeting|session|sync|sitzung|réunion))?(?: \([^()]*\))?)?"
)
"""A day after the label of a heading: `Attendees, 17 June 2031`."""
_FOR = (
    r"[ ](?:d[aeo]s?|del|de la|du|des|di|della|der|des|vom|von|van(?: de)?)[ ]"
    r"(?!(?:[\w'’-]+[ ]){0,3}(?:letzten|vorigen|dernière|précédente|última|anterior|"
    r"pasada|passada|scorsa|precedente|vorige|förra|sidste|ostatniego)\b)[^\W\d_][\w '’.&/-]{1,40}(?<!\d)"
)
"""Whom the people in a list are of, after the label of a heading: `Participantes da Equipe`."""
_LINE = Caseless(
    rf"[ ]{{0,3}}{_ORNAMENT}(?P<bold>\*\*|__|\*|_|){_ORNAMENT}{_OF_GROUP}{_IT_IS}(?P<label>{_NAMES}){_WERE}"
    r"(?:[ ]?[:：](?P=bold)|(?P=bold)[ ]?[:：])[ \t]*(?P<value>.*)"
)
_HEADING = Caseless(
    rf"{_CALL_OF}{_DAY}{_ORNAMENT}{_BODY}{_OF_GROUP}{_IT_IS}(?P<label>{_NAMES}){_WERE}(?:{_FOR}|{_DAY_AFTER})"
    rf"[ ]?{_ORNAMENT}(?:[ ]?[:：][ \t]*(?P<value>.*))?"
)
_LONGEST = 60  # characters of a label without a colon; what is longer is a sentence
ANY_LABEL = re.compile(r"[ ]{0,3}(?:\*\*|__)?[^\W\d_][\w '’/&()-]{0,39}(?:\*\*|__)?:(?:\*\*|__)?(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A field of minutes with a label, such as `Attending: Ada`; `label` and `value` are as typed.

    It is at `lines[start:end]` of the document, from 0, in `block`. `form` is whether the label is a line or
    a heading.
    """

    name: FieldName
    form: Literal["line", "heading"]
    label: str
    value: str
    start: int
    end: int
    block: Block


def fields_of(document: Document, end: int | None = None) -> tuple[Labelled, ...]:
    """Return the labelled fields of notes, such as `Attending: Ada`, in order.

    They are headings that begin above line `end`, which counts from 0 (None: all), and lines in the header,
    above the first section. If none of them is for attendees, the first line for them in the sections is
    added, since some notes have it last.
    """
    stop = len(document.lines) if end is None else end
    header = min(header_end_of_fields(document), stop)
    fields = [field for field in _all(document) if field.start < stop]
    placed = [field for field in fields if field.form == "heading" or field.start < header]
    if not any(field.name == "attendees" for field in placed):
        placed += [field for field in fields if field.start >= header and field.name == "attendees"][:1]
    return tuple(placed)


def header_end_of_fields(document: Document) -> int:
    """Return the line, from 0, of the first heading that is neither title nor label of a field.

    There the sections begin. Without such a heading it is the number of lines.
    """
    end = document.header_end
    return next(
        (h.start for h in document.headings if h.start >= end and not is_field_heading(h)),
        len(document.lines),
    )


def is_field_heading(heading: Block) -> bool:
    """Return whether a heading is the label of a field, such as `## Attending:`, and no section's title."""
    return is_field_title(heading.text)


def is_field_title(text: str) -> bool:
    """Return whether the text of a heading is the label of a field, such as `Attending:`."""
    return _HEADING.fullmatch(plain(text)) is not None


def label_in(text: str, alone: bool = False) -> tuple[FieldName, str] | None:
    """Return the name of the field that a text such as `Attending: Ada` is for, and its value, `Ada`.

    None where the text has no known label. `alone`: it may also be a label without a colon, if it is short;
    its value is then empty.
    """
    if "](#" in text:  # an entry of a table of contents
        return None
    has_colon = ":" in text or "：" in text
    match = _LINE.fullmatch(text) if has_colon else None
    if alone and not match and (has_colon or len(text) <= _LONGEST):
        match = _HEADING.fullmatch(plain(text))
    return (_name(match), (match["value"] or "").strip()) if match else None


def _all(document: Document) -> Iterator[Labelled]:
    for block in document.top:
        if block.kind == "heading" and (match := _HEADING.fullmatch(block.text.strip())):
            yield _labelled(match, "heading", block.start, block.end, block)
        elif block.kind == "paragraph":
            yield from _in_paragraph(document, block)


def _in_paragraph(document: Document, block: Block) -> Iterator[Labelled]:
    """Yield the fields in a paragraph; a line without a known label belongs to the field above it."""
    starts = [
        (number, match)
        for number in range(block.start, block.end)
        if (match := _in_line(document.lines[number]))
    ]
    ends = [number for number, _ in starts[1:]] + [block.end]
    for (number, match), end in zip(starts, ends, strict=False):
        yield _labelled(match, "line", number, end, block)


def _in_line(text: str) -> re.Match[str] | None:
    return _LINE.fullmatch(text) if ":" in text or "：" in text else None


def _labelled(
    match: re.Match[str], form: Literal["line", "heading"], start: int, end: int, block: Block
) -> Labelled:
    return Labelled(_name(match), form, match["label"], (match["value"] or "").strip(), start, end, block)


def _name(match: re.Match[str]) -> FieldName:
    return next(name for name in LABELS if match[name])
