"""Read the decisions that notes mark as such: by a word, the result of a vote, or their section."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter

from bot.minutes.reading.action_words import NOTHING
from bot.minutes.reading.document import Document
from bot.minutes.reading.settled import (
    SPEAKER,
    Language,
    is_opinion,
    is_settled,
    is_short_result,
    is_spoken_result,
    languages_of,
    may_settle,
)
from bot.minutes.reading.statements import Statement, is_label, parts_of, spans_of
from bot.minutes.text.caseless import Caseless
from bot.minutes.text.markdown import plain
from bot.minutes.text.tables import column, rows_of

_OPENS = r"(?:\[[ xX]\][ \t]+)?[\[(*_`=>→ ]{0,8}"
_COLON = r"[*_`\])]{0,8}[ ]?(?:#?\d{1,9}[ ]?)?(?:[:：]|[ ][–—-][ ])[*_`]{0,8}"
# A noun without a colon, and what was settled: `Decision to skip April`, but no `Decision to be made`.
_NOUN = (
    r"decision (?:(?:is|was) )?(?:that|to)\b(?! be\b)|decision (?:(?!\b(?:is|are|was|were|hard|how"
    r"|tables?|trees?|makers?)\b)[^\n:]){0,40} to\b(?! be\b)"
    r"|(?:general |rough )?(?:agreement|consensus) (?:(?:that|to|on)\b(?! (?:be|date)\b)|was reached\b)"
    # Agreement for Ada to call the roofer: not a contract `for tenants to sign`
    r"|agreement for (?:us|(?-i:@?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?)|the (?:chair|secretary|treasurer|group"
    r"|team|board|committee)) to (?!(?:be|sign|countersign|read|review)\b)[a-z]"
    r"(?![^\n.]{0,200} (?:is|was|has|expires?d?|ends?|ended)\b)"
)
_MARK = re.compile(
    rf"{_OPENS}(?:(?i:(?:proposed |final )?resolutions?|decisions?|decided|agreed|resolved|consensus"
    r"|conclusions?|agreement|outcome|motion(?: (?:carried|passed|approved))?"
    r"|décisions?|décidé|acuerdos?|decisi(?:ón|ones|ó|oni|one)|decis(?:ão|ões)|acords?|deliberazioni?"
    r"|beschl(?:uss(?: (?:für|zu[mr]?|über) [^\n:]{3,100})?|ossen|üsse)|entscheidung(?:en)?"
    r"|besluit(?:en)?|beslut(?:ning(?:er)?)?|vedtak|decyzj[ae]"
    r"|uchwał[ay]|postanowieni[ea]|决议|决定|结论|決定(?:事項)?|合意)"
    rf"{_COLON}(?=[ \t]{{0,8}}\S)|(?i:{_NOUN})|(?i:resolved|decided|agreed)(?: (?:that|to|on|not|by)\b)"
    r"|Resolved[*_]{0,3}[ ](?!(?:several|some|many|most|all|the|a|an|two|three|\d+|issues?|bugs?|conflicts?"
    r"|comments?|tickets?)\b)(?=\w)|RESOLVED\b(?=[\W_]{0,20}\w)|(?:AGREED|DECIDED)\b(?=[\W_]{0,20}\w))"
)
_NAMED = re.compile(rf"\W*(?:{_NOUN})", re.IGNORECASE)
# By whom or how something is passed that decides: not `passed by the shop`.
_VOTE = (
    r"(?:an? |the )?(?:(?:unanimous|majority|roll[- ]call|voice|clear|large|simple) )*"
    r"(?:votes?|majority|consensus|acclamation|show|all|everyone|everybody|those|ballot|e-?mail|lazy|\d"
    r"|board|committee|council|members?(?:hip)?|assembly|group|team|panel|plenary)\b"
)
# The result of a vote; what was voted on stands before it.
_RESULT = re.compile(
    rf"{_OPENS}(?i:approved (?:unanimously\b|by\b(?![^\n]*\?)|\d+ ?[-–:] ?\d)"
    rf"|(?:carried|passed|adopted|accepted) (?:unanimously(?! that\b)|by {_VOTE}|with|\d)"
    r"|(?:re-?)?elected unanimously\b|unanimous(?:ly)?\b"
    r"|(?:(?:reviewed|discussed|presented)(?: briefly)?[,;.:] (?:and |with )?)?no objections?\b"
    r"(?!(?: raised| received)?,? (?:so far|yet|for now|as of|from me|from my)\b)"
    r"|(?:moved|proposed) (?:by )?[^\n,;.]{2,40}[,;.] seconded (?:by )?[^\n,;.]{2,40}[,;.] (?:carried|passed"
    r"|approved|adopted|accepted)(?=\W*$| (?:unanimous|without|nem|by|\d))"
    r"|(?:the )?motion (?:#?\d{1,4}(?:[.-]\d{1,4})? )?(?:was |is |has )?"
    r"(?:been )?(?:carrie[sd]|pass(?:es|ed)|approved|adopted|fail(?:s|ed))"
    r"|(?:the )?vote(?: (?:passes|passed|carried)|: [^\n]*\b(?:pass(?:es|ed)|carrie[sd]|fail(?:s|ed)"
    r"|approved)\W*$)|(?:all|everyone) in favou?r\b"
    r"|\d{1,4} (?:yea|yes|aye|in favou?r|for)\b[^\n]{0,80}\d (?:nay|no|against|abst))"
)
_SECONDED = re.compile(
    r"(?i)\bsecond(?:ed|s|er| by|:)|\bcall(?:ed|s) (?:for )?(?:the|a) (?:vote|question)\b"
    r"|\A\W*(?:vote|all in favou?r|in favou?r|opposed|against|abstain\w*)\b[^\n]{0,40}\Z"
)
"""What stands between a motion and its result: who seconded it, that the vote was called, and the votes."""
_MOTION = re.compile(
    r"(?i)\b(?:propos\w+|motion\w*|moved?s?|vot(?:e|ing)|resol\w+|approv\w+|should we|antrag|anträge"
    r"|suggest\w*|objections? to|vorschlag|moción|propuesta|mozione|proposta|moção|voorstel|motie|förslag"
    r"|forslag|wniosek|moció)\b"
)
SECTION = Caseless(
    r"(?:key |main |our |the )*(?:decisions?|resolutions?|agreements?|votes|motions)"
    r"(?: (?:made|taken|reached|adopted|passed|log|items?))?"
    r"(?:(?: and | & | ?/ ?)(?:conclusions?|resolutions?|agreements?|decisions?|votes|approvals))?|(?:we "
    r"|it was )?(?:have )?(?:decided|agreed)(?: on| upon| to)?(?: the following)?"
    r"|(?:it was )?resolved the following|the following (?:was|were) (?:decided|agreed|resolved)"
    r"|conclusions?(?: ?/ ?resolutions?)?|décisions(?: prises| adoptées)?"
    r"|(?:acuerdos|decisiones)(?: (?:tomad|adoptad|alcanzad)[oa]s)?"
    r"|(?:(?:gefasste|getroffene) )?(?:beschlüsse|entscheidungen)"
    r"|(?:decisioni|delibere)(?: (?:pres|adottat|assunt|approvat)e)?"
    r"|(?:decisões|deliberações)(?: (?:tomad|aprovad)as)?"
    r"|(?:decisions i )?acords(?: presos| adoptats)?|decisions preses|(?:genomen )?besluiten"
    r"|(?:fattade )?beslut|(?:trufne |vedtatte )?(?:beslutninger|vedtak)"
    r"|(?:podjęte )?(?:decyzje|uchwały)|(?:decyzje|uchwały) podjęte"
    r"|决议|决定|決定事項|결정 ?사항|결정|의결 ?사항"
)
_COLUMN = Caseless(
    r"(?:final )?(?:decisions?|resolutions?|decided|décisions?|decisi(?:ón|ones|one|oni)|decis(?:ão|ões)"
    r"|beschl(?:uss|üsse)|entscheidung(?:en)?|besluit(?:en)?|beslut|vedtak|decyzj[ae]|决议|决定|決定(?:事項)?)"
    r"(?: ?\([^()]*\))?"
)
"""The head of a column of decisions."""
_WORDS = re.compile(r"[^\W\d_]{3}")
"""What a cell has that is no number and no mark."""
_COUNT = re.compile(r"\W*[^\W\d][\w -]{1,20}[:：] ?\d+\W*")
"""A number of votes."""
_QUESTION = re.compile(r"(?:[^.!?]|[.!?](?=\S)){0,400}\?(?:[ ]*\([^()]*\))?\W*")
"""One sentence that asks: it may stand below "Decisions", but what was decided is the answer."""
_UNDECIDED = re.compile(
    r"(?i)(?:to )?(?:determine|decide|discuss|figure out|find out|investigate|clarify|explore|evaluate)\b"
)
"""How a task begins: what stands below "Decisions" as a task is still to be decided."""
_SAYS_WHAT = re.compile(r"(?i)\W*no objections? (?:to|against) \w")
"""A result that says what it is about."""
_LINK = re.compile(r"<?https?://[^\s>]*>?")
"""A bare link, which does not say what was voted on."""
_ALL_FOR_IT = Caseless(
    r"\W*(?:all|everyone|everybody)(?: (?:is|are|was|were))? in favou?r(?:[,;.–— -]{1,3}(?:we )?(?:moving on"
    r"|moved? on|next(?: item)?))?\W*"
)
"""A result that tells nothing beside what was moved: `All in favour, moving on`."""
_MOVES = re.compile(
    r"(?i)[@\w.'’-]{1,30}(?: [\w.'’-]{1,30}){0,2}:? (?:moves?|moved|motions|motioned|proposes|proposed"
    r"|suggests|suggested):? (?:to|that|we)\b"
)
"""How a text begins in which somebody moves: `Ada moves to wait`."""
_SECONDS = re.compile(
    r"(?i)[@\w.'’-]{1,30}(?: [\w.'’-]{1,30}){0,2}:? second(?:s|ed)?\W*$|second(?:ed)?(?: by|:) "
)
"""How a text begins in which somebody only seconds: `Bo seconds`."""
_WE = re.compile(r"(?i)(?:[\w .'’-]{1,30}: )?we\b")
"""How a sentence begins that is about us, also one that somebody says."""
_LONGEST_RESULT = 80  # characters; a longer one says itself what it is about
_SHORT = 240  # characters of a statement that counts as a whole
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_PART_END = re.compile(r"[.!?。][*_)\]]{0,3}\Z")
_ACCEPTING = Caseless(r"\b(?:accept|approv)\w*\b[^\n]{0,80}\bminutes\b|\bminutes\b[^\n]{0,80}\bapproval\b")
_ACCEPTED = re.compile(
    r"(?i)(?:minutes |all )?(?:ok|okay|yes|done|accepted|approved|agreed|adopted|fine|all good)"
    r"(?: (?:by all|unanimously|as (?:is|written)|without (?:changes|comments)))?[.! ]*"
    r"|(?:reviewed|read)(?:,| and|:) no (?:objections?|changes|comments|corrections)[.! ]*"
)


def decisions_of(document: Document, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Return the texts of those statements that are marked as decisions, as typed, each once, in order.

    Last come those in tables of the notes that have a column of decisions.
    """
    decisions: list[str] = []
    languages = languages_of(statement.text for statement in statements)
    for below, group in groupby(statements, key=attrgetter("below")):
        title = below[-1] if below else ""
        section, asked = SECTION.fullmatch(title), _ACCEPTING.search(title)
        above: deque[Statement] = deque(maxlen=4)
        for statement in group:
            placed = (section and statement.listed) or (asked and _ACCEPTED.fullmatch(statement.text))
            if not placed and not may_settle(statement.text, languages):
                above.appendleft(statement)
                continue
            is_whole = placed or _MARK.match(statement.text)
            parts = [statement] if is_whole else parts_of(statement, _CAPITAL, _PART_END)
            for part in chain.from_iterable(map(_sentences_of, parts)):
                decisions += _decided(part, bool(placed), above, languages)
                above.appendleft(part)
    return tuple(dict.fromkeys([*decisions, *_in_tables(document, languages)]))


