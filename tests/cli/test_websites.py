"""What runs on websites is an error only where there may be one."""

import json

import pytest
from click.testing import CliRunner

from bot.cli.normalise import normalise


@pytest.mark.parametrize(
    ("file", "rules"),
    [("docs/_config.yml", {"site-code", "pad-directive"}), ("docs/plan.md", {"liquid", "pad-directive"})],
)
def test_the_files_of_an_archive_say_whether_it_is_a_website(tmp_path, file, rules):
    archive = tmp_path / "kites"
    (archive / "docs").mkdir(parents=True)
    (archive / file).write_text("")
    (archive / "2031-02-25.md").write_text("# 2031-02-25\n\nAttending: Ada\n\n- frames\n")
    (tmp_path / "notes.md").write_text(
        "# 2031-03-04\n\nAttending: Ada\n\n{{ x }}\n\n{%pdf https://a.example %}\n"
    )

    result = CliRunner().invoke(
        normalise, [str(tmp_path / "notes.md"), "--archive", str(archive), "--json"], catch_exceptions=False
    )

    found = {each["rule"] for each in json.loads(result.stdout)["findings"]}
    assert found & {"site-code", "liquid", "pad-directive"} == rules
    assert result.exit_code == ("site-code" in rules)
