"""What people read is what the code does: a test fails where something has no word in README."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot import manifest
from bot.__main__ import COMMANDS, main
from bot.commands import read
from tests.pictures.shown import LARGEST, SHOWN

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize(
    "tool", [f"tools/{name}.py" for name in ("commands", "configuration", "findings", "readme", "rules")]
)
def test_what_is_written_from_the_code_is_up_to_date(tool: str) -> None:
    checked = subprocess.run(
        [sys.executable, tool, "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_readme(command: str) -> None:
    assert f"minutes-bot {command}" in README


def test_every_permission_and_event_of_the_app_has_its_reason() -> None:
    lines = (ROOT / "app.yml").read_text().split("\n")
    wanted = manifest.load()

    permissions = [f"  {name}: " for name in wanted["default_permissions"]]
    for start in [*permissions, *(f"  - {name} " for name in wanted["default_events"])]:
        (line,) = (line for line in lines if line.startswith(start))
        assert re.search(r"# \w+", line), line


def test_the_two_commands_do_all_the_set_up() -> None:
    for extra, command in (("simulator", "minutes-bot demo"), ("test", "pytest")):
        line = f"python3 -m venv .venv && .venv/bin/pip install -e '.[{extra}]' && .venv/bin/{command}"
        assert README.count(f"\n{line}\n") == 1


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_in_the_pages_is_one(page: Path) -> None:
    context = click.Context(main)
    for line in re.findall(r"`[^`\n]*?minutes-bot ((?:[a-z]+)(?: [^`\n|]*)?)`", page.read_text()):
        name, *words = line.split()
        command = main.get_command(context, name)
        assert command is not None, line
        if isinstance(command, click.Group):
            command = command.get_command(context, words[0])
            assert command is not None, line
        known = {option for each in command.params for option in each.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_comment_in_the_pages_is_a_command(page: Path) -> None:
    for line in re.findall(r"`(/minutes[^`\n]*)`", page.read_text()):
        if not re.search(r"[<\[…]|^/minutes \w+$", line):  # a form, or a command named alone
            (parsed,) = read(line)
            assert not parsed.mistake, line


PICTURES = ROOT / "docs" / "pictures"


def pictures_in(page: Path) -> dict[Path, str]:
    """Return the pictures of a page, each with the text for those who do not see it."""
    found = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", page.read_text())
    assert "<img" not in page.read_text(), "pictures are written as Markdown"
    return {(page.parent / path).resolve(): " ".join(text.split()) for text, path in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_picture_of_a_page_is_there_and_has_a_text(page: Path) -> None:
    for picture, text in pictures_in(page).items():
        assert picture.parent == PICTURES, picture
        assert picture.is_file(), picture
        assert len(text.split()) > 5, f"{picture.name} has no text that says what is on it"


def test_each_picture_is_used_small_and_one_that_the_tool_makes() -> None:
    there = set(PICTURES.iterdir())

    assert there == {picture for page in PAGES for picture in pictures_in(page)}
    assert there == {PICTURES / f"{name}.webp" for name in SHOWN}
    assert len(there) <= 6
    assert max(picture.stat().st_size for picture in there) < LARGEST
    for page in ("README.md", "docs/note-takers.md", "docs/chairs.md", "docs/maintainers.md"):
        assert pictures_in(ROOT / page), page
