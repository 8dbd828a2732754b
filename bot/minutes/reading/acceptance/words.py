"""The words of several languages for accepting minutes, and the patterns made of them.

All are in lower case, and so must be the texts that they are tried on: on one line, with single spaces.
"""

import re
from dataclasses import dataclass

_WITHIN = r"(?:(?! (?:that|(?:in|at) which|dass|que|dat) ).)"  # a character of the same clause
_NO = r"(?:no|nein|non|não|nee)"


@dataclass(frozen=True, slots=True)
class Language:
    """Patterns for what people write in one language about accepting minutes."""

    noun: re.Pattern[str]
    """A word for minutes, without which nothing is said about them."""
    elsewhere: re.Pattern[str]
    """The word for minutes where it means something else, such as units of time."""
    mention: re.Pattern[str]
    """Minutes, near a word for accepting, rejecting or putting off."""
    statement: re.Pattern[str]
    """The begin of a clause that minutes were accepted. It does not look for negation and doubt."""
    bare: re.Pattern[str]
    """The same below a heading about it, without a word for minutes, such as `approved unanimously`."""
    fine: re.Pattern[str]
    """A whole clause below such a heading without a word for accepting, such as `ok`."""
    item: re.Pattern[str]
    """The whole text of an agenda item about accepting minutes."""
    named: re.Pattern[str]
    """A whole text that names minutes, such as `minutes of 3 march`."""
    last: re.Pattern[str]
    """A word for previous."""
    other: re.Pattern[str]
    """Minutes of others, and what is usually done with minutes."""
    doubt: re.Pattern[str]
    """What makes a sentence a condition, a question, a request or a report of what others said."""
    modal: re.Pattern[str]
    """What shall or may be, but is not yet."""
    negation: re.Pattern[str]
    """A word that says that it is not so."""
    safe: re.Pattern[str]
    """Negations by which nobody objects, such as `without changes`."""
    refused: re.Pattern[str]
    """The begin of a clause, below a heading about accepting minutes, that they were not accepted."""
    changes: re.Pattern[str]
    """Words for accepting with changes."""
    deferred: re.Pattern[str]
    """Words that put it off, in a sentence about accepting minutes."""
    put_off: re.Pattern[str]
    """The begin of a clause, below a heading about accepting minutes, that puts it off."""
    wrong: re.Pattern[str]
    """Words with which people object to what minutes say."""
    decision: re.Pattern[str]
    """A whole label of a decision, such as `resolved`."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that has spaces between them, as alternatives of regular expressions."""

    noun: str
    elsewhere: str
    ahead: str  # may stand between the begin of a clause and the noun
    links: str  # begin a phrase after the noun that says of which meeting the minutes are
    articles: str  # may stand after those
    verbs: str  # never follow `done` in a clause: `minutes approved in May are online`
    stop: str  # never stand in such a phrase
    between: str  # may stand between the noun and `done`
    done: str
    active: str  # stand before the noun in place of `done` after it, with the subject
    ask: str  # the begins of all words for accepting
    rejected: str  # the begins of words for rejecting
    tail: str  # may follow `done`
    lead: str  # may stand before `done` below a heading
    fine: str
    last: str
    other: str
    doubt: str
    modal: str
    negation: str
    safe: str
    changes: str
    deferred: str
    put_off: str
    wrong: str
    decision: str

    def compiled(self) -> Language:
        """Return the patterns made of these words."""
        # all repetitions have a limit, so that no text takes long
        noun = rf"(?:{self.noun})(?!\w)"
        ahead = rf"(?:(?:{self.ahead}|\d\S*) ){{0,8}}"
        token = rf"(?: (?!(?:{self.stop}|{self.links}|{self.articles})(?!\w))[^\s,;:]+)"
        gap = rf"(?:(?: (?:{self.links})(?: (?:{self.articles}))?|(?= \d)){token}{{0,6}}?){{0,3}}?"
        between = rf"(?:{self.between}|{self.changes})"
        end = rf"(?=[.! ]*\Z| (?:{self.tail}|{self.changes})(?!\w))(?!.* (?:{self.verbs})(?!\w))"
        lead = rf"(?:(?:{self.lead}|{self.changes}) ){{0,6}}"
        asked = rf"(?:{self.ask})\w*"
        near = rf"(?:{self.ask}|{self.rejected}|{self.put_off})"
        of = rf"(?:(?:{self.links}|{self.articles}|{self.ahead}) ){{0,6}}"
        return Language(
            noun=re.compile(noun),
            elsewhere=_word(self.elsewhere),
            mention=re.compile(rf"\b(?:{near}{_WITHIN}{{0,80}}?\b{noun}|{noun}{_WITHIN}{{0,120}}?\b{near})"),
            statement=re.compile(
                rf"{ahead}{noun}{gap}(?: {between}){{0,6}} (?:{self.done}){end}"
                rf"|(?:{self.active})(?: {between}){{0,6}} {ahead}{noun}{gap}{end}"
            ),
            bare=re.compile(rf"{lead}(?:{self.done}){end}"),
            fine=re.compile(rf"(?:{self.fine})[.! ]*"),
            item=re.compile(rf"{asked} {of}{noun}{gap}[.! ]*|{ahead}{noun}{gap} {asked}[.! ]*"),
            named=re.compile(rf"{ahead}{noun}{gap}[.: ]*"),
            last=_word(self.last),
            other=_word(self.other),
            doubt=_word(self.doubt),
            modal=_word(self.modal),
            negation=_word(self.negation),
            safe=_word(self.safe),
            refused=re.compile(rf"{lead}(?:{self.negation}) {lead}{asked}|{lead}(?:{self.rejected})|{_NO}\Z"),
            changes=_word(self.changes),
            deferred=_word(self.deferred),
            put_off=re.compile(rf"{lead}(?:{self.put_off})"),
            wrong=_word(self.wrong),
            decision=re.compile(rf"(?:{self.decision})"),
        )


def _word(pattern: str) -> re.Pattern[str]:
    """Return the pattern, matching only where a word begins and one ends."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
