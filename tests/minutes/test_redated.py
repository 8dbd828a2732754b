"""Templates that have a day where ours belongs, or a place for it below the title."""

from datetime import date

import pytest

from bot.minutes import Meeting, Previous, draft, normalise, read_template

DAY = date(2031, 3, 4)
MEETING = Meeting(DAY, Previous(date(2031, 2, 25), "2031-02-25.md"))
BELOW = "\nAttending:\n\n## News\n"


def _draft(source: str, meeting: Meeting = MEETING) -> str:
    return draft(read_template(source), meeting, source=source)


@pytest.mark.parametrize(
    ("above", "written"),
    [
        ("# Kites, 4 January 2022\n", "# Kites, 4 March 2031\n"),
        ("# Tuesday, 4 January 2022\n", "# Tuesday, 4 March 2031\n"),
        ("Kites, 2022-01-04\n===\n", "Kites, 2031-03-04\n===\n"),
        ("# January 4\n", "# 2031-03-04\n"),
        ("# Kites YYYY-MM-DD\n\nDate: YYYY-MM-DD\n", "# Kites 2031-03-04\n\nDate: 2031-03-04\n"),
        ("# YYYY-MM-DD\n\n- **Date:** YYYY-MM-DD\n", "# 2031-03-04\n\n- **Date:** 2031-03-04\n"),
        ("# YYYY-MM-DD\n\nDate: 4 January 2022\n", "# 2031-03-04\n\nDate: 4 March 2031\n"),
        ("# YYYY-MM-DD\n\n| YYYY-MM-DD |\n| --- |\n", "# 2031-03-04\n\n| 2031-03-04 |\n| --- |\n"),
        ("---\ndate: 2022-01-04\n---\n# YYYY-MM-DD\n", "---\ndate: 2031-03-04\n---\n# 2031-03-04\n"),
        ("# YYYY-MM-DD\n\nNext meeting: YYYY-MM-DD\n", "# 2031-03-04\n\nNext meeting: YYYY-MM-DD\n"),
        ("# YYYY-MM-DD\n\n[plan](YYYY-MM-DD.pdf)\n", "# 2031-03-04\n\n[plan](YYYY-MM-DD.pdf)\n"),
        ("# YYYY-MM-DD\n\nSince 2022-01-04 we fly.\n", "# 2031-03-04\n\nSince 2022-01-04 we fly.\n"),
    ],
)
def test_the_day_is_that_of_the_meeting(above: str, written: str) -> None:
    source = above + BELOW

    text = _draft(source)

    assert text == written + BELOW
    assert normalise(text, template=read_template(source), meeting=MEETING, source="file").text == text


def test_days_of_the_sections_are_left_alone() -> None:
    below = "\n## News\n\n- Roof until YYYY-MM-DD\n- Paint since 2022-01-04\n"
    assert _draft(f"# YYYY-MM-DD\n{below}") == f"# 2031-03-04\n{below}"


@pytest.mark.parametrize(
    ("previous", "link"), [(MEETING.previous, "[last meeting](2031-02-25.md)"), (None, "[last meeting]()")]
)
def test_the_link_to_some_meeting_is_not_kept(previous: Previous | None, link: str) -> None:
    text = _draft("# YYYY-MM-DD\n\n[last meeting](2022-01-04.md)\n", Meeting(DAY, previous))
    assert text == f"# 2031-03-04\n\n{link}\n"
