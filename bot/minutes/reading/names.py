"""Split a line into names, and tell names from other text. Names are never corrected."""

import re
from collections.abc import Iterator

# A site, a role or a group before names: `Dundee: Ada, Bo`.
SITE = re.compile(
    r"(?P<site>[^\W\d_][\w '’/&().-]{0,38}?)[ \t]?[:：](?:[ \t]+|$|(?<=：))(?P<names>.*)", re.DOTALL
)

# Groups of people, and what people write in place of names.
_GROUP = re.compile(
    r"(?i)(?:(?:other|core|voting|non-?voting|team|wg|tsc|board|steering|committee|community|invited) ?)*"
    r"(?:members?|guests?|observers?|visitors?|alternates?|staff|invited|invited experts?|leads?|maintainers?"
    r"|regulars?|community|public|remote(?:ly)?|online|virtual(?:ly)?|in[- ]person|on[- ]?site|present"
    r"|absent|others?)[ ]?(?:\([^()]*\))?:?"
)
_NOBODY = re.compile(
    r"(?i)[\W_]*|none|nobody|no one|no[- ]?show|no response|n/?a|nil|tb[ad]|names?"
    r"|keine?r?|aucun|ninguno|无|なし"
    r"|(?:your|add|insert|please|the|all|full|attendees?)[\w' ]* (?:names?|handles?|yourself|here)\b.*"
    r"|(?:and )?(?:others|more|many others|et al\.?|everybody|everyone|all|quorum\b.*)"
    r"|name ?(?:[|/,-].*)|@(?:handle|username|github|name|person\d*)|<[^<>@]*>|first ?name.*|x{2,}"
    r"|[+~]?\d+(?:st|nd|rd|th)?(?:[ ]*(?:/|of)[ ]*\d+)?(?:[ ]+[a-z].*)?|https?:\S*|(?:see|as per|cf\.?) .*"
    r"|.*@[\w.-]+/[\w.-]+|[^@(]*\b(?:council|committee|maintainers|board of \w+|working group|team members?)"
)
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[ ][-–—|/][ ].*|[,:].*|@\S+|`[^`]*`|\d\S*")
_SMALL = re.compile(r"a[ln]|and|ben|bin|d[aeiou]|das|de[lnr]|della|dos|el|ibn|l[ae]|of|te[nr]|v[ao]n|y|zur?")
_SENTENCE = re.compile(r"[。！？]|[.!?][ ]+[A-Z]?[a-z]{3,} [a-z]{3,}")
_AND = re.compile(r"(?:,?[ ]+(?:and|und|et|y)[ ]+|[ ]+&[ ]+)(?=[^\W\d_a-z]|@)")
_HANDLE = re.compile(r"[(<\[]?@[\w-]+[)>\]]?(?:\([^()]*\))?")
_HANDLES = re.compile(r"@[\w-]+(?:[ \t]+@[\w-]+)+")
_LEADING_AND = re.compile(r"\A(?:and|und|et)[ ]+(?=\S)")
_DRESS = re.compile(r"(\*{1,3}|_{1,3}|~~)(?P<text>(?:(?!\1).)+)\1[:：]?")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_BOX = re.compile(r"\[(?P<mark>[ xX✓])\][ \t]+")
_LONGEST = 90  # characters; what is longer is a sentence, not a name
_LONGEST_UNSPACED = 14  # characters of a name in a script that has no capitals, nor spaces between words


def split(line: str) -> Iterator[str]:
    """Yield the names of people in a line, as typed, split at commas and "and"; none where it is a sentence.

    Logins need no comma: `@ada @bo`. The name of a site before them, such as `Leeds:`, is left out.
    """
    if _SENTENCE.search(line):
        return
    named = SITE.fullmatch(line.strip().strip("*_"))
    for part in pieces(named["names"] if named and not is_handle(named["names"]) else line):
        if _HANDLES.fullmatch(part.strip()):
            yield from filter(None, map(name_in, part.split()))
            continue
        both = _AND.split(part.strip())
        joined = len(both) == 2 and " & " not in part and all(map(is_name, both))
        yield from filter(None, map(name_in, both if joined else [part]))


def name_in(text: str) -> str:
    """Return the name in a list item or part of a line, as typed; empty where it is no name."""
    text = _BOX.sub("", text.strip(), count=1).strip()
    text = _undressed(text)
    named = SITE.fullmatch(text)
    if named and named["names"] and not is_handle(named["names"]) and is_name(named["names"]):
        text = named["names"]
    text = _LEADING_AND.sub("", _undressed(text), count=1).rstrip(".,; ")
    return text if is_name(text) else ""


def is_handle(text: str) -> bool:
    """Return whether a text is a login: `@ada`."""
    return _HANDLE.fullmatch(text.strip()) is not None


def is_group(text: str) -> bool:
    """Return whether a text names a group of people, not a person: `Observers`, `Leeds:`."""
    return is_known_group(text) or _undressed(text.strip()).endswith((":", "："))


def is_known_group(text: str) -> bool:
    """Return whether a text is a known word for a group of people, with or without a colon: `Observers`."""
    return _GROUP.fullmatch(_undressed(text.strip())) is not None


def is_name(text: str) -> bool:
    """Return whether a text may be somebody's name: few words, most of which begin as names do."""
    bare = text.strip("*_ \t")
    if (
        not bare
        or len(bare) > _LONGEST
        or is_group(bare)
        or _NOBODY.fullmatch(bare)
        or _SENTENCE.search(bare)
    ):
        return False
    words = _WORD.findall(_NOTE.sub(" ", bare))
    words = [word for word in words if not _SMALL.fullmatch(word)]
    if any(len(word) > _LONGEST_UNSPACED and word == word.upper() == word.lower() for word in words):
        return False
    small = sum(word[0].islower() for word in words)
    return len(words) <= 2 or (len(words) <= 7 and small * 2 < len(words))


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
