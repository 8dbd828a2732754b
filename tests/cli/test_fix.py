"""`minutes-bot check --fix`: what it writes, what it leaves, and what it says."""

import importlib.util
import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.archive.grouping import find_series
from bot.archive.paths import relative_link
from bot.cli.check import check
from bot.minutes import decode, encode
from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting, is_generic
from tests.archive.archives import archive

FILE, WAITS, WRONG = "2031/2031-02-11.md", "2031/2031-03-04.md", "2031/2031-03-11.md"
GENERIC = "https://github.com/kites/minutes"
SHARED = Path(__file__).parents[3] / "shared"
OME = SHARED / "corpus" / "ome+meeting-minutes"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An archive with a link and a title to correct, in odd bytes, and a wrong day, which is for people."""
    files = archive()
    files[FILE] = files[FILE].replace("2031-02-04.md", GENERIC)
    files[WAITS] = files[WAITS].replace("# 2031-03-04", "# YYYY-MM-DD")
    files[WRONG] = files[WRONG].replace("# 2031-", "# 2030-")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbf" + files[FILE].rstrip().replace("\n", "\r\n").encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def contents(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_it_writes_what_needs_no_person_and_lists_the_rest(root):
    before = contents(root)
    result = run(".", "--fix")
    assert result.exit_code == 1
    assert result.stdout.split("\n")[:4] == [
        f"{FILE}: link to the last meeting, line 9",
        f"{WAITS}: date in the title, line 5",
        "",
        WRONG,
    ]
    assert "  line 5: error: The heading says 2030-03-11;" in result.stdout
    assert not re.search(r"previous-link-generic|title-unfilled", result.output)
    wanted = {
        FILE: before[FILE].replace(GENERIC.encode(), b"2031-02-04.md"),
        WAITS: before[WAITS].replace(b"YYYY-MM-DD", b"2031-03-04"),
    }
    assert contents(root) == before | wanted


def test_twice_is_once(root):
    run(".", "--fix")
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    result = run(".", "--fix")
    assert ": link to" not in result.stdout
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_diff_is_what_would_be_written(root, option, tmp_path_factory):
    before = contents(root)
    result = run(root, "--fix", option)
    assert contents(root) == before
    assert result.stdout.startswith(f"--- a/{FILE}\n+++ b/{FILE}\n")
    if shutil.which("git") is None:
        pytest.skip("git, which applies the diff, is not on this machine")
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(root, other, dirs_exist_ok=True)
    apply = ["git", "apply", "-p1", "--whitespace=nowarn"]
    subprocess.run(apply, input=result.stdout_bytes, cwd=other, check=True)
    run(root, "--fix")
    assert contents(other) == contents(root)


def test_a_line_without_an_end_is_told_in_the_diff(root):
    text = (root / WAITS).read_text()
    (root / WAITS).write_text(text[: text.index("\n\nAttending")])
    assert "+# 2031-03-04\n\\ No newline at end of file\n" in run(".", "--fix", "--diff").stdout


def test_a_diff_does_not_steer_the_terminal(root, monkeypatch):
    path = root / WAITS
    path.write_text(path.read_text().replace("Attending: Ada", "Attending:\x1b[2J Ada"))
    assert "\x1b" in run(".", "--fix", "--diff").stdout, "into a file it goes as it is"
    monkeypatch.setattr("bot.cli.check.sys", Terminal)
    assert "\x1b" not in run(".", "--fix", "--diff").stdout


class Terminal:
    """A module `sys` whose output is a terminal."""

    class stdout:  # noqa: N801
        @staticmethod
        def isatty():
            return True


def test_mistakes_in_the_configuration_are_told_once(root):
    (root / ".github").mkdir()
    (root / ".github" / "minutes.yml").write_text("settel: 1\n")
    assert run(".", "--fix").stderr.count("has mistakes and is not used") == 1


def test_programs_read_the_ledger(root):
    found = json.loads(run(".", "--fix", "--json").stdout)
    assert set(found) == {"corrected", "findings"}
    first, second = found["corrected"]
    assert (first["path"], second["path"]) == (FILE, WAITS)
    assert first["ledger"] == [
        {"op": "carry", "src": [1, 8], "out": [1, 8]},
        {"op": "replace", "src": [9, 9], "out": [9, 9], "rule": "previous-link"},
        {"op": "carry", "src": [10, 15], "out": [10, 15]},
    ]
    assert [row["path"] for row in found["findings"] if row["severity"] == "error"] == [WRONG]
    assert json.loads(run(".", "--fix", "--json").stdout)["corrected"] == []


def test_programs_read_the_diff_of_a_trial(root):
    first, _ = json.loads(run(".", "--fix", "--dry-run", "--json").stdout)["corrected"]
    assert first["diff"].startswith(f"--- a/{FILE}\n")


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_in_other_formats_the_corrections_stand_apart(root, form):
    result = run(".", "--fix", "--format", form)
    assert f"{FILE}: link to the last meeting, line 9\n" in result.stderr
    assert "link to the last meeting, line 9" not in result.stdout
    assert "date-conflict" in result.stdout


def test_only_the_named_files_are_written(root):
    before = contents(root)
    result = run(".", WAITS, "--fix")
    assert result.exit_code == 0
    assert [name for name, data in contents(root).items() if data != before[name]] == [WAITS]


def test_permissions_are_kept(root):
    (root / FILE).chmod(0o640)
    run(".", "--fix")
    assert stat.S_IMODE((root / FILE).stat().st_mode) == 0o640


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_kept(root, encoding):
    text = (root / WAITS).read_text().replace("- frame", "- frame, ½ süß")
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    (root / WAITS).write_bytes(marks.get(encoding, b"") + text.encode(encoding))
    run(".", "--fix")
    wanted = text.replace("YYYY-MM-DD", "2031-03-04")
    assert (root / WAITS).read_bytes() == marks.get(encoding, b"") + wanted.encode(encoding)


def test_bytes_that_mean_nothing_are_not_written_in_another_way(root):
    data = (root / WAITS).read_bytes() + b"\x81\xff\n"
    (root / WAITS).write_bytes(data)
    result = run(".", "--fix")
    assert f"Note: {WAITS} is in no encoding in which it could be written as it is" in result.stderr
    assert "title-unfilled" in result.stdout
    assert (root / WAITS).read_bytes() == data


def test_encode_writes_only_what_it_can():
    with pytest.raises(ValueError, match="encoded"):
        encode("上次会议", "süß".encode("cp1252"))
    assert encode("上次会议", b"") == "上次会议".encode()


@pytest.mark.parametrize("is_folder", [False, True])
def test_what_lies_behind_a_symbolic_link_is_not_written(root, tmp_path_factory, is_folder):
    outside = tmp_path_factory.mktemp("outside")
    inside = root / ("2031" if is_folder else WAITS)
    shutil.move(inside, outside / inside.name)
    inside.symlink_to(outside / inside.name, target_is_directory=is_folder)
    before = contents(outside)
    result = run(".", "--fix")
    assert contents(outside) == before
    assert inside.is_symlink()
    assert is_folder or f"Note: {WAITS} is or lies behind a symbolic link" in result.stderr


def test_a_file_that_cannot_be_written_stops_no_other(root, monkeypatch):
    real = os.fsync
    calls = iter([True])

    def fail_once(handle):
        if next(calls, False):
            raise OSError(28, "No space left on device")
        real(handle)

    before = contents(root)
    monkeypatch.setattr(os, "fsync", fail_once)
    result = run(".", "--fix")
    assert f"Note: {FILE} cannot be written (No space left on device); it is not corrected." in result.stderr
    assert result.exit_code == 2
    assert "previous-link-generic" in result.stdout
    assert set(contents(root)) == set(before), "no temporary file is left"
    assert [name for name, data in contents(root).items() if data != before[name]] == [WAITS]


def test_a_file_that_changes_meanwhile_is_left(root, monkeypatch):
    real = Path.read_bytes
    seen = set()

    def changed(path):
        data = real(path)
        if path.name == Path(WAITS).name and path in seen:
            return data + b"- more\n"
        seen.add(path)
        return data

    before = real(root / WAITS)
    monkeypatch.setattr(Path, "read_bytes", changed)
    assert f"{WAITS} has been changed meanwhile" in run(".", "--fix").stderr
    assert real(root / WAITS) == before


def test_minutes_that_cannot_be_read_are_linked_all_the_same(root):
    (root / "2031" / "2031-02-04.md").write_bytes(bytes(range(256)))
    run(".", "--fix")
    assert b"[last meeting](2031-02-04.md)" in (root / FILE).read_bytes()
    assert (root / "2031" / "2031-02-04.md").read_bytes() == bytes(range(256))


def test_a_trial_of_nothing_is_wrong_usage(root):
    result = run(".", "--dry-run")
    assert result.exit_code == 2
    assert "Give both" in result.stderr


@pytest.fixture(scope="module")
def measured():
    spec = importlib.util.spec_from_file_location("lossless", SHARED / "measure" / "lossless.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(
    not (OME.is_dir() and (SHARED / "measure" / "lossless.py").exists()),
    reason="the corpus of real minutes and its measure (../shared) are not on this machine",
)
def test_ten_years_of_real_minutes(tmp_path, measured):
    """Every generic link leads to the previous minutes, nothing is lost, and what is left is for people."""
    shutil.copytree(OME, tmp_path, dirs_exist_ok=True)
    before = contents(tmp_path)
    found = json.loads(run(tmp_path, "--fix", "--json").stdout)
    after = contents(tmp_path)
    made = {
        Path(each["path"]).relative_to(tmp_path).as_posix(): each["ledger"] for each in found["corrected"]
    }
    assert set(made) == {name for name, data in after.items() if data != before[name]}
    assert len(made) == 121
    for name, ledger in made.items():
        assert measured.check(before[name], after[name], ledger) == [], name
    rules = [entry["rule"] for ledger in made.values() for entry in ledger if entry["op"] != "carry"]
    assert {rule: rules.count(rule) for rule in rules} == {"previous-link": 121, "duplicate-front-matter": 32}
    copies = {row["path"] for row in found["findings"] if row["rule"] == "same-text"}
    [series] = find_series(tuple(after))
    for past in series.meetings:
        link = find_last_meeting(Document.read(decode(after[past.path])))
        previous = series.previous(past.date)
        if link and previous and link.target != relative_link(past.path, previous.path):
            assert (tmp_path / past.path).as_posix() in copies or not is_generic(link.target), past.path
    errors = {row["rule"] for row in found["findings"] if row["severity"] == "error"}
    assert errors == {"same-text", "date-conflict", "conflict-marker"}
    assert json.loads(run(tmp_path, "--fix", "--json").stdout)["corrected"] == []
    assert contents(tmp_path) == after
