"""What is read from notes of many kinds, written by somebody who had not seen the rules.

Each is `kind-x.md` with the right values beside it; `kind-not.md` looks like its kind, but is none;
`unseen-rNN-x` has the number of its kind in the list that was given to the writers. A path in the values is
that of the file. Values that a sensible reader could doubt are left out.
"""

import json
import re
from pathlib import Path

import pytest

from bot.minutes import BUILT_IN, Meeting, find_date, normalise

FILES = sorted((Path(__file__).parent / "kinds").glob("*.md"))


def plain(text):
    return (
        re.sub(r"[\s*_`~\\]+", " ", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)).casefold().strip(" .;,:-")
    )


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_what_is_read(file):
    notes, right = file.read_text("utf-8"), json.loads(file.with_suffix(".json").read_text("utf-8"))
    day = find_date(notes, path=right.pop("path", "")).date
    fields = normalise(notes, template=BUILT_IN, meeting=Meeting(day), source="file").fields

    for name, wanted in right.items():
        if name == "date":
            assert (day and day.isoformat()) == wanted
        elif isinstance(wanted, list):
            assert {*map(plain, getattr(fields, name))} == {*map(plain, wanted)}, name
        else:
            assert getattr(fields, name) == wanted


def test_there_are_enough():
    assert len(FILES) >= 510
