"""`minutes-bot normalise`, as a person or a program calls it."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.cli.normalise import normalise

HEADER = "---\ntags: Kites\n---\n\n# {day}\n\nAttending: Ada, Bo\n\n"
LINK = "## Accepting minutes from [last meeting](https://github.com/kites/minutes)\n\n"
NOTES = HEADER + LINK + "## Workshop\n\n- Frames\n"


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "kites"
    (root / "2031").mkdir(parents=True)
    (root / "template.md").write_text(
        "---\ntags: Kites\n---\n\n# Kite club\n\nAttending:\n\n" + LINK + "## Workshop\n"
    )
    for day in ("2031-02-18", "2031-02-25"):
        (root / "2031" / f"{day}.md").write_text(NOTES.format(day=day))
    return root


def run(*arguments, **how):
    return CliRunner().invoke(normalise, [str(argument) for argument in arguments], **how)


def test_minutes_on_standard_output_findings_on_standard_error(tmp_path, archive):
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES.format(day="2031-03-04").replace("Attending: Ada, Bo\n\n", ""))
    result = run(notes, "--archive", archive)
    assert result.exit_code == 0
    assert "[last meeting](2031-02-25.md)" in result.stdout
    assert "no-attendance" in result.stderr


def test_a_file_of_the_archive_is_known_by_its_path(archive):
    result = run(archive / "2031" / "2031-02-25.md", "--archive", archive, "--json")
    found = json.loads(result.stdout)
    assert found["file"] == "kites/2031/2031-02-25.md"
    assert found["path"] == "2031/2031-02-25.md"
    assert found["date"] == "2031-02-25"
    assert found["previous"] == "2031-02-18.md"
    assert found["previous_link"] == "https://github.com/kites/minutes"
    assert found["attendees"] == ["Ada", "Bo"]
    assert found["mode"] == "fit"
    assert {"op": "replace", "src": [9, 9], "out": [9, 9], "rule": "previous-link"} in found["ledger"]
    assert [each for each in found["findings"] if each["severity"] != "notice"] == []
    assert not {each["rule"] for each in found["findings"]} & {"missing-section", "previous-link-unknown"}
    texts = {"date", "start", "end", "previous_link", "acceptance", "minutes"}
    lists = {"attendees", "absent", "actions", "decisions", "sections", "ledger", "findings", "taken"}
    assert set(found) == {"file", "path", "previous", "mode", "lines"} | texts | lists
    assert found["lines"]["filled in"] == 1
    assert list(found["lines"]) == ["word for word", "same words, other form", "filled in", "dropped"]


def test_json_says_whether_the_last_minutes_were_accepted():
    notes = b"# 2031-03-04\n\n- Minutes of last meeting approved\n"
    found = json.loads(run("-", "--json", input=notes).stdout)["acceptance"]
    assert found == {"state": "accepted", "text": "Minutes of last meeting approved", "line": 3}
    assert json.loads(run("-", "--json", input=b"# 2031-03-04\n\nText\n").stdout)["acceptance"] is None


def test_standard_input_as_an_issue_with_a_title():
    result = run("-", "--as", "issue", "--title", "Kites 4 March 2031", input=b"<!-- hidden -->\nText\r\n")
    assert result.exit_code == 0
    assert result.stdout == "# 2031-03-04\n\nText\n"


def test_the_date_can_be_told(tmp_path):
    (tmp_path / "notes.md").write_text("Text\n")
    assert run(tmp_path / "notes.md", "--date", "2031-03-04").stdout.startswith("# 2031-03-04\n")


LOG = "# Kites 2031\n\n## 4 March\n\nAttending: Ada\n\n" + LINK + "## 25 February\n\nAttending: Bo\n"


@pytest.fixture
def log(archive):
    (archive / "log.md").write_text(LOG)
    return archive / "log.md"


def test_of_several_meetings_the_date_takes_one(log, archive):
    result = run(log, "--archive", archive, "--date", "2031-03-04")
    assert "## 4 March" in result.stdout
    assert "## 25 February" not in result.stdout
    assert "[last meeting](2031-02-25.md)" in result.stdout
    assert "2031/2031-03-04.md: warning: The notes are of 2 meetings" in result.stderr
    found = json.loads(run(log, "--archive", archive, "--date", "2031-03-04", "--json").stdout)
    assert (found["file"], found["path"]) == ("kites/log.md", "2031/2031-03-04.md")
    assert found["taken"] == [[1, 7]]
    assert json.loads(run(log, "--json").stdout)["taken"] == []


def test_a_date_that_none_of_several_meetings_has(log):
    result = run(log, "--date", "2031-03-05")
    assert result.exit_code == 2
    assert "none that is surely of 2031-03-05: 2031-03-04, 2031-02-25." in " ".join(result.stderr.split())


def test_several_meetings_may_be_split_as_if_all_were_in_the_archive(tmp_path):
    (tmp_path / "log.md").write_text(LOG + "\n## YYYY-MM-DD\n")
    lines = run(tmp_path / "log.md", "--split", "--json").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [each["path"] for each in found] == ["2031/2031-03-04.md", "2031/2031-02-25.md"]
    assert [each["previous"] for each in found] == ["2031-02-25.md", None]
    messages = [each["message"] for each in found[0]["findings"] if each["rule"] == "one-of-several"]
    assert messages == ["Some of the notes are of no day, and so in no minutes: YYYY-MM-DD."]
    shown = run(tmp_path / "log.md", "--split").stdout
    assert "==> 2031/2031-02-25.md <==\n# Kites 2031\n\n## 25 February\n" in shown


def test_splitting_leaves_one_meeting_as_it_is(archive):
    file = archive / "2031" / "2031-02-25.md"
    assert run(file, "--split", "--json").stdout == run(file, "--json").stdout


def test_a_line_of_json_is_one_line_to_every_reader(archive):
    breaks = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"
    file = archive / "2031" / "2031-03-04.md"
    file.write_bytes((HEADER.format(day="2031-03-04") + f"- kites{breaks}fly\n").encode())
    (line,) = run(file, "--archive", archive, "--json").stdout.splitlines()
    assert f"kites{breaks}fly" in json.loads(line)["minutes"]


def test_folders_give_one_line_of_json_per_file(archive):
    lines = run(archive / "2031", "--json").stdout.splitlines()
    assert [json.loads(line)["date"] for line in lines] == ["2031-02-18", "2031-02-25"]


def test_a_folder_ends_with_a_table(archive):
    """On standard error, whatever standard output is used for."""
    nobody = archive / "2031" / "2031-02-18.md"
    nobody.write_text(nobody.read_text().replace("Attending: Ada, Bo\n\n", ""))
    for arguments in ((), ("--json",)):
        result = run(archive / "2031", "--archive", archive, *arguments)
        assert "2 files; the template fits 2 of them." in result.stderr
        assert re.search(r"lines +word for word +\d+ +2", result.stderr)
        assert re.search(r"lines +filled in +1 +1", result.stderr)
        assert re.search(r"warning +no-attendance +1 +1", result.stderr)
    assert run(archive / "2031" / "2031-02-18.md").stderr.count("files") == 0


def test_a_terminal_shows_a_bar_and_no_minutes(archive):
    """A pseudo-terminal, as a person's: the bar comes and goes, the table stays."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "bot", "normalise", str(archive / "2031"), "--archive", str(archive)]
    terminal = {**os.environ, "TERM": "xterm"}
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=terminal)
    os.close(follower)
    shown = b"".join(iter(lambda: _read_all(leader), b"")).decode()
    os.close(leader)
    assert process.wait(timeout=30) == 0
    assert "Normalising" in shown
    assert "2/2" in shown
    assert "2 files; the template fits 2 of them." in shown
    assert "- Frames" not in shown


