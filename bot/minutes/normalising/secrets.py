"""Check notes for what is not meant for everybody: a passcode of a call, a line such as `Confidential`."""

import re
from collections.abc import Iterator

from bot.minutes.normalising.findings import Finding, finding
from bot.minutes.normalising.task import Task
from bot.minutes.text.caseless import Caseless, any_of
from bot.minutes.text.markdown import plain

_WORDS = (
    r"(?<![a-z])(?:pass[ -]?codes?|pass ?word|host key|access code|kenncode|kennwort|passwort|zugangscode"
    r"|mot de passe|code secret|contraseña|código de acceso|senha|codice di accesso|wachtwoord)"
    r"|密码|密碼|パスコード|パスワード|암호"
)
"""What a passcode is called; a value must follow."""
# With a digit: `Passcode: see the invitation` gives nothing away.
_VALUE = r"(?=[^\s\d]{0,30}\d)[\w!@#$%^&*+?.-]{4,40}"
_IS = r"(?:[:：=]|[ ](?:is|ist|est|es|é|è)[ ])"
_SECRET = re.compile(
    rf"(?i)(?P<what>{_WORDS}|\bpin)(?:[ ]?\([^()\n]{{0,40}}\))?[*_` ]{{0,4}}{_IS}[*_` ]{{0,4}}"
    rf"(?P<value>{_VALUE})"
    r"|[?&](?P<link>pwd|passcode|password)=[\w.%-]{4,}"
)
_NO_SECRET = re.compile(
    r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}:\d\d\S*|v?\d+(?:\.\d+)+|(?:19|20)\d\d\W?|#\d+"
)
"""Values that are a date, a time, a version, a year or the number of an issue."""
_MAY_HAVE = any_of(
    r"pass[ -]?code|pass[ -]?word|pass[ -]?wort|host key|access code|kenncode|kennwort|zugangscode"
    r"|mot de passe|code secret|contraseña|código de acceso|senha|codice di accesso|wachtwoord"
    r"|密码|密碼|パスコード|パスワード|암호|pin\b|pwd="
)
"""A quick search for a passcode, in small letters."""

_PRIVATE = Caseless(
    r"\W*(?P<text>(?:(?:this|the)[ ](?:section|part|document|page|meeting|discussion)[ ](?:is|was)[ ])?"
    r"(?:(?:strictly[ ]|private and )?confidential|off[ -]the[ -]record|vertraulich|confidentiel(?:le)?"
    r"|confidencial)(?:\W*|[ ]?[:：].{0,200})"
    r"|(?:please )?(?:do not|don['’]t) (?:publish|share|distribute|make public)"
    r"(?: (?:this|these (?:notes|minutes)))?\W*"
    r"|not (?:yet )?(?:for|to be) (?:publication|distribution|published)\W*"
    r"|nicht (?:zur veröffentlichung|veröffentlichen)\W*|ne pas (?:publier|diffuser)\W*|n[oã]o? publicar\W*)"
)
_MAY_BE_PRIVATE = re.compile(
    r"confiden[tc]i|off[ -]the[ -]record|vertraulich|not (?:publish|share|distribute|make public)"
    r"|not (?:yet |for |to be )|n['’]t (?:publish|share|distribute|make public)"
    r"|nicht (?:zur )?veröffentlich|pas (?:publier|diffuser)"
    r"|n[oã]o? publicar"
)
"""A quick search for a mark of what is private, in small letters."""
_LONGEST = 240  # characters of a line that is looked at whole


def passcodes(task: Task) -> Iterator[Finding]:
    """Yield a finding for each line with what may be a passcode; the finding does not repeat it."""
    for number, line in _lines(task, _MAY_HAVE):
        found = (match for match in _SECRET.finditer(line) if not _NO_SECRET.fullmatch(match["value"] or ""))
        if match := next(found, None):
            yield finding("possible-secret", number + 1, what=match["what"] or f"{match['link']}=")


def private(task: Task) -> Iterator[Finding]:
    """Yield a finding for each line or heading that says that what is there is not for everybody."""
    for number, line in _lines(task, _MAY_BE_PRIVATE):
        if len(line) <= _LONGEST and (match := _PRIVATE.fullmatch(plain(line))):
            yield finding("private-marker", number + 1, text=match["text"].partition(":")[0].strip(" .!*_)]"))


def _lines(task: Task, quick: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of the notes in which a quick search finds something, with their numbers from 0.

    Code is left out, and so are comments in an issue: they do not come into the minutes.
    """
    if not quick.search("\n".join(task.document.lines).lower()):
        return
    hidden = task.document.comments if task.source == "issue" else ()
    unseen = task.document.code | {number for block in hidden for number in range(block.start, block.end)}
    for at, line in enumerate(task.document.lines):
        if at not in unseen and quick.search(line.lower()):
            yield at, line
