"""The command lines of the pages that need no GitHub do what they are for, typed as they stand there.

Those that need one are run against the simulator by the tests of their command: `minutes-bot doctor`, `jobs`,
`smoke`, `backfill`, `serve`, `setup` and `action`.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OFFLINE = ("normalise", "check", "series", "setup --link")
MINUTES = "# {day}\n\nAttending: Ada, Bo\n\n## Agenda\n\n- {topic}\n"
MEETINGS = {
    "2032-08-03": "kites",
    "2032-08-10": "silk and glue",
    "2032-08-17": "the autumn fair",
    "2032-08-24": "who brings the ladder",
}


def lines() -> Iterator[str]:
    """Yield the commands in the pages that need no GitHub, with their options, each once."""
    found = {
        line
        for page in PAGES
        for line in re.findall(r"`[^`\n]*?minutes-bot ([a-z][^`\n|]*)`", page.read_text())
    }
    yield from sorted(line for line in found if line.startswith(OFFLINE) and " " in line)


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """Return a clone of an archive with notes in it; the working folder is the clone."""
    archive = tmp_path / "meeting-minutes"
    archive.mkdir()
    for day, topic in MEETINGS.items():
        (archive / f"{day}.md").write_text(MINUTES.format(day=day, topic=topic))
    (archive / "notes.md").write_text("# 2032-08-31\n\nAttending: Ada\n\n## Agenda\n\n- Ada to glue\n")
    monkeypatch.chdir(archive)
    return archive


def run(line: str) -> Result:
    """Return what a command line does, with the placeholders of the pages replaced."""
    return CliRunner().invoke(main, shlex.split(line.replace("<your host>", "bot.test").replace("DIR", ".")))


@pytest.mark.parametrize("line", [*lines()])
def test_the_line_works_as_it_stands(clone, line):
    done = run(line)

    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_there_are_lines_for_each_of_these_commands():
    assert {name for name in OFFLINE for line in lines() if line.startswith(name)} == {*OFFLINE}
