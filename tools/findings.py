"""Write docs/findings.md from the table of findings, so that no finding is documented twice, or not at all.

python tools/findings.py           writes it
python tools/findings.py --check   says whether it is out of date, and exits 1 if so
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.archive.inspection.checks import GRAVE
from bot.minutes.normalising.findings import ARCHIVE_FINDINGS, FINDINGS, MEETING_FINDINGS, Severity

PAGE = Path(__file__).parents[1] / "docs" / "findings.md"
HEAD = """# What the bot points out

A pull request of minutes lists what a reviewer should look at, and a check run shows it on the lines of the
file; `minutes-bot check` does so for a whole archive. An *error* keeps the pull request a draft, a *warning*
wants a look, a *notice* only informs. Where this page has an ellipsis, the finding has the fact.

(Written by `tools/findings.py` from `bot/minutes/normalising/findings.py`.)
"""
SECTIONS: Mapping[str, Mapping[str, tuple[Severity, str, str]]] = {
    "In the notes": FINDINGS,
    "Around the notes": MEETING_FINDINGS,
    "In an archive, by `minutes-bot check`": ARCHIVE_FINDINGS,
}


def page() -> str:
    """Return the page: a table of the findings for each place where they occur."""
    return "\n".join([HEAD, *(f"## {title}\n\n{table(found)}\n" for title, found in SECTIONS.items())])


def table(found: Mapping[str, tuple[Severity, str, str]]) -> str:
    """Return the table of the findings of one place."""
    rows = [
        f"| `{name}` | {severity(name, how)} | {_open(what)} | {_open(cure)} |"
        for name, (how, what, cure) in found.items()
    ]
    head = ["| finding | severity | what it is | what to do |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows])


def severity(name: str, usual: Severity) -> str:
    """Return the severity of a finding in words; some are graver in minutes that were published."""
    return f"{usual}; in an archive an error" if name in GRAVE else str(usual)


def _open(text: str) -> str:
    """Return a message with an ellipsis for each placeholder."""
    return re.sub(r"\{[^}]*\}", "…", text)


def main() -> int:
    """Write the page, or with `--check` only compare it. Return the exit code: 1 if it is out of date."""
    made = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print(f"docs/findings.md is {'up to date' if same else 'out of date: run tools/findings.py'}")
        return int(not same)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
