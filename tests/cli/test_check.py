"""`minutes-bot check`, as people, programs and pull requests read it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from bot import __version__
from bot.archive.inspection import Located
from bot.cli.check import check
from bot.cli.formats import FORMATS, LEVELS
from bot.minutes import Severity
from bot.minutes.normalising.findings import ALL_FINDINGS, Finding, finding
from tests.archive.archives import archive

ROOT = Path(__file__).parents[2]
WRONG_YEAR, NO_LINK = "2031/2031-02-11.md", "2031/2031-03-04.md"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An archive with one error and one notice, and the folder that one stands in."""
    files = archive()
    files[WRONG_YEAR] = files[WRONG_YEAR].replace("# 2031-", "# 2030-")
    files[NO_LINK] = files[NO_LINK].replace("2031-02-25.md", "https://github.com/kites/minutes")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_people_read_the_files_and_a_table(root):
    result = run(".")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        f"{WRONG_YEAR}\n"
        "  line 5: error: The heading says 2030-02-11; these are the minutes of\n"
        "    2031-02-11. Correct the one that is wrong. [date-conflict]\n"
        f"{NO_LINK}\n"
        "  line 9: notice: The link to the last meeting names no meeting;"
    )
    assert max(map(len, result.stdout.split("\n"))) <= 80
    assert "12 files with minutes" in result.stderr
    assert re.search(r"error +date-conflict +1 +1", result.stderr)


def test_editors_read_a_line_each(root):
    result = run(".", "--format", "lines")
    first, *_ = (line for line in result.stdout.split("\n") if "error" in line)
    assert first.startswith(f"{WRONG_YEAR}:5: error: The heading says 2030-02-11;")
    assert first.endswith("Correct the one that is wrong. [date-conflict]")


@pytest.mark.parametrize(
    ("level", "severities"),
    [
        ("error", {"error"}),
        ("warning", {"error", "warning"}),
        ("notice", {"error", "warning", "notice"}),
    ],
)
def test_the_level_is_the_lowest_that_is_listed(root, level, severities):
    (root / "2031" / "2031-03-04_.md").write_text("# 2031-03-04\n")
    rows = json.loads(run(".", "--json", "--level", level).stdout)
    assert {row["severity"] for row in rows} == severities
    (scan,) = json.loads(run(".", "--format", "sarif", "--level", level).stdout)["runs"]
    assert len(scan["results"]) == len(rows)
    assert run(".", "--level", level).exit_code == 1


def test_what_is_found_often_is_counted():
    often = [Located(f"{at // 2:02}.md", finding("no-attendance", at, label="Present")) for at in range(30)]
    rare = [Located("07.md", finding("hidden-comment", 1, lines="3 lines"))]
    wrong = [Located(f"{at:02}.md", finding("conflict-marker", at)) for at in range(20)]
    lines = [*FORMATS["text"]([*often, *rare, *wrong])]
    text = "\n".join(lines)
    assert text.count("warning: Nothing says who was there. Add a line") == 6
    assert text.count("[conflict-marker]") == 20
    assert text.count("[hidden-comment]") == 1
    assert lines[-2:] == [
        "24 more: warning: Nothing says who was there. [no-attendance]",
        "Each one is shown with --all.",
    ]
    assert lines.count("07.md") == 1, "a file has one heading, whatever was found in it"
    for form in set(FORMATS) - {"text"}:
        assert "".join(FORMATS[form]([*often, *rare, *wrong])).count("no-attendance") >= 30


def test_each_one_is_shown_where_people_ask_for_it(root):
    for day in range(1, 25):
        (root / "2031" / f"2031-01-{day:02}.md").write_text(f"# 2031-01-{day:02}\n\n- glue\n")
    assert "21 more: warning: Nothing says who was there. [no-attendance]" in run(".").stdout
    shown = run(".", "--all").stdout
    assert shown.count("[no-attendance]") == 24
    assert "more: " not in shown


def test_what_is_no_error_fails_nothing(root):
    result = run(".", NO_LINK, "--format", "lines")
    assert result.exit_code == 0
    assert {line.split(": ")[1] for line in result.stdout.splitlines()} == {"notice"}
    assert f"{NO_LINK}:9: notice: " in result.stdout


