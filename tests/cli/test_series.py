"""`minutes-bot series`: lists, files for calendars, and proposals."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from bot.cli.series import series
from bot.config import read

CONFIG = """series:
  - {name: "Ünïted; a, b\\\\c, a long name that needs folding, with ümläuts", schedule: every Tuesday 14:00,
     timezone: Europe/London, skip: [2026-12-29]}
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "minutes.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(series, [*map(str, arguments), "--now", "2026-12-23"])


def test_previous_and_next(root):
    assert [line[:33] for line in run(root).stdout.splitlines()] == [
        "Tue 2026-12-22  14:00 Europe/Lond", "Tue 2027-01-05  14:00 Europe/Lond",
    ]  # fmt: skip
    assert run(root, "--next").stdout.startswith("Tue 2027-01-05")
    assert run(root, "--year", 2026).stdout.count("\n") == 51
    assert run(root, "--next", "--year", 2026).exit_code == 2


def test_a_file_for_calendars(root):
    file = root / "a.ics"
    assert run(root, "--ics", file).exit_code == 0
    written = file.read_bytes()
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    unfolded = written.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Ünïted\\; a\\, b\\\\c\\, a long name that needs folding\\, with ümläuts\r\n" in unfolded
    uids = [line for line in unfolded.split("\r\n") if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == 51 + 52
    assert "DTSTART:20260707T130000Z" in unfolded


def test_a_mistake_ends_it_and_a_remark_does_not(root):
    config = root / ".github" / "minutes.yml"
    config.write_text("series:\n- {name: A, schedule: every Tuesday, skip: [2027-01-06]}\n")
    shown = ".github/minutes.yml:2:45: `series.0.skip.0`: 2027-01-06 is a Wednesday that the schedule"
    assert run(root).stderr.startswith(shown)
    assert run(root).exit_code == 0
    config.write_text("series:\n- {name: A, schedule: every Teusday}\n")
    assert run(root).exit_code == 1
    assert run(root).stdout == ""
    shown = ".github/minutes.yml:2:13: `series.0.schedule`: did you mean `Tuesday`?"
    assert run(root).stderr.splitlines() == [shown]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{name: A, schedule: FREQ=DAILY;UNTIL=20260101}", "no meeting is to come"),
        ("{name: A, schedule: every other Monday}", "is counted from 2000-01-03"),
        ("{name: A, schedule: daily, extra: [2027-01-06]}", "a day of the schedule already"),
        (
            "{name: A, schedule: daily}\n- {name: B, schedule: every Monday}",
            "on 2026-12-28 it meets as `A` does",
        ),
    ],
)
def test_remarks(root, text, says):
    (root / ".github" / "minutes.yml").write_text(f"series:\n- {text}\n")
    result = run(root)
    assert says in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "words", ["every Tuesday", "every other Thursday", "last Friday of the month", "every weekday"]
)
def test_what_is_proposed_can_be_read(tmp_path, words):
    known = read(f"series: [{{name: A, schedule: {words}, since: 2024-01-01}}]").series[0]
    days = [meeting.day for year in (2025, 2026) for meeting in known.of_year(year)]
    for day in [*days[:-4], days[-3], days[-1], days[-1] - timedelta(days=3)]:
        (tmp_path / f"{day}.md").write_text("# Minutes\n")
    result = run(tmp_path, "--propose")
    assert f"schedule: {words}  #" in result.stdout
    proposed = read(result.stdout).series[0]
    assert [meeting.day for meeting in proposed.of_year(2027)] == [
        meeting.day for meeting in known.of_year(2027)
    ]


def test_nothing_to_propose(tmp_path):
    (tmp_path / f"{date(2026, 1, 1)}.md").write_text("# Minutes\n")
    assert run(tmp_path, "--propose").exit_code == 1


@pytest.mark.parametrize("name", ["2026-11-17.md", ".github/minutes.yml"])
def test_a_file_that_is_no_text_hides_no_series(root, name):
    for day in (3, 10, 17, 24):
        (root / f"2026-11-{day:02}.md").write_text("# Minutes\n")
    (root / name).write_bytes(bytes(range(256)))
    result = run(root)
    assert "  number  4, the newest of 2026-11-24" in result.stdout
    assert result.exit_code == (2 if name.endswith(".yml") else 0)
