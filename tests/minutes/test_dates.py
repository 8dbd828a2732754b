"""Days as people write them: in every order and language, and written anew in the same manner."""

from datetime import date

import pytest

from bot.minutes import find_date
from bot.minutes.reading.date_candidates import first_candidate
from bot.minutes.reading.dates import days_in, fill, is_day, rewrite, weekday_beside
from bot.minutes.reading.document import Document

DAY, OTHER = date(2031, 3, 4), date(2032, 12, 21)

# As typed, and the same for another day.
FORMS = {
    "2031-03-04": "2032-12-21",
    "2031–03–04": "2032–12–21",
    "2031 03 04": "2032 12 21",
    "2031_03_04": "2032_12_21",
    "04.03.2031": "21.12.2032",
    "4. 3. 2031": "21. 12. 2032",
    "4-Mar-2031": "21-Dec-2032",
    "2031-Mar-04": "2032-Dec-21",
    "March.4.2031": "December.21.2032",
    "March 4-5, 2031": "December 21, 2032",
    "4–5 March 2031": "21 December 2032",
    "MARCH 4TH, 2031": "DECEMBER 21st, 2032",
    "March the 4th, 2031": "December the 21st, 2032",
    "4. März 2031": "21. Dezember 2032",
    "4 mars 2031": "21 décembre 2032",
    "4 de marzo de 2031": "21 de diciembre de 2032",
    "4 de março de 2031": "21 de dezembro de 2032",
    "4 marzo 2031": "21 diciembre 2032",
    "4 maart 2031": "21 december 2032",
    "4 марта 2031": "21 декабря 2032",
    "2031年3月4日": "2032年12月21日",
    "2031年03月04日": "2032年12月21日",
    "2031년 3월 4일": "2032년 12월 21일",
    "令和13年3月4日": "令和14年12月21日",
    "令和１３年３月４日": "令和14年12月21日",
}


@pytest.mark.parametrize(("typed", "other"), FORMS.items(), ids=FORMS)
def test_a_day_is_read_and_written_anew(typed, other):
    assert [day.date for day in days_in(f"Kites {typed}, glue")] == [DAY]
    assert rewrite(f"Kites {typed}, glue", OTHER) == f"Kites {other}, glue"
    assert is_day(typed)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "form", ["January 2, 2031", "2 Jan 2031", "2. Januar 2031", "2 janvier 2031", "2 enero 2031"]
)
def test_a_month_keeps_its_language_and_is_read_again(form, month):
    day = date(2031, month, 1)
    assert [found.date for found in days_in(rewrite(form, day))] == [day]


WEEKDAYS = {
    "Tuesday, 4 March 2031": "Tuesday",
    "4 March 2031 (Tue)": "Tue",
    "mardi 4 mars 2031": "mardi",
    "2031年3月4日(火)": "火",
    "2031年3月4日 星期二": "星期二",
    "Tuesday team 4 March 2031": "",
    "4 March 2031": "",
}


@pytest.mark.parametrize(("text", "weekday"), WEEKDAYS.items(), ids=WEEKDAYS)
def test_the_weekday_beside_a_day(text, weekday):
    assert weekday_beside(text, days_in(text)[0]) == weekday


def test_a_weekday_is_written_anew_where_it_stands_beside_the_day():
    assert rewrite("Tuesday team, Tue 4 March 2031", date(2031, 3, 5)) == "Tuesday team, Wed 5 March 2031"


# Title, path, notes; the day.
EITHER = {
    "a month beyond twelve": ("", "", "# 03/14/2031", date(2031, 3, 14)),
    "the other order": ("", "", "# 14/03/2031", date(2031, 3, 14)),
    "no way to know": ("", "", "# 03/04/2031", None),
    "the path knows": ("", "2031/2031-04-03.md", "# 03/04/2031", date(2031, 4, 3)),
    "the weekday knows": ("", "", "# Tuesday 03/04/2031", DAY),
    "a line knows": ("", "", "# 03/04/2031\n\nDate: 4 March 2031", DAY),
}


