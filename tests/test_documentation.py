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
