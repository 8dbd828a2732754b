"""Split a line into names, and tell names from other text. Names are never corrected."""

import re
from collections.abc import Iterable, Iterator

from bot.minutes.text.markdown import plain

# A site, a role or a group before names: `Dundee: Ada, Bo`.
SITE = re.compile(
    r"(?P<site>[^\W\d_](?:[\w '’/&.-]|\([\w '’/&.,-]*\)){0,38}?)[ \t]?[:：](?:[ \t]+|$|(?<=：))(?P<names>.*)",
    re.DOTALL,
)

# Groups of people, and what people write in place of names.
_GROUP = re.compile(
    r"(?i)(?:(?:other|core|voting|non-?voting|team|wg|tsc|board|steering|committee|community|invited) ?)*"
    r"(?:members?|guests?|observers?|visitors?|alternates?|staff|invited|invited experts?|leads?|maintainers?"
    r"|regulars?|community|public|remote(?:ly)?|online|virtual(?:ly)?|in[- ]person|on[- ]?site|present"
    r"|absent|others?)(?: present| attending)?[ ]?(?:\([^()]*\))?:?"
)
_NOBODY = re.compile(
    r"(?i)[\W_]*|none(?: (?:today|yet|so far|this time|present|recorded))?|(?:nobody|no one)\b.*"
    r"|no[- ]?show|no response|n/?a|nil|tb[ad]|names?"
    r"|keine?r?|aucun|ninguno|无|なし"
    r"|(?:your|add|insert|please|the|all|full|attendees?)[\w' ]* (?:names?|handles?|yourself|here)\b.*"
    r"|(?:and )?(?:others|more|many others|et al\.?|everybody|everyone|all|quorum\b.*)"
    r"|(?:name|nom|nombre|nome|naam|namn|navn|imię) ?(?:[|/,-].*)|first ?name.*|x{2,}"
    r"|(?:about|around|approx\w*\.?|some|ca\.?|circa|roughly|over|more than|at least|nearly)[ ~]*\d+.*"
    r"|(?:very )?(?:good|poor|low|high|full|fine|ok(?:ay)?|quorate|as usual|as before|light|strong)"
    r"|姓名.*|请[^\n]*填写.*|氏名.*|お名前.*|名前を.*"
    r"|@(?:handle|username|github|name|person\d*)|(?:<[^<>@]*>[ ,/|-]*)+"
    r"|[+~]?\d+(?:st|nd|rd|th)?(?:[ ]*(?:/|of)[ ]*\d+)?(?:[ ]+[a-z].*)?|https?:\S*|(?:see|as per|cf\.?) .*"
    r"|.*@[\w.-]+/[\w.-]+|pending|to (?:follow|come)|(?:name|person|attendee|participant) ?\d{1,2}"
    r"|\((?:fill|see|add|enter|insert|list)\b[^()]*\)"
    r"|(?:à|a|por|da|zu|wird|werden|noch|te) (?:compléter|confirmer|préciser|confirmar|definir|completar"
    r"|anunciar|ergänzen|ergänzt|nachgetragen|nachgereicht|klären|bevestigen|definire|completare"
    r"|confermare)\W*"
)
_ROLE = re.compile(
    r"(?i)(?:the )?(?:(?:vice|co|deputy|acting|past|board|recording|minutes?|note)[ -]?)*"
    r"(?:chair(?:man|woman|person)?|president|secretary|treasurer|reporter|recorder|scribe|clerk|taker"
    r"|facilitator"
    r"|moderator|host|member|director|guest|observer|speaker|presenter|liaison|vorsitz(?:ende[rn]?)?"
    r"|kassenwart(?:in)?"
    r"|schriftführer(?:in)?|protokollant(?:in)?|présidente?|secrétaire|trésori(?:er|ère)|tesorer[oa]"
    r"|secretari[oa]"
    r"|president[ea]|presidenta|presidente|segretari[oa]|voorzitter|penningmeester|ordförande|sekreterare"
    r"|kassör)"
)
"""A role alone, as between the commas of `Ada Webb, Chair, Bo Reed, Treasurer`."""
_JOB = re.compile(
    r"(?i)(?:\A|[ /-])(?:owner|master|dev(?:eloper)?s?|dev team|engineer|leader|lead|manager|designer"
    r"|editor\w*"
    r"|analyst|architect|tester|maintainer|coordinator|chair\w*|secretar\w+|treasurer|scribe|director|intern"
    r"|redakteur\w*|leiter(?:in)?|entwickler(?:in)?|desenvolvedora?|gerente|coordenadora?|orientadora?"
    r"|développeu\w+|responsable|directeur|directrice|desarrolladora?|coordinadora?|ontwikkelaar"
    r"|utvecklare)\b"
)
"""What somebody does, as beside their name."""
_LOGIN_AND_ROLE = re.compile(r"@[\w-]+ [a-z][^@:.!?]{0,80}")
"""A list item of an account and what its owner does: `@ada lead of the harbour`."""
_BODY = re.compile(
    r"(?i)[^@(]*\b(?:council|committee|maintainers|board of \w+|working group|team members?)[\s*_]*"
)
_BODY_NAME = re.compile(
    r"\b(?:[A-Z][A-Z&]+|(?:Ltd|Inc|LLC|GmbH|AG|Co|Corp|University|Universität|Institut\w*|College|School"
    r"|Works|Office|Trust|Archives?|Partners|Consulting|Solutions|Labs|Studios?|Radio|Press|Rail|Club|Union"
    r"|Lab\w*|Center|Centre|Foundation|Company|Group|Hospital|Museum|Department|Dept|Agency|Association"
    r"|Society"
    r"|Council|Committee|Ministry|Library|Systems|Software|Technologies|Forum|Authority|Board|Bureau|Network"
    r"|Federation|Alliance|Consortium|Services?|Academy|Chamber|Charity|Cooperative|Co-op|Collective"
    r"|Choir|Orchestra|Theat(?:re|er)|Bank|Airport|Energy|Media|Journal)\.?)\Z"
    r"|\A(?:Fonds|Banque|Banco|Bank|Stiftung|Fondation|Fundación|Fundação|Fondazione|Stichting|Ville"
    r"|Mairie|Université"
    r"|Universidad|Universidade|Università|Universität|Universiteit|Institut[eo]?|Verein|Verband"
    r"|Asociación|Association"
    r"|Associação|Associazione|Ayuntamiento|Comune|Stadt|Amt|Ministère|Ministerio)\b"
)
_REMARK = re.compile(r"[ ][-–—|/][ ]|[,(\[]")
"""Where a remark or an affiliation begins after a name."""
_FULL_NAME = re.compile(r"[*_ ]*[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}[*_ ]*")
_NOTE = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|[ ][-–—|/][ ].*|[,:].*|@\S+|`[^`]*`|\d\S*"
    r"|(?<=\w)[ ](?:just|only|joined|joins|left|leaves|late|until|from|for (?:the|a|part)|via|by (?:phone"
    r"|zoom)"
    r"|on (?:the )?(?:phone|zoom|train)|remotely|first|second|as of)\b.*"
)
_MINUTES_BY = re.compile(r"(?i)[.;] (?:minutes|notes|scribed?|chaired|taken)(?: taken)? by [^.;]{1,60}[.]?\Z")
"""What follows the last of several names in one cell: `Ada, Bo. Minutes by Cy`."""
_REMARK_ALONE = re.compile(r"[(（](?:[a-z]|敬称略|順不同)[^()（）]*[)）]")
_PARENS = re.compile(r"\([^()]*\)")
_ASIDE = re.compile(r"[ ]\([^()]*\)\W*\Z")
"""A remark in parentheses at the end."""
_SMALL = re.compile(r"a[ln]|and|ben|bin|d[aeiou]|das|de[lnr]|della|dos|el|ibn|l[ae]|of|te[nr]|v[ao]n|y|zur?")
_FORM = re.compile(
    r"(?i)(?:\W|\b(?:your|full|first|last|sur|user|nick(?=[ -]?name)|git|hub|the|a|and|or|if|any|optional"
    r"|add|here"
    r"|sign|in|please"
    r"|names?|surname|username|nickname|github|handles?|e?mail|affiliations?|organi[sz]ations?"
    r"|institut(?:e|ion)s?"
    r"|company|employer|team|roles?|title|pronouns|department|dept|ward|division|faculty|town|city"
    r"|country|where|are|from|ort|wohnort|firma"
    r"|verein|rolle|lieu"
    r"|ville|ciudad|lugar|città|luogo|stad|plaats|place|location|position|favou?rite|book"
    r"|representing|attendees?|participants?|present|absent|initials|you|yourself|me|person|someone|tbc"
    r"|vorname|nachname|organisation(?:en)?|bitte|hier|eintragen|ergänzen|nom|prénom|organisme|structure"
    r"|association|collectif|nombre"
    r"|apellidos?"
    r"|organización|nome|cognome|sobrenome|organização|projeto|utilizador|ente|naam|voornaam|achternaam"
    r"|organisatie"
    r"|namn|förnamn|efternamn|navn|fornavn|etternavn|imię|nazwisko|organizacja|cognoms?|organització)\b)+"
)
"""What a form says to those who shall write their names; no name has only such words."""
_SLOT = re.compile(r"\(names?[^()]*\)|<names?[^<>]*>|\[names?[^\[\]]*\]", re.IGNORECASE)
"""The place in a form for a name and what goes with it: `(name, ward)`."""
_WHEN = re.compile(
    r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}[:h]\d{2}\b|\b\d{4}-\d{2}-\d{2}\b|\b[ap]m\b"
)
_COMMON = re.compile(
    r"(?i)(?:of|the|and|or|most|all|usual|crowd|every|everyone|everybody|except|plus|some|few|many|same"
    r"|last|time"
    r"|members?|team|group|people|not|no|in|on|at|by|to|for|with|from|was|were|is|are|we|see|above|below"
    r"|list)"
)
_NICK = re.compile(r"[a-z0-9][a-z0-9_-]{1,38}")
_FEWEST_NICKS = 3  # in a line without commas: fewer words may be a name or a remark
_SENTENCE = re.compile(
    r"[。！？]|(?<!\b[A-Z])(?<!\bDr)(?<!\bMrs)(?<!\bRev)[.!?][ ]+[A-Z]?[a-z]{3,} [a-z]{3,}"
)
_AND = re.compile(
    r"(?:(?:,|(?<![ ,]))[ ]++(?:and|und|et|y|og|och|oraz|en)[ ]+|(?<! )[ ]++&[ ]+)(?=(?:the )?[^\W\d_a-z]|@)"
)
_HANDLE = re.compile(r"[(<\[]?@[\w-]+[)>\]]?(?:\([^()]*\))?")
_HANDLES = re.compile(r"@[\w-]+(?:[ \t]+@[\w-]+)+")
NAME_END = re.compile(r"\s*(?:[(\[<,:@]|[ ][-–—|/][ ])")
_OFFICE = re.compile(r"\A(?:(?:vice )?(?:president|chair|treasurer|secretary)|dr|prof|mr|mrs|ms)[.]?[ ]+")
"""What may stand before a name, in small letters: `president ada webb`."""
_OTHER_NAME = re.compile(r"@([\w-]+)|[(\[]([A-Z]{2,4})[)\]]|\[([a-z][\w-]+)\]")
"""A login, or initials, beside a name; `(late)` is neither."""
_LEADING_AND = re.compile(r"\A(?:and|und|et)[ ]+(?=\S)")
_DRESS = re.compile(r"(\*{1,3}|_{1,3}|~~)(?P<text>(?:(?!\1).)+)\1[:：]?")
_COUNT = re.compile(r"\A\d{1,3}[.)][ ]?(?=[^\W\d_])")
_BOLD = re.compile(r"\*\*|__")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?!\s*+(?:[:–-]\s*+)?[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
GROUP_OF = re.compile(
    r"(?i)(?!.*\b(?:of|for|from|to|about|by|and the)\b)(?:[\w'’&.,/-]+[ ]){0,5}(?:representatives?|delegates?"
    r"|staff|observers?|members?|guests?|attendees?|participants?|experts?|alternates?|officers?|volunteers?"
    r"|sponsors?|liaisons?|proxies|chairs?|directors?|trustees?|students?|employees|maintainers?"
    r"|advisors?|advisers?"
    r"|teams?|squads?|crews?|delegations?|chapters?|secretaries|secretariat|mitglieder|gäste|beobachtende"
    r"|verwaltung|vorstand|membres|invités"
    r"|miembros"
    r"|invitados|medlemmar|medlemmer|gjester|gäster|członkowie|goście)[ ]?(?:\([^()]*\))?:?"
    r"|(?:personale|personal|personeel|membri|membres|miembros|membros|socios|sócios|soci|osservatori"
    r"|observateurs"
    r"|observadores|invités|invitados|convidados|ospiti|conseillers|consejeros|conselheiros|consiglieri"
    r"|élus|leden"
    r"|gasten)(?: [\w'’-]+){0,4}:?"
)
"""Matches the heading of a group of people below one for attendance, such as `Town Staff`."""
BOX = re.compile(
    r"(?:\[(?P<mark>[ xX✓])\]|(?P<typed>[☑☒🗹✅✔✓]|<input\b[^<>]{0,60}\bchecked\b[^<>]{0,40}>)"
    r"|[☐⬜🔲❌❎✖✗✘🚫]|<input\b[^<>]{0,60}\bcheckbox\b[^<>]{0,40}>)\ufe0f?[ \t]+"
)
"""A box before a name, ticked or not, also a typed one."""
_LONGEST = 90  # characters; what is longer is a sentence, not a name
_LONGEST_UNSPACED = 14  # characters of a name in a script that has no capitals, nor spaces between words


def split(line: str) -> Iterator[str]:
    """Yield the names of people in a line, as typed, split at commas and "and"; none where it is a sentence.

    Logins need no comma: `@ada @bo`. The name of a site before them, such as `Leeds:`, is left out.
    """
    if _SENTENCE.search(line):
        return
    named = SITE.fullmatch(_BOLD.sub("", line).strip().strip("*_"))
    text = named["names"] if named and not is_handle(named["names"]) else line
    slashed = [part.strip() for part in text.split(" / ")]
    if len(slashed) > 1 and all(part and is_name(part) and _is_unspaced(part) for part in slashed):
        yield from slashed
        return
    for part in pieces(text):
        if _HANDLES.fullmatch(part.strip()):
            yield from filter(None, map(name_in, part.split()))
            continue
        both = _AND.split(part.strip())
        joined = len(both) == 2 and (named or " & " not in part) and all(map(is_name, both))
        yield from filter(None, map(name_in, both if joined else [part]))


def nicks_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that may be names of accounts without `@` and commas: `ada bo cy2`.

    Empty where a word is a common one. They may still be other words: it takes evidence that they are people.
    """
    words = text.split()
    are_nicks = len(words) >= _FEWEST_NICKS and all(map(_NICK.fullmatch, words))
    return tuple(words) if are_nicks and not any(map(_COMMON.fullmatch, words)) else ()


def is_when(text: str) -> bool:
    """Return whether a text tells a day of the week, a date or a time, not a name."""
    return _WHEN.search(text) is not None


def site_in(text: str) -> re.Match[str] | None:
    """Return the match of `SITE` with a line such as `Leeds: Ada, Bo`, bold or not; None where it is none."""
    return SITE.fullmatch(_BOLD.sub("", text).strip("*_"))


def name_in(text: str) -> str:
    """Return the name in a list item or part of a line, as typed; empty where it is no name."""
    text = _COUNT.sub("", BOX.sub("", text.strip(), count=1).strip(), count=1)
    text = _MINUTES_BY.sub("", _undressed(text))
    if is_described(text) or _LOGIN_AND_ROLE.fullmatch(text):
        return text.rstrip(".,; ")
    named = SITE.fullmatch(text)
    if named and named["names"] and not is_handle(named["names"]) and is_name(named["names"]):
        text = named["names"]
    text = _LEADING_AND.sub("", _undressed(text), count=1).rstrip(".,; ")
    return text if is_name(text) else ""


def has_affiliation(text: str) -> bool:
    """Return whether a text of two parts is one person and where they are from: `Ada Webb, NIBS`."""
    parts = [part.strip() for part in pieces(text)]
    return (
        len(parts) == 2 and _FULL_NAME.fullmatch(parts[0]) is not None and bool(_BODY_NAME.search(parts[1]))
    )


def is_described(text: str) -> bool:
    """Return whether a text is a person and, after a colon, what they do: `Ada Webb: Product Owner`."""
    named = SITE.fullmatch(text.strip())
    if named is None or not named["names"] or _ROLE.fullmatch(named["site"]) or is_known_group(named["site"]):
        return False
    what = named["names"]
    if _JOB.search(what):
        return is_full_name(named["site"]) or " " not in named["site"].strip()
    return what[0].islower() and " " in what and is_full_name(named["site"])


def is_ticked(box: re.Match[str]) -> bool:
    """Return whether a box that `BOX` found is ticked."""
    return bool(box["typed"] or (box["mark"] or " ").strip())


def is_full_name(text: str) -> bool:
    """Return whether a text is nothing but two to four words that begin as names do: `Ada Webb`."""
    return _FULL_NAME.fullmatch(text) is not None


def is_handle(text: str) -> bool:
    """Return whether a text is a login: `@ada`."""
    return _HANDLE.fullmatch(text.strip()) is not None


def is_group(text: str) -> bool:
    """Return whether a text names a group of people, not a person: `Observers`, `Leeds:`."""
    return is_known_group(text) or _undressed(text.strip()).endswith((":", "："))


def is_known_group(text: str) -> bool:
    """Return whether a text is a known word for a group of people, with or without a colon: `Observers`."""
    return _GROUP.fullmatch(_undressed(text.strip())) is not None


def is_remark(text: str) -> bool:
    """Return whether a text is nothing but a remark in parentheses: `(in no order)`, not `(Ada Webb)`."""
    return _REMARK_ALONE.fullmatch(text.strip()) is not None


def is_name(text: str) -> bool:
    """Return whether a text may be somebody's name: few words, most of which begin as names do."""
    bare = plain(text) if "](" in text else text.strip("*_ \t")
    head = _REMARK.split(bare, maxsplit=1)[0]
    if is_remark(text):
        return False
    outside = _PARENS.sub("", bare) if "(" in bare else bare
    if not bare or bare.startswith("{") or bare.endswith("?") or is_group(bare) or _SENTENCE.search(outside):
        return False
    if _FORM.fullmatch(bare.replace("_", " ")) or _NOBODY.fullmatch(bare) or _BODY.fullmatch(head):
        return False
    if _ROLE.fullmatch(bare) or _TIME.match(bare) or _SLOT.fullmatch(bare):
        return False
    if _FULL_NAME.fullmatch(head):
        return True
    words = [word for word in _WORD.findall(_NOTE.sub(" ", bare)) if not _SMALL.fullmatch(word)]
    if len(_ASIDE.sub("", bare)) > _LONGEST or any(map(_is_long_unspaced, words)):
        return False
    small = sum(word[0].islower() for word in words)
    return len(words) <= 2 or (len(words) <= 7 and small * 2 < len(words))


def _is_unspaced(text: str) -> bool:
    """Return whether a text is one word in a script without capitals: such names need no commas."""
    return " " not in text and text == text.upper() == text.lower()


def _is_long_unspaced(word: str) -> bool:
    return len(word) > _LONGEST_UNSPACED and _is_unspaced(word)


def _undressed(text: str) -> str:
    """Return the text without emphasis around all of it."""
    match = _DRESS.fullmatch(text)
    return match["text"].strip() + text[match.end("text") + len(match[1]) :] if match else text


def pieces(line: str) -> Iterator[str]:
    """Yield the parts of a line, split at commas and semicolons that are outside of parentheses."""
    depth = start = 0
    for at, character in enumerate(line):
        depth = max(0, depth + (character in "([（") - (character in ")]）"))
        if character in ",;，、；" and depth == 0:
            yield line[start:at]
            start = at + 1
    yield line[start:]


def called(people: Iterable[str]) -> frozenset[str]:
    """Return what people may be called in notes, in small letters: full name, first name, login, initials."""
    names: set[str] = set()
    for person in people:
        name = " ".join(NAME_END.split(plain(person), maxsplit=1)[0].casefold().split())
        name = _OFFICE.sub("", name) or name
        names |= {
            name,
            name.partition(" ")[0],
            *(m[m.lastindex or 0].casefold() for m in _OTHER_NAME.finditer(person)),
        }
    return frozenset(names - {""})
