"""The case files: each shows one rule at work, or leaves something alone."""

import re

import pytest

from bot.minutes import FINDINGS, RULES, verify
from tests.minutes import sections
from tests.minutes.cases import SECTIONS, Case, all_cases, ledger_lines, read

CASES = all_cases()
each_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.path.parent.name}/{case.path.stem}"
)


@each_case
def test_minutes_ledger_and_findings_are_as_the_case_says(case: Case):
    minutes = case.normalise()
    assert minutes.text == case.minutes
    assert ledger_lines(minutes) == case.ledger
    assert case.findings_of(minutes) == case.findings
    assert not minutes.fell_back


@each_case
def test_the_ledger_is_honest(case: Case):
    minutes = case.normalise()
    assert verify(case.notes, minutes.text, minutes.ledger) == []


@each_case
def test_twice_is_once(case: Case):
    again = case.normalise(case.normalise().text)
    assert again.text == case.minutes
    assert ledger_lines(again) == ()


@each_case
@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
    ],
    ids=["CRLF", "CR", "BOM", "no last line end"],
)
def test_line_ends_and_marks_of_encodings_make_no_difference(case: Case, disguise):
    assert case.normalise(disguise(case.notes)).text == case.minutes


def test_every_rule_and_every_finding_has_a_case():
    assert {line.rpartition(" ")[2] for case in CASES for line in case.ledger} == set(RULES)
    shown = {line.split()[1] for case in CASES for line in case.findings if not line.startswith("no ")}
    assert shown == set(FINDINGS) - {"internal-error", "no-date", "one-of-several"}  # other tests have these


def test_no_case_is_vacuous():
    assert [case.path.name for case in CASES if not case.minutes.strip()] == []
    inputs = [(case.notes, case.source, case.template, case.meeting) for case in CASES]
    assert [case.path.name for at, case in enumerate(CASES) if inputs[at] in inputs[:at]] == []
    denied = {line.removeprefix("no ") for case in CASES for line in case.findings if line.startswith("no ")}
    assert denied <= {rule for rule, (severity, *_) in FINDINGS.items() if severity == "notice"}


@each_case
def test_a_case_that_is_wrong_is_put_right(case: Case, tmp_path):
    text = case.path.read_text("utf-8")
    assert sections.join(*sections.cut(text, SECTIONS)) == text
    story, after = text.split("=== minutes\n")
    findings = after.split("=== findings\n")[1]
    wrong = re.sub(r"^(?:error|warning) .*\n", "", findings, flags=re.MULTILINE).replace("no ", "notice ")
    path = tmp_path / case.path.name
    path.write_text(f"{story}=== minutes\nElse\n\n=== ledger\ndrop 1-1> title\n\n=== findings\n{wrong}")

    path.write_text(read(path).rewritten())

    again = read(path)
    minutes = again.normalise()
    assert (again.minutes, again.ledger) == (minutes.text, ledger_lines(minutes))
    assert again.findings == again.findings_of(minutes)
    assert {line.split()[1] for line in again.findings} >= {line.split()[1] for line in wrong.splitlines()}
