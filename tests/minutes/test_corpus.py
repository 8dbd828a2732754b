"""Real minutes, judged by a measure that shares no code with us. Both lie beside the project, not in it."""

import importlib.util
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.archive.grouping import find_series
from bot.archive.paths import template_candidates
from bot.archive.profile import link_back
from bot.minutes import BUILT_IN, Meeting, decode, find_date, normalise, read_template, split
from tests.depth import some
from tests.minutes.cases import all_cases

SHARED = Path(__file__).parents[3] / "shared"
OME = SHARED / "corpus" / "ome+meeting-minutes"
pytestmark = pytest.mark.skipif(
    not (SHARED / "measure" / "lossless.py").exists(),
    reason="the corpus of real minutes and its measure (../shared) are not on this machine",
)


@pytest.fixture(scope="module")
def lossless():
    spec = importlib.util.spec_from_file_location("lossless", SHARED / "measure" / "lossless.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def account(minutes):
    entries = [asdict(entry) for entry in minutes.ledger]
    return [{key: value for key, value in entry.items() if value} for entry in entries]


def eras(*wanted):
    irregular_rows = (SHARED / "corpus" / "ome-irregular.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
    files = [row.split("\t") for row in irregular_rows]
    return some([(file, odd) for file, era, _, odd in files if era in wanted], 5)


@pytest.fixture(scope="module")
def make():
    """Return a function that makes minutes of a file of the archive."""
    files = [path.relative_to(OME).as_posix() for path in OME.rglob("*.md")]
    [series] = find_series(tuple(files))
    newest = decode((OME / series.meetings[-1].path).read_bytes())
    [named, *_] = template_candidates(files, series.layout)
    template = read_template(decode((OME / named).read_bytes()), newest)

    def normalised(notes, path, source="file"):
        day = find_date(notes, "", path).date
        meeting = Meeting(day, link_back(series, day, path))
        return normalise(notes, template=template, meeting=meeting, source=source)

    return normalised


@pytest.mark.parametrize("source", ["file", "issue"])
def test_the_template_eras_lose_nothing_and_twice_is_once(make, lossless, source):
    for path, odd in eras("E3", "E4", "E3?"):
        data = (OME / path).read_bytes()
        minutes = make(decode(data), path, source)
        assert lossless.check(data, minutes.text, account(minutes)) == [], path
        assert make(minutes.text, path, source).text == minutes.text, path
        assert not minutes.fell_back, path
        rules = {entry.rule for entry in minutes.ledger if entry.op != "carry"}
        if "no-h1" not in odd:
            allowed = {"previous-link"} | (
                {"duplicate-front-matter"} if "double-front-matter" in odd else set()
            )
            assert rules <= allowed | ({"hard-break"} if source == "issue" else set()), path


def test_regular_files_come_back_unchanged_but_for_the_link(make):
    for path, odd in eras("E3"):
        text = decode((OME / path).read_bytes())
        minutes = make(text, path)
        if not odd:
            changed = [
                (before, after)
                for before, after in zip(text.split("\n"), minutes.text.split("\n"), strict=True)
                if before != after
            ]
            assert len(changed) == 1, path
            assert changed[0][0].startswith("## Accepting minutes from [last meeting]("), path


def test_the_seed_links_the_newest_earlier_minutes(make, lossless):
    data = (SHARED / "seed" / "2022-01-18.md").read_bytes()
    minutes = make(decode(data), "2022/2022-01-18.md", "issue")
    assert "[last meeting](../2021/2021-11-09.md)" in minutes.text
    assert lossless.check(data, minutes.text, account(minutes)) == []
    assert len(minutes.fields.attendees) == 21
    assert minutes.fields.start == "2:00 pm UK"


def test_the_whole_corpus_is_safe(lossless):
    shares = []
    for file in some(sorted((SHARED / "corpus").rglob("*.md")), 10):
        data = file.read_bytes()
        day = find_date(decode(data), "", file.as_posix()).date
        how = {"template": BUILT_IN, "meeting": Meeting(day), "source": "issue"}
        minutes = normalise(decode(data), **how)
        assert not minutes.fell_back, file
        assert lossless.check(data, minutes.text, account(minutes)) == [], file
        assert normalise(minutes.text, **how).text == minutes.text, file
        shares.append(lossless.carried(data, account(minutes)))
    assert sum(shares) / len(shares) >= 0.9  # as notes of an issue, whose line ends stay visible


@pytest.mark.parametrize(
    ("log", "meetings"),
    [
        ("committee-steering/meeting-notes-archive/2017-meeting-notes.md", 4),
        ("sig-node/archive/ci-subgroup-notes-2024.md", 21),
        ("sig-node/archive/meeting-notes-2018.md", 20),
    ],
)
def test_each_meeting_of_a_long_log_is_safe(lossless, log, meetings):
    notes = decode((SHARED / "corpus" / "kubernetes+community" / log).read_bytes())
    parts = split(notes, 2018)  # the year of the one log that does not say it
    assert len(parts) == meetings
    for part in parts:
        minutes = normalise(notes, template=BUILT_IN, meeting=Meeting(part.days[0], selected=True))
        assert minutes.source_lines == part.source_lines, part
        assert not minutes.fell_back, part
        assert lossless.check(part.text, minutes.text, account(minutes)) == [], part


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.path.parent.name}/{case.path.stem}")
def test_the_measure_agrees_with_our_own_cases(case, lossless):
    minutes = case.normalise()
    assert lossless.check(case.notes, minutes.text, account(minutes)) == []
