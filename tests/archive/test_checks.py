"""What is found in a file of an archive, and what is not."""

from datetime import date

import pytest

from bot.archive.inspection import inspect
from bot.minutes.normalising.findings import ARCHIVE_FINDINGS
from tests.archive.archives import TEMPLATE, archive, findings, minutes, path

DAY = date(2031, 2, 11)
FILE = path(DAY)
TYPED = minutes(DAY)
GENERIC = "https://github.com/kites/minutes"


def text(old, new):
    """Say what becomes of that day's minutes."""
    assert old in TYPED
    return {FILE: TYPED.replace(old, new, 1)}


FOUND = {
    "the year is wrong in the title": (text("# 2031-", "# 2030-"), FILE, 5, "date-conflict", "error"),
    "day and month are swapped": (text("# 2031-02-11", "# 2031-11-02"), FILE, 5, "date-conflict", "error"),
    "no such day in the title": (text("# 2031-02-11", "# 2031-02-31"), FILE, 5, "date-impossible", "error"),
    "no such day in front": (
        text("tags: Kites", "title: 2031-02-D11\ntags: Kites"),
        FILE,
        2,
        "date-impossible",
        "error",
    ),
    "no such day in the name": (
        {"2031/2031-14-02.md": minutes(DAY, title="Kites", shown="- nothing\n")},
        "2031/2031-14-02.md",
        None,
        "date-impossible",
        "error",
    ),
    "a merge was left": (text("- tail", "<<<<<<< HEAD\n- tail"), FILE, 14, "conflict-marker", "error"),
    "two front matters": (
        {FILE: f"---\ntitle: '{DAY}'\ntags: [Kites]\n\n---\n\n{TYPED}"},
        FILE,
        1,
        "front-matter-twice",
        "warning",
    ),
    "pasted twice": ({FILE: f"{TYPED}\n{TYPED}"}, FILE, 16, "pasted-twice", "warning"),
    "a title that waits": (text(f"# {DAY}", "# YYYY-MM-DD"), FILE, 5, "title-unfilled", "warning"),
    "a link to nowhere": (
        text("(2031-02-04.md)", f"({GENERIC})"),
        FILE,
        9,
        "previous-link-generic",
        "notice",
    ),
    "a link to another meeting": (
        text("2031-02-04.md", "2031-01-28.md"),
        FILE,
        9,
        "previous-link-other",
        "warning",
    ),
    "a link to a file that is gone": (
        text("2031-02-04.md", "2031-02-05.md"),
        FILE,
        9,
        "previous-link-dead",
        "warning",
    ),
    "nobody": (text("Attending: Ada, Bo\n\n", ""), FILE, None, "no-attendance", "warning"),
    "a section less": (text("## Workshop\n\n", ""), FILE, None, "missing-section", "notice"),
    "a browser's second copy": (
        {"2031/2031-02-11(1).md": minutes(DAY, shown="- other\n")},
        "2031/2031-02-11(1).md",
        None,
        "file-name",
        "warning",
    ),
    "the folder of another year": (
        {"2030/2031-02-11.md": minutes(DAY, shown="- other\n")},
        "2030/2031-02-11.md",
        None,
        "folder-year",
        "warning",
    ),
    "a Wednesday among Tuesdays": (
        {"2031/2031-02-12.md": minutes(date(2031, 2, 12), before=DAY)},
        "2031/2031-02-12.md",
        None,
        "odd-weekday",
        "notice",
    ),
    "a mistake in the configuration": (
        {".github/minutes.yml": "labels: [a]\nsettel: 1\n"},
        ".github/minutes.yml",
        2,
        "configuration",
        "error",
    ),
    "what may not be meant in the configuration": (
        {".github/minutes.yml": "series:\n- name: Kites\n  schedule: every other Tuesday\n"},
        ".github/minutes.yml",
        3,
        "configuration-remark",
        "notice",
    ),
    "a file that is no text": ({FILE: None}, FILE, None, "unreadable", "error"),
    "the same text on two days": (
        {
            FILE: minutes(DAY, shown="- a\n- b\n- c\n"),
            path(date(2031, 2, 18)): minutes(DAY, shown="- a\n- b\n- c\n"),
        },
        path(date(2031, 2, 18)),
        None,
        "same-text",
        "error",
    ),
}


