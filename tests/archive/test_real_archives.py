"""A real archive of ten years, with every irregularity known; it lies beside the project, not in it."""

import re
from pathlib import Path

import pytest

from bot.archive.inspection import inspect
from bot.archive.profile import ArchiveProfile
from bot.cli.files import markdown_in, read

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
OME = CORPUS / "ome+meeting-minutes"
pytestmark = pytest.mark.skipif(
    not OME.is_dir(), reason="the corpus of real minutes (../shared) is not on this machine"
)

WRONG = {
    "copy-of=": "same-text",
    "h1-date=": "date-conflict",
    "fm-title=2025": "date-impossible",
    "odd-filename": "file-name",
    "file-date-is-": "odd-weekday",
    "double-front-matter": "front-matter-twice",
    "missing-section=": "missing-section",
}
"""The corpus's words for what is irregular, and the finding that says so."""


def inspection(folder):
    texts = {file.relative_to(folder).as_posix(): read(file) for file in markdown_in(folder)}
    return inspect(texts, ArchiveProfile(texts, texts.__getitem__).template)


@pytest.fixture(scope="module")
def found():
    """The rules and severities of what was found, by path."""
    by_path = {path: set() for path in inspection(OME).minutes}
    for it in inspection(OME).found:
        by_path[it.path].add((it.finding.rule, it.finding.severity.value))
    return by_path


@pytest.fixture(scope="module")
def known():
    """What is irregular, by path."""
    rows = (CORPUS / "ome-irregular.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
    return {path: shown for path, _, _, shown in (row.split("\t") for row in rows)}


def test_every_file_of_the_archive_is_minutes(found, known):
    assert set(found) == set(known)


@pytest.mark.parametrize("word", WRONG)
def test_what_is_wrong_is_found(found, known, word):
    wrong = {path for path, shown in known.items() if re.search(rf"(^|;){word}", shown)}
    assert wrong
    assert wrong <= {path for path, rules in found.items() if WRONG[word] in {rule for rule, _ in rules}}


@pytest.mark.parametrize("rule", ["same-text", "file-name", "odd-weekday", "front-matter-twice"])
def test_nothing_else_is(found, known, rule):
    words = [word for word, named in WRONG.items() if named == rule]
    for path, rules in found.items():
        if rule in {name for name, _ in rules}:
            assert any(re.search(rf"(^|;){word}", known[path]) for word in words), path


def test_a_generic_link_is_found_wherever_there_is_one(found):
    generic = re.compile(
        r"last.*\]\(https://(hackmd\.io/team|github\.com/ome/meeting-minutes\)|drive\.google)"
    )
    for path, rules in found.items():
        if generic.search((OME / path).read_text(encoding="utf-8")):
            assert {rule for rule, _ in rules} & {"previous-link-generic", "previous-link-unknown"}, path


def test_files_without_an_irregularity_have_no_error(found, known):
    harmless = {path for path, shown in known.items() if shown in ("", "double-front-matter")}
    assert len(harmless) == 56
    assert not [path for path in harmless if any(severity == "error" for _, severity in found[path])]


def test_errors_elsewhere_are_days_that_disagree():
    """In the archives of others there are six errors, each of them true: the heading was copied."""
    folders = sorted(set(CORPUS.glob("*+*")) - {OME})
    found = [(folder.name, it) for folder in folders for it in inspection(folder).found]
    errors = [(name, it.path, it.finding.rule) for name, it in found if it.finding.severity == "error"]
    assert {rule for _, _, rule in errors} <= {"date-conflict", "date-impossible"}
    assert len(errors) == 6
