"""A reviewer sees what was read in the minutes: people, action items with owner and due date, decisions."""

from datetime import date

from bot.minutes import BUILT_IN, Meeting, normalise
from bot.planning.reports.understood import MOST_PEOPLE, MOST_ROWS, Row, understood

NOTES = """\
# 2026-08-18

Attending: Imani, @tove
Apologies: Kit

## Boats

- ACTION: Imani to paint the hull by Friday
- RESOLVED: paint it red
"""


def read(notes: str) -> tuple[str, tuple[Row, ...]]:
    found = understood(normalise(notes, template=BUILT_IN, meeting=Meeting(date(2026, 8, 18)), source="file"))
    return found.summary, found.rows


def test_each_is_listed_with_its_line() -> None:
    assert read(NOTES) == (
        "2 present, 1 absent, 1 action item, 1 decision",
        (
            Row("Present", "Imani; @tove"),
            Row("Absent", "Kit"),
            Row("Action item", "ACTION: Imani to paint the hull by Friday", 8, ("owner Imani", "due Friday")),
            Row("Decision", "RESOLVED: paint it red", 9),
        ),
    )


def test_nothing_read_is_nothing_said() -> None:
    assert read("# 2026-08-18\n\nrain\n") == ("", ())


def test_what_is_long_is_cut_and_counted() -> None:
    names = ", ".join(f"Ada{'bcdefghij'[at % 9] * (at // 9 + 1)}" for at in range(MOST_PEOPLE + 3))
    tasks = "".join(f"- ACTION: Ada to glue frame {at}{' and so on' * 40}\n" for at in range(MOST_ROWS + 5))
    summary, rows = read(f"# 2026-08-18\n\nAttending: {names}\n\n## Boats\n\n{tasks}")

    assert summary == f"{MOST_PEOPLE + 3} present, {MOST_ROWS + 5} action items"
    assert rows[0].text.endswith(" and 3 more")
    assert len(rows) == 1 + MOST_ROWS
    assert all(len(row.text) < 200 and row.text.endswith("…") for row in rows[1:])


def test_actions_of_earlier_meetings_are_left_out() -> None:
    assert read("# 2026-08-18\n\n## Review of last actions\n\n- Imani to paint the hull\n") == ("", ())
