"""Sentences that say what a meeting settled: a body that decided, a motion that passed, a poll, a delay.

Each sentence is tested alone. What is asked, conditional, proposed, reported of another day or not yet done
settles nothing.
"""

import re

from bot.minutes.text.caseless import Caseless, any_of
from bot.minutes.text.markdown import plain

_LONGEST = 600  # characters; what is longer is a text, not a decision
_BODY = (
    r"(?:(?:the |this |our )?(?:[\w'’-]+ ){0,3}(?:committee|board|group|council|team|wg|panel|assembly"
    r"|members|membership|meeting|plenary|guild|attendees|participants|chairs)"
    r"|(?:the )?(?:tsc|ctc|toc|pmc|sc|tc|ec|wg|sig)|we"
    r"|all|everyone|everybody)"
)
_HOW = r"(?:(?:has|have|then|also|all|both|formally|unanimously|jointly) ){0,3}"
_VERBS = r"(?:agreed|decided|resolved|voted|approved|adopted|accepted|endorsed|ratified|rejected)"
_PATTERNS = (
    # the committee agreed to rent one; the board discussed roofs and decided to wait
    rf"^{_BODY} (?:[^.?!\n]{{1,80}} and )?{_HOW}{_VERBS}"
    r" (?:that|to|on|not|against|the|an?|this|unanimously)\b",
    r"\bwe (?:hereby )?(?:adopt|approve|accept|reject) the (?:resolution|motion|proposal|minutes|agenda)\b",
    # a motion and its result in one sentence
    r"\b(?:motion|moved|proposal|vote)\b[^\n]{0,160}"
    r"(?:\ball (?:voted |were )?in favou?r\b"
    r"|\b(?:none|nobody|no one) (?:opposed|against)\b|; (?:passed|carried|approved)\b"
    r"|[;,] (?:the )?motion (?:carried|passed|failed|carries|passes|fails)\b)",
    r"^(?:the )?motion (?:was |is |has )?(?:been )?(?:carrie[sd]|pass(?:es|ed)|approved"
    r"|adopted|defeated|fail(?:s|ed))\b",
    r"\bhearing no objections?\b",
    r"\b(?:motion|proposal|resolution)\b[^\n]{0,80}\b(?:carried|passed|approved|adopted|rejected)\b",
    r"\b(?:approved|adopted|accepted|carried|passed) unanimously(?! that\b)\b"
    r"|\b(?:was|were) (?:decided|resolved|agreed) (?:that|to)\b",
    # minutes and agenda
    r"\b(?:minutes|notes|agenda|order of (?:the day|business))\b[^\n]{0,120}"
    r"\b(?:was|were|has been|have been) (?:unanimously )?"
    r"(?:reviewed and )?(?:approved|accepted|adopted|merged)\b",
    r"\b(?:minutes|agenda|order of (?:the day|business))\b[^\n:]{0,60} "
    r"(?:approved|accepted|adopted)(?:\W*$|: )",
    r"^(?:the )?approval of [^\n]{1,80} was given\b",
    r"\b(?:was|were) proposed and (?:adopted|accepted|approved)\b",
    # postponed
    r"^[^\n:]{1,120} (?:is|was|are|were|has been|have been) (?:postponed|deferred|tabled)\b",
    # polls
    r"^(?:(?:straw )?poll|hum|show of hands)(?: (?:taken|on|about|for|to)\b[^:\n]{0,80})?: [^\n]*"
    r"(?:\d|\bsupport|\bstrong(?:er)? for\b|\bagainst\b|\bconsensus\b|\bplainly\b|\bclearly\b|\bhardly\b"
    r"|\bmajority\b)",
    r"^(?:broad|rough|strong|clear|general|wide) (?:consensus|support|agreement)"
    r" (?:for|to|that|in favou?r)\b",
    # French and German
    r"^\d{1,4} (?:voix )?(?:pour|contre|abstentions?)\W*$|^\d{1,4} (?:ja|nein|enthaltung(?:en)?)\W*$",
    r"^(?:les? |la |l['’])[^\n]{1,80} (?:est|sont) (?:adopté|approuvé|rejeté|refusé)e?s?\b",
    r"^(?:die )?abstimmung: [^\n]*\d (?:ja|dafür|nein|dagegen)\b",
    r"^(?:das )?protokoll [^\n]{0,60}(?:wurde|ist) (?:einstimmig )?(?:genehmigt|angenommen)\b",
    r"^(?:le (?:bureau|comité|conseil|groupe)|l['’](?:assemblée|équipe)|la commission|nous|on)"
    r" (?:a |avons |ont )?(?:décid|approuv|adopt|valid|vot)\w+"
    r" (?:de |d['’]|que |qu['’]|le |la |les |l['’]|à )",
    r"\bwird (?:einstimmig |mehrheitlich )?(?:angenommen|beschlossen|abgelehnt|genehmigt)\b"
    r"|\beinstimmig (?:angenommen|beschlossen|genehmigt)\b",
    r"^(?:der|die|das|wir) ?[\w-]{0,20} (?:beschließt|beschließen|beschloss|beschlossen"
    r"|(?:hat|haben) beschlossen)\b",
)
# Apart, since a search tries each alternative at each character; those at the beginning are only tried there.
_AT_START = Caseless("|".join(pattern for pattern in _PATTERNS if pattern.startswith("^")))
_WITHIN = Caseless(rf"\b(?:{'|'.join(pattern for pattern in _PATTERNS if not pattern.startswith('^'))})")
_QUICK = any_of(
    r"agree|deci|écid|resol|vot|approu?v|adopt|accept|endors|ratif|reject|motion|moved|favo|objection|merged|postpon"
    r"|deferr|tabled|poll|hum\b|hands|consensus|support|pour|contre|abst|valid|beschl|angenommen|genehm|nein|ja\b"
    r"|enthalt|refus|against|oppos|carri|pass|unanim|declin|yea\b|aye|yes\b|nay"
    r"|0 for|1 for|2 for|3 for|4 for|5 for|6 for|7 for|8 for|9 for"
    r"|conclu|outcome|acuerdo|entscheid|besluit|决议|决定|结论|決定|合意"
)
"""Without one of these a text settles nothing, and has no mark of a decision."""
_OPEN = Caseless(
    r"\?\W*$|^\W*(?:if|once|when|unless|until|whether|should|could|would|has|have|had|did|does|do"
    r"|can|may|might)\b"
    r"|\b(?:if|whether|unless) |\b(?:should|could|would|might|must|needs? to|going to|have to|has to)\b"
    r"|(?<!in )(?<!of )(?<!by )(?<!for )\bmay [a-z]"
    r"|\b(?:not|never) (?:yet )?(?:agreed|decided|resolved|voted|approved|adopted|accepted)"
    r"|n['’]t\b|\bnot yet\b"
    r"|\bago\b|\bpreviously\b|\blast (?:year|month|week|time)\b(?!['’]s (?:minutes|notes))"
    r"|\byet to\b|\bto be (?:approved|decided|voted)"
    r"|\b(?:thinks?|believes?|wonders?|asks|asked|hopes?|suggests?|proposes?|wants?|says|according to)\b"
    r"|\b(?:once|unless|until|how|probably|whenever)\b[^\n]{0,60}"
    r"\b(?:motion|proposal|resolution|minutes|agenda)\b"
    r"|\bil faudra|\bsi |\bdevra|\bsoll(?:te|en|ten)?\b|\bwenn\b|\bfalls\b"
)
_CUT = re.compile(r"\b(?:of|the|a|an|to|and|that|in|on|for|with|de|la|le|les|der|die|das|und)\W*\Z")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_POLL = re.compile(r"(?i)(?:straw )?poll\b|hum\b")
_SPEAKER = re.compile(r"\A[\w .'’-]{1,30}: ")
_SHORT = Caseless(
    r"(?:seconded(?:,| and)? )?(?:approved|accepted|adopted|carried|passed|declined|rejected"
    r"|deferred|postponed|tabled)"
    r"(?:(?<!declined) (?:for|as|until|till|to|with|in|at|on|after) [^\n:]{1,80})?[.!]?"
)
_SPOKEN = Caseless(r"(?:approved|accepted|adopted|rejected|declined|deferred)(?:[.!](?: [^\n?]*)?)?")


