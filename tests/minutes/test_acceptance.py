"""Whether the last minutes were accepted, in the words of the notes.

`acceptance.tsv` has invented notes with the state that they have, `none` for those that do not mention it,
and `unaccepted` where only one thing matters: that they never count as accepted.
"""

import random
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from bot.minutes import BUILT_IN, Acceptance, AcceptanceState, Meeting, normalise
from bot.minutes.reading.acceptance import read_acceptance
from bot.minutes.reading.document import Document

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("acceptance.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
]
ACCEPTED = {"accepted", "accepted_with_changes"}
STATEMENTS = {
    "## Accepting minutes from [last meeting](a)\n\n(ask)\n\nBo: wrong date\n\n## AOB\n\nx": (
        "not_accepted",
        "Bo: wrong date",
        5,
    ),
    "## Approval of minutes\n\n- ok\n": ("accepted", "ok", 3),
    "## Accepting minutes from [last meeting](a)\n\n## AOB\n\nx": ("silent", "", 1),
    "Text\n\n- Minutes from last meeting approved\n": ("accepted", "Minutes from last meeting approved", 3),
    "**Previous minutes were accepted.**\n": ("accepted", "**Previous minutes were accepted.**", 1),
    "The club adopted the minutes of 25 February.": (
        "accepted",
        "The club adopted the minutes of 25 February.",
        1,
    ),
    "- [x] Approve minutes": ("accepted", "Approve minutes", 1),
    "- Approve previous minutes\n": ("silent", "", 1),
    "Minutes will be approved by Bo": ("deferred", "Minutes will be approved by Bo", 1),
    "Minutes were not approved": ("not_accepted", "Minutes were not approved", 1),
    "## Approval of minutes\n\n- ok\n- accepted with one change\n": (
        "accepted_with_changes",
        "accepted with one change",
        4,
    ),
    "## Approval of minutes\n\n- not approved\n- postponed\n": ("deferred", "postponed", 4),
    "## Approval of minutes\n\n- approved\n\n## AOB\n\n- The minutes were not accepted": ("silent", "", 1),
    "The plan was approved in ten minutes.": None,
}


def state_of(notes: str) -> str:
    found = read_acceptance(Document.read(notes.replace("\\n", "\n")))
    return str(found.state) if found else "none"


@pytest.mark.parametrize(("notes", "said"), STATEMENTS.items(), ids=range(len(STATEMENTS)))
def test_acceptance_is_what_the_notes_say(notes, said):
    expected = said and Acceptance(AcceptanceState(said[0]), *said[1:])
    meeting = Meeting(date(2031, 3, 4))
    assert read_acceptance(Document.read(notes)) == expected
    # the minutes have a title of their own: only the line is another one
    found = normalise(notes, template=BUILT_IN, meeting=meeting).fields.acceptance
    assert (found and (found.state, found.text)) == (expected and (expected.state, expected.text))


@pytest.mark.parametrize(("language", "state", "notes"), ROWS, ids=range(len(ROWS)))
def test_each_row_has_its_state(language, state, notes):
    found = state_of(notes)
    assert found == state or (state == "unaccepted" and found not in ACCEPTED)


def test_nothing_is_accepted_by_mistake_and_most_is_right():
    right = defaultdict(list)
    for language, state, notes in ROWS:
        found = state_of(notes)
        assert found not in ACCEPTED or state in ACCEPTED, notes
        if state != "unaccepted":
            right[language].append(found == state)
    every = [each for results in right.values() for each in results]
    assert sum(every) >= 0.9 * len(every)
    assert min(sum(results) / len(results) for results in right.values()) >= 0.85
    assert len(right) >= 6


@pytest.mark.parametrize("words", [("the",), ("of", "3"), ("minutes",), ("all", "have", "been"), ()])
@pytest.mark.parametrize("start", ["", "minutes ", "approved the minutes of ", "上次会议纪要"])
def test_a_line_of_any_words_comes_to_an_end(start, words):
    known = words or sorted({word for _, _, notes in ROWS for word in re.findall(r"\w+", notes)})
    chosen = random.Random(1).choices(known, k=100)  # the same ones each time
    line = (start + " ".join(chosen))[:290]
    document = Document.read(f"## Approval of minutes\n\n{line}\n")
    found = read_acceptance(document)  # an exponential pattern would never come back

    assert found is not None, "the heading is about acceptance"
    assert found.line in (1, 3)
