"""The merge case by case, and round by round."""

import re
from pathlib import Path

import pytest

from bot.minutes.merging.merge import Merged, keeps, merge
from tests.minutes import sections
from tests.minutes.merge_cases import SECTIONS, Case, all_as_written, all_cases, read

CASES = all_cases()
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@each_case
def test_the_merge_is_as_the_case_says(case: Case) -> None:
    merged = case.merge()
    assert all_as_written(merged) == case.conflict
    assert merged.text == (case.people if case.merged is None else case.merged)


@each_case
def test_nothing_is_left_to_merge_when_the_branch_has_it(case: Case) -> None:
    text = case.merge().text
    assert merge(case.bot, case.bot, text) == Merged(text)
    assert case.merge(text).text == text  # nor twice, should the base be an old one


@each_case
def test_line_ends_of_the_branch_stay(case: Case) -> None:
    merged = case.merge(case.people.replace("\n", "\r\n"))
    assert merged.text == case.merge().text.replace("\n", "\r\n")


@each_case
def test_a_conflict_ends_when_the_branch_takes_the_notes(case: Case) -> None:
    conflicts = case.merge().conflicts
    lines = case.people.split("\n")
    for conflict in reversed(conflicts):
        at = conflict.theirs_line - 1
        count = len(conflict.theirs.split("\n")) if conflict.theirs else 0
        lines[at : at + count] = conflict.ours.split("\n") if conflict.ours else []
    resolved = case.merge("\n".join(lines))
    assert not resolved.conflicts
    assert all(conflict.ours in resolved.text for conflict in conflicts)


def test_no_case_is_vacuous() -> None:
    assert [case.name for case in CASES if (case.merged is None) != bool(case.conflict)] == []
    assert [case.name for case in CASES if case.base in (case.bot, case.people)] == []
    texts = [(case.base, case.bot, case.people, case.scaffold) for case in CASES]
    assert len(set(texts)) == len(texts)


@each_case
def test_a_case_that_is_wrong_is_put_right(case: Case, tmp_path: Path) -> None:
    text = case.path.read_text("utf-8")
    assert sections.join(*sections.cut(text, SECTIONS)) == text
    path = tmp_path / case.path.name
    path.write_text(re.split(r"=== (?:merged|conflict)\n", text)[0] + "=== merged\nElse\n", "utf-8")
    path.write_text(read(path).rewritten(), "utf-8")

    test_the_merge_is_as_the_case_says(read(path))


NOTES = "# 2031-03-04\n\n## Workshop\n\n- Frames\n- Tails\n"


def test_what_people_typed_survives_every_further_round() -> None:
    first = NOTES
    branch = first.replace("- Tails", "- Tails, of silk")  # a person pushes
    second = first.replace("- Frames", "- Frames of ash")  # the notes are edited
    branch = merge(first, second, branch).text.replace("# 2031-03-04", "# Kites, 2031-03-04")  # and so on
    third = second + "- Reels\n"
    branch = merge(second, third, branch).text

    assert branch == "# Kites, 2031-03-04\n\n## Workshop\n\n- Frames of ash\n- Tails, of silk\n- Reels\n"


def test_with_the_merged_text_as_base_it_would_not() -> None:
    """Why the bot has to keep what it made of the notes, and not only what it wrote to the branch."""
    branch = merge(NOTES, NOTES + "- Reels\n", NOTES.replace("- Tails", "- Tails, of silk")).text

    assert "silk" not in merge(branch, NOTES + "- Reels\n- Paint\n", branch).text


def test_what_would_read_otherwise_is_a_conflict() -> None:
    fence_left_open = NOTES + "\n```\nglue\n"

    merged = merge(NOTES, NOTES + "\nThat is all.\n", fence_left_open)

    assert merged.text == fence_left_open
    assert merged.conflicts


@pytest.mark.parametrize("theirs", ["", "\n\n", "\ufeff" + NOTES, "\x00", "\ud800", "\r\r"])
def test_any_text_may_stand_on_the_branch(theirs: str) -> None:
    merged = merge(NOTES, NOTES + "- Reels\n", theirs)
    assert merged.conflicts or "- Reels" in merged.text


def test_the_proof_sees_what_is_lost_and_what_is_doubled() -> None:
    base, ours, theirs = ("a", "b"), ("a", "b", "typed"), ("a", "b", "pushed", "-")
    assert keeps(base, ours, theirs, ("a", "b", "pushed", "typed"))
    assert not keeps(base, ours, theirs, ("a", "b", "pushed"))
    assert not keeps(base, ours, theirs, ("a", "b", "typed"))
    assert not keeps(base, ours, theirs, ("a", "a", "b", "pushed", "typed"))
    assert not keeps(base, ours, theirs, ("b", "pushed", "typed"))
