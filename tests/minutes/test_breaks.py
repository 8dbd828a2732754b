"""Where an issue shows a line of its own: above a label, unless something is open that began above."""

import pytest

from bot.minutes.normalising.breaks import as_shown, line_edits, parted, soft_breaks
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
    typed = Document.read(notes)
    assert "line-break" not in {edit.rule for edit in line_edits(typed.lines, as_shown(parted(typed)), ())}


def test_a_paragraph_is_parted_above_each_label():
    typed = Document.read("a `b` (c)\nAttending: Ada\nand Bo\nStart: 10:00")
    document = as_shown(parted(typed))
    edits = [(edit.rule, edit.start) for edit in line_edits(typed.lines, document, ())]
    assert edits == [("line-break", 1), ("line-break", 3), ("hard-break", 1)]
    assert [block.text for block in document.top] == ["a `b` (c)", "Attending: Ada\nand Bo", "Start: 10:00"]
    assert document.lines == ("a `b` (c)", "Attending: Ada  ", "and Bo", "Start: 10:00")
    assert soft_breaks(document) == 0


SHOWN = {
    "lines": ("a\nb\nc", [0, 1]),
    "a tab at the end": ("a\t\nb", [0]),
    "one that works": ("a  \nb\\\nc\nd", [2]),
    "a backslash that is text": ("a\\\\\nb", [0]),
    "in strong text": ("**a\nb**", [0]),
    "in the text of a link": ("[a\nb](c)", [0]),
    "in its target": ("[a](\nb)\nc", [1]),
    "in code": ("`a\nb` c\nd", [1]),
    "in a tag": ("<a\nb> c\nd", [1]),
    "in an item and a quote": ("- a\n  b\n\n> c\n> d\ne", [0, 3, 4]),
    "below an alert": ("> [!NOTE]\n> a", []),
    "in a formula": ("$$\na\n$$", []),
    "in fenced code": ("```\na\nb\n```", []),
    "in a table": ("| a |\n| - |\n| b |", []),
    "prose": ("word " * 14 + "\n" + "word " * 14 + "\nend", []),
    "long sentences": ("word " * 14 + "end.\n" + "word " * 14 + "end.\nend", [0, 1]),
    "a long address": ("See\nhttps://example.org/" + "a" * 80, [0]),
    "more than is parsed": ("`a`\n" * 2000, list(range(1999))),
}


@pytest.mark.parametrize(("notes", "hard"), SHOWN.values(), ids=SHOWN)
def test_a_line_that_an_issue_shows_ends_with_a_hard_break(notes, hard):
    typed = Document.read(notes)
    edits = list(line_edits(typed.lines, as_shown(parted(typed)), ()))
    assert [edit.start for edit in edits] == hard
    assert all(edit.lines == (typed.lines[edit.start].rstrip(" \t") + "  ",) for edit in edits)
    again = Document.read("\n".join(as_shown(parted(typed)).lines))
    assert as_shown(parted(again)).lines == again.lines
