"""Remarks: what can be read and is odd, at its place, and how much a configuration can hold."""

from datetime import UTC, datetime

import pytest

from bot.config import check, remarks, templates, text_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
A = "series:\n- name: A\n  schedule: every Tuesday\n"

ODD = (
    # (text, line and column of its one remark, what it says)
    (A + "  skip: [2026-12-29,\n    2026-12-30]\n", 5, 5, "2026-12-30 is a Wednesday that the schedule"),
    (A + "  skip:\n  - 2026-12-29\n  - '2026-12-30'\n", 6, 5, "`series.0.skip.1`: 2026-12-30 is a Wed"),
    (A + "  extra: [2026-12-30, 2026-12-29]\n", 4, 23, "2026-12-29 is a day of the schedule already"),
    ("series:\n- name: A\n  schedule: FREQ=DAILY;UNTIL=20261123\n", 3, 3, "no meeting is to come"),
    ("series:\n- {name: A, schedule: FREQ=DAILY;UNTIL=20261124T115959Z}\n", 2, 13, "no meeting is to come"),
    ("series:\n- {name: A, since: 2026-01-01, schedule: FREQ=DAILY;COUNT=9}\n", 2, 32, "no meeting is to"),
    ("series:\n- {name: A, schedule: every Monday, skip: [2026-11-24]}\n", 2, 44, "2026-11-24 is a Tuesday"),
    (
        "labels: [a]\nsettle: 400 days\n",
        2,
        1,
        "still for 400 days: write a shorter time, such as `10 minutes`",
    ),
    ("series:\n- {name: A, schedule: every other Monday}\n", 2, 13, "is counted from 2000-01-03"),
    ("series:\n- {name: A, schedule: FREQ=DAILY;INTERVAL=10}\n", 2, 13, "is counted from 2000-01-03"),
)
FINE = (
    "settle: 7 days\n",
    "template: nope.md\n",  # nothing says which files there are
    "",
    "settle: soon\n",
    A,
    A + "  skip: [2026-12-29]\n  extra: [2026-12-30, 2026-12-22 9:00, 2026-12-29]\n",
    A + "  skip: [2026-11-23]\n  extra: [2026-11-17]\n",  # over: nobody need tidy up
    "series:\n- {name: A, schedule: every other Monday, since: 2026-01-05}\n",
    A + "- {name: B, schedule: every Tuesday, path: b/YYYY-MM-DD.md}\n",
    A + "- {name: B, schedule: every Monday}\n",
    "series:\n- {name: A, schedule: FREQ=DAILY;UNTIL=20261130T120000Z}\n",
)


@pytest.mark.parametrize(("text", "line", "column", "says"), ODD)
def test_a_remark_has_its_place(text, line, column, says):
    assert check(text) == ()
    (remark,) = remarks(text, NOW)
    assert (remark.line, remark.column) == (line, column)
    assert says in remark.message


@pytest.mark.parametrize("text", FINE)
def test_nothing_to_remark(text):
    assert remarks(text, NOW) == ()


@pytest.mark.parametrize("path", ["YYYY-MM-DD.md", "b/YYYY-MM-DD.md"])
def test_series_that_write_the_same_file_are_told_so_both(path):
    text = f"path: {path}\n{A}- name: B\n  path: {path}\n  schedule: daily\n- name: C\n  schedule: weekdays\n"
    first, second, third = remarks(text, NOW)
    assert (first.line, second.line, third.line) == (3, 6, 8)
    assert "on 2026-12-01 it meets as `B` does" in first.message
    assert "on 2026-12-01 it meets as `A` does" in second.message
    assert "on 2026-11-25 it meets as `B` does" in third.message


def test_a_template_that_is_not_there_is_remarked_with_its_place():
    text = f"labels: [a]\ntemplate: nope.md\n{A}  template: there.md\n- name: B\n  schedule: every Monday\n"
    (remark,) = remarks(text, NOW, {"there.md"}.__contains__)
    assert (remark.line, remark.column) == (2, 1)
    assert remark.message.startswith("`template`: there is no text `nope.md` in this repository: add it, ")
    of_both = remarks(text, NOW, frozenset().__contains__)
    assert [each.line for each in of_both] == [2, 6]
    assert of_both[1].message.startswith("`series.0.template`: there is no text `there.md`")
    assert templates(text) == ("nope.md", "there.md")
    assert templates("settle: never\n") == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_configuration_in_utf_16_is_a_mistake(encoding):
    (mistake,) = check(text_of("settle: 5 minutes\n".encode(encoding)))
    assert (mistake.line, mistake.column) == (1, 1)
    assert "save it as UTF-8" in mistake.message


@pytest.mark.parametrize(
    "data", [b"settle: 5 minutes\n", b"\xef\xbb\xbfsettle: 5 minutes\n", b"people: {Zo\xc3\xab: zoe}\n"]
)
def test_a_configuration_in_utf_8_is_read(data):
    assert check(text_of(data)) == ()
