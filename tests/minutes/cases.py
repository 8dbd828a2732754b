"""Case files: notes, template, minutes, ledger and findings in one Markdown file that can be read as a story.

    What the case shows, in a sentence or two.

    source: issue                       (else file)
    previous: 2031-02-25 2031-02-25.md  (else that; or none)
    guidance: drop                      (else keep)
    style: template                     (else typed)
    sections: as typed                  (else as in the archive)
    newest: 5                           (as many minutes as `=== newest`; else 1)
    findings: all                       (else those that the case is about)

    === template                        (else cases/template.md)
    === newest                          (else none)
    === notes
    === minutes                         (as they shall be)
    === ledger                          (what is not carried: op, lines of notes > lines of minutes, rule)
    === findings                        (severity, rule, line of the minutes; or no, rule)

A case says which findings it is about: every error and every warning, and of the notices those whose rules
it names, all of a rule; `no <rule>` names one that must not be there. So a new notice concerns no case but
its own.

The meeting is that of 2031-03-04. The form of the file: `sections.py`. `pytest --rewrite-cases` writes what
comes out now into minutes, ledger and findings, to be read with `git diff`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from bot.minutes import LedgerEntry, Meeting, Minutes, Previous, Severity, Template, normalise, read_template
from tests.minutes import sections

FOLDER = Path(__file__).parent / "cases"
DAY = date(2031, 3, 4)
SECTIONS = {"template", "newest", "notes", "minutes", "ledger", "findings"}


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
    all_findings: bool

    def normalise(self, notes: str | None = None) -> Minutes:
        return normalise(
            self.notes if notes is None else notes,
            template=self.template,
            meeting=self.meeting,
            source=self.source,
        )

    def findings_of(self, minutes: Minutes) -> tuple[str, ...]:
        """Write the findings as this case has them: those that it is about."""
        named = {line.split()[1]: line.split()[0] for line in self.findings}
        found = [
            each
            for each in minutes.findings
            if self.all_findings or each.severity != Severity.NOTICE or each.rule in named
        ]
        rules = {each.rule for each in found}
        missed = (rule for rule, wanted in named.items() if rule not in rules and wanted in ("no", "notice"))
        lines = (f"{each.severity} {each.rule} {each.line or ''}".rstrip() for each in found)
        return (*lines, *(f"no {rule}" for rule in missed))

    def rewritten(self) -> str:
        """Write the case file anew, with what comes out now; a fault of ours is nothing to write down."""
        minutes = self.normalise()
        assert not minutes.fell_back, self.path
        story, found = sections.cut(self.path.read_text(encoding="utf-8"), SECTIONS)
        ledger, findings = ledger_lines(minutes), self.findings_of(minutes)
        now = {"minutes": minutes.text, "ledger": _lines(ledger), "findings": _lines(findings)}
        return sections.join(story, {**found, **now})


def read(path: Path) -> Case:
    head, found = sections.cut(path.read_text(encoding="utf-8"), SECTIONS)
    previous = _setting(head, "previous") or "2031-02-25 2031-02-25.md"
    day, _, link = previous.partition(" ")
    template = found.get("template") or (FOLDER / "template.md").read_text(encoding="utf-8")
    newest = [found["newest"]] * int(_setting(head, "newest") or 1) if "newest" in found else []
    return Case(
        path=path,
        notes=found["notes"],
        source="issue" if _setting(head, "source") == "issue" else "file",
        template=replace(
            read_template(template, *newest),
            keeps_guidance=_setting(head, "guidance") != "drop",
            keeps_fields=_setting(head, "style") != "template",
            adds_sections=_setting(head, "sections") != "as typed",
        ),
        meeting=Meeting(DAY, Previous(date.fromisoformat(day), link) if link else None),
        minutes=found.get("minutes", ""),
        ledger=tuple(filter(None, found.get("ledger", "").split("\n"))),
        findings=tuple(filter(None, found.get("findings", "").split("\n"))),
        all_findings=_setting(head, "findings") == "all",
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


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _span(entry: LedgerEntry) -> str:
    src, out = (f"{span[0]}-{span[1]}" if span else "" for span in (entry.src, entry.out))
    return f"{src}>{out}"


def _setting(head: str, name: str) -> str:
    match = re.search(rf"^{name}: (.*)$", head, re.MULTILINE)
    return match[1].strip() if match else ""
