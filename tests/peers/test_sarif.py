"""What `check --format sarif` writes, before the official schema of SARIF (in `@microsoft/jest-sarif`)."""

import json

import jsonschema_rs
import pytest
from click.testing import CliRunner

from bot.cli.check import check


@pytest.fixture(scope="session")
def sarif(peers):
    """The schema's validator. A bracket in its pattern of languages is one that only JavaScript reads."""
    schema = peers / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
    text = schema.read_text(encoding="utf-8").replace("{2}]?$", "{2}\\\\]?$")
    return jsonschema_rs.validator_for(json.loads(text), validate_formats=True)


@pytest.fixture
def written(tmp_path):
    """The findings of an archive with odd names: every severity, with lines and without."""
    for day, year in (("2031-02-04", 2031), ("2031-02-11", 2032)):
        (tmp_path / f"{day}.md").write_text(
            f"# {day.replace('2031', str(year))}\n\n## From [last meeting](#)\n\nText\n"
        )
    (tmp_path / "2031-02-18 (ä & b) copy.md").write_text("# 2031-02-18\n\nPasscode: 482913\n")
    return json.loads(CliRunner().invoke(check, [str(tmp_path), "--format", "sarif"]).stdout)


def test_findings_are_sarif(sarif, written):
    assert {result["level"] for result in written["runs"][0]["results"]} == {"error", "warning", "note"}
    assert [str(error) for error in sarif.iter_errors(written)] == []


def test_nothing_to_look_at_is_sarif(sarif, tmp_path):
    nothing = json.loads(CliRunner().invoke(check, [str(tmp_path), "--format", "sarif"]).stdout)
    assert nothing["runs"][0]["results"] == []
    assert [str(error) for error in sarif.iter_errors(nothing)] == []


BREAKS = {
    "level": lambda log: log["runs"][0]["results"][0].update(level="notice"),
    "message": lambda log: log["runs"][0]["results"][0].pop("message"),
    "key": lambda log: log["runs"][0]["results"][0].update(line=3),
    "version": lambda log: log.update(version="2"),
}


@pytest.mark.parametrize("part", BREAKS)
def test_the_schema_refuses_what_is_no_sarif(sarif, written, part):
    BREAKS[part](written)
    assert not sarif.is_valid(written)