def may_settle(text: str) -> bool:
    """Return whether a text may say what was settled: a quick check before it is read."""
    return _QUICK.search(text.lower()) is not None


def is_settled(text: str) -> bool:
    """Return whether a sentence of a text for which `may_settle` holds says what was settled, by whoever."""
    if len(text) > _LONGEST:
        return False
    bare = plain(text)
    sentences = [bare] if _POLL.match(bare) else _SENTENCE_END.split(bare)
    return any(_says(sentence) or _is_said(sentence) for sentence in sentences)


def is_short_result(text: str) -> bool:
    """Return whether a text is nothing but a result, such as `Approved for June`, of what stands above it."""
    bare = plain(text)
    return _SHORT.fullmatch(bare) is not None and "?" not in bare and _OPEN.search(bare) is None


def is_spoken_result(text: str) -> bool:
    """Return whether somebody says a result, as in `Ada: approved`."""
    speaker = _SPEAKER.match(bare := plain(text))
    return speaker is not None and _SPOKEN.fullmatch(bare[speaker.end() :]) is not None


def _is_said(sentence: str) -> bool:
    """Return whether somebody says what was settled, as in `Ada: we agreed to wait`."""
    speaker = _SPEAKER.match(sentence)
    return speaker is not None and _says(sentence[speaker.end() :])


def _says(sentence: str) -> bool:
    settled = _AT_START.match(sentence) or _WITHIN.search(sentence)
    return bool(settled) and not (_OPEN.search(sentence) or _CUT.search(sentence))
