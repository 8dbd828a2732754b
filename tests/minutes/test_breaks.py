"""Where an issue shows a line of its own: above a label, unless something is open that began above."""

import pytest

from bot.minutes.normalising.breaks import as_shown, line_breaks, soft_breaks
from bot.minutes.reading.document import Document

OPEN = {
    "code": "`a\nStart: 10:00`",
    "strong": "**a\nStart: 10:00**",
    "emphasis": "_a\nStart: 10:00_",
    "strike": "~~a\nStart: 10:00~~",
    "a link": "[a\nStart: 10:00](b)",
    "brackets": "(a\nStart: 10:00)",
    "a tag": "<a\nStart: 10:00>",
    "a break that works already": "a\\\nStart: 10:00",
    "one of two blanks": "a  \nStart: 10:00",
    "a list": "- a\nStart: 10:00",
    "a quote": "> a\nStart: 10:00",
}


@pytest.mark.parametrize("notes", OPEN.values(), ids=OPEN)
def test_nothing_is_parted(notes):
    document = as_shown(Document.read(notes))
    assert list(line_breaks(document)) == []


def test_a_paragraph_is_parted_above_each_label():
    document = as_shown(Document.read("a `b` (c)\nAttending: Ada\nand Bo\nStart: 10:00"))
    assert [edit.start for edit in line_breaks(document)] == [1, 3]
    assert [block.text for block in document.top] == ["a `b` (c)", "Attending: Ada\nand Bo", "Start: 10:00"]
    assert soft_breaks(document) == 1
