"""The command line as a whole: quick, and with a word for every mistake."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot import __version__
from bot.__main__ import COMMANDS, main

SLOW = {"dbos", "aiohttp", "pydantic", "github", "sqlalchemy", "jinja2", "markdown_it", "rich"}


def test_help_loads_nothing_that_is_slow() -> None:
    """In a process of its own, as this one has long loaded everything."""
    code = (
        "import sys, bot.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules), file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set(COMMANDS) <= set(ran.stdout.split())
    assert not SLOW & set(eval(ran.stderr))


def test_version() -> None:
    assert __version__ in CliRunner().invoke(main, ["--version"]).output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    shown = CliRunner().invoke(main, [command, "--help"])

    assert shown.exit_code == 0
    assert "Usage:" in shown.output


def test_an_unknown_command_is_said() -> None:
    shown = CliRunner().invoke(main, ["normalize"])

    assert shown.exit_code == 2
    assert "No such command" in shown.output
