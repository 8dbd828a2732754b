"""What is in `deploy/`: the files can be read, and what they name is there."""

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import click
from prometheus_client import generate_latest
from ruamel.yaml import YAML

from bot.__main__ import main
from bot.service.metrics import Metrics
from bot.service.settings import VARIABLES

DEPLOY = Path(__file__).parents[1] / "deploy"
KNOWN = {variable.name for variable in VARIABLES}


def is_command(words: list[str]) -> bool:
    """Return whether these words call a command of the bot."""
    program, command, *_ = words
    return program.rsplit("/", 1)[-1] == "minutes-bot" and command in main.list_commands(click.Context(main))


def test_the_unit_runs_the_server_without_root() -> None:
    unit = ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DEPLOY / "minutes-bot.service").read_text())
    service = unit["Service"]

    assert is_command(shlex.split(service["ExecStart"]))
    assert service["Environment"].partition("=")[0] in KNOWN
    assert (service["DynamicUser"], service["NoNewPrivileges"]) == ("yes", "yes")


def test_the_container_runs_the_server_without_root() -> None:
    lines = (DEPLOY / "Containerfile").read_text().split("\n")
    steps = dict(line.split(" ", 1) for line in lines if re.match(r"[A-Z]+ ", line))

    assert int(steps["USER"]) > 0
    assert lines.index(f"USER {steps['USER']}") < lines.index(f"CMD {steps['CMD']}")
    assert is_command(YAML(typ="safe").load(steps["CMD"]))
    assert {each.partition("=")[0] for each in steps["ENV"].split()} <= KNOWN
    copied = [path for line in lines if line.startswith("COPY ") for path in line.split()[1:-1]]
    assert all((DEPLOY.parent / path).exists() for path in copied)


def test_each_alert_is_about_a_metric_that_there_is() -> None:
    (group,) = YAML(typ="safe").load((DEPLOY / "alerts.yml").read_text())["groups"]
    named = {name for rule in group["rules"] for name in re.findall(r"\bminutes_\w+", rule["expr"])}
    metrics = Metrics()
    there = set(
        re.findall(r"^# (?:HELP|TYPE) (\w+)", generate_latest(metrics.registry).decode(), re.MULTILINE)
    )

    assert named
    assert {name.removesuffix("_bucket") for name in named} <= there
    assert all(rule["annotations"]["summary"] for rule in group["rules"])


def test_what_the_alerts_count_is_there_from_the_start() -> None:
    text = (DEPLOY / "alerts.yml").read_text()
    counted = re.findall(r"increase\((\w+)(?:\{outcome=\"([\w-]+)\"\})?\[", text)
    registry = Metrics().registry

    assert len(counted) == text.count("increase(") > 0
    for name, outcome in counted:
        assert registry.get_sample_value(name, {"outcome": outcome} if outcome else {}) == 0, (name, outcome)
