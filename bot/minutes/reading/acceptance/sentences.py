"""Read from single sentences whether the minutes of the previous meeting were accepted."""

import re
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.minutes.reading.acceptance.languages import LANGUAGES, MAY_NAME, NOUN
from bot.minutes.reading.acceptance.words import Language
from bot.minutes.text.markdown import plain

LONGEST = 300
"""Characters of a statement; longer ones are not read."""
_GONE = re.compile(r"<!--.*?-->|<(del|s|strike)>.*?</\1>|`[^`\n]*`|[a-z]+://\S+", re.DOTALL)
_STRUCK = re.compile(r"~~[^~\n]{1,300}~~")
_ELISION = re.compile(r"\b([ldnscjm]|qu)'(?=\w)")
_COMPOUND = re.compile(r"(protokoll|notulen|verslag)(?=genehm|annahm|abnahm|freigab|goedkeur)")
_SENTENCE = re.compile(r"(?<!\d[.])(?<=[.!?;])\s+|(?<=[。！？；])")
_OPENS = re.compile(r"\A(?:(?:[-*+•>]|\d{1,3}[.)]|\[[ x]\])[ ]+|[\W_]+(?=\w))+")
_COLON = re.compile(r"[:：]")
_LABEL = re.compile(r"[ ]?[:：](?!//)[ ]?|[ ](?:--?|–|—|→|->|=>)[ ]")
_CLAUSE = re.compile(r"[,;，、；][ ]?| (?:but|aber|mais|pero|mas|maar) ")
_ASIDE = re.compile(r"[ ]?\([^()]*\)")


class AcceptanceState(StrEnum):
    """What notes say about accepting the minutes of the previous meeting.

    `silent` is for notes that have a heading, an agenda item or a sentence about it, but do not say that the
    minutes were accepted or not.
    """

    ACCEPTED = "accepted"
    WITH_CHANGES = "accepted_with_changes"
    NOT_ACCEPTED = "not_accepted"
    DEFERRED = "deferred"
    SILENT = "silent"


class Scope(IntEnum):
    """Whether text stands below a heading about minutes: of any kind, or about accepting them."""

    NONE = 0
    NAMED = 1
    ASKED = 2


_State = AcceptanceState | None


class Reading(NamedTuple):
    """What a text says: its states, and the scope of what stands below it."""

    states: frozenset[AcceptanceState] = frozenset()
    scope: Scope = Scope.NONE


def may_name_minutes(text: str) -> bool:
    """Return whether a text, as typed, may name minutes: a quick check before it is read."""
    return MAY_NAME.search(text.lower()) is not None


def without_struck(text: str) -> str:
    """Return a Markdown text without what is struck through, code, comments and addresses."""
    return _STRUCK.sub(" ", _GONE.sub(" ", text))


def read_text(text: str, scope: Scope, *, ticked: bool | None = None, heading: bool = False) -> Reading:
    """Return what a heading, paragraph or list item says, as typed but for `without_struck`.

    `scope` is that of the headings and items above it. `ticked`: whether its checkbox is ticked, None without
    one. A `heading` is a statement only if it is one after a colon or dash.
    """
    words = _COMPOUND.sub(r"\1 ", plain(text).lower().replace("’", "'"))
    words = _OPENS.sub("", _ELISION.sub(r"\1' ", words))
    if not (scope or NOUN.search(words)):
        return Reading()
    states: set[AcceptanceState] = set()
    inner = Scope.NONE
    for sentence in filter(None, _SENTENCE.split(words)):
        state = _in_all_languages(sentence, scope, ticked is True, heading)
        inner = max(inner, _scope_of(sentence, heading))
        scope = max(scope, inner)
        states |= {state} if state else set()
    if ticked is False:
        return Reading(frozenset({AcceptanceState.SILENT} & {*states, *_asked(inner)}))
    return Reading(frozenset({*states, *_asked(inner)}), inner)


def _asked(scope: Scope) -> Iterator[AcceptanceState]:
    if scope is Scope.ASKED:
        yield AcceptanceState.SILENT


def _scope_of(sentence: str, heading: bool) -> Scope:
    """Return the scope of what stands below a sentence, or after it in the same paragraph."""
    for language in LANGUAGES:
        if not language.noun.search(sentence):
            continue
        text = language.elsewhere.sub("…", sentence)
        if language.other.search(text):
            continue
        sure = heading or not _is_unsure(language, _unhindered(language, text))
        if sure and language.mention.search(text):
            return Scope.ASKED
        if language.named.fullmatch(text) and language.last.search(text):
            return Scope.NAMED
    return Scope.NONE


