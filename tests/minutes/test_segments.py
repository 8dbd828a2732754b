"""What a merge takes whole, what belongs to what, and what waits to be filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hostile import HOSTILE
from bot.minutes.merging.merge import merge
from bot.minutes.merging.segments import Segments
from bot.minutes.text.markdown import clean, cut
from tests.minutes.test_properties import LINES

MINUTES = """\
---
tags: kites
---
# 2031-03-04

Chair: Ada
Scribe:

## Workshop

(what was built)

- Frames
  of ash

  - Bo glues
- Tails

| what | who |
| --- | --- |
| reel | Di |

```
glue

here
```
[wind]: wind.md
> Who flies
> - tells

## Any other business

-
"""


def test_segments_are_what_people_take_for_one_thing() -> None:
    assert [segment.text for segment in Segments.read(MINUTES).segments] == [
        "---\ntags: kites\n---",
        "# 2031-03-04",
        "Chair: Ada",
        "Scribe:",
        "## Workshop",
        "(what was built)",
        "- Frames\n  of ash",
        "  - Bo glues",
        "- Tails",
        "| what | who |\n| --- | --- |",
        "| reel | Di |",
        "```\nglue\n\nhere\n```",
        "[wind]: wind.md",
        "> Who flies\n> - tells",
        "## Any other business",
        "-",
    ]


def test_lines_that_end_in_a_hard_break_or_begin_with_a_label_stand_for_themselves() -> None:
    text = Segments.read("One\\\ntwo  \nthree\nfour\nChair: Ada\n")
    assert [segment.text for segment in text.segments] == ["One\\", "two  ", "three\nfour", "Chair: Ada"]


def test_each_segment_belongs_to_what_it_stands_below() -> None:
    text = Segments.read(MINUTES)
    parents = {
        segment.text: text.segments[at].text
        for segment, at in zip(text.segments, text.parents, strict=True)
        if at >= 0
    }
    assert parents["## Workshop"] == "# 2031-03-04"
    assert parents["- Tails"] == "## Workshop"
    assert parents["  - Bo glues"] == "- Frames\n  of ash"
    assert parents["| reel | Di |"] == "| what | who |\n| --- | --- |"
    assert parents["-"] == "## Any other business"


def test_slots_are_what_waits_to_be_filled_in_and_headings_of_nothing_else() -> None:
    text = Segments.read(MINUTES)
    assert [text.segments[at].text for at in sorted(text.slots)] == [
        "Scribe:",
        "(what was built)",
        "## Any other business",
        "-",
    ]


@pytest.mark.parametrize(
    "open_one", ["Absent:", "**Absent:**", "- ", "1.", "- [ ]", "*(who?)*", "YYYY-MM-DD"]
)
def test_what_is_open(open_one: str) -> None:
    assert Segments.read(open_one + "\n").segments[0].is_open


@pytest.mark.parametrize("filled", ["Absent: Cy", "- Frames", "- [ ] glue", "-glue", "10:30 tea", "a: b (c)"])
def test_what_is_not_open(filled: str) -> None:
    assert not Segments.read(filled + "\n").segments[0].is_open


@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=80))
def test_segments_and_the_blanks_between_are_the_text(text: str) -> None:
    read = Segments.read(text)
    lines = [
        line
        for blanks, segment in zip(read.blanks_above, read.segments, strict=False)
        for line in (*blanks, segment.text)
    ]
    assert "\n".join([*lines, *read.blanks_above[-1]]) == "\n".join(cut(clean(text)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_merged_or_shown(name: str) -> None:
    base = (HOSTILE[name] * 4000)[:4000]
    ours, theirs = f"# Kites\n\n{base}", f"{base}\n\nBo was there too\n"

    merged = merge(base, ours, theirs)

    assert merged.conflicts or ("# Kites" in merged.text and "Bo was there too" in merged.text)
