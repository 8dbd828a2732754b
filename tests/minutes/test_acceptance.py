"""Whether the last minutes were accepted, in the words of the notes."""

from datetime import date

import pytest

from bot.minutes import BUILT_IN, Meeting, normalise

STATEMENTS = {
    "## Accepting minutes from [last meeting](a)\n\n(ask)\n\nBo: wrong date\n\n## AOB\n\nx": "Bo: wrong date",
    "## Approval of minutes\n\n- ok\n": "- ok",
    "## Accepting minutes from [last meeting](a)\n\n## AOB\n\nx": None,
    "- Minutes from last meeting approved\n": "Minutes from last meeting approved",
    "**Previous minutes were accepted.**\n": "**Previous minutes were accepted.**",
    "The club adopted the minutes of 25 February.": "The club adopted the minutes of 25 February.",
    "- Approve previous minutes\n": None,
    "Minutes will be approved by Bo": None,
    "Minutes were not approved": None,
    "The plan was approved in ten minutes.": None,
}


@pytest.mark.parametrize(("notes", "acceptance"), STATEMENTS.items(), ids=range(len(STATEMENTS)))
def test_acceptance_is_what_the_notes_say(notes, acceptance):
    meeting = Meeting(date(2031, 3, 4))
    assert normalise(notes, template=BUILT_IN, meeting=meeting).fields.acceptance == acceptance
