"""What people read is what the code does: a test fails where something has no word in README."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import manifest
from bot.__main__ import COMMANDS

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