def _read_all(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the other side has closed
        return b""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings(tmp_path, encoding):
    (tmp_path / "2031-03-04.md").write_bytes("# 2031-03-04\r\n\r\nAttending: Zoë\r\n".encode(encoding))
    assert json.loads(run(tmp_path / "2031-03-04.md", "--json").stdout)["attendees"] == ["Zoë"]


def test_an_error_among_the_findings_is_exit_code_1(tmp_path):
    (tmp_path / "notes.md").write_text("# 2031-03-04\n\n<script>\n")
    result = run(tmp_path / "notes.md")
    assert result.exit_code == 1
    assert "notes.md:3: error:" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nowhere.md"],
        ["-", "--date", "tomorrow"],
        ["-", "--archive", "nowhere"],
        ["-", "--split", "--date", "2031-03-04"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments):
    assert run(*arguments).exit_code == 2


def test_a_template_without_slots_says_what_to_do(tmp_path):
    (tmp_path / "template.md").write_text("only text\n")
    result = run("-", "--template", tmp_path / "template.md", input="Text\n")
    assert result.exit_code == 2
    assert "Give it the headings" in result.stderr


def test_the_command_is_found_by_its_name():
    command = [sys.executable, "-m", "bot", "normalise", "-"]
    result = subprocess.run(
        command, input=b"# 2031-03-04\n\nAttending: Ada\n", capture_output=True, check=True
    )
    assert result.stdout == b"# 2031-03-04\n\nAttending: Ada\n"