def test_minutes_in_order_leave_nothing_to_look_at():
    assert findings(archive()) == []


@pytest.mark.parametrize("what", FOUND)
def test_found(what):
    changed, *expected = FOUND[what]
    assert tuple(expected) in findings(archive() | changed)


def test_every_finding_of_archives_is_tried_above():
    assert set(ARCHIVE_FINDINGS) <= {rule for _, _, _, rule, _ in FOUND.values()}


PAGE = "https://kites.example/minutes/"
ELSEWHERE = {
    "a day between the previous minutes and these": (f"{PAGE}2031-02-06-kites", "previous-link-missing"),
    "an earlier day": (f"{PAGE}2031-01-28-kites", "previous-link-other"),
    "the day itself": (f"{PAGE}2031-02-11-kites", "previous-link-other"),
    "a later day": (f"{PAGE}2031-02-18-kites", "previous-link-other"),
    "a day between in another series": ("../board/2031-02-06.md", "previous-link-other"),
    "a day between in a file that is gone": ("2031-02-06.md", "previous-link-dead"),
    "a day between in another archive": ("../../boats/2031-02-06.md", "previous-link-missing"),
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_link_to_another_day(where):
    target, rule = ELSEWHERE[where]
    board = {f"board/2031-{month:02}-06.md": f"# 2031-{month:02}-06\n" for month in range(1, 7)}
    files = archive() | board | text("2031-02-04.md", target)
    found = [it.finding for it in inspect(files, TEMPLATE).found if it.path == FILE]
    assert [it.rule for it in found] == [rule]
    assert ("2031-02-04.md" in found[0].cure) == (rule != "previous-link-missing")


@pytest.mark.parametrize(
    "name",
    ["2031-02-11-afternoon.md", "2031-02-11_notes.md", "2031-02-11 (budget).md", "2031-02-11.markdown"],
)
def test_a_name_may_say_more_than_the_day(name):
    files = archive() | {f"2031/{name}": minutes(DAY, shown="- other\n")}
    assert [each for each in findings(files, about=["odd-weekday"]) if each[0].endswith(name)] == []


@pytest.mark.parametrize("ending", ["(1)", " (2)", "_", " copy", " - Copy", "-copy 2", "~", ".orig", "- "])
def test_what_a_copy_ends_in(ending):
    file = f"2031/2031-02-11{ending}.md"
    assert (file, None, "file-name", "warning") in findings(
        archive() | {file: minutes(DAY, shown="- other\n")}
    )


def test_a_line_that_has_the_right_day_too_is_no_error():
    files = archive() | text(f"# {DAY}", f"# Begun {DAY}, ended 2031-02-12")
    assert findings(files, about=[]) == [(FILE, 5, "date-conflict", "warning")]


def test_an_odd_day_names_the_better_one_in_the_text():
    swapped = {"2031/2031-11-02.md": minutes(DAY)}  # a Sunday
    files = {file: text for file, text in archive(52).items() if file != FILE} | swapped
    cures = [it.finding.cure for it in inspect(files, TEMPLATE).found if it.finding.rule == "odd-weekday"]
    assert cures == ["If that is a slip, correct the date: the text says 2031-02-11, which was one."]


def test_weekdays_that_vary_are_not_odd():
    days = [date(2031, month, 3) for month in range(1, 13)]
    assert not [
        rule for _, _, rule, _ in findings({path(day): minutes(day) for day in days}) if rule == "odd-weekday"
    ]


def test_a_few_meetings_show_no_usual_weekday():
    odd = {"2031/2031-01-22.md": minutes(date(2031, 1, 22), before=date(2031, 1, 21))}
    assert findings(archive(weeks=3) | odd, about=["odd-weekday"]) == []


def test_minutes_that_cannot_be_read_are_still_the_previous_ones():
    assert findings(archive() | {FILE: None}) == [(FILE, None, "unreadable", "error")]


def test_old_minutes_need_not_fit_the_template_of_today():
    old = TYPED.replace("## Workshop", "## Frames\n\n## Tails\n\n## Lines").replace("Accepting", "Kept")
    assert findings(archive() | {FILE: old}, about=["missing-section"]) == []


def test_a_folder_may_name_two_years():
    file = "2030-2031/2031-02-11.md"
    assert "folder-year" not in {rule for _, _, rule, _ in findings({file: TYPED})}
