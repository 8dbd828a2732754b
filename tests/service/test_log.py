"""What a line of the log is, and what it never holds."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.service import log


@pytest.fixture(autouse=True)
def logging_as_served() -> Iterator[None]:
    log.configure("INFO")
    yield
    structlog.reset_defaults()


def test_each_line_is_json_and_knows_its_delivery(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("INFO")
    with structlog.contextvars.bound_contextvars(delivery="a-delivery"):
        structlog.get_logger().info("plan", why="publish")
        structlog.get_logger().debug("not at this level")

    (line,) = capsys.readouterr().out.splitlines()
    after = json.loads(line)
    assert (after["event"], after["delivery"], after["why"]) == ("plan", "a-delivery", "publish")


def test_a_traceback_does_not_tell_what_variables_held(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("INFO")
    token = "ghs_" + "x" * 36
    try:
        len(token) / 0
    except ZeroDivisionError as error:
        structlog.get_logger().error("failed", exc_info=error)

    line = capsys.readouterr().out
    assert "ZeroDivisionError" in line
    assert token not in line


PROGRAM = """
import structlog
from bot.service import log
log.configure()
structlog.get_logger().info("opened", pull="https://github.example/hill-lab/minutes/pull/3")
"""


@pytest.mark.parametrize("no_color", ["", "1"])
def test_on_a_terminal_it_is_text(no_color: str) -> None:
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    try:
        subprocess.run(
            [sys.executable, "-c", PROGRAM], stdout=theirs, check=True, timeout=30,
            env=environment | ({"NO_COLOR": no_color} if no_color else {}),
        )  # fmt: skip
        shown = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
        os.close(theirs)

    assert "opened" in shown
    assert "https://github.example/hill-lab/minutes/pull/3" in shown
    assert "{" not in shown
    assert ("\x1b[" in shown) != bool(no_color)


def test_text_elsewhere_has_no_colours_and_a_line_per_event(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("INFO", "text")
    structlog.get_logger().info("delivery", delivery="a\x1b[2J\r\n[error] fake", source="hill-lab/notes#1")

    (line,) = capsys.readouterr().out.splitlines()
    assert line.isprintable()
    assert "hill-lab/notes#1" in line


def test_a_traceback_as_text_has_neither_variables_nor_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.configure("INFO", "text")
    token = "ghs_" + "x" * 36
    try:
        raise ValueError(f"bad\x1b[2J {len(token)}")
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)

    shown = capsys.readouterr().out
    assert shown.count("\n") > 2
    assert "ValueError" in shown
    assert "\x1b" not in shown
    assert token not in shown
