"""Which of several front matters stays, and what is none at all."""

from datetime import date

import pytest

from bot.minutes import Meeting, normalise
from bot.minutes.normalising.frontmatter_dedup import select_front_matter
from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting, is_generic
from bot.minutes.text.frontmatter import read_all
from tests.minutes.test_properties import TEAM

LONG = "".join(f"  - kite {number}\n" for number in range(70))
STAYING = {
    "the one like the team's, though it is above": ("tags: Kites", "tags: [Kites]", [0]),
    "of two unlike the team's the lower": ("tags: 'Bo'", "tags: [Bo]", [1]),
    "one without a title that is a day": ("title: 2031-03-04\ntags: [Kites]", "tags: Kites", [1]),
    "one without a title that is the heading": ("title: Kites\ntags: [Kites]", "tags: Kites", [1]),
    "both, where one says more": ("title: Frames\ntags: [Kites]", "tags: Kites", [0, 1]),
    "both, where they are too long to go at once": (f"tags:\n{LONG}", f"tags:\n{LONG}\n", [0, 1]),
}


@pytest.mark.parametrize(("above", "below", "kept"), STAYING.values(), ids=STAYING)
def test_which_one_stays(above, below, kept):
    document = Document.read(f"---\n{above}\n---\n\n---\n{below}\n---\n\n# Kites\n")
    front_matters = select_front_matter(document, TEAM, "file")
    assert [document.front_matters.index(front_matter) for front_matter in front_matters.kept] == kept


def test_two_that_share_no_key_are_not_two():
    assert len(read_all(("---", "a: b", "---", "---", "c: d", "---"))) == 1


def test_notes_between_two_lines_across_the_page_are_none():
    assert read_all(("---", "Date: 2031-03-04", "## Attendees", "- Ada", "---")) == ()


def test_a_day_that_only_a_doubled_one_says_is_no_title():
    notes = "---\ntitle: '2031-02-25'\ntags: [Kites]\n---\n---\ntags: Kites\n---\n"
    how = {"template": TEAM, "meeting": Meeting(date(2031, 3, 4)), "source": "file"}
    minutes = normalise(notes, **how)
    assert minutes.text == "---\ntags: Kites\n---\n\n# 2031-03-04\n"
    assert not minutes.fell_back


@pytest.mark.parametrize("unseen", ["<!--\n[last meeting](x)\n-->", "---\na: '[last meeting](x)'\n---"])
def test_a_hidden_link_to_the_last_meeting_is_none(unseen):
    link = find_last_meeting(Document.read(f"{unseen}\n\n[last meeting](y)\n"))
    assert link is not None
    assert link.target == "y"


def test_a_target_with_a_day_in_it_names_a_meeting():
    assert is_generic("https://github.com/kites/minutes/tree/main/2031")
    assert not is_generic("https://github.com/kites/minutes/tree/main/2031-02-25")
    assert not is_generic("2031-02-25.md", also=("2031-02-25.md",))
