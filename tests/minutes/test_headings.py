"""Which headings of notes take which form, by what is known of the team's minutes."""

from datetime import date

import pytest

from bot.minutes import BUILT_IN, Meeting, learn_template, normalise

NOTES = """\
# 2031-03-04

Attendees
- Ada

Agenda:
Frames

**Any other business**

Ada is away.
"""
WITH_HASHES = "# {}\n\n### Attendees\n\n- Ada\n\n### Any other business\n\nnothing\n"


def headings(template) -> list[str]:
    minutes = normalise(NOTES, template=template, meeting=Meeting(date(2031, 3, 4)))
    return [line for line in minutes.text.split("\n") if line.startswith(("##", "**"))]


def test_without_minutes_of_the_team_only_lines_alone_become_headings():
    assert headings(BUILT_IN) == ["## Attendees", "## Agenda", "**Any other business**"]


def test_headings_are_as_those_of_the_newest_minutes():
    template = learn_template([WITH_HASHES.format(f"2031-02-{day:02}") for day in range(11, 16)])
    assert headings(template) == ["### Attendees", "### Agenda", "### Any other business"]


@pytest.mark.parametrize(
    "other",
    [
        WITH_HASHES.replace("### Any", "## Any"),
        WITH_HASHES.replace("### Any other business", "**Any other business**"),
        "# {}\n\nAttending: Ada\n\nWe flew.\n",
    ],
    ids=["several levels", "several forms", "no headings in common"],
)
def test_where_the_minutes_differ_notes_stay_as_typed(other):
    minutes = [WITH_HASHES.format(f"2031-02-{day:02}") for day in (11, 12)]
    template = learn_template([other.format("2031-02-10"), other.format("2031-02-09"), *minutes])
    assert headings(template) == ["**Any other business**"]
