"""Headings in every dress, and lines that only look like one."""

import pytest

from bot.minutes.reading.document import Document

HEADINGS = {
    "## Title": "Title",
    "Title\n=====": "Title",
    "=====\nTitle\n=====": "Title",
    "##Title": "Title",
    "#Title": "Title",
    "1. Title\n-----": "Title",
    "3. 4. Title\n-----": "Title",
    "**Title**\n\ntext": "Title",
    "**<u>Title</u>**:\n\n- item": "Title",
    "__Title:__\ntext": "Title",
    "\\# Title \\#": "Title",
    "1\\. Title": "Title",
    "<h2 id='a'>Title</h2>": "Title",
    "<!-- <h2>hidden</h2> --><h2>Title</h2>": "Title",
    "- ## Title\n\n  text": "Title",
    "Title of a List\n\n- item": "Title of a List",
    "Title\n^^^^^": "Title",
}
NONE = [
    "> ## quoted",
    "[^1]: note\n\n    ## in a footnote",
    "<!--\n<h2>hidden</h2>\n-->",
    "<!-- <h2>never\nclosed</h2>",
    "`# code`",
    "```\n# code\n```",
    "#12 is open",
    "#kites",
    "1. item\n2. other\n-----",
    "- Next:\n  ---",
    "**It was said. Then flown.**\n\ntext",
    "**4 March 2031**\n\ntext",
    "**Alone at the end**",
    "**first of a sentence**\n\ntext",
    "A Line In Title Case That Goes On For More Than A Dozen Words\n\n- item",
    "we talked about this\n\n- item",
    "Attending: Ada\n\n- item",
    "1\\. one\n2\\. two",
    "##",
]


@pytest.mark.parametrize(("notes", "title"), HEADINGS.items(), ids=range(len(HEADINGS)))
def test_what_was_meant_as_a_heading(notes, title):
    assert [heading.text for heading in Document.read(notes).headings] == [title]


@pytest.mark.parametrize("notes", NONE, ids=range(len(NONE)))
def test_what_is_none(notes):
    assert Document.read(notes).headings == ()


NO_HEADINGS = {
    "# Kites\n\n## News\n\nAda\n\n- glues\n\nBo Lind\n\n- flies\n": ["Kites", "News"],
    "# Kites\n\n## News\n\nAction Items\n\n- glue\n": ["Kites", "News", "Action Items"],
    "# Kites\n\n## News\n\nRecurring Actions\n\n- glue\n": ["Kites", "News", "Recurring Actions"],
    "Kites\n\n- glue\n\nSilk Trade\n\n- buy\n": ["Kites", "Silk Trade"],
    "# Kites\n\nAda: first, the arcs\n...\n\nBo: which?\n": ["Kites"],
    "# Kites\n\nNews\n....\n": ["Kites", "News"],
    "# Kites\n\n###### tags: `a` `b`\n": ["Kites"],
}


@pytest.mark.parametrize(("notes", "titles"), NO_HEADINGS.items(), ids=range(len(NO_HEADINGS)))
def test_names_of_speakers_ellipses_and_tags_are_no_headings(notes, titles):
    assert [heading.text for heading in Document.read(notes).headings] == titles
