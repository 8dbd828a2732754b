"""The link to the last meeting, in every form in which people write it; and what is none."""

import pytest

from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting

FORMS = {
    "plain": ("[last meeting](a.md)", True),
    "underlined, as an editor exports it": ("1. Accepting minutes from [<u>last meeting</u>](a.md)", True),
    "emphasised, with words of the team": ("[**Previous TSC meeting notes**](a.md)", True),
    "reference": ("[last meeting][prev]\n\n[Prev]: a.md 'title'", False),
    "collapsed reference": ("[last meeting][]\n\n[last meeting]: <a.md>", False),
    "shortcut reference": ("[Last meeting]\n\n[last meeting]: a.md", False),
    "escaped": (r"1\. Accepting minutes from \[last meeting\](a.md)", False),
    "escaped, over two lines": ("1\\. Accepting minutes from \\[last\nmeeting\\](a.md)", False),
    "HTML": ('<a href="a.md">last meeting</a>', False),
    "a label before it": ("**Previous meeting**: [4 March](a.md)", False),
    "a label before an address": ("- Last meeting's minutes: https://example.org/a.md", False),
    "between angles": ("Minutes from previous meeting: <https://example.org/a.md>", False),
    "a sentence": ("* Bo: Previous meeting's minutes are at https://example.org/a.md and fine", False),
    "on the item below": ("- **Previous Meeting**:\n  - Minutes: https://example.org/a.md", False),
    "its day is what is accepted": ("Approve the minutes of [25 February](a.md)", False),
    "another language": ("上次会议纪要：[2031-02-25](a.md)", False),
}


@pytest.mark.parametrize(("notes", "fillable"), FORMS.values(), ids=FORMS)
def test_every_form_is_read(notes, fillable):
    link = find_last_meeting(Document.read(f"# Kites\n\n{notes}\n"))
    assert link is not None
    assert link.target.removeprefix("https://example.org/") == "a.md"
    assert link.fillable == fillable


NONE = [
    "[next meeting](a.md)",
    "`[last meeting](a.md)`",
    "```\n[last meeting](a.md)\n```",
    "[last meeting]",
    "Last meeting we read https://example.org/a.md",
    "Prior to the meeting: https://example.org/a.md",
    "Bo will approve the minutes [template](a.md)",
    "![last meeting](a.png)",
]


@pytest.mark.parametrize("notes", NONE, ids=range(len(NONE)))
def test_what_is_no_link_to_the_last_meeting(notes):
    assert find_last_meeting(Document.read(notes)) is None


APPROVALS = {
    "## Approval of the minutes\n\nThe [request with the notes](https://example.org/7) was read.\n": "https://example.org/7",
    "## Accepting the minutes\n\n- The notes: [25 February](https://example.org/a)\n": "https://example.org/a",
    "## Approval of the minutes\n\nBo went to [his shop](https://example.org/shop).\n": None,
    "## Approval of the minutes\n\nThe notes: [a](https://example.org/a), [b](https://example.org/b)\n": None,
    "## News\n\nThe notes: [25 February](https://example.org/a)\n": None,
}


@pytest.mark.parametrize(("notes", "target"), APPROVALS.items(), ids=range(len(APPROVALS)))
def test_the_only_link_to_notes_below_their_approval_is_read_and_never_changed(notes, target):
    found = find_last_meeting(Document.read(notes))
    assert (found.target if found else None) == target
    assert found is None or not found.fillable
