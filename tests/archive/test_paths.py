"""Links between files of an archive, templates near its minutes, layouts as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.layout import Layout
from bot.archive.paths import linked_path, relative_link, template_candidates

LAYOUTS = [
    ("YYYY/YYYY-MM-DD.md", "2026/2026-08-18.md"),
    ("YYYY-MM-DD.md", "2026-08-18.md"),
    ("meetings/YYYY-MM-DD.md", "meetings/2026-08-18.md"),
    ("doc/notes-YYYY-MM-DD.md", "doc/notes-2026-08-18.md"),
    ("YYYY/MM/YYYY-MM-DD.md", "2026/08/2026-08-18.md"),
    ("YYYY/telcons/MM-DD-minutes.md", "2026/telcons/08-18-minutes.md"),
    ("notes/YYYY.MM.DD_meeting.md", "notes/2026.08.18_meeting.md"),
    ("board/YYYYMMDD.md", "board/20260818.md"),
    ("COMMITTEE/YYYY-MM-DD.md", "COMMITTEE/2026-08-18.md"),  # the MM of COMMITTEE is no month
    ("YYYY/month-DD.md", "2026/august-18.md"),
]


@pytest.mark.parametrize(("pattern", "path"), LAYOUTS)
def test_a_layout_writes_a_path_and_reads_it(pattern: str, path: str) -> None:
    assert Layout(pattern).path(date(2026, 8, 18)) == path
    assert Layout(pattern).date(path) == date(2026, 8, 18)


@given(st.sampled_from(LAYOUTS), st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_a_path_leads_back_to_its_day(layout: tuple[str, str], day: date) -> None:
    assert Layout(layout[0]).date(Layout(layout[0]).path(day)) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026/2026-08-18.md", date(2026, 8, 18)),
        ("2026/2026-08-18-afternoon.md", date(2026, 8, 18)),
        ("2017/2017-06-13(1).md", date(2017, 6, 13)),
        ("2025/2026-08-18.md", None),  # two years
        ("2026/2026-02-30.md", None),  # no such day
        ("2026/2026-08-18.txt", None),
        ("2026/notes/2026-08-18.md", None),
    ],
)
def test_a_path_is_of_the_layout_or_not(path: str, day: date | None) -> None:
    assert Layout().date(path) == day


def test_a_second_meeting_of_the_day_has_a_name() -> None:
    path = Layout().path(date(2026, 8, 18), "afternoon")

    assert path == "2026/2026-08-18-afternoon.md"
    assert Layout().date(path) == date(2026, 8, 18)


@pytest.mark.parametrize(
    ("from_path", "to_path", "link"),
    [
        ("2022/2022-01-18.md", "2021/2021-11-09.md", "../2021/2021-11-09.md"),
        ("2022/2022-01-18.md", "2022/2022-01-11.md", "2022-01-11.md"),
        ("a.md", "b.md", "b.md"),
        ("2017/2017-06-20.md", "2017/2017-06-13(1).md", "2017-06-13%281%29.md"),
    ],
)
def test_links_are_relative_and_safe_in_markdown(from_path: str, to_path: str, link: str) -> None:
    assert relative_link(from_path, to_path) == link


def test_templates_are_looked_for_near_the_minutes_first() -> None:
    paths = ["agenda-template.md", "wg/notes/TEMPLATE.md", "wg/template.txt", "src/template.md"]
    paths += [".github/PULL_REQUEST_TEMPLATE.md", ".github/minutes-template.md"]

    assert template_candidates(paths, Layout("wg/notes/YYYY-MM-DD.md")) == (
        "wg/notes/TEMPLATE.md",
        "agenda-template.md",
        ".github/minutes-template.md",
    )


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("2031-02-04.md", "2031/2031-02-04.md"),
        ("../2030/2030-12-31.md#decisions", "2030/2030-12-31.md"),
        ("./kites%20club.md?plain=1", "2031/kites club.md"),
        ("../../elsewhere/2030-12-31.md", None),
        ("/2030/2030-12-31.md", None),
        ("https://kites.example/2031-02-04.md", None),
        ("../.github/template.md", None),
        ("2031-02-04", None),
        ("2031-02-04.html", None),
        ("", None),
    ],
)
def test_where_a_link_leads(target, path):
    assert linked_path("2031/2031-02-11.md", target) == path
