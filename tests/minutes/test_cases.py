"""The case files: each shows one rule at work, or leaves something alone."""

import pytest

from bot.minutes import FINDINGS, RULES, verify
from tests.minutes.cases import Case, all_cases, finding_lines, ledger_lines

CASES = all_cases()
each_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.path.parent.name}/{case.path.stem}"
)


@each_case
def test_minutes_ledger_and_findings_are_as_the_case_says(case: Case):
    minutes = case.normalise()
    assert minutes.text == case.minutes
    assert ledger_lines(minutes) == case.ledger
    assert finding_lines(minutes) == case.findings
    assert not minutes.caught


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
    shown = {line.split()[1] for case in CASES for line in case.findings}
    assert shown == set(FINDINGS) - {"internal-error", "no-date", "one-of-several"}  # other tests have these
