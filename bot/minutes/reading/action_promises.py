"""Find the sentences of notes in which somebody who was there takes something on."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from bot.minutes.reading.action_sections import names_people
from bot.minutes.reading.action_words import DO
from bot.minutes.reading.statements import SENTENCE_END, Statement, spans_of

ARROW = re.compile(r"[*_ ]{0,3}(?:[-=]+>|→|⇒|➜)[ ]*")
"""How a line begins that draws a consequence: `→ Ada glues`."""
_UNDERTOOK = re.compile(
    r"(?P<said>[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){0,2} (?:(?:undertook|undertakes"
    r"|volunteer(?:ed|s)|offer(?:ed|s)|promise[ds]|agreed|(?:was|were|is|has been) (?:asked|tasked"
    r"|assigned)) to (?!the\b|an?\b|be\b|leave\b|stop\b|wait\b)[a-z]+[^;!?]*|(?:(?:was|were"
    r"|is) )?tasked with [a-z]+ing\b[^;!?]*"
    r"|will (?!be\b|have\b)[a-z]+ [^;!?]*\b(?:by|before|until) (?:(?:the )?next (?:meeting|call|week)"
    r"|(?:mon|tues|wednes|thurs|fri)day|tomorrow|end of|\d)[^;!?]*"
    rf"|will {DO}\b[^;!?]*|needs to {DO}\b[^;!?]*|(?:said|says) (?:that )?(?:s?he|they)(?: would|['’]d"
    rf"| will"
    rf"|['’]ll) {DO}\b[^;!?]*))"
)
"""A sentence in which somebody takes something on: `Ada undertook to glue.`"""
_SAID_TO = re.compile(
    r"(?:^|[(]|(?:--|[–—]|[-=]>|→) ?|[,;:] )(?P<said>(?P<who>@?[\w.'’-]+)(?: [^\W\d_a-z][\w.'’-]*){0,2}"
    r"(?:(?:/|, ?| ?& ?| and | ?\+ ?)@?[^\W\d_a-z][\w.'’-]*){0,3}"
    r" to (?!the\b|an?\b|be\b|have\b(?! an? )|date\b|this\b|that\b|all\b"
    r"|go\b)[a-z]{2,}\b[^()\n?]*)\)?[^\w?]*\Z"
)
"""Who shall do what, alone or at the end of what was said: `runners fail (@ada to glue)`."""
_ACTION_OF = re.compile(
    r"(?:^|[ ,;(])(?P<said>(?i:action|todo)(?: on| for)? (?P<who>@?[A-Z][\w.'’-]*):? (?:to )?[a-z]+ [^\n]*)"
    r"|^(?P<all>(?P<first>@?[A-Z][\w.'’-]*)(?:['’]s)? (?i:action|todo|ai)[:：] \S[^\n]*)"
)
"""A mark with whose task it is: `action Ada ask them`, `it leaks, action on Ada to mend it`."""
_ASSIGNED = re.compile(
    r"\b(?:assigned to|asignad[oa]s? a|atribuíd[oa]s? a|designad[oa]s? a|zugewiesen an"
    r"|toegewezen aan) (?P<who>@?\w[\w.'’-]*)"
)
"""A task that is somebody's: `Rota assigned to Ada`."""
RESPONSIBLE = re.compile(
    r"[(\[](?i:osob[ay] odpowiedzialn[ae]|responsables?|responsible|responsáve(?:l|is)|responsabil[ei]"
    r"|verantwortlich|zuständig|verantwoordelijk|ansvarig|ansvarlig|owners?|assigned to|assignees?)[: ]+"
    r"(?P<who>[^()\[\]]{2,120})[)\]][.\s]*\Z"
)
"""Whose a task is, at its end: `Minutes are moved to the new site (responsible: Ada).`"""
_ARROW_TO = re.compile(r"(?=\S)[^→>?]{3,160}[ ](?:→|➜|-+>|=+>) ?(?P<who>[^\W_][\w .,&'’+-]{1,40})[.\s]*\Z")
"""A task and whose it is: `A draft of the logo → Ada`."""
_BEFORE_TASK = re.compile(
    rf"\\?[\[(](?P<who>@?[^\W\d_][\w.'’-]*(?:(?: |, ?|/| ?& ?| and )@?[^\W\d_a-z][\w.'’-]*){{0,4}})\\?[\])]"
    rf"[:：]? (?:to )?{DO}\b"
)
"""Whose a task is, in brackets before it: `[Ada] Ask them`."""
_TAKES = re.compile(
    r"(?P<who>@?[^\W\d_][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}"
    r"(?:(?:, ?| & | und | et | y | e | en | och | og | i )@?[^\W\d_a-z][\w.'’-]*){0,3}) "
    r"(?:kümmer(?:t|n) sich|übern(?:immt|ehmen)|erstell(?:t|en)|klär(?:t|en)|schick(?:t|en)"
    r"|organisier(?:t|en)"
    r"|entwickel(?:t|n)|entwirf|entwerfen|fragt (?:bei|nach)|fragen (?:bei|nach)|schreib(?:t|en) (?:an"
    r"|eine?n?|das|den|die)\b"
    r"|kontaktier(?:t|en)|prüf(?:t|en)|buch(?:t|en)|bestell(?:t|en)|besorg(?:t|en)"
    r"|s['’]occupent? d|se chargent? d|contacter?a?|envoie|prépare|rédige|enverra|préparera"
    r"|se encargan?|se compromete|enviará|contactará|preparará|revisará|escribirá|irá [a-zà-ÿ]+r"
    r"|vai [a-zà-ÿ]+r"
    r"|vão [a-zà-ÿ]+r|ficou de|fica responsável|si occup(?:a|ano)|contatterà|invierà|preparerà"
    r"|gaa(?:t|n) (?!akkoord|weg|naar|goed|niet|door|over|om|mee|uit|op|in)|regelt|neemt contact|mailt"
    r"|stuurt|boekt|bestelt|zoekt uit|maakt"
    r"|fixar|mailar|kollar|skickar|bokar|ordnar|kontaktar|undersöker|köper|ringer|tar fram|tar kontakt"
    r"|sender|sjekk(?:er|ar)|undersøger|kontakter|bestiller"
    r"|zajmie się|przygotuje|wyśle|skontaktuje się|sprawdzi|napisze|zorganizuje|kupi)\b"
    r"(?!,? (?:dass|que|che|dat|att|at|że)\b)[^?]*"
)
"""A sentence, in other languages than English, that says who does something: `Ada kümmert sich.`"""
_BODY_TO = re.compile(
    r"(?:[Tt]he )?(?:(?i:board|committee|council|secretariat|team|chairs?|secretary|treasurer|everyone"
    r"|everybody|tsc|toc|pmc|steering committee"
    r"|(?:[\w-]+ )?maintainers)|All) (?:to (?!the\b|an?\b|be\b|have\b|do\b|date\b"
    rf"|(?:my|his|her|our|your|their)\b)[a-z]{{2,}}|will {DO}) [^?]*\Z"
)
"""A sentence that says what a body or an officer shall do: `Board to review them`."""
_WILL = re.compile(
    r"@?[^\W\d_][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}"
    r"(?:(?:/|, ?| ?& ?| and )@?[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}){0,3} will "
    r"(?!(?:be|have|need|attend|speak|present|join|know|see|go|come|want|miss|leave|remain|stay|not|also"
    r"|still"
    r"|probably|likely|maybe|fail|lose|win|try|become|get|move|only|never|soon|use|like|love"
    r"|talk)\b)(?:[a-z]{3,}|PR) [^?\n]{3,160}"
)
"""An item that says what somebody will do: `Ada will forge nails`."""
_CLAUSE_END = re.compile(rf"{SENTENCE_END.pattern}|(?<=;)[ ]+")
_NEEDED = (" to ", " will ", " with ", " would ")
"""Without one of these no sentence is a promise, but for one that says who is responsible."""
_FEWEST_WORDS = 4  # of a sentence that says what about: not so `Ada to look`
_WHO_TO = re.compile(
    r"(?P<who>@?[\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){0,2}(?:(?:/|, ?| ?& ?| and | ?\+ ?)@?[^\W\d_a-z][\w.'’-]*)"
    r"{0,3}) to [a-z]"
)
_WHOLE = 240  # characters of a list item that counts as a whole


