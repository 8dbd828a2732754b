"""Labels of who was there, such as `Attending:`: in headings, lines, sentences, and typed in a chat."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.minutes.reading.attendance_words import GUESTS
from bot.minutes.reading.labels import FieldName, label_in
from bot.minutes.reading.names import is_name, is_remark, pieces, site_in, split
from bot.minutes.text.caseless import any_of
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import NESTED

# `Ada and Bo were present`
_SENTENCE = re.compile(
    r"(?i)(?P<names>\S.*?\S) (?:(?:were|was) (?:also )?(?P<what>present|in attendance|absent|excused)"
    r"|(?:(?:er|var|waren|war|sind|étaient|sont|estaban|estavam|erano|waren) )?(?P<there>til ?stede|anwesend"
    r"|présente?s|aanwezig|närvarande|presenti)"
    r"|(?:(?:er|var|waren|war|sind) )?(?P<away>abwesend|entschuldigt|afwezig|frånvarande|fraværende)"
    r"|(?:(?:has |have |had )?sent (?:in )?(?:his |her |their )?(?:apologies|regrets)|apologi[sz]ed"
    r"|(?:could not|was unable to|were unable to) (?:attend|come|make it|be present)))"
    r"(?:,? (?:da|weil|because|since|as|due to|wegen|för|för att|omdat) .{0,200})?\.?"
)
# `The board met with the following present: Ada, Bo.`
_FOLLOWING = re.compile(
    r"(?i)(?![^:]*\b(?:last|previous|next)\b)[^:]{0,200}\b(?:following"
    r"|these)\b[\w ,]{0,40}?\b(?P<what>present|in attendance|attend\w+"
    r"|participa\w+|absent|excused)\b[\w ]{0,20}:[ ]*(?P<names>[^:]*[^:.])\.?"
)
# `W zebraniu uczestniczyli następujący członkowie:`
_ABOVE_LIST = re.compile(
    r"(?i)(?![^:]*\b(?:last|previous|next|not|nicht|pas|niet|nie)\b)[^:?!]{0,160}\b(?:(?:"
    r"(?:following|these)\b[^:]{0,60}\b(?:absent|excused)|(?:absent|excused) (?:was|were)"
    r"|(?:waren|sind)\b[^:]{0,30}\b(?:abwesend|entschuldigt)|(?:abwesend|entschuldigt) (?:waren|sind)"
    r"|(?:étaient|sont) (?:absente?s|excusée?s)|(?:waren|zijn) afwezig|nieobecni byli|estuvieron ausentes)"
    r"\b(?P<away>)"
    r"|(?:following|these)\b[^:]{0,60}\b(?:present|in attendance|attend\w*|participa\w+)"
    r"|(?:present|in attendance|attending) (?:was|were)"
    r"|uczestniczyli|wzięli udział|udział wzięli|obecni byli|byli obecni"
    r"|nahmen\b[^:]{0,60}\bteil|(?:teilgenommen haben|haben\b[^:]{0,60}\bteilgenommen)"
    r"|(?:waren|sind)\b[^:]{0,30}\banwesend|anwesend (?:waren|sind)"
    r"|ont (?:participé|assisté)|(?:étaient|sont) présent(?:e?s|·e·s|\(e\)s)|présent(?:e?s|·e·s"
    r"|\(e\)s) étaient"
    r"|asistieron|estuvieron presentes|participaron|estiveram presentes|participaram|compareceram"
    r"|hanno partecipato|(?:erano|sono) presenti|waren aanwezig|aanwezig (?:waren|zijn)|namen deel"
    r"|närvarade|deltog|deltok|osallistuivat|läsnä olivat)\b[^:]{0,60}:"
)
_VERB = any_of(
    "was|were|sent|apolog|could not|stede|anwesend|abwesend|entschuldigt|afwezig|frånvar|fravær|présent"
    "|aanwez|närvar|presenti"
)
"""Without one of these a line is no such sentence."""
_PART_END = re.compile(
    r"(?<=[\w)])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bFr)(?<!\bJr)(?<!\bSr)(?<!\bMrs)(?<!\bRev)(?<!\bProf)"
    r"(?<!\b[A-Z])[.][*_]{0,2}[ ]+(?=[*_]{0,2}[A-ZÀ-Þ])"
)
"""The end of a sentence, but not a title or initial of a name before the rest of it."""
# What people type for themselves in a chat, by the convention of W3C: `present+`, `<ada> regrets+`.
_CHAT = re.compile(r"(?i)(?:<(?P<nick>[^<> ]+)>[ ]*)?(?P<what>present|regrets)\+:?(?P<names>.*)")
_TAIL = re.compile(r"[.!?][ ]+(?P<tail>[^\W\d_a-z][^.!?]{0,40}:)\Z")
_FIELDS: dict[str, FieldName] = {"absent": "absent", "excused": "absent", "regrets": "absent"}


@dataclass(frozen=True, slots=True)
class Label:
    """A line with the label of a field, such as `Attending: Ada`, and the names of people that are on it.

    `field` is "attendees" or "absent" for a list of people; other fields are read too, and ignored later.
    `level` is that of a heading (1 to 7), 0 for a line of text. `expects_names`: whether names are to follow
    below it, as after `Attending:`. `is_own_entry`: whether a person entered themself by it, as with
    `present+`.
    """

    field: FieldName
    line: LogicalLine
    level: int = 0
    names: tuple[str, ...] = ()
    expects_names: bool = True
    is_own_entry: bool = False


def label_at(line: LogicalLine) -> Label | None:
    """Return what a line says as the label of a field and of a list below it; None where it has no label.

    Such lines are `Attending:`, also as a heading, `Ada was present`, and `present+`, typed in a chat; but
    labels of other fields, such as `Date:`, are returned as well.
    """
    text = line.text
    if not text:
        return None
    if "+" in text and (label := _chat_label(line)):
        return label
    small = text.lower()
    if _VERB.search(small) and (label := _named_in(_SENTENCE, line)):
        return label
    if "following" in small and ":" in small and (label := _named_in(_FOLLOWING, line)):
        return label
    return _header_label(line) or (_above_list(line) if text.endswith(":") else None)


def _chat_label(line: LogicalLine) -> Label | None:
    match = _CHAT.fullmatch(line.text)
    if match is None:
        return None
    names = match["names"].strip() or match["nick"] or ""
    return Label(
        _field_of(match["what"]), line, names=tuple(split(names)), expects_names=False, is_own_entry=True
    )


def _named_in(sentence: re.Pattern[str], line: LogicalLine) -> Label | None:
    """Return the label of a line of text that is such a sentence with names, None where it is not."""
    match = sentence.fullmatch(line.text) if line.kind != "heading" else None
    names = tuple(split(match["names"])) if match else ()
    if match is None or not names or not all(map(is_name, names)):
        return None
    word = match["what"] or match.groupdict().get("there") or "absent"
    return Label(_field_of(word), line, names=names, expects_names=False)


def labels_at(line: LogicalLine) -> Iterator[tuple[LogicalLine, Label | None]]:
    """Yield a line with its label, one with a label of people by its sentences.

    So `Present: Ada, Bo. Apologies: Cy. It was late.` has two labels; its sentences that are about nobody's
    attendance are left out.
    """
    label = label_at(line) or _in_first_sentence(line)
    first, *others = _PART_END.split(line.text) if _is_of_people(label) and line.kind == "line" else [""]
    if not others or not all(map(is_name, pieces(first.partition(":")[2]))):
        yield line, label
        return
    for sentence in (line._replace(text=part) for part in (first, *others)):
        guests = site if (site := site_in(sentence.text)) and GUESTS.fullmatch(site["site"]) else None
        if guests:
            yield sentence, Label("attendees", sentence, names=tuple(split(guests["names"])))
        elif _is_of_people(of_sentence := label_at(sentence)):
            yield sentence, of_sentence


def _in_first_sentence(line: LogicalLine) -> Label | None:
    """Return the label of a text that begins with a sentence of who was there; None for any other."""
    if line.kind != "line" or ". " not in line.text or not _VERB.search(line.text.lower()):
        return None
    first, *others = _PART_END.split(line.text, maxsplit=1)
    return _named_in(_SENTENCE, line._replace(text=first)) if others else None


def _is_of_people(label: Label | None) -> bool:
    return label is not None and label.field in ("attendees", "absent")


def _above_list(line: LogicalLine) -> Label | None:
    """Return the label of a sentence above the list of those who were there; None where it is none.

    It says so, `The following were present:`, or a label follows it: `Sign in here. Attendees:`.
    """
    if line.kind != "line":
        return None
    if match := _ABOVE_LIST.fullmatch(line.text):
        return Label("attendees" if match["away"] is None else "absent", line)
    match = _TAIL.search(line.text)
    labelled = label_in(match["tail"]) if match else None
    return Label(labelled[0], line) if labelled else None


def _header_label(line: LogicalLine) -> Label | None:
    """Return the label of a line such as `Attending: Ada`, None without one.

    Only a line that ends a block of several lines needs the colon, unless it is bold.
    """
    is_heading, number, block, text = line.kind == "heading", line.number, line.block, line.text
    may_lack_colon = (
        is_heading or number == block.start or number + 1 < block.end or text.startswith(("**", "__"))
    )
    labelled = label_in(text, may_lack_colon)
    if labelled is None:
        return None
    field, value = labelled
    expects_names = not value or value.endswith((",", ":", "：")) or is_remark(value)
    if expects_names and line.depth and not line.is_first:
        line = line._replace(depth=line.depth - NESTED)  # right below a list item, above the next list
    return Label(field, line, block.level if is_heading else 0, tuple(split(value)), expects_names)


def _field_of(word: str) -> FieldName:
    return _FIELDS.get(word.lower(), "attendees")
