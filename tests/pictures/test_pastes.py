"""What people see in the issue into which they paste notes is what readers see in the file of the minutes."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.minutes import BUILT_IN, Meeting, Template, decode, normalise, read_template
from github_simulator.pages.markdown import render
from tests.pictures.browser import Browser

pytestmark = pytest.mark.pictures

PASTES = {path.stem: decode(path.read_bytes()) for path in (Path(__file__).parent / "pastes").glob("*.md")}
TEAM = read_template("# YYYY-MM-DD\n\n## Attendees\n\n## Notes\n\n## Workshop\n\n## Any other business\n")
DAY = date(2031, 3, 4)
SIGNS = re.compile(r"(?:[•◦☐☑]|\d{1,2}[.)])\s+")
STYLE = (
    "<style>body {font: 16px sans-serif; display: flex; gap: 2em} body > div {width: 46%}"
    "table, td, th {border: 1px solid silver; border-collapse: collapse; padding: 4px}</style>"
)


@pytest.mark.parametrize("template", [BUILT_IN, TEAM], ids=["no-archive", "team"])
@pytest.mark.parametrize("paste", sorted(PASTES))
async def test_each_line_of_the_issue_is_one_of_the_file(
    tab: Browser, pictures: Path, paste: str, template: Template
) -> None:
    notes = PASTES[paste]
    minutes = normalise(notes, template=template, meeting=Meeting(DAY))
    issue, file = render(notes, breaks=True), render(minutes.text)
    page = f"{STYLE}<div id=issue><h2>The issue</h2>{issue}</div><div id=file><h2>The file</h2>{file}</div>"
    name = "team" if template is TEAM else "no-archive"

    await tab.picture(page, pictures / f"paste-{paste}-{name}.png")
    typed = (await tab.lines(page, "#issue"))[1:]
    shown = iter(unsigned((await tab.lines(page, "#file"))[1:]))

    assert [line for line in unsigned(typed) if line not in shown] == []  # in this order
    assert not any(line.startswith(("•", "◦", "☐", "☑")) for line in await tab.lines(page, "#file"))


def unsigned(lines: list[str]) -> Iterator[str]:
    """Yield lines as their words say them: without what marks an item of a list, and a colon at the end."""
    for line in lines:
        yield SIGNS.sub("", line, count=1) if SIGNS.match(line) else line
