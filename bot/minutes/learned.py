"""A template learned from minutes: the headings that most of the newest share are the team's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.minutes.document import Document
from bot.minutes.template import BUILT_IN, Template, TemplateError, heading_key, read_template

NEWEST = 5
"""How many minutes are asked."""
_SHARE = 0.8  # of them must have a heading: four of five


def learn_template(minutes: Sequence[str]) -> Template:
    """Learn from minutes, oldest first: the newest shows the form, and the headings are those most share.

    One that has nothing to go by shows nothing; where none has, the template is the built-in one.
    """
    asked = minutes[-NEWEST:]
    shapes = (shape for text in reversed(asked) if (shape := _shape(text)))
    template = next(shapes, None)
    if template is None:
        return BUILT_IN
    shared = Counter(key for text in asked for key in _keys(text))
    kept = (s for s in template.sections if shared[heading_key(s.title)] >= _SHARE * len(asked))
    return replace(template, sections=tuple(kept))


def _shape(text: str) -> Template | None:
    try:
        return read_template(text, text)
    except TemplateError:
        return None


def _keys(text: str) -> set[str]:
    return {heading_key(heading.text) for heading in Document.read(text).headings}
