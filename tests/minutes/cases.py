"""Case files: notes, template, minutes, ledger and findings in one Markdown file that can be read as a story.

    What the case shows, in a sentence or two.

    source: issue                       (else file)
    previous: 2031-02-25 2031-02-25.md  (else that; or none)
    guidance: drop                      (else keep)

    === template                        (else cases/template.md)
    === newest                          (else none)
    === notes
    === minutes                         (as they shall be)
    === ledger                          (what is not carried: op, lines of notes > lines of minutes, rule)
    === findings                        (severity, rule, line of the minutes)

The meeting is that of 2031-03-04. One blank line before the next section is no part of a section.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from bot.minutes import Entry, Meeting, Minutes, Previous, Template, normalise, read_template

FOLDER = Path(__file__).parent / "cases"
DAY = date(2031, 3, 4)
_SECTION = re.compile(r"^=== (\w+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    path: Path
    notes: str
    source: Literal["issue", "file"]
    template: Template
    meeting: Meeting
    minutes: str
    ledger: tuple[str, ...]
    findings: tuple[str, ...]

    def normalise(self, notes: str | None = None) -> Minutes:
        return normalise(
            self.notes if notes is None else notes,
            template=self.template,
            meeting=self.meeting,
            source=self.source,
        )


def read(path: Path) -> Case:
    head, *parts = _SECTION.split(path.read_text(encoding="utf-8"))
    sections = {
        name: re.sub(r"\n\n\Z", "\n", text) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
    previous = _setting(head, "previous") or "2031-02-25 2031-02-25.md"
    day, _, link = previous.partition(" ")
    template = sections.get("template") or (FOLDER / "template.md").read_text(encoding="utf-8")
    return Case(
        path=path,
        notes=sections["notes"],
        source="issue" if _setting(head, "source") == "issue" else "file",
        template=replace(
            read_template(template, sections.get("newest")),
            keeps_guidance=_setting(head, "guidance") != "drop",
        ),
        meeting=Meeting(DAY, Previous(date.fromisoformat(day), link) if link else None),
        minutes=sections.get("minutes", ""),
        ledger=tuple(filter(None, sections.get("ledger", "").split("\n"))),
        findings=tuple(filter(None, sections.get("findings", "").split("\n"))),
    )


def all_cases() -> list[Case]:
    return [read(path) for path in sorted(FOLDER.glob("*/*.md"))]


def ledger_lines(minutes: Minutes) -> tuple[str, ...]:
    """Write the account as case files have it."""
    return tuple(
        " ".join(filter(None, (entry.op, _span(entry), entry.rule)))
        for entry in minutes.ledger
        if entry.op != "carry"
    )


def finding_lines(minutes: Minutes) -> tuple[str, ...]:
    """Write the findings as case files have them."""
    return tuple(f"{f.severity} {f.rule} {f.line or ''}".rstrip() for f in minutes.findings)


def _span(entry: Entry) -> str:
    src, out = (f"{span[0]}-{span[1]}" if span else "" for span in (entry.src, entry.out))
    return f"{src}>{out}"


def _setting(head: str, name: str) -> str:
    match = re.search(rf"^{name}: (.*)$", head, re.MULTILINE)
    return match[1].strip() if match else ""