def _in_all_languages(sentence: str, scope: Scope, ticked: bool, heading: bool) -> _State:
    states = {_state(language, sentence, scope, ticked, heading) for language in LANGUAGES} - {None}
    if len(states) > 1:
        return AcceptanceState.SILENT
    return states.pop() if states else None


def _state(language: Language, sentence: str, scope: Scope, ticked: bool, heading: bool) -> _State:
    """Return what a sentence says in one language; None if nothing about accepting minutes."""
    if not (scope or language.noun.search(sentence)):
        return None
    text = language.elsewhere.sub("…", sentence)
    mentioned = language.mention.search(text) is not None
    if not (mentioned or scope) or language.other.search(text):
        return None
    unsure = AcceptanceState.SILENT if mentioned else None
    if "?" in text or "？" in text:
        return unsure
    objection = AcceptanceState.NOT_ACCEPTED if scope is Scope.ASKED and _objects(language, text) else unsure
    rest = _unhindered(language, text)
    if language.doubt.search(rest):
        return objection
    if (mentioned and language.deferred.search(rest)) or _begins(language.put_off, rest, scope):
        return AcceptanceState.DEFERRED
    if _is_refused(language, rest, scope):
        return AcceptanceState.NOT_ACCEPTED
    if language.modal.search(rest):
        return objection
    if language.negation.search(rest) or not _is_accepted(language, text, scope, ticked, heading):
        return AcceptanceState.NOT_ACCEPTED if _is_denied(language, text) else objection
    if _changes(language, text):
        return AcceptanceState.WITH_CHANGES
    return AcceptanceState.SILENT if _objects(language, text) else AcceptanceState.ACCEPTED


def _unhindered(language: Language, text: str) -> str:
    """Return a text without the words that neither deny nor put off, though they look like it."""
    return language.safe.sub(" ", language.changes.sub(" ", text))


def _is_unsure(language: Language, rest: str) -> bool:
    return any(words.search(rest) for words in (language.doubt, language.modal, language.negation))


def _objects(language: Language, text: str) -> bool:
    for each in LANGUAGES:  # "objection" and other words are in several languages
        text = _unhindered(each, text)
    return language.wrong.search(text) is not None


def _changes(language: Language, text: str) -> bool:
    return language.changes.search(language.safe.sub(" ", text)) is not None


def _parts(text: str) -> Iterator[str]:
    """Yield the clauses of a sentence, and of what stands before and after its first colon or dash."""
    for part in _LABEL.split(text, maxsplit=1):
        yield from filter(None, map(str.strip, _CLAUSE.split(_ASIDE.sub("", part))))


def _begins(pattern: re.Pattern[str], text: str, scope: Scope) -> bool:
    """Return whether a clause, below a heading about minutes, begins with a pattern."""
    return bool(scope) and any(pattern.match(part) for part in _parts(text))


def _is_refused(language: Language, rest: str, scope: Scope) -> bool:
    parts = list(_parts(rest))
    denied = (part for part in parts if language.mention.search(part) and language.negation.search(part))
    head = parts[0] if parts else ""
    named = scope or language.mention.search(head) or language.named.fullmatch(head)
    return any(denied) or bool(named and any(map(language.refused.match, parts)))


def _is_denied(language: Language, text: str) -> bool:
    """Return whether a sentence such as `Minutes approved: no` denies what it names."""
    head, *rest = _LABEL.split(text, maxsplit=1)
    return bool(rest and language.mention.search(head) and language.refused.fullmatch(rest[0].strip(" .!")))


def _is_accepted(language: Language, text: str, scope: Scope, ticked: bool, heading: bool) -> bool:
    """Return whether a sentence without doubt and negation says that minutes were accepted."""
    if ticked and language.item.fullmatch(text):
        return True
    head, *tail = (_ASIDE.sub("", part).strip() for part in _LABEL.split(text, maxsplit=1))
    if not tail:
        return not heading and _says_so(language, head, scope)
    if language.decision.fullmatch(head):
        return _says_so(language, tail[0], scope)
    if _says_so(language, head, scope):
        agreed = language.fine.fullmatch(tail[0]) or language.bare.match(tail[0])
        return bool(agreed or _changes(language, head) or (tail[0] and not _COLON.search(text)))
    if language.mention.search(head):
        return _says_so(language, tail[0], Scope.ASKED)
    return bool(language.named.fullmatch(head)) and _says_so(language, tail[0], Scope.NAMED)


def _says_so(language: Language, text: str, scope: Scope) -> bool:
    for clause in filter(None, map(str.strip, _CLAUSE.split(text))):
        if language.statement.match(clause) or (scope and language.bare.match(clause)):
            return True
        if scope is Scope.ASKED and language.fine.fullmatch(clause):
            return True
        if language.item.fullmatch(clause):
            scope = Scope.ASKED
    return False
