"""A template learned from minutes: the headings that most of the newest share are the team's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.minutes.document import Document
from bot.minutes.template import Template, heading_key, read_template

NEWEST = 5
"""How many minutes are asked."""
_SHARE = 0.8  # of them must have a heading: four of five


def learn_template(minutes: Sequence[str]) -> Template:
    """Learn from minutes, oldest first: the newest shows the form, and the headings are those most share.

    Raises TemplateError where the newest has nothing to go by, ValueError where there are none at all.
    """
    if not minutes:
        raise ValueError("there are no minutes to learn from")
    asked = minutes[-NEWEST:]
    shared = Counter(key for text in asked for key in _keys(text))
    template = read_template(asked[-1], asked[-1])
    kept = (s for s in template.sections if shared[heading_key(s.title)] >= _SHARE * len(asked))
    return replace(template, sections=tuple(kept))


def _keys(text: str) -> set[str]:
    return {heading_key(heading.text) for heading in Document.read(text).headings}
