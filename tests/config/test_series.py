"""Bad series: each mistake with its place and its cure, and how much a configuration can hold."""

import pytest

from bot.config import LARGEST, check, read, remarks
from tests.config.test_remarks import NOW


def with_rule(rule):
    return f"series:\n- name: A\n  schedule: {rule}\n"


MISTAKES = (
    # (text, line and column of its one mistake, what it says)
    (with_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), 3, 3, "no day of 12 years is like that"),
    (with_rule("FREQ=HOURLY"), 3, 3, "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"),
    (with_rule("FREQ=WEEKLY;INTERVAL=0;BYDAY=TU"), 3, 3, "INTERVAL is a number from 1 to 999"),
    (with_rule("FREQ=MONTHLY;BYDAY=9XX"), 3, 3, "BYDAY is days such as TU, 1MO or -1FR"),
    (with_rule("FREQ=DAILY;COUNT=3;UNTIL=20270101"), 3, 3, "COUNT and UNTIL cannot stand together"),
    (with_rule("FREQ=DAILY;COUNT=3"), 3, 3, "COUNT needs a first day: add `since`"),
    (with_rule("FREQ=DAILY;X=" + "9" * 8_000), 3, 3, "`X` is no part of an RRULE"),
    (with_rule("FREQ=DAILY;BYDAY=" + "TU," * 3_400), 1, 1, "longer than 8192 characters"),
    (with_rule("every Teusday"), 3, 3, "`series.0.schedule`: did you mean `Tuesday`?"),
    (with_rule("DTSTART;TZID=Europe/Londom:20260106T140000 FREQ=DAILY"), 3, 3, "mean `Europe/London`?"),
    (with_rule("daily") + "  timezone: Europe/Londom\n", 4, 3, "did you mean `Europe/London`?"),
    (with_rule("daily") + "  timezone: kolkata\n", 4, 3, "did you mean `Asia/Kolkata`?"),
    (with_rule("daily") + "  timezone: lord howe\n", 4, 3, "did you mean `Australia/Lord_Howe`?"),
    (with_rule("daily") + "  timezone: GMT+1\n", 4, 3, "write the name of a time zone"),
    (with_rule("daily") + "  timezone: PST\n", 4, 3, "write the name of a time zone"),
    (with_rule("daily") + "  timezone: utc\n", 4, 3, "did you mean `UTC`?"),
    (with_rule("daily") + f"  timezone: {'x/' * 4_000}\n", 4, 3, "write the name of a time zone"),
    (with_rule("daily") + "  timezone: ../../etc/passwd\n", 4, 3, "write the name of a time zone"),
    (with_rule("daily") + "  skip:\n  - 2026-12-29\n  - 2026-02-30\n", 6, 5, "2026-02-30"),
    (with_rule("daily") + "  extra: [2026-12-29, 2026-12-29 9:00]\n", 4, 3, "stands here twice"),
    (with_rule("daily") + "- {schedule: daily, name: ' b'}\n", 4, 21, "write a name of at most 60"),
    (with_rule("daily") + "- {schedule: daily, name: a }\n", 4, 21, "is the name of the series in line 2"),
    (with_rule("daily") + "- {schedule: daily, 'name': 'A'}\n", 4, 21, "`series.1.name`: `A` is the name"),
    (with_rule("daily") + "- [A, daily]\n", 4, 3, "write keys and values"),
)


@pytest.mark.parametrize(("text", "line", "column", "says"), MISTAKES)
def test_a_mistake_has_its_place_and_its_cure(text, line, column, says):
    (mistake,) = check(text)
    assert (mistake.line, mistake.column) == (line, column)
    assert says in mistake.message
    assert len(mistake.message) < 300


def test_mistakes_of_one_series_do_not_hide_those_of_others():
    text = (
        with_rule("FREQ=HOURLY")
        + "- {name: B, schedule: daily, timezone: Mars}\n- {name: a, schedule: daily}\n"
    )
    assert [mistake.line for mistake in check(text)] == [3, 4, 5]


def names(count):
    return (f"{at:x}" for at in range(count))


def test_a_thousand_series_are_more_than_fit():
    text = "series:\n" + "".join(f"- {{name: '{name}', schedule: daily}}\n" for name in names(1_000))
    (mistake,) = check(text)
    assert str(mistake) == f".github/minutes.yml:1:1: longer than {LARGEST} characters"


def test_as_many_as_fit_are_read_and_computed():
    text = "series: ["
    for name in names(1_000):
        entry = f"{{name: n{name},schedule: daily}},"
        if len(text + entry) > LARGEST - 1:
            break
        text += entry
    known = read(f"{text}]").series
    assert len(known) == 291
    assert {len(each.of_year(2028)) for each in known} == {366}
    assert {each.next_after(NOW).day.isoformat() for each in known} == {"2026-11-25"}
    assert len(remarks(f"{text}]", NOW)) == 291  # all of them write one file


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;COUNT=999",
        "FREQ=YEARLY;BYYEARDAY=-366",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2",
    ],
)
def test_hostile_rules_by_the_hundred_come_to_an_end(rule):
    text = "series:\n" + "".join(
        f"- {{name: '{name}', since: 1970-01-01, schedule: {rule}}}\n" for name in names(40)
    )
    refused = check(text)
    assert len(refused) == (40 if "=30" in rule or "=2" in rule[-2:] else 0)
    assert all("no day of 12 years" in mistake.message for mistake in refused)
    assert bool(remarks(text, NOW)) == ("COUNT" in rule)


@pytest.mark.parametrize(
    ("keys", "opened"),
    [
        ("", (False, None)),
        ("  open_issue: true\n", (True, None)),
        ("  open_issue: false\n  open_discussion: Meeting notes\n", (False, "Meeting notes")),
    ],
)
def test_where_notes_are_opened(keys, opened):
    (series,) = read(with_rule("daily") + keys).series
    assert (series.open_issue, series.open_discussion) == opened