@pytest.mark.parametrize(("title", "path", "notes", "day"), EITHER.values(), ids=EITHER)
def test_day_and_month_change_places_only_where_something_says_so(title, path, notes, day):
    evidence = find_date(notes, title, path)
    assert evidence.date == day
    assert not evidence.conflict


YEARLESS = {
    "the path has it": ("", "2031/march-04.md", ""),
    "for a heading": ("", "2031/34.md", "# Kites, March 4"),
    "for a bold line": ("Kites 2031", "", "**4th March**"),
    "in the front matter": ("", "", "---\ntitle: Kites 2031\n---\n\n# 4 March"),
}


@pytest.mark.parametrize(("title", "path", "notes"), YEARLESS.values(), ids=YEARLESS)
def test_a_year_is_taken_from_elsewhere(title, path, notes):
    assert find_date(notes, title, path).date == DAY
    assert find_date("# Kites, March 4").date is None


PLACES = [
    "Date: 4 March 2031",
    "- **When**: Tuesday, 4 March 2031 10:00 UTC",
    "Datum: 4. März 2031",
    "日期：2031年3月4日",
    "| Date | 2031-03-04 |\n| --- | --- |\n",
    "# Kites\n\n## Date\n\n2031-03-04 at ten",
    "### Meeting date\n\n2031-03-04\n",
    "### Date of the meeting\n\n2031-03-04\n\n### Attendees\n\n@ada\n",
    "## Attendees\n\nAda\n\n## Date of this call:\n\n4 March 2031\n",
    "Notes of the kite meeting on March 4, 2031 at the workshop",
    "#Kites 2031-03-04",
    "<h1>Kites 2031-03-04</h1>",
]


@pytest.mark.parametrize("notes", PLACES, ids=range(len(PLACES)))
def test_the_day_is_found_wherever_notes_say_it(notes):
    assert find_date(notes).date == DAY


OTHERS = [
    "# Kites\n\nMinutes of the last meeting, 2031-02-25, approved",
    "# Kites\n\n## Next meeting 2031-03-11\n\ntext",
    "# Kites\n\n## Data\n\n2031-02-25",
    "# Kites\n\n## Date of the next meeting\n\n2031-02-25",
    "# Kites\n\n## Date of the flight\n\n2031-02-25",
    "# Kites\n\nglue arrived 2031-02-25\n",
]


@pytest.mark.parametrize("notes", OTHERS, ids=range(len(OTHERS)))
def test_another_day_is_not_taken_for_this_one(notes):
    assert find_date(notes).date is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2031/03-04-kites.md", DAY),
        ("minutes/2031-03-04/minutes.md", DAY),
        ("kites/March.4.2031.md", DAY),
        ("call_112.md", None),
        ("2031/minutes.md", None),
    ],
)
def test_paths(path, day):
    assert find_date("", "", path).date == day


@pytest.mark.parametrize(
    ("placeholder", "filled"),
    [
        ("YYYY-MM-DD", "2031-03-04"),
        ("yyyy-mm-dd", "2031-03-04"),
        ("2025-xx-xx", "2031-03-04"),
        ("DD.MM.YYYY", "04.03.2031"),
        ("YYYY年MM月DD日", "2031年03月04日"),
        ("<Month> <Day>", "March 4, 2031"),
        ("[date]", "2031-03-04"),
        ("$DATE", "2031-03-04"),
    ],
)
def test_placeholders(placeholder, filled):
    assert fill(f"# Kites {placeholder}", DAY) == f"# Kites {filled}"


def test_only_the_first_of_a_month_is_premier():
    assert rewrite("1er mars 2031", date(2031, 3, 2)) == "2 mars 2031"
    assert rewrite("2 mars 2031", date(2031, 4, 1)) == "1 avril 2031"
    assert rewrite("1er mars 2031", date(2031, 4, 1)) == "1er avril 2031"