def test_the_configuration_is_looked_at_too(root):
    (root / ".github").mkdir()
    (root / ".github" / "minutes.yml").write_text("settel: 1\n")
    result = run(".", ".github/minutes.yml", "--format", "lines")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        ".github/minutes.yml:1: error: The configuration has a mistake in column 1 ("
    )
    assert "did you mean `settle`?)." in result.stdout


def test_what_may_not_be_meant_in_the_configuration_is_a_notice(root):
    (root / ".github").mkdir()
    (root / ".github" / "minutes.yml").write_text(
        "series:\n- name: A\n  schedule: FREQ=DAILY;UNTIL=20200101\n"
    )
    result = run(".", ".github/minutes.yml", "--format", "lines")
    assert result.exit_code == 0
    assert result.stdout.startswith(".github/minutes.yml:3: notice: The configuration can be read, but")
    assert "in column 3 (`series.0.schedule`: no meeting is to come" in result.stdout


def test_programs_read_a_list(root):
    rows = json.loads(run(".", "--json").stdout)
    assert rows == json.loads(run(".", "--format", "json").stdout)
    (row,) = (row for row in rows if row["severity"] == "error")
    assert row == {
        "path": WRONG_YEAR,
        "line": 5,
        "rule": "date-conflict",
        "severity": "error",
        "message": "The heading says 2030-02-11; these are the minutes of 2031-02-11.",
        "cure": "Correct the one that is wrong.",
    }


def test_pull_requests_read_workflow_commands(root):
    lines = run(".", WRONG_YEAR, NO_LINK, "--format", "github").stdout.split("\n")
    start = f"::notice file={NO_LINK},line=9,title=previous-link-generic::"
    (wrong,) = (line for line in lines if line.startswith("::error "))
    assert wrong.startswith(f"::error file={WRONG_YEAR},line=5,title=date-conflict::The heading says")
    assert len([line for line in lines if line.startswith(start)]) == 1


def test_workflow_commands_end_where_they_end():
    """No name and no text begins a command of its own."""
    odd = Located("a,b:c\n%.md", Finding("r", Severity.ERROR, "50 %\r\n::warning::x", "Do it."))
    assert list(FORMATS["github"]([odd])) == [
        "::error file=a%2Cb%3Ac%0A%25.md,title=r::50 %25%0D%0A::warning::x Do it."
    ]


def test_code_scanning_reads_sarif(root):
    log = json.loads(run(".", "--format", "sarif").stdout)
    (scan,) = log["runs"]
    driver = scan["tool"]["driver"]
    assert (log["version"], driver["name"], driver["version"]) == ("2.1.0", "minutes-bot", __version__)
    (wrong,) = (result for result in scan["results"] if result["level"] == "error")
    place = wrong["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": WRONG_YEAR}, "region": {"startLine": 5}}
    assert driver["rules"][wrong["ruleIndex"]]["id"] == wrong["ruleId"] == "date-conflict"


@pytest.mark.parametrize("rule", ALL_FINDINGS)
def test_every_finding_can_be_told_in_sarif(rule):
    facts = {name: "{x}" for text in ALL_FINDINGS[rule][1:] for name in re.findall(r"\{(\w+)", text)}
    (text,) = FORMATS["sarif"]([Located("a b.md", finding(rule, **facts))])
    (scan,) = json.loads(text)["runs"]
    (described,), (result,) = scan["tool"]["driver"]["rules"], scan["results"]
    assert not set("{}") & set(described["shortDescription"]["text"] + described["help"]["text"])
    assert ("{{x}}" in result["message"]["text"]) == bool(facts)
    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "a%20b.md"}}
    assert result["level"] == LEVELS[ALL_FINDINGS[rule][0]]


def test_files_are_compared_with_all_others(root):
    """A copy is found where nothing but the copy is asked for, as a hook does."""
    copy = root / "2031" / "2031-02-18(1).md"
    copy.write_text((root / "2031" / "2031-02-18.md").read_text())
    result = run(".", copy, "README.md", "gone.md", "--format", "lines")
    assert result.exit_code == 1
    assert "The text is that of 2031/2031-02-18.md" in result.stdout
    assert {line.partition(":")[0] for line in result.stdout.split("\n")[:-1]} == {"2031/2031-02-18(1).md"}