class Promise(NamedTuple):
    """A part of a statement in which somebody takes something on: `text`, of which `said` says so.

    `owner` is who does, as typed; empty where it is to be found in `said`.
    """

    text: str
    said: str
    owner: str = ""


def taken_on(statement: Statement, known: frozenset[str]) -> Iterator[Promise]:
    """Yield the promises in a statement; a short list item with one such sentence counts as a whole.

    `known` is what those who were there are called, in small letters.
    """
    text = statement.text
    flat = text.replace("\n", " ")
    is_somebody = _is_known(flat, known)
    arrow, mark = ARROW.match(flat), _ACTION_OF.search(flat) if may_have_mark(flat) else None
    given = _ASSIGNED.search(flat) if "signa" in flat or "signed" in flat else None
    if mark and _is_known(mark["who"] or mark["first"], known):
        said = text[slice(*mark.span("said" if mark["who"] else "all"))]
        yield Promise(said, said)
    elif (arrow and _is_known(flat[arrow.end() :], known)) or (given and _is_known(given["who"], known)):
        yield Promise(text, text)
    elif (statement.listed or statement.parent) and (who := _owner_of(flat, is_somebody, known)):
        yield Promise(text, text, who)
    elif any(map(flat.__contains__, _NEEDED)) or _is_given(flat):
        clauses = spans_of(flat, _CLAUSE_END)
        yield from _in_clauses(statement, clauses, known)
        is_whole = statement.listed and len(clauses) == 1 and (is_somebody or flat[0] == "@")
        if is_whole and not _promise_in(flat, known) and _WILL.match(flat):
            yield Promise(text, text)


