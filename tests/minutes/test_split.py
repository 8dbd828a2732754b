"""Notes of several meetings: each line is of one of them, or of all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import Meeting, choose, normalise, read_template, split, verify
from bot.minutes.text.markdown import clean, cut
from tests.depth import examples
from tests.minutes.test_properties import NOTES as ANY

YEAR = """---
tags: Kites
---
# Kites 2031

The [rules] are those of last year.

## 4 March

Attending: Ada

### Workshop

- Frames, see [plan] and [^1]

## 25 February

Attending: Bo

- Glue, see [the plan][PLAN]

## Tuesday 18 February 2031

- Tails

[rules]: /rules
[plan]: /plan
  "What we build"
[^1]: Not those.

    Those.

[tails]: /tails
"""
TEMPLATE = read_template("---\ntags: Kites\n---\n\n# YYYY-MM-DD\n\nAttending:\n\n## Workshop\n")
LAST = date(2031, 3, 4)


def minutes(notes=YEAR, day=LAST, *, selected=True, source="file"):
    return normalise(notes, template=TEMPLATE, meeting=Meeting(day, selected=selected), source=source)


def names(notes, year=None):
    return [part.name for part in split(notes, year)]


def test_a_meeting_has_its_own_lines_those_above_all_and_what_its_links_need():
    assert (
        minutes().text
        == """---
tags: Kites
---
# Kites 2031

The [rules] are those of last year.

## 4 March

Attending: Ada

### Workshop

- Frames, see [plan] and [^1]

[rules]: /rules
[plan]: /plan
  "What we build"
[^1]: Not those.

    Those.
