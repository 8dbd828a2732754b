"""The command line beside archives of any shape: where minutes belong, what is understood, refusals."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from bot.cli.check import check
from bot.cli.normalise import normalise
from bot.cli.series import series

NOTES = "# {title}\n\nAttending: Ada\n\n## News\n\n- glued\n"


def folder(root, *paths, text="# Minutes\n\nAttending: Ada\n\n## News\n"):
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def weekly(team):
    return [f"{team}/{date(2026, 5, 5) + timedelta(weeks=week)}.md" for week in range(4)]


def placed(root, title, *options):
    """Normalise notes with a title beside an archive; return the JSON."""
    notes = root.parent / "notes.md"
    notes.write_text(NOTES.format(title=title), encoding="utf-8")
    result = CliRunner().invoke(normalise, [str(notes), "--archive", str(root), "--json", *options])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def rules(result):
    return [each["rule"] for each in result["findings"]]


def test_the_configuration_of_the_archive_is_in_force(tmp_path):
    root = folder(tmp_path / "a", "2026/02/03/README.md")
    folder(root, ".github/minutes.yml", text="path: minutes/YYYY/MM/DD.md\n")
    assert placed(root, "2026-02-17")["path"] == "minutes/2026/02/17.md"


def test_a_configuration_with_mistakes_is_left_aside(tmp_path):
    root = folder(tmp_path / "a", "2026/02/03/README.md")
    folder(root, ".github/minutes.yml", text="path: [\n")
    result = placed(root, "2026-02-17")
    assert (result["path"], result["previous"]) == ("2026/02/17/README.md", "../03/README.md")


def test_the_title_names_the_series(tmp_path):
    root = folder(tmp_path / "a", *weekly("board"), *weekly("tech"))
    result = placed(root, "Tech meeting 2026-06-02")
    assert (result["path"], result["previous"]) == ("tech/2026-06-02.md", "2026-05-26.md")


def test_where_the_bot_asks_the_path_is_null_and_a_finding_offers_places(tmp_path):
    root = folder(tmp_path / "a", *weekly("board"), *weekly("tech"))
    result = placed(root, "Meeting 2026-06-02")
    assert (result["path"], result["previous"]) == (None, None)
    [message] = [each["message"] for each in result["findings"] if each["rule"] == "place-unclear"]
    assert "tech/2026-06-02.md (--series tech)" in message
    assert "board/2026-06-02.md (--series board)" in message
    assert placed(root, "Meeting 2026-06-02", "--series", "Tech")["path"] == "tech/2026-06-02.md"


CALENDAR = """series:
  - {name: board, schedule: every Tuesday, path: board/YYYY-MM-DD.md}
  - {name: tech, schedule: every Tuesday, path: tech/YYYY-MM-DD-tech.md}
