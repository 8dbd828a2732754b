"""Who was there: the header says it, and what is said below it counts only where the header is silent."""

from pathlib import Path

import pytest

from bot.minutes.reading.document import Document
from bot.minutes.reading.people import attendance
from bot.minutes.text.logical_lines import logical_lines
from bot.minutes.text.markdown import Block

PRESENT = {
    "# Kites\n\nAttending: Ada\n\n## Workshop\n\nPresent: Zoe\n": ("Ada",),
    "# Kites\n\n## Workshop\n\nPresent: Zoe\n": ("Zoe",),
    "# Kites\n\n## Workshop\n\nPresent: Zoe\n\nAttending: Cy\n": ("Zoe",),
    "Leeds: Ada, Bo\n\nRemote: Cy\n": ("Ada", "Bo", "Cy"),
    "Leeds: Ada, Bo\n\nYork: Cy\n": (),
    "### Attendees\n\n@ada-w @bo @cyd\n": ("@ada-w", "@bo", "@cyd"),
    "Attending: @ada @bo, Cy Doe\n": ("@ada", "@bo", "Cy Doe"),
    "Attending: Ada Webb @ada\n": ("Ada Webb @ada",),
    "### Attendees\n\n_No response_\n": (),
    "---\npresent: Ada\n---\n\n# Kites\n\n## Workshop\n\nPresent: Zoe\n": ("Ada",),
    "---\nattendees: [Ada]\n---\n\n# Kites\n\n## Attendees\n\n- Ada\n- Bo\n": ("Ada", "Bo"),
}


@pytest.mark.parametrize(("notes", "present"), PRESENT.items(), ids=range(len(PRESENT)))
def test_who_was_there(notes, present):
    assert attendance(Document.read(notes)).present == present


FRONT_MATTER = {
    "attendees: [Ada, Bo]": (("Ada", "Bo"), ()),
    "title: Kites\npresent:\n  - Ada Webb\n  - Bo # by phone": (("Ada Webb", "Bo"), ()),
    "participants: Ada Webb, Bo Lind\napologies: Cy": (("Ada Webb", "Bo Lind"), ("Cy",)),
    'Attendees: "Ada, Bo"\nregrets: [\'Cy\', "Di Fo"]': (("Ada", "Bo"), ("Cy", "Di Fo")),
    "attendees:\n- name: Ada\n  role: chair\n- name: Bo": (("Ada", "Bo"), ()),
    "attendees: >\n  Ada,\n  Bo": (("Ada", "Bo"), ()),
    "not_present: [@cy]": ((), ("@cy",)),
    "attendees: []\nregrets: ~": ((), ()),
    "attendees: 12\nabsent: none": ((), ()),
    "present: true\nabsent: {count: 3}": ((), ()),
    "attendees:\n  - TBD\n  -": ((), ()),
    "topics: [Ada, Bo]": ((), ()),
}


@pytest.mark.parametrize(("front_matter", "people"), FRONT_MATTER.items(), ids=range(len(FRONT_MATTER)))
def test_who_was_there_by_front_matter(front_matter, people):
    found = attendance(Document.read(f"---\n{front_matter}\n---\n\n# Kites\n"))
    assert (found.present, found.absent) == people


def test_no_response_is_nobody_who_was_absent():
    assert attendance(Document.read("### Apologies\n\n_No response_\n\n### Notes\n")).absent == ()


@pytest.mark.parametrize(
    ("line", "text"),
    {"Ada <a@x>, Bo": "Ada <a@x>, Bo", "> > Ada > Bo": "Ada > Bo", ">Ada": "Ada"}.items(),
)
def test_only_marks_of_quotes_before_a_line_are_left_out(line, text):
    quoted = logical_lines((line,), [Block("paragraph", 0, 1, 1, text=line)])
    assert [line.text for line in quoted] == [text]


ROLL_CALLS = [
    line.partition(" =>")[::2]
    for line in (Path(__file__).parent / "roll_calls.md").read_text(encoding="utf-8").split("\n")
    if " =>" in line and not line.startswith("Each")
]


@pytest.mark.parametrize(("notes", "people"), ROLL_CALLS, ids=range(len(ROLL_CALLS)))
def test_who_was_there_and_who_was_not(notes, people):
    is_list = notes.startswith("- ")
    lines = (f"## Attendees / {notes}" if is_list else notes).replace("### ", "## ")
    lines = lines.replace(" / / ", "\n\n").replace(" / ", "\n")
    text = f"# Kites\n\n{lines}\n\n## Workshop\n\n- Frames\n"
    found = attendance(Document.read(text))
    present, absent = (
        {each.strip() for each in side.split(";")} - {""} for side in people.partition("|")[::2]
    )
    assert (set(found.present), set(found.absent)) == (present, absent)