"""
    )
    assert minutes().source_lines == ((1, 15), (26, 31))


def test_the_ledger_is_of_these_notes_and_a_finding_names_the_others():
    made = minutes()
    (part, *_) = split(YEAR)
    assert verify(part.text, made.text, made.ledger) == []
    assert made.findings[0].rule == "one-of-several"
    assert "the minutes of 2031-03-04 only, without 2031-02-25, 2031-02-18." in made.findings[0].message
    assert made.mode == "fit"
    assert made.fields.attendees == ("Ada",)


def test_minutes_of_one_of_several_are_of_one_meeting_when_they_are_read_again():
    once = minutes()
    again = minutes(once.text)
    assert (again.text, again.source_lines) == (once.text, ())
    assert "one-of-several" not in [found.rule for found in again.findings]


@pytest.mark.parametrize(("day", "selected"), [(LAST, False), (date(2031, 3, 5), True), (None, True)])
def test_nothing_is_left_out_that_was_not_asked_to_be(day, selected):
    made = minutes(day=day, selected=selected)
    assert made.source_lines == ()
    assert made.mode == "hands-off"
    assert "- Tails" in made.text


@pytest.mark.parametrize(
    ("notes", "year", "found"),
    [
        ("", None, []),
        ("# 2031-03-04\n\n## 2031-02-25\n", None, []),  # a title, and a section about another day
        ("# 2031-03-04\na\n\n# 2031-03-04\nb\n", None, []),  # one meeting, written up twice
        ("# YYYY-MM-DD\na\n\n# YYYY-MM-DD\nb\n", None, ["YYYY-MM-DD", "YYYY-MM-DD"]),
        ("# 2031-03-04\n# 2031-02-25\n# 2031-03-04\n", None, ["2031-03-04", "2031-02-25"]),
        ("# YYYY-MM-DD\n\n# 2031-02-25\n", None, ["YYYY-MM-DD", "2031-02-25"]),
        ("# 4 March\n# 25 February\n", None, ["4 March", "25 February"]),
        ("# 4 March\n# 25 February\n", 2031, ["2031-03-04", "2031-02-25"]),
        ("# 03/04/2031\n# 2031-02-25\n", None, ["03/04/2031", "2031-02-25"]),
        ("2031-03-04\n===\n\n2031-02-25\n===\n", None, ["2031-03-04", "2031-02-25"]),
        ("<h1>2031-03-04</h1><h1>2031-02-25</h1>", None, []),  # a line is not cut in two
        ("<!--\n<h1>2031-03-04</h1>\n<h1>2031-02-25</h1>\n-->\n", None, []),  # nor is a comment
        ("```\n# 2031-03-04\n# 2031-02-25\n```\n", None, []),
    ],
)
def test_what_is_several_meetings(notes, year, found):
    assert names(notes, year) == found


def test_a_day_that_may_be_two_is_taken_where_no_other_may_be_it():
    both = split("# 03/04/2031\na\n\n# 04/03/2031\nb\n")
    assert choose(both, LAST) is None
    assert choose(both[:1], LAST) == both[0]
    sure = split("# 03/04/2031\na\n\n# 2031-03-04\nb\n")
    assert choose(sure, LAST) == sure[1]


def test_a_year_that_only_the_question_names():
    assert minutes("# 4 March\n\n- a\n\n# 25 February\n\n- b\n").source_lines == ((1, 3),)


def test_a_title_that_was_left_unfilled_is_of_the_day_that_was_asked_for():
    notes = "# <Month> <Day>\n\n- new\n\n# February 25, 2031\n\n- old\n"
    assert "# March 4, 2031\n\n- new\n" in minutes(notes).text
    assert "- old" not in minutes(notes).text
    assert minutes(notes, date(2031, 2, 25)).source_lines == ((5, 7),)


def test_lines_that_become_neighbours_do_not_run_together():
    notes = "Above all\n# 2031-03-04\na\n\n2031-02-25\n===\n[x]\n\n[x]: /y\n"
    (first, last) = split(notes)
    assert first.text == "Above all\n# 2031-03-04\na\n"
    assert last.text == "Above all\n\n2031-02-25\n===\n[x]\n\n[x]: /y\n"


def test_of_two_definitions_its_own_holds_else_the_first():
    notes = "# 2031-03-04\n[x]\n\n# 2031-02-25\n[x]\n\n[x]: /b\n\n# 2031-02-18\n[x]\n\n[x]: /c\n"
    assert [part.text[-5:] for part in split(notes)] == [": /b\n", ": /b\n", ": /c\n"]
    assert [part.text.count("[x]: ") for part in split(notes)] == [1, 1, 1]


def test_of_many_meetings_the_finding_names_some():
    notes = "".join(f"# 2031-03-{day:02}\n\n- said\n\n" for day in range(1, 31))
    found = minutes(notes).findings[0]
    assert "30 meetings" in found.message
    assert found.message.endswith("2031-03-09 and 21 more.")


def test_a_comment_of_another_meeting_is_no_finding_of_this_one():
    notes = "# 2031-03-04\n\nAttending: Ada\n\n# 2031-02-25\n\n<script>\n"
    found = [each.rule for each in minutes(notes).findings if each.severity != "notice"]
    assert found == ["one-of-several"]


DATED = st.sampled_from(
    ["# 2031-03-04", "# 2031-02-25", "# YYYY-MM-DD", "# 4 March", "# 03/04/2031", "2031-01-01\n==="]
)
SEVERAL = st.lists(st.one_of(DATED, ANY), min_size=3, max_size=8).map("\n".join)


@examples(300)
@given(SEVERAL)
def test_all_parts_together_have_every_line_and_each_only_such(notes):
    parts = split(notes)
    lines = cut(clean(notes))
    source_lines = {
        number for part in parts for first, last in part.source_lines for number in range(first, last + 1)
    }
    if parts:
        assert source_lines >= {number for number, line in enumerate(lines, 1) if line.strip()}
    for part in parts:
        typed = [line for first, last in part.source_lines for line in lines[first - 1 : last]]
        assert [line for line in cut(part.text) if line.strip()] == [line for line in typed if line.strip()]


@examples(300)
@given(SEVERAL, st.sampled_from(["file", "issue"]))
def test_the_promises_hold_for_each_part(notes, source):
    made = minutes(notes, source=source)
    part = choose(split(notes, LAST.year), LAST)
    assert verify(part.text if part else notes, made.text, made.ledger) == []
    assert bool(part) == bool(made.source_lines)
    assert minutes(made.text, source=source).text == made.text