def _in_tables(document: Document, languages: Sequence[Language]) -> Iterator[str]:
    """Yield the decisions in tables with a column of them, each short one after what it is about."""
    for line in (line for line in document.logical_lines if line.kind == "table"):
        head, *body = [*rows_of(document.lines[line.block.start : line.block.end])] or [()]
        at = column(_COLUMN, head)
        if at is None:
            continue
        for cell, row in ((row[at], row) for row in body if at < len(row)):
            if NOTHING.fullmatch(cell) or _UNDECIDED.match(cell) or _QUESTION.fullmatch(cell):
                continue
            if is_short_result(cell, languages):
                yield next((each for each in row if each != cell and _WORDS.search(each)), "")
            yield cell


def _sentences_of(statement: Statement) -> Iterator[Statement]:
    """Yield a statement, or one for each sentence of a long one: not all that it tells was settled.

    What somebody says in a long speech that `we decided` is a report.
    """
    text = statement.text
    if len(text) <= _SHORT or _MARK.match(text):
        yield statement
        return
    for start, stop in spans_of(text):
        sentence = text[start:stop].strip()
        if not (SPEAKER.match(text) and _WE.match(sentence)):
            yield statement._replace(text=sentence)


def _decided(
    statement: Statement, placed: bool, above: Sequence[Statement], languages: Sequence[Language]
) -> Iterator[str]:
    """Yield the decision that a statement is, if it is one, after what was voted on if it is a vote's result.

    `placed`: whether its section makes it a decision. `above` are the statements before it, nearest first.
    """
    text = statement.text
    if not (placed or may_settle(text, languages)):
        return
    bare = plain(text)
    result = _RESULT.match(text) or is_spoken_result(text, languages)
    moved = _motion_beside(statement, above) or _item_above(statement) or _moved(above)
    short = is_short_result(text, languages) and bool(moved)
    is_marked = placed or ((_MARK.match(text) or _NAMED.match(bare)) and not is_opinion(text))
    if not (result or short or is_marked or is_settled(text, languages)):
        return
    if is_label(text) or NOTHING.fullmatch(text) or _COUNT.fullmatch(bare) or _QUESTION.fullmatch(bare):
        return
    if placed and _UNDECIDED.match(bare) and not (result or short or is_settled(text, languages)):
        return
    is_bare = (result or short) and not _SAYS_WHAT.match(text) and len(text) <= _LONGEST_RESULT
    if moved and is_bare:
        yield moved
    if placed or not _ALL_FOR_IT.fullmatch(bare):
        yield text


def _motion_beside(statement: Statement, above: Sequence[Statement]) -> str:
    """Return what somebody moved in the item above a nested one, in the same list; empty without."""
    beside = (each for each in above if statement.parent and each.parent == statement.parent)
    nearest = next((each.text for each in beside if not _SECONDS.match(plain(each.text))), "")
    return nearest if _MOVES.match(plain(nearest)) else ""


def _item_above(statement: Statement) -> str:
    """Return the item that a statement is nested in, or the motion above its list; empty without one."""
    is_of_item = not statement.listed or is_label(statement.parent) or _MOTION.search(statement.parent)
    return statement.parent if is_of_item and not _LINK.fullmatch(statement.parent) else ""


def _moved(above: Iterable[Statement]) -> str:
    """Return the motion that a result is of: the statement above, but for who seconded it; empty without."""
    nearest = next((each.text for each in above if not _SECONDED.search(each.text)), "")
    return nearest if _MOTION.search(nearest) else ""