def _in_clauses(
    statement: Statement, clauses: Sequence[tuple[int, int]], known: frozenset[str]
) -> Iterator[Promise]:
    """Yield the promises in the clauses of a statement, given as spans of its text.

    One alone stands for a short list item, and for any short statement if it does not say what about.
    """
    text = statement.text
    spans = [(at, _promise_in(text[at:end].replace("\n", " "), known)) for at, end in clauses]
    found = [(at + span[0], at + span[1], span[0] == 0) for at, span in spans if span]
    parts = [text[start:end].strip("*_ \n") for start, end, _ in found]
    is_short = len(parts) == 1 and found[0][2] and len(parts[0].split()) < _FEWEST_WORDS
    is_part = len(parts) == 1 and len(clauses) > 1 and len(text) <= _WHOLE
    if is_part and (statement.listed or is_short):
        yield Promise(text, parts[0], _before_to(parts[0]))
    else:
        yield from (Promise(part, part, _before_to(part)) for part in parts)


def _before_to(part: str) -> str:
    """Return who stands in a promise before what they are to do: `Ada, Bo to glue`; empty without such."""
    match = _WHO_TO.match(part)
    return match["who"] if match else ""


def _is_given(sentence: str) -> bool:
    """Return whether a sentence says in brackets at its end who is responsible for it."""
    in_brackets = sentence[-3:].rstrip(" .").endswith((")", "]"))
    return in_brackets and RESPONSIBLE.search(sentence) is not None


def _owner_of(text: str, is_somebody: bool, known: Container[str]) -> str:
    """Return whose a list item is by its end, or who does something by its start; empty without either.

    `is_somebody`: whether its first word is somebody who was there.
    """
    given = _ARROW_TO.fullmatch(text) if "→" in text or ">" in text or "➜" in text else None
    if given:
        is_theirs = _is_known(given["who"], known) or names_people(given["who"], known)
        return given["who"] if is_theirs else ""
    before = _BEFORE_TASK.match(text) if text.startswith(("[", "(", "\\")) else None
    if before and _is_known(before["who"], known):
        return before["who"]
    takes = _TAKES.fullmatch(text) if is_somebody else None
    return takes["who"] if takes else ""


def _promise_in(sentence: str, known: frozenset[str]) -> tuple[int, int] | None:
    """Return the span of the part of a sentence in which somebody takes something on; None without one."""
    said = _SAID_TO.search(sentence) if " to " in sentence else None
    if said and (said["who"].startswith("@") or said["who"].casefold() in known):
        return said.span("said")
    if _BODY_TO.match(sentence) or _is_given(sentence):
        return 0, len(sentence)
    took = _UNDERTOOK.match(sentence) if _is_known(sentence, known) else None
    return took.span("said") if took else None


def _is_known(text: str, known: Container[str]) -> bool:
    """Return whether the first word of a text is what somebody is called."""
    return text.lstrip().partition(" ")[0].strip("*_@.,;:()").casefold() in known


def may_have_mark(text: str) -> bool:
    """Return whether a text has a mark of an action in any case: a quick check."""
    return "AI" in text or "ction" in text or "CTION" in text or "odo" in text or "ODO" in text
