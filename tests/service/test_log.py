"""What a line of the log is, and what it never holds."""

import json
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
