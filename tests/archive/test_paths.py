"""Layouts learned from paths, meetings found by them, links between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.paths import (
    AmbiguousLayout,
    Layout,
    PastMeeting,
    infer_layout,
    meetings,
    previous,
    relative_link,
    template_candidates,
)

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
def test_a_layout_is_learned_from_a_path_and_writes_it_back(pattern: str, path: str) -> None:
    layout = infer_layout([path, "README.md", "agenda-template.md"])

    assert layout == Layout(pattern)
    assert layout.path(date(2026, 8, 18)) == path
    assert layout.date(path) == date(2026, 8, 18)


@given(st.sampled_from(LAYOUTS), st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_a_path_leads_back_to_its_day(layout: tuple[str, str], day: date) -> None:
    assert Layout(layout[0]).date(Layout(layout[0]).path(day)) == day


@given(st.lists(st.text(max_size=40), max_size=20))
def test_any_paths_give_a_layout_or_a_question(paths: list[str]) -> None:
    try:
        layout = infer_layout(paths)
    except AmbiguousLayout as ambiguous:
        assert len(ambiguous.candidates) > 1
    else:
        assert {past.path for past in meetings(layout, paths)} <= set(paths)


def test_an_empty_archive_gets_the_default_layout() -> None:
    assert infer_layout(["README.md"]).path(date(2026, 8, 18)) == "2026/2026-08-18.md"


def test_the_newest_minutes_decide() -> None:
    old = [f"old/{date(2020, 1, 1) + timedelta(weeks=n)}.md" for n in range(50)]
    new = [f"2026/{date(2026, 1, 6) + timedelta(weeks=n)}.md" for n in range(12)]

    assert infer_layout(old + new).pattern == "YYYY/YYYY-MM-DD.md"


def test_two_living_layouts_are_a_question() -> None:
    days = [date(2026, 1, 6) + timedelta(weeks=n) for n in range(6)]
    paths = [f"{team}/{day}.md" for day in days for team in ("core", "docs")]

    with pytest.raises(AmbiguousLayout) as caught:
        infer_layout(paths)

    assert set(caught.value.candidates) == {"core/YYYY-MM-DD.md", "docs/YYYY-MM-DD.md"}


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


def test_the_previous_meeting_is_the_newest_one_before() -> None:
    past = meetings(Layout(), ["2021/2021-11-09.md", "2022/2022-02-22.md", "2021/2021-11-02.md"])

    assert previous(past, date(2022, 1, 18)) == PastMeeting(date(2021, 11, 9), "2021/2021-11-09.md")
    assert previous(past, date(2021, 11, 2)) is None


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
