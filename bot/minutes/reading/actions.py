"""Read the action items that notes mark as such: by a word, a phrase, a table, or their section."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.minutes.reading.action_promises import ARROW, RESPONSIBLE, Promise, may_have_mark, taken_on
from bot.minutes.reading.action_sections import placed
from bot.minutes.reading.action_tables import tasks_in_tables
from bot.minutes.reading.action_words import DO, NOTHING, WORD
from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import is_field_title
from bot.minutes.reading.names import called
from bot.minutes.reading.statements import UNFINISHED, Statement, is_label, parts_of, title_of
from bot.minutes.text.markdown import plain

_OPENS = r"(?:\[[ xX]\][ \t]+)?[\[(*_`<~]{0,8}"
_NO_MARK = (
    r"(?!(?i:[\w -]{2,14} (?:scribe|review|takers?|trackers?|owners?|lists?)\b))"
    r"(?!(?i:ai|ap)[ -](?!(?:on|for)\b)[a-z])"
    r"(?!(?i:ai) (?i:profile|team|wg|sig|group|models?|tools?|policy|act|summit|safety|agents?)\b)"
    r"(?!(?i:ai|ap) [–—-] (?i:what|how|why|which|when|where|whether)\b)"
)
"""No mark of an action: `Action item scribe: …`, and `AI assistants: …`, about artificial intelligence."""
_MARK = re.compile(
    rf"{_OPENS}{_NO_MARK}(?i:(?:{WORD}))(?:[-#]?\d{{1,9}})?(?![^\W\d_])[*_`\])]{{0,8}}"
    r"(?:(?:[ ]{1,4}(?:on|for))?[ ]{0,4}[\[(]?@?[\w.'’ -]{0,30}[\])]?)?[*_`]{0,8}[ ]{0,4}"
    r"(?:[:：]|[ ][–—-][ ])[*_`\])]{0,8}\s{0,8}(?=\S)"
)
_MENTION = re.compile(
    rf"{_OPENS}(?:(?:AI|AP)(?=[\W_]*@)|TODO|ACTION)[*_`\])]{{0,8}}[ ]{{1,8}}(?=@[\w-]|[A-Z][a-z])"
    r"|(?:\[|\(|\*\*|__)(?i:action(?: item)?|ai|ap|to[ -]?do)(?:\]|\)|\*\*|__)[ ]{1,8}"
    r"(?=[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,2} (?:to|will|shall)\b)"
)
"""A mark without a colon, in capitals or brackets, and whose it is: `TODO Ada glue`, `[AI] Ada to glue`."""
_ASIDE = re.compile(
    r"\((?i:todo|action|ai|ap)(?: on| for)?[ :]+@?[^\W\d_a-z][\w.'’-]*(?: \w+)?[:)]|(?:[>→(]"
    r"|[ ][–-])[ ]?(?i:todo)[ :]+(?:ask )?\(?@?[^\W\d_a-z][\w.'’-]+"
)
"""A mark within a text, with who shall do it: `Dov deletes old backups (todo Dov)`, `fair > todo Ada`."""
_INSIDE = re.compile(
    r"(?:(?:\*\*|__|\[)?\b(?:ACTION(?: ITEM)?|TODO|AI)(?:\*\*|__|\])?[:：]"
    r"|(?<=[.!?]\s)(?:\*\*|__)?Action(?: item| point)?(?:\*\*|__)?:).*|(?<=\()(?i:action item|action"
    r"|todo): [^()]+",
    re.DOTALL,
)
_MARK_AT_END = re.compile(r"[(\[](?:ACTION(?: ITEM)?|TODO|AI|AP)[)\]][\s*_.]*\Z")
"""A mark in capitals behind a task: `Ada to glue (ACTION)`."""
_PHRASE = re.compile(
    r"(?i)\b(?:t(?:akes?|ook)|has|have|gets?|given|with|owns)(?: an?| the)? (?:new )?action(?: items?)?\b"
    r"(?=[ ]*(?:to|on|for|:)\b)"
)
_BEGINS_ANEW = re.compile(r"[A-Z@\[]")
"""How a line of an item begins that may be a task of its own."""
_IS_WHOLE = re.compile(rf"\A(?!.*(?:[,–-]\s*\Z|{UNFINISHED.pattern}))", re.DOTALL)
"""The end of a line of an item that does not go on in the next one."""
_ABOUT = re.compile(
    r"(?i)(?:(?:person |people )?responsible(?: person)?|owners?|assigne(?:d to|es?)|who|lead"
    r"|verantwortlich|zuständig|responsables?|responsáve(?:l|is)|responsabil[ei]|verantwoordelijke?|ansvarig"
    rf"|ansvarlig|osoba odpowiedzialna|负责人|負責人|担当者?)[ ]?[:：][ ]*+(?!{DO}\b)(?P<owner>[^\n]{{1,80}})"
    r"|(?:due(?: date| by)?|deadline|by when|frist|termin|échéance|plazo|prazo|scadenza|termijn|期限"
    r"|截止日期)"
    rf"[ ]?[:：][ ]*+(?!{DO}\b)(?P<due>[^\n]{{1,60}})"
    r"|(?:status|state|progress)[ ]?[:：][^\n]{0,80}|(?:priority|effort)[ ]?[:：][ ]*\S+(?: \S+)?"
)
"""A list item that tells of the task above it whose it is, or until when: `Responsible: Ada`."""
_LINE_OF = re.compile(r"\[ ?\] |@[A-Za-z0-9][\w-]*[:：] \S")
"""How a line without a list mark begins that is a task below a heading for actions: `@ada: glue`."""
_NAME_APART = re.compile(
    rf"(?:\*\*|__)(?P<bold>[^\W\d_][\w.' -]{{0,40}}?)[:：]?(?:\*\*|__)[:：]? (?:[a-z]|{DO}\b)"
    rf"|(?P<plain>[^\W\d_][\w.' -]{{0,40}}?)(?:[:：]| [–—-]) {DO}\b"
)
"""A line that begins with somebody, set apart, and what they do."""
_ASKED = re.compile(
    r"(?i)\b(?:who|can|could|may|might|would|should|if|whether|wants? to|any(?:body|one))\b[^.?!\n]{0,40}\Z"
)
"""What stands before such a phrase where an action is asked for, or only possible."""
_BOX = re.compile(r"\A\[(?P<mark>[ xX]?)\][ \t]+")
_DONE = re.compile(
    r"(?i)(?:done|completed)\b[^:]{0,12}:.*|.*[(\[*: ](?:done|completed|closed|finished)[!.)\]*]*"
    r"|[✓✔✅☑].*|.*[✓✔✅☑]\W*",
    re.DOTALL,
)
_DUE = re.compile(
    r"(?i)\b(?:due(?: date)?|by|before|until|deadline|bis|avant|antes del?)[: ]+"
    r"(?P<due>(?:next |this |end of |the )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|week|month|meeting|call|eo[dwmqy]|tomorrow|q[1-4])|\d{1,2}/\d{1,2}(?:/\d{2,4})?)\b"
)
_NAME = (
    r"(?!(?:This|That|The|It|We|They|There|You|Everyone|Next|What|Who|All|Should|Will|Done|Completed|Tasks?|Items?"
    r"|Topic|Goal|Description)\b)"
    r"[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){0,2}"
)
_OWNERS = (
    re.compile(r"(?P<who>@[A-Za-z0-9][\w-]*)"),
    re.compile(
        rf"(?P<who>{_NAME}(?:(?:, ?| and | & |/){_NAME}){{0,3}})(?:[ ](?:to|will|shall|should|needs to"
        rf"|has|have|took|takes|undertook"
        rf"|volunteer(?:ed|s)|offer(?:ed|s)|promise[ds]|undertakes|agreed)\b|[:：]|[ ][–—-][ ])"
    ),
    re.compile(rf"(?P<who>[a-z][\w-]+)[:：] {DO}\b"),
    re.compile(rf".*[\[(](?P<who>{_NAME}|@[A-Za-z0-9][\w-]*)[\])][.\s]*\Z", re.DOTALL),
)
_PROMISE = re.compile(
    r"(?!(?:Links?|Papers?|Things?|Items?|Notes?|Topics?|Questions?|Ways?|Tasks?|Steps?|Issues?|Plans?|Ideas?"
    r"|Docs?|People|Need|Try|Work|How|Where|When|Decisions?|Agreements?|Consensus|Proposals?|Motions?|Votes?"
    r"|Invitations?|Requests?|Goals?|Aims?)\b)"
    rf"[*_]{{0,3}}(?:@[A-Za-z0-9][\w-]*|{_NAME})[*_]{{0,3}} (?:to|will|shall|should|needs to|has to"
    rf"|can) (?![A-Z])"
)
_TASK_OWNERS = (
    re.compile(r"[*_]{0,3}@[A-Za-z0-9][\w-]*[*_:]{0,4} \S|\?{1,3}: \S"),
    re.compile(rf"(?P<who>[a-z][\w-]{{1,30}})[:：] (?:(?P<does>{DO}\b)|\S)"),
    re.compile(
        r"[*_]{0,3}(?![A-Z]{3,}\b|(?:Docs?|Code|Tests?|Build|Fix|Bug|Style|Other|Type)\b)"
        rf"(?P<who>{_NAME})[*_]{{0,3}}[:：][*_]{{0,3}} (?:(?P<does>{DO}\b)|(?P<two>(?!\d)\S+ )?\S)"
    ),
    _PROMISE,
)
"""How an item with a checkbox begins that is an action: with an account, `Ada:`, or `Ada to`."""
_NO_ACTION = re.compile(
    r"(?i)[*_]{0,3}(?:(?:update|status|note|see|background|context)s?|(?:n\.?b\.?|fyi|ps)(?: ?\([^()]*\))?)"
    r"[*_]{0,3}[:：]|\[[^\[\]]*\]\(#[^()]*\)\W*\Z"
    r"|@?[\w.'’-]+(?: \w+)?[:：] (?:would|could|might|thinks?|wants?|says|agrees|wonders|yes|no|ok)\b"
    r"|[^\n]*\?[^\w)\]]*\Z"
)
"""Matches an update, an entry of a table of contents, what somebody says, or a question: no actions."""
_OBSERVATION = re.compile(
    r"(?i)(?:the|this|that|it|there|these|those|our|some|most|all)\b[^.:?!\n]{0,60}?"
    r"\b(?:is|are|was|were|has|had|have|seems|looks|should have)\b"
    r"(?![^.:?!\n]*\b(?:needs?|needed|must|will|shall|to (?!the\b|an?\b|be\b)[a-z]+|to be)\b)"
)
"""Matches a sentence that says how things are, which below a heading for actions is none."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action item of minutes, as typed; `owner` and `due` are None where not given.

    They are parts of its text, of its row in a table, or of the heading of a group of tasks. `done` is None
    where no checkbox, word or line through it shows it. `carried`: whether its section is for actions of
    earlier meetings.
    """

    text: str
    owner: str | None = None
    due: str | None = None
    done: bool | None = None
    carried: bool = False


def actions_of(
    document: Document, statements: Iterable[Statement], end: int, people: Iterable[str] = ()
) -> tuple[Action, ...]:
    """Return the action items among `statements` and in the tables of the notes, each once.

    Those in tables come last, and only from tables that begin above line `end`, counted from 0. `people` are
    those who were at the meeting: `Ada to glue` is an action if Ada was.
    """
    actions: list[Action] = []
    known = called(people)
    titles = {title_of(title.text) for title in document.titles}
    for each in placed(statements, titles, known):
        about = _ABOUT.fullmatch(plain(each.statement.text)) if each.is_item and actions else None
        if about:
            owner, due = actions[-1].owner or about["owner"], actions[-1].due or about["due"]
            actions[-1] = replace(actions[-1], owner=owner, due=due)
            continue
        parts = [each.statement] if each.is_item else parts_of(each.statement, _BEGINS_ANEW, _IS_WHOLE)
        found = (it for part in parts for it in _actions_in(part, each.is_item, each.carried, known))
        actions += [replace(it, owner=it.owner or each.owner) for it in found]
    in_tables = (Action(*task) for task in tasks_in_tables(document, end, known))
    return tuple({action.text: action for action in [*actions, *in_tables]}.values())


def _actions_in(
    statement: Statement, section: bool, carried: bool, known: frozenset[str]
) -> Iterator[Action]:
    """Yield the actions in a statement: itself, or the sentences in which people take something on.

    `section`: whether it is below a heading for actions; `carried`: whether it is from an earlier meeting.
    `known` is what those who were there are called, in small letters.
    """
    text = statement.text
    is_line = not statement.parent and (
        _is_promised(text) or _is_named(text, known) or _LINE_OF.match(text) is not None
    )
    is_item = section and (statement.listed or is_line)
    marked = _marked(statement.text, is_item) or _owned_task(statement, known)
    for text, said, owner in [Promise(marked, marked)] if marked else taken_on(statement, known):
        is_marked = _MARK.match(text) is not None
        is_none = is_empty_action(statement.text) or (is_label(statement.text) and not _is_owned_label(text))
        is_owned = bool(owner or RESPONSIBLE.search(text)) or (is_item and _is_promised(text))
        is_clear = is_marked or is_owned or said != statement.text
        if not is_none and (is_clear or not _is_no_action(_unmarked(text))):
            is_new = not section and is_marked  # marked in a discussion of earlier ones
            action = read(text, carried and not is_new, statement.struck or statement.ticked)
            yield action if said == text and not owner else replace(action, owner=owner or read(said).owner)


def _is_named(text: str, known: Container[str]) -> bool:
    """Return whether a line begins with somebody who was there, set apart: `**Ada** glues`, `Ada - glue`."""
    named = _NAME_APART.match(text)
    return named is not None and (named["bold"] or named["plain"]).casefold() in known


def _is_no_action(text: str) -> bool:
    """Return whether a text asks, reports or observes, so that only a mark would make it an action."""
    return bool(_NO_ACTION.match(text) or _OBSERVATION.match(text))


def _owned_task(statement: Statement, known: Container[str]) -> str:
    """Return the text of an item with a checkbox that begins with an owner; empty for any other statement.

    Below a heading for attendance, boxes are for people.
    """
    below = statement.below[-1] if statement.below else ""
    has_box = statement.ticked is not None or statement.text.startswith(("[] ", "[ ] "))
    if not has_box or is_field_title(below):
        return ""
    owner = next((match for owner in _TASK_OWNERS if (match := owner.match(_unmarked(statement.text)))), None)
    facts = owner.groupdict() if owner else {}
    if owner is None or "who" not in facts or facts["who"].casefold() in known:
        return statement.text if owner else ""
    is_task = facts["does"] is not None or (facts.get("two") is not None and not below.endswith("?"))
    return statement.text if is_task else ""


def _is_owned_label(text: str) -> bool:
    """Return whether a label for what follows is an action: `@ada feedback on:`, `Ada to book rooms for:`."""
    return _unmarked(text).startswith("@") or _is_promised(text)


def _is_promised(text: str) -> bool:
    """Return whether a text says who will do something: `Ada to book rooms for:`."""
    return _PROMISE.match(_unmarked(text)) is not None


def _marked(text: str, listed: bool) -> str:
    """Return the part of a statement that is marked as an action, empty without one.

    `listed`: whether it is an item below a heading for actions, which is one as a whole.
    """
    if (
        listed
        or _MARK_AT_END.search(text)
        or _MARK.match(text)
        or (not text[:1].islower() and _MENTION.match(text))
    ):
        return text
    if (arrow := ARROW.match(text)) and _PROMISE.match(text, arrow.end()):
        return text
    # Few lines have the words, and this check is ten times as fast as a search for the patterns.
    small = text.lower()
    if ("todo" in small or "(a" in small) and _ASIDE.search(text):
        return text
    phrase = _PHRASE.search(text) if "action" in small else None
    if phrase and not _ASKED.search(text[: phrase.start()]):
        return text
    inside = _INSIDE.search(text) if may_have_mark(text) else None
    return inside[0] if inside else ""


def read(text: str, carried: bool = False, is_done: bool | None = None) -> Action:
    """Return an action item, with the owner, the due date and the completion that are found in its text.

    `carried`: whether it is below a heading for actions of earlier meetings. `is_done`: whether its checkbox
    is ticked or it is struck through, None where nothing says so.
    """
    unmarked = _unmarked(text)
    bare = unmarked.replace("**", "").lstrip("*_[ ")
    given = [RESPONSIBLE.search(bare), *(owner.match(bare) for owner in _OWNERS)]
    owners = (match["who"] for match in given if match)
    due = next((day.text for day in days_in(unmarked)), None) or next(
        (m["due"] for m in _DUE.finditer(unmarked)), None
    )
    done = True if _DONE.fullmatch(unmarked) else is_done
    return Action(
        without_box(text).strip().removesuffix("\\").rstrip(), next(owners, None), due, done, carried
    )


def is_empty_action(text: str) -> bool:
    """Return whether a text stands for the lack of an action: `None`, `[ ]`, `n/a`."""
    return NOTHING.fullmatch(_unmarked(text)) is not None


def without_box(text: str) -> str:
    """Return the text of a list item without the checkbox before it, `[ ]` or `[x]`, if it has one."""
    return _BOX.sub("", text, count=1)


def _unmarked(text: str) -> str:
    rest = without_box(text)
    mark = _MARK.match(rest) or _MENTION.match(rest)
    return rest[mark.end() if mark else 0 :].strip()
