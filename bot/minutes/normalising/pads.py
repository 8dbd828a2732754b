"""Find what only the pads HackMD, CodiMD and HedgeDoc show: it stands in the minutes as it was typed.

Source: CodiMD's page of features, public/docs/features.md in hackmdio/codimd at 04c22c7 on GitHub; HackMD and
HedgeDoc have editions of it. It names

- `[TOC]` alone in a line: a table of contents;
- "Blockquote Tags": `[name=Ada Webb]`, `[time=Sun, Jun 28, 2015 9:59 PM]`, `[color=#907bf7]`;
- "Alert Area": `:::success`, `:::info`, `:::warning`, `:::danger` or `:::spoiler Click here`, down to `:::`;
- "Externals": `{%youtube aqz-KE-bpKQ %}`, and so `vimeo`, `gist`, `slideshare` and `pdf`; HackMD has more,
  and `{%hackmd … %}` for other notes;
- "Typography": `==Marked text==`.

GitHub shows each of these as text, in issues and in files. None has a form in GitHub's Markdown with exactly
the same words, so nothing is changed, and one finding says where they are. Another one says which images only
the pad has.
"""

import re
from collections.abc import Callable, Iterator

from bot.minutes.normalising.findings import Finding, finding
from bot.minutes.reading.document import Document

EMBED = re.compile(
    r"\{%[ \t]*(?:youtube|vimeo|gist|slideshare|speakerdeck|pdf|figma|hackmd)\b[^%{}\n]{0,300}%\}",
    re.IGNORECASE,
)
"""A video, a document or other notes within a pad."""

_DIRECTIVE = re.compile(
    r"(?i:^[ \t]*(?P<contents>\[toc\])[ \t]*$)"
    r"|^[ \t>]*(?P<box>:::[ \t]*(?:success|info|warning|danger|spoiler)\b)"
    r"|(?P<tag>\[(?:name|time|color)=)[^\[\]\n]{1,100}\]"
    rf"|(?P<embed>{EMBED.pattern})"
    r"|(?P<mark>(?<![=\w])==(?=[^=\s])[^=\n]{0,300}(?<=[^=\s])==(?![=\w]))"
)
_UPLOAD = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([ ]?<?(?:https?://[^\s<>()/]{1,200})?/(?:_uploads|uploads)/[^\s<>()]{1,300}"
)
"""An image that was uploaded to a pad: `/uploads/…` in HedgeDoc and CodiMD, `/_uploads/…` in HackMD."""
_CODE_SPAN = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)")
_SIGNS = re.compile(r"\[[ntcTC]|:::|\{%|==|uploads/")  # without one a line has no directive, and no image
_MOST = 5  # lines that are named of one directive


def left_as_typed(document: Document, place: Callable[[int], int | None]) -> Iterator[Finding]:
    """Yield the findings that name what only a pad has: its directives, and images uploaded to it; or none.

    `place` returns the line of the minutes, from 1, for a line of the notes; None for one that was dropped.
    """
    found: dict[str, list[int]] = {}
    uploads: list[int] = []
    for number, line in enumerate(document.lines):
        text = _CODE_SPAN.sub("", line) if "`" in line else line
        if not _SIGNS.search(text):
            continue
        at = place(number + 1)
        if at and number not in document.code:
            for name in _directives(text):
                found.setdefault(name, []).append(at)
            if "uploads/" in text and _UPLOAD.search(text):
                uploads.append(at)
    if found:
        first = min(lines[0] for lines in found.values())
        named = ", ".join(f"{name} ({_where(lines)})" for name, lines in found.items())
        yield finding("pad-directive", first, directives=named)
    if uploads:
        yield finding("pad-image", uploads[0], where=_where(uploads))


def _directives(line: str) -> Iterator[str]:
    """Yield the directives in a line, given without code, each as a short form such as `[name=…]`."""
    for match in _DIRECTIVE.finditer(line):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if kind == "tag":
            yield f"{text}…]"
        elif kind == "embed":
            yield f"{{%{text[2:].split()[0].removesuffix('%}').lower()} …%}}"
        else:
            yield "==…==" if kind == "mark" else text


def _where(lines: list[int]) -> str:
    each = list(dict.fromkeys(lines))
    more = f" and {len(each) - _MOST} more" if len(each) > _MOST else ""
    return f"{'line' if len(each) == 1 else 'lines'} {', '.join(map(str, each[:_MOST]))}{more}"
