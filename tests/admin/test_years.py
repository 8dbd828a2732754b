"""The corrections of an archive by year, and the description of their pull requests."""

from bot.admin.years import ArchiveFile, Correction, Year, corrections_by_year
from bot.archive.inspection.corrections import Corrected
from bot.minutes import LedgerEntry
from tests.admin.conftest import archive


def files(texts):
    return {path: ArchiveFile(text.encode()) for path, text in texts.items()}


def correction(number):
    ledger = (LedgerEntry("replace", (9, 9), (9, 9), "previous-link"),)
    path = f"2031/team-with-a-long-name-{number}/2031-01-07.md"
    return Correction(path, ArchiveFile(b"a"), ArchiveFile(b"b"), Corrected("b", ledger))


def test_a_year_has_the_minutes_of_its_meetings():
    found = corrections_by_year(files(archive()))
    assert [(each.year, len(each.files), each.branch) for each in found.years] == [
        (2029, 1, "minutes/backfill/2029"),
        (2030, 2, "minutes/backfill/2030"),
        (2031, 1, "minutes/backfill/2031"),
    ]
    assert found.left == {}


def test_the_digest_tells_other_corrections_and_nothing_else():
    texts = archive()
    digests = {each.year: each.digest for each in corrections_by_year(files(texts)).years}
    texts["2030/2030-01-15.md"] += "- one thing more\n"
    again = {each.year: each.digest for each in corrections_by_year(files(texts)).years}
    assert {year for year in digests if digests[year] != again[year]} == {2030}


def test_what_cannot_be_encoded_as_it_was_is_left():
    wrong = files(archive())
    path = "2031/2031-01-14.md"
    wrong[path] = ArchiveFile(wrong[path].data + b"- caf\xe9 \x81\n")
    found = corrections_by_year(wrong)
    assert [each.year for each in found.years] == [2029, 2030]
    assert "encoding" in found.left[path]


def test_a_configuration_with_mistakes_is_not_used_and_said():
    found = corrections_by_year(files(archive() | {".github/minutes.yml": "settle: never\n"}))
    assert len(found.years) == 3
    assert ".github/minutes.yml has mistakes and is not used" in found.note


def test_a_long_table_ends_with_how_many_are_left():
    text = Year(2031, tuple(map(correction, range(2000)))).description()
    rows = text.count("| `2031/")
    assert 400 < rows < 2000
    assert len(text) <= 60_000
    assert text.endswith(f"\nAnd {2000 - rows:,} more files, see the diff.\n")


def test_a_path_cannot_break_out_of_its_cell():
    odd = Correction("a`|@ada\n.md", ArchiveFile(b"a"), ArchiveFile(b"b"), correction(1).corrected)
    assert (
        "| `a\\|@ada.md` | 9 | link to the last meeting | `previous-link` |\n"
        in Year(2031, (odd,)).description()
    )