"""


MISSPELT, TRANSCRIPT = "board/2026-05-12-baord.md", "tech/2026-05-12-transcript.md"


@pytest.mark.parametrize("strays", [[MISSPELT], [TRANSCRIPT], [MISSPELT, TRANSCRIPT, "x/2026-05-13.md"]])
def test_files_beside_configured_places_are_no_series_of_their_own(tmp_path, strays):
    tech = [path.replace(".md", "-tech.md") for path in weekly("tech")]
    root = folder(tmp_path / "a", *weekly("board"), *tech, *strays)
    folder(root, ".github/minutes.yml", text=CALENDAR)
    assert placed(root, "Tech meeting 2026-06-02")["path"] == "tech/2026-06-02-tech.md"
    assert placed(root, "Board meeting 2026-06-02")["path"] == "board/2026-06-02.md"


def test_a_series_that_is_not_there_is_refused(tmp_path):
    root = folder(tmp_path / "a", *weekly("board"), *weekly("tech"))
    file = folder(tmp_path, "notes.md") / "notes.md"
    result = CliRunner().invoke(normalise, [str(file), "--archive", str(root), "--series", "kitchen"])
    assert result.exit_code == 2
    assert "there is no series 'kitchen'. There are: tech, board." in result.stderr


def test_a_day_that_has_minutes_is_pointed_out_and_the_place_is_shown(tmp_path):
    root = folder(tmp_path / "a", *weekly("board"))
    assert "already-there" in rules(placed(root, "Board 2026-05-26"))
    shown = CliRunner().invoke(normalise, [str(root.parent / "notes.md"), "--archive", str(root)])
    assert "notes.md: belongs in board/2026-05-26.md" in shown.stderr


def test_a_day_without_a_year_is_offered(tmp_path):
    file = folder(tmp_path, "notes.md", text="# Tech meeting, 7 October\n") / "notes.md"
    shown = CliRunner().invoke(normalise, [str(file)]).stderr
    assert "-10-07 (“7 October”)" in shown


def test_minutes_in_the_archive_keep_their_place_and_have_their_own_last_meeting(tmp_path):
    root = folder(tmp_path / "a", *weekly("board"), *weekly("tech"))
    result = CliRunner().invoke(
        normalise, [str(root / "tech" / "2026-05-19.md"), "--archive", str(root), "--json"]
    )
    found = json.loads(result.stdout)
    assert (found["path"], found["previous"]) == ("tech/2026-05-19.md", "2026-05-12.md")


def test_a_doubtful_day_is_a_finding(tmp_path):
    root = folder(tmp_path / "a", *weekly("minutes"), "minutes/2026-06-02.md")
    assert {"unusual-weekday", "older-than-newest"} <= set(rules(placed(root, "2026-05-23")))
    assert "unusual-weekday" not in rules(placed(root, "2026-06-09"))


def test_of_several_meetings_in_one_file_a_finding_says_how_to_part_them(tmp_path):
    notes = folder(tmp_path, "log.md", text="# 2026-08-24\n\n- one\n\n# 2026-08-31\n\n- two\n") / "log.md"
    run = CliRunner().invoke
    assert "--split makes minutes of each" in run(normalise, [str(notes)]).stderr
    parted = run(normalise, [str(notes), "--split"])
    assert "several-meetings" not in parted.stderr
    assert "one-of-several" not in parted.stderr


@pytest.mark.parametrize("day", ["2026-08-24", "24.8.2026", "24 August 2026"])
def test_a_day_may_be_written_as_minutes_write_it(tmp_path, day):
    file = folder(tmp_path, "notes.md") / "notes.md"
    result = CliRunner().invoke(normalise, [str(file), "--json", "--date", day])
    assert json.loads(result.stdout)["date"] == "2026-08-24"


@pytest.mark.parametrize(
    ("options", "data", "says"),
    [
        (["--date", "soon"], b"# Notes\n", "'soon' is no day. Write year, month, day"),
        (["--date", "2026-02-30"], b"# Notes\n", "is no day"),
        ([], bytes(range(256)) * 20, "is no text. Give notes as text or Markdown."),
    ],
)
def test_what_is_no_day_and_what_is_no_text_is_refused(tmp_path, options, data, says):
    file = tmp_path / "notes.md"
    file.write_bytes(data)
    result = CliRunner().invoke(normalise, [str(file), *options])
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())


def test_text_in_another_encoding_is_text(tmp_path):
    file = tmp_path / "notes.md"
    file.write_bytes("# Besprechung über Äpfel 2026-08-24\n".encode("utf-16"))
    assert "Äpfel" in CliRunner().invoke(normalise, [str(file)]).stdout


def test_without_an_archive_it_says_which_template_is_used(tmp_path):
    file = folder(tmp_path, "notes.md") / "notes.md"
    assert "the built-in template is used" in CliRunner().invoke(normalise, [str(file)]).stderr


def test_without_a_day_the_cure_is_the_option(tmp_path):
    file = folder(tmp_path, "notes.md", text="# Notes\n") / "notes.md"
    assert "Give it, as in --date" in CliRunner().invoke(normalise, [str(file)]).stderr


def test_series_shows_what_was_understood(tmp_path):
    root = folder(tmp_path / "a", *weekly("board"), *weekly("tech"), "tech/2026-06-02.MD")
    result = CliRunner().invoke(series, [str(root), "--now", "2026-06-03"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:5] == [
        "tech",
        "  place   tech/YYYY-MM-DD.md",
        "  meets   every Tuesday",
        "  number  5, the newest of 2026-06-02",
        "  odd     tech/2026-06-02.MD",
    ]
    assert "board\n  place   board/YYYY-MM-DD.md\n" in result.stdout


def test_a_series_that_no_longer_meets_is_said_to_be_over(tmp_path):
    root = folder(tmp_path / "a", *weekly("tech"))
    shown = CliRunner().invoke(series, [str(root), "--now", "2027-06-03"]).stdout
    assert "every Tuesday, until 2026-05-26" in shown


def test_check_compares_minutes_with_those_of_their_own_series(tmp_path):
    shift = [path.replace("05-05", "05-06") for path in weekly("board")]
    root = folder(tmp_path / "a", *shift, *weekly("tech"))
    result = CliRunner().invoke(check, [str(root)])
    assert "odd-weekday" not in result.stdout
