"""Invented minutes in the forms that people use, each with its labels beside it, scored over all of them.

A text of one is right when it equals a label but for case, marks and the targets of links.
"""

import json
import re
from pathlib import Path

import pytest

from bot.minutes import BUILT_IN, Meeting, find_date, normalise

FILES = sorted((Path(__file__).parent / "labelled").glob("*.md"))
BARS = {
    "attendees": (0.97, 0.97),
    "absent": (0.97, 0.97),
    "sections": (0.97, 0.97),
    "actions": (0.95, 0.9),
    "decisions": (0.85, 0.85),
    "previous_link": (1, 1),
    "date": (1, 1),
}


def keys(value):
    found = value if isinstance(value, (list, tuple)) else [value] if value else []
    return [re.sub(r"[\W_]+", " ", re.sub(r"\]\([^)]*\)", "]", text)).casefold().strip() for text in found]


@pytest.fixture(scope="module")
def read():
    """Return what stands in each file: (its name, its labels, what was read)."""
    results = []
    for file in FILES:
        notes, labels = file.read_text("utf-8"), json.loads(file.with_suffix(".json").read_text("utf-8"))
        day = find_date(notes).date
        fields = normalise(notes, template=BUILT_IN, meeting=Meeting(day), source="file").fields
        fields_read = {name: getattr(fields, name) for name in BARS} | {"date": day and day.isoformat()}
        results.append((file.stem, labels, fields_read))
    return results


def test_there_are_enough():
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", BARS)
def test_precision_and_recall(read, name):
    right = wrong = missed = 0
    slips = []
    for file, labels, fields_read in read:
        wanted, found = keys(labels[name]), keys(fields_read[name])
        right += len(set(wanted) & set(found))
        wrong += len(set(found) - set(wanted))
        missed += len(set(wanted) - set(found))
        if set(wanted) != set(found):
            slips.append((file, sorted(set(wanted) ^ set(found))))
    precision, recall = BARS[name]
    assert right / (right + wrong) >= precision, slips
    assert right / (right + missed) >= recall, slips


def test_nobody_is_invented(read):
    for file, _, fields_read in read:
        notes = (FILES[0].parent / f"{file}.md").read_text("utf-8")
        assert all(name in notes for name in (*fields_read["attendees"], *fields_read["absent"])), file
