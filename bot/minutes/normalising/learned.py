"""Learn a template from minutes: its sections are the headings that most of the newest minutes share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.minutes.normalising.heading_style import heading_style
from bot.minutes.normalising.template import (
    BUILT_IN,
    NEWEST,
    Section,
    Template,
    TemplateError,
    heading_key,
    read_template,
    standing,
)
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import is_field_title

_SHARE = 0.8  # the share of these minutes that must have a heading: four of five


def learn_template(minutes: Sequence[str]) -> Template:
    """Return a template learned from the texts of a team's minutes, which come oldest first.

    Title, fields and front matter are those of the newest minutes. So are the sections, but only those that
    at least four fifths of the recent minutes have. Minutes with no headings, labels and front matter are
    skipped; if none are left, it is the built-in template.
    """
    asked = minutes[-NEWEST:]
    shapes = [shape for text in asked if (shape := _shape(text))]
    if not shapes:
        return BUILT_IN
    documents = [Document.read(text) for text in asked]
    shared = Counter(key for document in documents for key in _keys(document))
    enough = _SHARE * len(asked)
    kept = [section for section in shapes[-1].sections if shared[heading_key(section.title)] >= enough]
    fields = (key for key, count in shared.items() if count >= enough and is_field_title(key))
    return replace(
        shapes[-1],
        sections=standing((_lasting(section, shapes, enough) for section in kept), documents),
        headings=heading_style(documents, [*(section.title for section in kept), *fields]),
    )


def _lasting(section: Section, shapes: Sequence[Template], enough: float) -> Section:
    """Return a section with only the guidance and items that enough minutes have, at least two.

    `enough` is a number of minutes, `shapes` are the templates read from each of them.
    """
    key = heading_key(section.title)
    same = ((s for s in shape.sections if heading_key(s.title) == key) for shape in shapes)
    counts = Counter(
        text for sections in same for text in {t for s in sections for t in (*s.items, *s.guidance)}
    )
    lasting = {text for text, count in counts.items() if count >= max(enough, 2)}
    return replace(
        section,
        guidance=tuple(text for text in section.guidance if text in lasting),
        items=tuple(dict.fromkeys(item for item in section.items if item in lasting)),
    )


def _shape(text: str) -> Template | None:
    try:
        return read_template(text, text)
    except TemplateError:
        return None


def _keys(document: Document) -> set[str]:
    return {heading_key(heading.text) for heading in document.headings}