def test_paths_are_those_from_where_one_stands(root, monkeypatch):
    monkeypatch.chdir(root.parent)
    paths = {row["path"] for row in json.loads(run(root.name, "--json").stdout)}
    assert paths >= {f"{root.name}/{WRONG_YEAR}", f"{root.name}/{NO_LINK}"}
    assert all(path.startswith(f"{root.name}/2031/") for path in paths)


def test_a_file_that_is_no_text_stops_no_other(root):
    (root / "2031" / "2031-03-18.md").write_bytes(bytes(range(256)))
    result = run(".", "--json")
    assert result.exit_code == 1
    rows = {row["path"]: row for row in json.loads(result.stdout)}
    assert rows["2031/2031-03-18.md"] == {
        "path": "2031/2031-03-18.md",
        "line": None,
        "rule": "unreadable",
        "severity": "error",
        "message": "The file cannot be read as text (too many control characters).",
        "cure": "Save it as text, in UTF-8, let it be read, or take it out of the archive.",
    }
    assert rows.keys() >= {WRONG_YEAR, NO_LINK}
    assert run(".", NO_LINK).exit_code == 0


@pytest.mark.parametrize("what", ["is_file", "read_bytes"])
def test_a_file_that_must_not_be_read_stops_no_other(root, monkeypatch, what):
    real = getattr(Path, what)

    def refused(path):
        if path.name == "2031-02-25.md":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, what, refused)
    if what == "is_file":
        (root / "2031" / "2031-02-25.md").unlink()
        (root / "2031" / "2031-02-25.md").symlink_to("nowhere")
    result = run(".")
    assert "  error: The file cannot be read as text (" in result.stdout
    assert "conflict" in result.stdout


@pytest.mark.parametrize("is_fixed", [False, True])
def test_a_configuration_that_is_no_text_is_a_finding(root, is_fixed):
    (root / ".github").mkdir()
    (root / ".github" / "minutes.yml").write_bytes(bytes(range(256)))
    result = run(".", *(["--fix"] if is_fixed else []))
    assert ".github/minutes.yml\n  error: The file cannot be read as text" in result.stdout
    assert (
        "Note: .github/minutes.yml cannot be read as text (too many control characters) and is not"
        in result.stderr
    )
    assert WRONG_YEAR in result.stdout


def test_hidden_folders_are_left_alone_but_for_the_template(root):
    for folder in (".venv", ".github"):
        (root / folder).mkdir()
    (root / ".venv" / "2031-02-11.md").write_text("# 2030-02-11\n")
    (root / ".github" / "template.md").write_text("# YYYY-MM-DD\n\n## Workshop\n\n## Glue report\n")
    result = run(".")
    assert ".venv" not in result.stdout
    assert "Glue report" in result.stdout


def test_an_archive_without_minutes_is_in_order(tmp_path):
    result = run(tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 files with minutes: nothing to look at." in result.stderr


def test_names_and_texts_do_not_steer_the_terminal(root):
    (root / "2031" / "2031-02-12\x1b[2J.md").write_text("# 2030-02-12\x1b[2J\n")
    assert "\x1b" not in run(".").output


@pytest.mark.parametrize("arguments", [[], ["nowhere"], [".", "--format", "xml"]])
def test_wrong_usage_is_exit_code_2(arguments):
    assert run(*arguments).exit_code == 2


def test_the_hook_calls_the_command():
    (hook,) = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, command, *arguments = hook["entry"].split()
    assert (program, command, arguments) == ("minutes-bot", "check", ["."])
    assert hook["require_serial"]
    assert f"`{hook['id']}`" in (ROOT / "README.md").read_text()


def test_a_template_that_is_not_there_and_utf_16_are_listed(tmp_path):
    settings = tmp_path / ".github" / "minutes.yml"
    settings.parent.mkdir()
    settings.write_text("template: nope.md\n")
    shown = CliRunner().invoke(check, [str(tmp_path), "--format", "lines"])
    assert "minutes.yml:1: notice: " in shown.stdout
    assert "there is no text `nope.md`" in shown.stdout
    settings.write_bytes("settle: 1 hour\n".encode("utf-16"))
    shown = CliRunner().invoke(check, [str(tmp_path), "--format", "lines"])
    assert "save it as UTF-8" in shown.stdout
    assert shown.exit_code == 1