DAYS = {
    "# Kites\n\n## About\n\n**Date**: 2031.03.04\n": "2031-03-04",
    "# Kites\n\n### Meeting Date/Time: Tuesday 2031/3/4, noon\n\n## News\n": "2031-03-04",
    "# Kites\n\n## Next meeting\n\nDate: 2031-03-11\n": None,
    "# Kites\n\n## News\n\n**Due date**: 2031-03-11\n": None,
    "# Kites\n\n## News\n\nDate of the fair: 2031-03-11\n": None,
    "# Kites 2031-03-04\n\n## News\n\nDate: 2031-03-11\n": "2031-03-04",
    "# Kites\n\nMinutes of the meeting of 4 March 2031\n\n## Approval of the minutes of 25 February 2031\n": (
        "2031-03-04"
    ),
    "# Kites\n\n## Accepting minutes, 25 February 2031\n": None,
    "# Approved minutes of 4 March 2031\n": "2031-03-04",
    "| | |\n|-|-|\n| on: | 4 March 2031 |\n\n## News\n": "2031-03-04",
}
PATHS = {
    "2031/03/04-call/minutes.md": "2031-03-04",
    "2031/03/04.md": "2031-03-04",
    "2031/03/12-topics/minutes.md": None,
    "2031/03/4567.md": None,
}


@pytest.mark.parametrize(("notes", "day"), DAYS.items(), ids=range(len(DAYS)))
def test_the_day_is_that_of_this_meeting(notes, day):
    assert str(find_date(notes).date) == str(day)


@pytest.mark.parametrize(("path", "day"), PATHS.items(), ids=range(len(PATHS)))
def test_a_day_may_be_spread_over_folders(path, day):
    assert str(find_date("", path=path).date) == str(day)


def test_a_file_of_several_days_has_no_one_day():
    days = "# July 5\n\nrain\n\n# July 12\n\nsun\n"
    assert find_date(days, path="2031.md").date is None
    assert find_date("# July 5\n\nrain\n", path="2031.md").date == date(2031, 7, 5)


@pytest.mark.parametrize(
    ("typed", "day"),
    {
        "令和元年5月1日": date(2019, 5, 1),
        "平成31年4月30日": date(2019, 4, 30),
        "平成元年1月8日": date(1989, 1, 8),
        "令和13年2月30日": None,
    }.items(),
)
def test_a_year_of_an_era(typed, day):
    assert [each.date for each in days_in(typed)] == [day]


@pytest.mark.parametrize("typed", ["民國120年3月4日", "พ.ศ. 2574", "令和13年3月", "明治13年3月4日"])
def test_years_of_other_eras_are_not_read(typed):
    assert not days_in(typed)


def test_a_day_before_the_newest_era_has_its_number_alone():
    assert rewrite("令和13年3月4日", date(2018, 3, 4)) == "2018年3月4日"


WHEN = {
    "令和13年3月4日 10:00": "令和13年3月4日",
    "Meeting of 4 March 2031, [notes](Minutes%2025%20February%202031.md)": "4 March 2031",
    "[Notes](Minutes%2025%20February%202031.md) of the meeting of 4 March 2031": "4 March 2031",
    "Date: [4 March 2031](kites/2031-02-25.md)": "4 March 2031",
    "Date: 4 March 2031 https://example.org/2031-02-25": "4 March 2031",
    "Meeting notes: <https://example.org/2031-02-25> 2031-03-04": "2031-03-04",
    "[Minutes](minutes/2031-02-25.md)": None,
    "![Meeting](kites/2031-02-25.png)": None,
    '<a href="2031-02-25 kites.md">Meeting notes</a>': None,
    "Meeting notes: example.org/2031-02-25/kites": None,
    "Minutes by ada.2031-02-25@example.org": None,
    "Date of the next meeting: 4 March 2031": None,
    "The meeting is held again on 2031-03-11": None,
    "Nächste Sitzung: 4. März 2031": None,
    "Nächste Sitzung am 4. März 2031": None,
    "Prochaine réunion le 4 mars 2031": None,
    "Próxima reunión: 4 de marzo de 2031": None,
    "下次会议 2031年3月4日": None,
    "Sitzung am 4. März 2031": "4. März 2031",
}


@pytest.mark.parametrize(("line", "found"), WHEN.items(), ids=range(len(WHEN)))
def test_what_a_line_at_the_top_says_of_the_day(line, found):
    first = first_candidate(Document.read(f"# Kites\n\n{line}\n\n## Workshop\n"))
    assert (first.text if first else None) == found
