"""The day that a path names, the words beside it, and the layout that writes it back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.dates import read_paths
from bot.archive.layout import Layout

PATHS = [
    ("2026/02/03/README.md", "2026-02-03", "", "README", "YYYY/MM/DD/README.md"),
    ("plenum/2026-05-05/index.md", "2026-05-05", "plenum", "index", "plenum/YYYY-MM-DD/index.md"),
    ("m/2026-05-05/2026-05-05-board.md", "2026-05-05", "m", "board", "m/YYYY-MM-DD/YYYY-MM-DD-board.md"),
    ("minutes/june-04-2026.md", "2026-06-04", "minutes", "", "minutes/month-DD-YYYY.md"),
    ("minutes/June.4.2026.md", "2026-06-04", "minutes", "", "minutes/{January}.{D}.YYYY.md"),
    ("minutes/2026-Oct-17.md", "2026-10-17", "minutes", "", "minutes/YYYY-{Jan}-DD.md"),
    ("minutes/2026-5-5.md", "2026-05-05", "minutes", "", "minutes/YYYY-{M}-{D}.md"),
    ("minutes/20260505-board.md", "2026-05-05", "minutes", "board", "minutes/YYYYMMDD-board.md"),
    ("minutes/2026.05.05_board.md", "2026-05-05", "minutes", "board", "minutes/YYYY.MM.DD_board.md"),
    ("2026/minutes/february-18.md", "2026-02-18", "minutes", "", "YYYY/minutes/month-DD.md"),
    ("2026/telcons/10-14-minutes.md", "2026-10-14", "telcons", "minutes", "YYYY/telcons/MM-DD-minutes.md"),
    ("2026/05-May/5.md", "2026-05-05", "", "", "YYYY/MM-{January}/{D}.md"),
    ("2026/01-nyc/08.md", "2026-01-08", "nyc", "", "YYYY/MM-nyc/DD.md"),
    ("n/2018/Q4/2018-11-12--all.md", "2018-11-12", "n", "all", "n/YYYY/Q{Q}/YYYY-MM-DD--all.md"),
    ("n/2018/Q3/2018-11-12.md", "2018-11-12", "n", "", "n/YYYY/Q3/YYYY-MM-DD.md"),  # another quarter
    ("old/2021-02-22/qa/2020-04-08.md", "2020-04-08", "old/qa", "", "old/2021-02-22/qa/YYYY-MM-DD.md"),
    ("m/2025-10-14 - 2025-10-15/n.md", "2025-10-14", "m", "n", "m/YYYY-MM-DD - 2025-10-15/n.md"),
    ("m/2026-01-05-to-2026-02-02-log.md", "2026-01-05", "m", "log", "m/YYYY-MM-DD-to-2026-02-02-log.md"),
    ("Protokoll 5. März 2026.md", "2026-03-05", "", "Protokoll", "Protokoll {D}. {Januar} YYYY.md"),
    ("17th-march-2026.md", "2026-03-17", "", "", "{Dth}-month-YYYY.md"),
    ("atas/3 de fevereiro de 2026.md", "2026-02-03", "atas", "", "atas/{D} de {janeiro} de YYYY.md"),
    ("notes/2026年5月20日.md", "2026-05-20", "notes", "", "notes/YYYY年{M}月DD日.md"),
    ("notes/31.12.2026.md", "2026-12-31", "notes", "", "notes/DD.MM.YYYY.md"),
    ("notes/06.01.2026.md", "2026-01-06", "notes", "", "notes/DD.MM.YYYY.md"),  # dots begin with the day
    ("notes/12-31-2026.md", "2026-12-31", "notes", "", "notes/MM-DD-YYYY.md"),
    ("m/2026-05-05T12_00_00Z.md", "2026-05-05", "m", "T12_00_00Z", "m/YYYY-MM-DD{=T}12_00_00Z.md"),
    ("MM/2026-05-05.adoc", "2026-05-05", "MM", "", "{=MM}/YYYY-MM-DD.adoc"),
    ("2026/2026-05-26.MD", "2026-05-26", "", "", "YYYY/YYYY-MM-DD.MD"),
]


@pytest.mark.parametrize(("path", "day", "folders", "words", "pattern"), PATHS)
def test_a_path_says_its_day_and_how_it_is_written(
    path: str, day: str, folders: str, words: str, pattern: str
) -> None:
    [found] = read_paths([path, "README.md"])

    assert (found.day.isoformat(), found.folders, found.words, found.pattern) == (
        day,
        folders,
        words,
        pattern,
    )
    assert Layout(pattern).path(found.day) == path
    assert Layout(pattern).date(path) == found.day
    assert found.other is None


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "2026.md",
        "minutes/2026-02-30.md",
        "src/v1.2.3.md",
        "2026-05-05.png",
        "2026-05-05",
        "call-112.md",
    ],
)
def test_a_path_without_a_day_is_left_out(path: str) -> None:
    assert read_paths([path]) == []


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["06-01-2026", "13-01-2026", "03-02-2026"], "2026-01-06"),
        (["01-06-2026", "01-13-2026", "02-03-2026"], "2026-01-06"),
        (["260505", "260512"], "2026-05-05"),
        (["030526", "100526", "170526"], "2026-05-03"),
        (["05-05-26", "05-12-26"], "2026-05-05"),
    ],
)
def test_all_paths_of_a_place_show_which_number_is_the_month(names: list[str], first: str) -> None:
    found = read_paths(f"minutes/{name}.md" for name in names)

    assert [dated.path for dated in found] == [f"minutes/{name}.md" for name in names]
    assert (found[0].day.isoformat(), found[0].other) == (first, None)


def test_where_nothing_shows_it_both_readings_are_kept() -> None:
    [found] = read_paths(["minutes/06-01-2026.md"])

    assert found.other is not None
    assert {found.day, found.other.day} == {date(2026, 1, 6), date(2026, 6, 1)}


def test_another_place_does_not_show_it() -> None:
    found = read_paths(["a/06-01-2026.md", "b/13-01-2026.md"])

    assert [dated.other is None for dated in found] == [False, True]


def test_a_month_is_written_as_the_others_are() -> None:
    layout = Layout("{Jan} {Dth} YYYY.md")

    assert layout.path(date(2026, 10, 2)) == "Oct 2nd 2026.md"
    assert layout.date("oct 2nd 2026.md") == date(2026, 10, 2)
    assert Layout("{Mär}-{D}-{YY}.md").path(date(2026, 10, 2)) == "Okt-2-26.md"


@given(st.sampled_from(PATHS), st.dates(date(2000, 1, 1), date(2079, 12, 31)))
def test_a_layout_reads_the_path_that_it_wrote(known: tuple[str, ...], day: date) -> None:
    layout = Layout(known[4])

    assert layout.date(layout.path(day)) == day


@given(st.lists(st.text(max_size=60), max_size=20))
def test_any_paths_can_be_read(paths: list[str]) -> None:
    found = read_paths(paths)

    assert [dated.day for dated in found] == sorted(dated.day for dated in found)
    assert all(Layout(dated.pattern).path(dated.day) == dated.path for dated in found)
