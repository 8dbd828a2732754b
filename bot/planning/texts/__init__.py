"""The bot's texts, rendered from the templates (.md) in this folder. Pure.

Each value from outside passes `plain`, `code` or `fenced`, so that mentions, references, markup and HTML in
it have no effect.
"""

import re
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.minutes.text.counts import counted

LONGEST = 60_000  # characters; GitHub's limit for a body is 65,536

JOINER = "\u2060"
"""WORD JOINER: no width, no line break, and no part of a name or number."""

_ENDED = re.compile(r"[.!?…:。！？：]['\")\]’”»*_`]*$")
_POWER = re.compile(
    r"(?P<sign>[\\`*_{}\[\]<>()#+|~!@&:$])"
    r"|(?P<start>(?<!\w)[0-9a-f]{3}(?=[0-9a-f]{4,37}(?!\w))"  # the start of what may be a commit
    r"|(?i:\bwww(?=\.))|(?i:\bGH(?=-\d)))"
)
_ESCAPED_COMMAND = re.compile(r"\\`(/minutes(?: [a-z0-9-]+)*)\\`")


def plain(value: object) -> str:
    """Return text from outside so that GitHub shows it as typed, notifies nobody, and links nothing.

    Markup is escaped (GFM section 6.1); a word joiner inside mentions, references, links and commit-like
    words keeps them from being recognised; line breaks become spaces.
    """

    def tame(match: re.Match[str]) -> str:
        sign = match["sign"]
        if not sign:
            return match["start"] + JOINER
        return f"\\{sign}{JOINER}" if sign in "@#:" else f"\\{sign}"

    return _POWER.sub(tame, " ".join(str(value).split()))


def with_commands(text: object) -> str:
    """Return text as `plain` does, but a command that stands between backticks is shown as code."""
    return _ESCAPED_COMMAND.sub(r"`\1`", plain(text))


def sentence(text: object) -> str:
    """Return what people typed with a full stop at its end, if nothing there ends a sentence."""
    said = str(text).rstrip()
    return said if not said or _ENDED.search(said) else f"{said}."


def hushed(text: str) -> str:
    """Return Markdown with an invisible word joiner after each `@`, so that GitHub notifies nobody.

    `aloud` undoes it.
    """
    return re.sub(r"(?<![\w/])@(?=\w)", f"@{JOINER}", text)


def aloud(text: str) -> str:
    """Return the Markdown that was given to `hushed`, from its result."""
    return text.replace(f"@{JOINER}", "@")


def quiet(url: object) -> str:
    """Return a URL that GitHub does not count as a reference, so that no backlink appears there.

    redirect.github.com leads to the same page (as Renovate and Dependabot use it); other hosts stay.
    """
    return re.sub(r"^https://github\.com/", "https://redirect.github.com/", str(url)).replace(")", "%29")


def code(value: object) -> str:
    """Return text from outside for a Markdown code span: no backticks, line breaks and control characters."""
    return re.sub(r"[`\x00-\x1f\x7f]", "", str(value))


def fenced(value: object, language: str = "") -> str:
    """Return text from outside as a fenced code block, with a fence too long for the text to end it.

    `language` is its info string, for colours.
    https://spec.commonmark.org/0.31.2/#fenced-code-blocks
    """
    longest = max(map(len, re.findall(r"`+", str(value))), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}{language}\n{value}\n{fence}"


def render(name: str, facts: Mapping[str, object]) -> str:
    """Return a text of the bot's: the template `<name>.md` of this package, filled in with `facts`.

    Beyond 60,000 characters it is cut at the end of a line, with a note that says so.
    """
    text = _template(name).render(facts).strip()
    # a row without content leaves an empty line behind: one is enough
    text = re.sub(r"\n{3,}", "\n\n", text)
    if len(text) <= LONGEST:
        return text
    return text[: text.rindex("\n", 0, LONGEST)] + "\n\n*Cut here: the rest is in the file.*"


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.md")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.planning", "texts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Markdown, not HTML: what comes from outside passes `plain`
        autoescape=False,  # noqa: S701
    )
    environment.filters |= {"plain": plain, "quiet": quiet, "code": code, "fenced": fenced}
    environment.filters |= {"counted": counted, "sentence": sentence, "with_commands": with_commands}
    return environment
