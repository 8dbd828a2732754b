"""Sentences that say what a meeting settled: a body that decided, a motion that passed, a poll, a delay.

Each sentence is tested alone. What is asked, conditional, proposed, reported of another day or not yet done
settles nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.minutes.reading.decision_words import WORDS, Words
from bot.minutes.text.caseless import Caseless, any_of
from bot.minutes.text.markdown import plain

_FEWEST_COMMON = 2  # frequent words by which a language is known
_FEW_WORDS = 40  # too few to know the language by
_MOST_SENTENCES = 8  # before a motion and its result
_LONGEST = 600  # characters; what is longer is a text, not a decision
_BODY = (
    r"(?:(?:the |this |our )?(?:[\w'’-]+ ){0,3}(?:committee|board|group|council|team|wg|panel|assembly"
    r"|subgroup|sub-?committee|task ?force|supervisors|trustees|directors|councill?ors|commission(?:ers)?"
    r"|members|membership|meeting|plenary|guild|attendees|participants"
    r"|chairs)|(?:all|everyone|everybody|those) (?:present|who were there)|(?:the )?(?:tsc|ctc|toc|pmc|sc"
    r"|tc|ec|wg|sig)|we|all|everyone|everybody)"
)
_HOW = r"(?:(?:has|have|then|also|all|both|formally|unanimously|jointly) ){0,3}"
_VERBS = r"(?:agreed|decided|resolved|voted|approved|adopted|accepted|endorsed|ratified|rejected)"
_PATTERNS = (
    # the committee agreed to rent one; the board discussed roofs and decided to wait
    rf"^(?:(?:after|following|given|with"
    rf"|in) [^.?!,;:\n]{{3,80}}, )?{_BODY} (?:[^.?!\n]{{1,80}} and )?{_HOW}{_VERBS}"
    r" (?:that|to|on|not|against|the|an?|this|unanimously)\b",
    rf"^{_BODY} (?:hereby |unanimously )?(?:approves|adopts|accepts|resolves|agrees|decides|rejects|ratifies"
    r"|endorses|tables) (?:that|to|on|not|the|an?|this)\b",
    rf"^{_BODY} (?:hereby |unanimously )?(?:amends|elects|appoints) \w",
    rf"^{_BODY} (?:[^.?!\n]{{1,80}} and )?voted (?:for|in favou?r|against)\b",
    r"\bvoted (?:yes|no)\b",
    r"^(?:[^,;:.\n]{2,40}[,;:] )?we (?:have |also |then )?(?:decided|agreed) (?:to|that|on)\b",
    r"^(?:the |our )?decision (?:(?:is|was) )?(?:to|that) (?!be\b)[a-z]+",
    r"^(?:both|all|each|it|this|that|these)(?: \w+){0,3} (?:was |were )?(?:passed|carried|approved"
    r"|adopted) (?:unanimously"
    r"|by (?:an? |the )?(?:unanimous |voice |roll[- ]call )?(?:vote|consensus|majority|acclamation))\b",
    r"^[^\n:]{2,120} (?:was|were) (?:approved|accepted|adopted|rejected"
    r"|passed)\b[^\n]{0,120}\b(?:unanimous(?:ly)?"
    r"|the motion|second(?:ed|ing)?|in favou?r)\b",
    r"^(?!nobody|no one|none)[^\n]{2,80}(?: (?:was|were|is|are)|:) (?:re-?)?(?:elected|appointed|co-?opted)"
    r"\b(?! (?:in|by the) )",
    r"\bwe (?:hereby )?(?:adopt|approve|accept|reject) the (?:resolution|motion|proposal|minutes|agenda)\b",
    # we agree to test the pump: not `we agree to disagree`, nor `we agree to the terms`
    r"^we (?:all )?agree to (?!(?:be|disagree|the|an?|this|that|these|those|its|their|your|it|them|some|most"
    r"|all|what|both|each|everything|anything|no)\b)[a-z]",
    # a motion and its result in one sentence
    r"\b(?:motion|move[ds]?|proposal|vote)\b[^\n]{0,160}"
    r"(?:\b(?:all|everyone|everybody) (?:voted |voting |were |was )?in favou?r\b"
    r"|\b(?:none|nobody|no one) (?:opposed|against)\b|[;,] (?:passed|carried|approved)\b"
    r"|\bunanimous in favou?r\b|\bmak(?:ing|es) it unanimous\b|\bmade it unanimous\b"
    r"|[;,] (?:the )?motion (?:carried|passed|failed|carries|passes|fails)\b)",
    r"(?<!\bno )\b(?:consensus|agreement)(?: of \w+)? (?:was|has been|is) (?:reached|made|found) (?:to"
    r"|that|on|about)\b"
    r"|\bconsensus(?: (?:from|of|in|among) (?:the )?\w+)? was (?:to|that)\b"
    r"|\bthere was (?:(?!no )\w+ )?(?:consensus|agreement) (?:to|that|on)\b",
    # group consensus is to wait for May: no `consensus is to be found`
    r"^(?:the )?(?:(?!no\b|any\b|if\b)[\w'’-]+ )?con[sc]ensus is to (?!(?:be|come|follow)\b)[a-z]",
    r"^(?:the )?(?:group|team|board|committee|council|tsc|wg)(?:['’]s)? con[sc]ensus to"
    r" (?!(?:be|come|date|follow)\b)[a-z]",
    r"^(?:the )?motion (?:#?\d{1,4}(?:[.-]\d{1,4})? )?(?:was |is |has )?(?:been )?(?:carrie[sd]"
    r"|pass(?:es|ed)|approved|adopted|defeated|fail(?:s|ed))\b",
    r"^(?:the )?motion (?:to|that|for|on|by) [^\n?]{1,100} (?:carries|passes|fails|is carried|is lost)\W*$",
    r"\b(?:hearing no objections?\b|no objections? (?:heard|raised|voiced)[,;:] )",
    r"\b(?:motion|proposal|resolution|amendment)\b[^\n]{0,80}\b(?:carried|passed|approved|adopted"
    r"|accepted|rejected)\b"
    r"(?! (?:its|an?|their|his|her|my|our|through|over)\b)(?! by (?:the|an?) (?!board|committee|council"
    r"|members|group|vote|voice|show|major|unanim))",
    r"\b(?:approved|adopted|accepted|carried|passed) unanimously(?! that\b)\b"
    # passed without dissent: no `passed without objection from the guard`
    r"|\b(?:approved|adopted|accepted|carried|passed) without (?:any )?(?:dissent|objections?|opposition)"
    r"(?=\W*$|[.,;])"
    r"|\b(?:was|were) (?:\w+ly )?(?:decided|resolved|agreed) (?:that|to)\b"
    r"|\b(?:was|were) (?:accepted|approved|adopted|received) on (?:a |the )?(?:motion|proposal)\b",
    # minutes and agenda
    r"\b(?:minutes|notes|agenda|order of (?:the day|business))\b[^\n]{0,120}"
    r"\b(?:was|were|has been|have been) (?:unanimously )?"
    r"(?:(?:reviewed|read|checked|discussed)(?: \w+){0,2} and )?(?:approved|accepted|adopted|merged)\b",
    r"\b(?:minutes|agenda|order of (?:the day|business))\b[^\n:]{0,60} "
    r"(?:approved|accepted|adopted|agreed)(?:\W*$|: |[.,;] (?:proposed|moved|seconded))",
    # minutes approved without changes; agenda accepted, with one addition
    r"\b(?:minutes|agenda|order of (?:the day|business))\b[^\n:]{0,60} (?:approved|accepted|adopted)"
    r"(?: without (?:any )?(?:changes?|comments?|corrections?|objections?|amendments?|edits)(?=\W*$|[.,;])"
    r"| with (?:[\w'’-]+ ){0,2}(?:changes?|corrections?|amendments?|edits?|additions?)(?=\W*$|[.,;])"
    r"|, with(?:out)? (?!which\b|whom\b|whose\b))",
    r"^(?:the )?approval (?:of [^\n]{1,80} was given|was given (?:to|for) the)\b",
    r"\b(?:was|were) (?:proposed|put forward)(?: for \w+)? and (?:adopted|accepted|approved)\b",
    # the agenda was proposed by the chair and adopted
    r"\b(?:minutes|agenda|order of (?:the day|business))\b[^\n:]{0,60} (?:was|were) (?:proposed|presented)"
    r" by [^\n.,;:]{2,40} and (?:adopted|accepted|approved)\b(?! by \w)",
    # postponed
    r"^(?:deferred|postponed|tabled)(?: (?:to|until|till) [^:\n]{1,40})?: \w",
    r"^(?:the )?(?:discussion|decision|vote|item|topic|review|point|election|approval)\b[^\n:]{0,100}"
    r" (?:is|was|has been) (?:postponed|deferred|tabled)\b",
    r"^[^\n:]{1,120} (?:is|was|are|were|has been|have been) (?:postponed|deferred|tabled)\b(?!,? (?:so"
    r"|because|by|due)\b)",
    # polls
    r"^(?:(?:straw )?poll|hum|show of hands)(?: (?:taken|on|about|for|to|in|of|by|with"
    r"|among)\b[^:\n]{0,80})?: [^\n]*"
    r"(?:\d|\bsupport|\b(?:strong|loud)(?:er)? for\b|\bagainst\b|\bconsensus\b|\bplainly\b|\bclearly\b"
    r"|\bhardly\b"
    r"|\bmajority\b)",
    r"^(?:broad|rough|strong|clear|general|wide|informal|verbal|unanimous) (?:consensus|support|agreement)"
    r" (?:for|to|that|in favou?r)\b",
)
# Apart, since a search tries each alternative at each character; those at the beginning are only tried there.
_AT_START = Caseless("|".join(pattern for pattern in _PATTERNS if pattern.startswith("^")))
_WITHIN = Caseless(rf"\b(?:{'|'.join(pattern for pattern in _PATTERNS if not pattern.startswith('^'))})")
_QUICK = any_of(
    r"elected|appointed|opted|amends|agree|cisi|decid|resol|vot|appro|adopt|accept|endors|ratif|reject"
    r"|motion|moved|moves|favo|objection|concens"
    r"|merged|postpon|deferr|tabled|poll|hum\b|hands|consens|support|against|oppos|carri|pass|unanim|declin"
    r"|yea\b|aye|yes\b|nay|0 for|1 for|2 for|3 for|4 for|5 for|6 for|7 for|8 for|9 for|conclu|outcome|acuerdo"
    r"|acord|beschl|entscheid|besluit|beslut|delibera|uchwa|décidé|vedtak|决议|决定|结论|決定|合意|同意|通过|通過|批准|否决|否決|承認"
    r"|可決|了承"
)
"""Without one of these a text in English settles nothing, and none has a mark of a decision."""
_OPEN = Caseless(
    r"\?\W*$|^\W*(?:if|once|when|unless|until|whether|should|could|would|has|have|had|did|does|do|can|may"
    r"|might)\b|\b(?:if|whether|unless) |\b(?:should|could|would|might|must|needs? to|going to|have to"
    r"|has to)\b|(?<!in )(?<!of )(?<!by )(?<!for )(?<!the )\bmay [a-z]|\b(?:not|never) (?:yet )?(?:agreed"
    r"|decided|resolved|voted|approved|adopted|accepted)|n['’]t\b|\bnot yet\b"
    r"|\b(?:is|are|still) pending\b|\bago\b"
    r"|\bpreviously\b"
    r"|\b(?:every (?:year|month|week|time)|usually|normally|as a rule)\b|\blast (?:year|month|week"
    r"|time)\b(?!['’]s (?:minutes|notes))|\byet to\b|\b(?:to|will|shall|can|cannot) be (?:approved|decided"
    r"|voted)|\b(?:thinks?|believes?|wonders?|asks|asked|recall(?:s|ed)|remember(?:s|ed)|remind(?:s|ed)"
    r"|hopes?|suggests?|proposes?|wants?|says|according to)\b|\b(?:once|unless|until|how|probably"
    r"|whenever)\b[^\n]{0,60}"
    r"\b(?:motion|proposal|resolution|minutes|agenda)\b"
    r"|\bmy (?:vote|view|opinion|guess|feeling|preference) (?:is|was|would be|goes)\b"
)
# A motion and, at the end of the same text, its result: `Motion 7 (Reed/Webb): to buy rope. Carried 3-0.`
# Also with a mark before the result: `[Vote #12: rope](url) — ✅ Accepted (6-0)`.
_MOVED_AND_RESULT = Caseless(
    r"(?:the )?(?:motion|moved|m/s|proposal|proposed|resolution|resolved|vote)\b[^\n?]{10,}[.;:,)–—-] ?"
    r"(?:[✅❌☑✔✓✗✘👍👎]\ufe0f? ?)?"
    r"(?:(?:the )?(?:motion|vote|resolution) )?(?:was |is )?(?:all (?:were )?in favou?r|carried|passed"
    r"|approved|accepted|adopted|agreed|defeated|rejected|failed|lost|withdrawn|carries|passes"
    r"|fails)(?:[ ,:(-]+(?:unanimous(?:ly)?|nem\.? con\.?|by [^.\n]{1,40}|with [^.\n]{1,40}"
    r"|\d[^.\n]{0,40}))?\W*|[^\n?]{12,} (?:[-–—]+|[=-]>|→) ?(?:all |we )?(?:agreed|approved|carried"
    r"|adopted)(?: by all| unanimously)?"
    r"[.)*_\s]*|[^\n?]{12,} (?:[-=]>|→) ?(?:accepted|passed|rejected|declined)\W*"
    r"|[\w'’.-]+(?: [\w'’.-]+){0,3} (?:moved|proposed|motioned)\b[^\n?]{5,}[.;,–—-] ?(?:all|everyone"
    r"|everybody)"
    r"(?: were| voted)? in favou?r[^\n?]{0,60}"
    r"|[^\n?]{12,} \((?:(?:all |we )?agreed|no objections?[.!]?)\)\W*"
    r"|[^\n?]{12,}[.;] ?(?:accepted|approved|agreed|carried|adopted|passed)(?: unanimously)?\W*"
)
_OUTRIGHT = Caseless(r"\W*(?:decided|agreed|resolved) (?:that|to|not to)\b")
_OPINION = Caseless(
    r"\b(?:agreed?|agrees|agreement|con[sc]ensus(?: is| was)?) that (?:[\w'’-]+ ){1,6}?(?:"
    r"needs? (?:(?:to be )?improv\w+|to (?:get|be|become) better|(?:more |some |a lot of )?(?:work|attention"
    r"|love|improvement)\b)"
    r"|(?:is|are|was|were|looks?|seems?|sounds?|feels?|would be)"
    r" (?:(?:all|also|very|really|quite|rather|too|so|an?|pretty|not) ){0,2}(?:"
    r"(?:good|great|nice|important|useful|helpful|valuable|productive|successful|fruitful"
    r"|better)\b(?! (?:enough|to)\b)"
    r"|(?:bad|worse|hard|difficult|tricky|interesting|slow|confusing|ugly|impressive|annoying)\b))"
)
"""What all think of something, which settles nothing: `we all agreed that it needs to be improved`."""
_AGREED_WE_WOULD = re.compile(r"(?i)\b(agreed|decided|resolved)(?: that)? \w+ (?:would|will|should)\b")
_THAT = re.compile(
    r"[ ,]{0,2}(?:que|qu['’]|dass|che|dat|att|at|że)\b"
    r"|(?<=decyzję)[ ,]{1,2}(?:o|aby|żeby|odnośnie|w sprawie)\b"
)
"""What follows the verb of a body that decided, in other languages than English."""
_OF_OTHERS = re.compile(r"(?i)\b(?:they|he|she) (?:went|had|did|then)\b")
"""What a sentence tells of somebody else."""
_CONTENT = Caseless(r"\b(?:agreed|decided|resolved|decision(?: was| is)?|consensus was) (?:that|to)\b")
_CJK = re.compile(
    r"(?:^|[:：，,。；;])[ ]?(?:会议|會議|大家|全体|全體|委员会|委員会)?(?:一致|均|最终|最終)?"
    r"(?:同意|决定|決定|通过|通過|批准|否决|否決)(?!事項|事项)"
    r"|(?:決定|承認|可決|否決|了承|合意)(?:した|しました|された|されました|となった|となりました)?[。]?(?=$|\s|[（(])"
)
"""What a meeting settled, in Chinese and Japanese: `会议同意推迟`, `8月に実施することに決定`."""
_CJK_OPEN = re.compile(
    r"[?？吗]|是否|如果|建议|提议|希望|未|没有|次回|予定|検討|たら|ば、|ない|か。?$|べき|待|需要?|下次"
)
_CUT = re.compile(r"\b(?:of|the|a|an|to|and|that|in|on|for|with|de|la|le|les|der|die|das|und)[^\w.]*\Z")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_POLL = re.compile(r"(?i)(?:straw )?poll\b|hum\b")
SPEAKER = re.compile(r"\A@?[\w .'’-]{1,30}: ")
"""How a text begins that somebody says: `Ada: `."""
_REPORTS = re.compile(r"@?[\w .'’-]{1,30}: (?:shares|reports|announces|mentions|notes|says|tells) that\b")
"""How a text begins in which somebody tells what happened elsewhere: `Ada: shares that`."""
_SHORT = Caseless(
    r"(?:(?:seconded|put to (?:the|a) vote)(?:,| and)? )?(?:approved|accepted|adopted|carried|passed"
    r"|declined|rejected|deferred"
    r"|postponed|tabled)"
    r"(?:(?<!declined),? (?:for|as|until|till|to|with|in|at|on|after) [^\n:]{1,80})?[.!]?"
    r"|agreed(?:[.!](?: [^\n?]{3,200})?)?"
    r"|(?:not (?:discussed|reached|covered)|no time)[.,;:–-]{0,2} (?:deferred|postponed|tabled)"
    r" (?:to|until|till) [^\n:?]{1,80}"
)
"""A whole text that is only a result: `Approved for June`, `Not discussed. Deferred to May.`"""
_SPOKEN = Caseless(r"(?:approved|accepted|adopted|rejected|declined|deferred)(?:[.!](?: [^\n?]*)?)?")


@dataclass(frozen=True, slots=True)
class Language:
    """The patterns of a language other than English for what a meeting settled."""

    common: frozenset[str]
    """Frequent words, by which notes in the language are known."""
    quick: re.Pattern[str]
    """A search in small letters, without which nothing of the others is found."""
    settled: Caseless
    short: Caseless
    """A whole text that is only a result, such as `Rejeitada por maioria.`"""
    poll: re.Pattern[str]
    doubt: Caseless

    def says(self, sentence: str) -> bool:
        """Return whether a sentence says what was settled, without doubt."""
        found = self.settled.search(sentence)
        if found is None or _CUT.search(sentence) or sentence.endswith("?"):
            return False
        is_content = _THAT.match(sentence, found.end())  # which may be conditional
        return not self.doubt.search(sentence[: found.end()] if is_content else sentence)


def _compiled(words: Words) -> Language:
    """Return the patterns made of the words of a language."""
    result = rf"(?:{words.result}|{words.delayed})"
    how = rf"(?:{words.how})"
    votes = r"(?:voix |votos? |voti |stimmen? |stemmen |röster |głos\w* )?"
    sides = rf"(?:\d{{1,4}} {votes}(?:{words.sides})|(?:{words.sides})[ :]{{1,2}}\d{{1,4}})"
    patterns = (
        rf"\b(?:{words.matter})\b[^\n]{{0,160}}\b{result}\b",
        rf"\b{result}[ ,]{{1,2}}{how}(?!\w)|(?<!\w){how}[ ,]{{1,2}}{result}\b",
        rf"^(?:{words.body}) [^.?!:\n]{{0,60}}?\b(?:{words.decides})(?!\w)",
        rf"(?:^| (?:y|e|et|und|en|och|og|i) )(?:{words.impersonal})(?!\w)",
        rf"^{how} (?:{words.impersonal})(?!\w)",
        rf"^\W*(?:{words.agreement})[ ,]",
        rf"^(?:{words.poll})\b[^\n]{{0,160}}{sides}\b"
        rf"|^(?!\w+ ?: ?\d+\W*$){sides}(?:[ ,;]{{1,2}}{sides})*\W*$",
        rf"^[^\n:]{{1,120}} (?:{words.is_}) (?:[^\n:]{{0,60}} )?(?:{words.delayed})\b",
        rf"^[^\n:]{{1,120}} (?:{words.is_}) (?:[^\n:]{{0,100}} )?(?:{words.firm})(?!\w)",
        rf"^[^\n:]{{1,120}} (?:{words.is_}) (?:[^\n:]{{0,100}} )?(?:{words.office}) (?:{words.chosen})(?!\w)",
        rf"(?:^|[ ])(?:{words.is_}) [^\n]{{0,80}}{sides}[^\n]{{0,60}}\b{result}(?!\w)",
        rf"(?<!\w)(?:{words.in_favour}|{words.no_objection})(?!\w)",
    )
    stems = "|".join(
        (
            words.result,
            words.delayed,
            words.decides,
            words.impersonal,
            words.agreement,
            words.poll,
            words.chosen,
        )
    )
    return Language(
        frozenset(words.common.split()),
        re.compile(rf"{stems}|{words.in_favour}|{words.no_objection}|\d {votes}(?:{words.sides})"),
        Caseless("|".join(f"(?:{pattern})" for pattern in patterns)),
        Caseless(
            rf"(?:{how}[ ,]{{1,2}})?{result}(?:[ ,]{{1,2}}{how}| [^\n:.]{{1,60}})?[.!]?"
            rf"|(?:{words.poll})\b[^\n?]{{0,120}}\b{result}[.!]?"
        ),
        re.compile(rf"(?:{words.poll})\b", re.IGNORECASE),
        Caseless(rf"\?\W*$|(?<!\w)(?:{words.doubt})(?!\w)"),
    )


LANGUAGES = tuple(map(_compiled, WORDS.values()))


def languages_of(texts: Iterable[str]) -> tuple[Language, ...]:
    """Return the languages, beside English, that texts may be in: those with at least two common words.

    Few words may be in any.
    """
    words = {*" ".join(texts).lower().split()}
    if len(words) <= _FEW_WORDS:
        return LANGUAGES
    return tuple(language for language in LANGUAGES if len(language.common & words) >= _FEWEST_COMMON)


def may_settle(text: str, languages: Iterable[Language] = ()) -> bool:
    """Return whether a text may say what was settled: a quick check before it is read."""
    small = text.lower()
    if _QUICK.search(small):
        return True
    return any(language.quick.search(small) for language in languages)


def is_settled(text: str, languages: Iterable[Language] = ()) -> bool:
    """Return whether a sentence of a text for which `may_settle` holds says what was settled, by whoever."""
    if len(text) > _LONGEST or _REPORTS.match(text):
        return False
    bare = _AGREED_WE_WOULD.sub(r"\1 to", plain(text))
    if _CJK.search(bare) and not _CJK_OPEN.search(bare):
        return True
    starts = [0, *(end.end() for end in _SENTENCE_END.finditer(bare))]
    if any(_MOVED_AND_RESULT.fullmatch(bare[start:]) for start in starts[:_MOST_SENTENCES]):
        return True
    is_poll = _POLL.match(bare) or any(language.poll.match(bare) for language in languages)
    sentences = [bare] if is_poll else _SENTENCE_END.split(bare)
    sentences += [clause for each in sentences if ";" in each for clause in each.split(";")[1:]]
    if any(_OUTRIGHT.match(each) and not _is_open(each) for each in sentences):
        return True
    said = [*sentences, *(SPEAKER.sub("", each, count=1) for each in sentences if SPEAKER.match(each))]
    return any(_says(each) or any(language.says(each) for language in languages) for each in said)


def is_opinion(text: str) -> bool:
    """Return whether a text says what all think of something, such as `Agreed that the hall is nice`."""
    return bool(_OPINION.search(plain(text)))


def is_short_result(text: str, languages: Iterable[Language] = ()) -> bool:
    """Return whether a text is nothing but a result, such as `Approved for June`, of what stands above it."""
    bare = plain(text)
    if "?" in bare:
        return False
    if _SHORT.fullmatch(bare) and not _OPEN.search(bare):
        return True
    return any(language.short.fullmatch(bare) and not language.doubt.search(bare) for language in languages)


def is_spoken_result(text: str, languages: Iterable[Language] = ()) -> bool:
    """Return whether somebody says a result, as in `Ada: approved`."""
    speaker = SPEAKER.match(bare := plain(text))
    if speaker is None:
        return False
    said = bare[speaker.end() :]
    return bool(_SPOKEN.fullmatch(said) or any(language.short.fullmatch(said) for language in languages))


def _says(sentence: str) -> bool:
    settled = _AT_START.match(sentence) or _WITHIN.search(sentence)
    if settled is None or _CUT.search(sentence) or sentence.rstrip(" .*_)").endswith("?"):
        return False
    if _OF_OTHERS.search(sentence) or _OPINION.search(sentence):
        return False
    content = _CONTENT.search(sentence)  # may well be conditional: `agreed that it should wait`
    return not _OPEN.search(sentence[: content.end()] if content else sentence)


def _is_open(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (_OPEN, _CUT, _OPINION))
