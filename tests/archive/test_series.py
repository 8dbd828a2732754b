"""Whose meeting it is, where its minutes belong, and which minutes came before: archives in small."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.choice import choose
from bot.archive.grouping import find_series
from bot.archive.series import ArchiveSeries
from bot.archive.understood import rhythm


def weekly(form: str, first: str, count: int, weeks: int = 1) -> list[str]:
    """Return the paths of that many meetings from a day on, written as `strftime` does."""
    start = date.fromisoformat(first)
    return [(start + timedelta(weeks=weeks * at)).strftime(form) for at in range(count)]


def called(stems: str, form: str) -> list[str]:
    return [form.format(stem) for stem in stems.split()]


TWO_TEAMS = weekly("board/%Y-%m-%d.md", "2026-05-05", 4) + weekly("tech/%Y-%m-%d.md", "2026-05-05", 4)
GENERAL_AND_GROUP = weekly("2022/%Y-%m-%d.md", "2022-08-10", 4, 2)
GENERAL_AND_GROUP += weekly("2022/working-groups/architecture/%Y-%m-%d.md", "2022-07-05", 11)
THREE = called("2026-05-05 2026-05-12 2026-05-19", "2026/{}_minutes.md")
PLAIN = called("2026-05-05 2026-05-12 2026-05-19", "2026/{}.md")
NAMED = called("2026-05-05 2026-05-12 2026-05-19", "2026/{}-MoM.md")

CASES = [
    (["2026/02/03/README.md", "2026/02/10/README.md"], "2026-02-17", "", "2026/02/17/README.md"),
    (called("2026-05-05 2026-05-12", "plenum/{}/index.md"), "2026-05-19", "", "plenum/2026-05-19/index.md"),
    (weekly("m/%Y-%m-%d/%Y-%m-%d-x.md", "2026-05-05", 4), "2026-06-02", "", "m/2026-06-02/2026-06-02-x.md"),
    (called("june-04 june-11", "minutes/{}-2026.md"), "2026-06-18", "", "minutes/june-18-2026.md"),
    (called("2026-5-5 2026-5-12", "minutes/{}.md"), "2026-05-19", "", "minutes/2026-5-19.md"),
    (called("260505 260512", "minutes/{}.md"), "2026-05-19", "", "minutes/260519.md"),
    (called("06-01 13-01 20-01 27-01 03-02", "atas/{}-2026.md"), "2026-02-10", "", "atas/10-02-2026.md"),
    (called("06.01 13.01 20.01 27.01 03.02", "pr/{}.2026.md"), "2026-02-10", "", "pr/10.02.2026.md"),
    (called("february-18 march-4", "2026/minutes/{}.md"), "2026-03-11", "", "2026/minutes/march-11.md"),
    (
        called("05-05-planning 05-12-roadmap 05-19-triage 05-26-backlog", "minutes/2026-{}.md"),
        *("2026-06-02", "", "minutes/2026-06-02.md"),
    ),
    (
        called("0505-7 0512-8 0519-9 0526-10", "minutes/meeting-2026{}.md"),
        *("2026-06-02", "", "minutes/meeting-20260602-11.md"),
    ),
    (
        ["m/2025-10-14 - 2025-10-15/notes.md", "m/2026-05-05/minutes.md", "m/2026-05-19/minutes.md"],
        *("2026-06-02", "", "m/2026-06-02/minutes.md"),
    ),
    ([*THREE, "2026/2026-05-26_mintues.md"], "2026-06-02", "", "2026/2026-06-02_minutes.md"),
    ([*THREE, "2026/ 2026-05-26_minutes.md"], "2026-06-02", "", "2026/2026-06-02_minutes.md"),
    ([*PLAIN, "2026/2026-05-26.MD"], "2026-06-02", "", "2026/2026-06-02.md"),
    ([*NAMED, "2026/2026-05-26-mom.md"], "2026-06-02", "", "2026/2026-06-02-MoM.md"),
    (
        ["updates/2019-07-08_x.md", "updates/2019-11-09-x.md", "updates/2020-01-06-x.md"],
        *("2020-11-02", "", "updates/2020-11-02-x.md"),
    ),
    (TWO_TEAMS, "2026-06-02", "Tech meeting 2026-06-02", "tech/2026-06-02.md"),
    (
        [*weekly("m/2026/Q3/%Y-%m-%d.md", "2026-09-08", 4), "m/2026/Q3/2026-10-06.md"],
        *("2026-10-13", "", "m/2026/Q4/2026-10-13.md"),
    ),
    ([*PLAIN, "2026/2026_05_26.md"], "2026-06-02", "", "2026/2026-06-02.md"),
    (called("2026-06-11 2026-06-11-transcript", "notes/{}.md"), "2026-06-18", "", "notes/2026-06-18.md"),
    (GENERAL_AND_GROUP, "2022-10-05", "Community meeting 2022-10-05", "2022/2022-10-05.md"),
    (called("2026-05-05 2026-05-12 2026-05-19-agenda", "{}.md"), "2026-05-19", "", "2026-05-19.md"),
]
PREVIOUS = [
    *("2026/02/10/README.md", "plenum/2026-05-12/index.md", "m/2026-05-26/2026-05-26-x.md"),
    *("minutes/june-11-2026.md", "minutes/2026-5-12.md", "minutes/260512.md", "atas/03-02-2026.md"),
    *("pr/03.02.2026.md", "2026/minutes/march-4.md", "minutes/2026-05-26-backlog.md"),
    *("minutes/meeting-20260526-10.md", "m/2026-05-19/minutes.md", "2026/2026-05-26_mintues.md"),
    *("2026/ 2026-05-26_minutes.md", "2026/2026-05-26.MD", "2026/2026-05-26-mom.md"),
    *("updates/2020-01-06-x.md", "tech/2026-05-26.md", "m/2026/Q3/2026-10-06.md", "2026/2026_05_26.md"),
    *("notes/2026-06-11.md", "2022/2022-09-21.md"),
    "2026-05-12.md",
]


@pytest.mark.parametrize(
    ("files", "day", "title", "path", "previous"),
    [(*case, before) for case, before in zip(CASES, PREVIOUS, strict=True)],
    ids=PREVIOUS,
)
def test_the_archive_shows_place_and_previous_meeting(
    files: Sequence[str], day: str, title: str, path: str, previous: str
) -> None:
    chosen = choose(find_series(tuple(files)), date.fromisoformat(day), title).series

    assert chosen is not None
    assert chosen.path(date.fromisoformat(day)) == path
    before = chosen.previous(date.fromisoformat(day))
    assert before is not None
    assert before.path == previous


@pytest.mark.parametrize(
    ("files", "title", "doubt", "paths"),
    [
        (TWO_TEAMS, "Meeting 2026-06-02", "series", ["board/2026-06-02.md", "tech/2026-06-02.md"]),
        (  # the name is that of a team which no longer meets, and only a part of it
            weekly("web-design/%Y-%m-%d.md", "2024-01-02", 8) + weekly("core/%Y-%m-%d.md", "2026-04-07", 8),
            *("Design 2026-06-02", "series", ["core/2026-06-02.md", "web-design/2026-06-02.md"]),
        ),
        (  # a Tuesday, on which only the other one meets
            weekly("board/%Y-%m-%d.md", "2026-04-09", 8) + weekly("tech/%Y-%m-%d.md", "2026-04-07", 8),
            *("Board 2026-06-02", "series", ["board/2026-06-02.md", "tech/2026-06-02.md"]),
        ),
        (["m/2026-05-05.adoc", "m/2026-05-12.adoc"], "", "extension", ["m/2026-06-02.md"]),
        (["m/06-01-2026.md"], "", "layout", ["m/02-06-2026.md", "m/06-02-2026.md"]),
        (
            weekly("m/%Y/%Y-%m-%d.md", "2026-05-05", 3) + weekly("m/%Y-%m-%d.md", "2026-05-26", 2),
            *("", "layout", ["m/2026-06-02.md", "m/2026/2026-06-02.md"]),
        ),
        (
            weekly("m/%Y-%m-%d-minutes.md", "2026-05-05", 4)
            + weekly("m/%Y-%m-%d-agenda.md", "2026-05-05", 4),
            *("Agenda 2026-06-02", "agenda", ["m/2026-06-02-agenda.md", "m/2026-06-02-minutes.md"]),
        ),
    ],
)
def test_where_it_is_not_clear_there_is_a_choice_to_make(
    files: Sequence[str], title: str, doubt: str, paths: list[str]
) -> None:
    choice = choose(find_series(tuple(files)), date(2026, 6, 2), title)

    assert (choice.series, choice.doubt) == (None, doubt)
    assert sorted(each.path(date(2026, 6, 2)) for each in choice.candidates) == paths


def test_a_dormant_series_is_no_rival() -> None:
    files = weekly("_Minutes/%Y-%m-%d.md", "2022-04-05", 4) + weekly("minutes/%Y-%m-%d.md", "2026-05-05", 2)

    chosen = choose(find_series(tuple(files)), date(2026, 5, 19)).series

    assert chosen is not None
    assert chosen.path(date(2026, 5, 19)) == "minutes/2026-05-19.md"


def test_minutes_in_another_format_are_asked_about_and_old_ones_are_no_rival() -> None:
    files = weekly("_Minutes/%Y-%m-%d.md", "2022-04-05", 4) + weekly(
        "minutes/%Y-%m-%d/index.qmd", "2026-05-05", 2
    )

    choice = choose(find_series(tuple(files)), date(2026, 5, 19))

    assert choice.doubt == "extension"
    assert [each.path(date(2026, 5, 19)) for each in choice.candidates] == ["minutes/2026-05-19/index.md"]


def test_an_empty_archive_has_no_series() -> None:
    assert choose(find_series(("README.md", "2026.md")), date(2026, 6, 2)).series is None


@pytest.mark.parametrize(
    ("files", "odd"),
    [
        ([*THREE, "2026/2026-05-26_mintues.md"], ("2026/2026-05-26_mintues.md",)),
        ([*THREE, "2026/ 2026-05-26_minutes.md"], ("2026/ 2026-05-26_minutes.md",)),
        ([*PLAIN, "2026/2026-05-26.MD"], ("2026/2026-05-26.MD",)),
        (PLAIN, ()),
    ],
)
def test_an_odd_name_is_of_its_series_and_listed(files: list[str], odd: tuple[str, ...]) -> None:
    [series] = find_series(tuple(files))

    assert (len(series.meetings), series.odd) == (len(files), odd)


def test_names_tell_series_apart() -> None:
    files = [path.replace("tech", "groups/tech/notes") for path in TWO_TEAMS]
    files += weekly("projects/tech/notes/%Y-%m-%d.md", "2026-05-05", 4)

    assert {each.name for each in find_series(tuple(files))} == {"board", "groups tech", "projects tech"}


def test_a_number_that_does_not_rise_names_a_team() -> None:
    files = weekly("m/wg1-%Y-%m-%d.md", "2026-05-05", 4) + weekly("m/wg2-%Y-%m-%d.md", "2026-05-06", 4)

    assert {each.layout.pattern for each in find_series(tuple(files))} == {
        "m/wg1-YYYY-MM-DD.md",
        "m/wg2-YYYY-MM-DD.md",
    }


# -- properties --------------------------------------------------------------------------------------------

FORMS = ("{}/%Y-%m-%d.md", "{}/%Y/%Y-%m-%d-notes.md", "x/%Y%m%d_{}.md", "x/%Y/%m/%d/{}.md", "{}/%B-%d-%Y.md")
TEAMS = ("board", "docs", "infra", "outreach")


@st.composite
def archives(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw the paths of up to four teams, each written in one of several ways, by team."""
    found = {}
    for team in draw(st.lists(st.sampled_from(TEAMS), min_size=1, unique=True)):
        form = draw(st.sampled_from(FORMS)).format(team)
        start = draw(st.dates(date(2025, 1, 1), date(2026, 1, 1)))
        count, weeks = draw(st.integers(3, 12)), draw(st.integers(1, 4))
        found[team] = [(start + timedelta(weeks=weeks * at)).strftime(form).lower() for at in range(count)]
    return found


def of_team(found: Sequence[ArchiveSeries], team: str) -> ArchiveSeries:
    return next(each for each in found if team in each.layout.pattern)


@given(archives(), st.randoms(use_true_random=False))
def test_the_order_of_paths_does_not_matter(archive: dict[str, list[str]], random: Random) -> None:
    paths = [path for team in archive.values() for path in team]
    shuffled = random.sample(paths, len(paths))

    assert find_series(tuple(shuffled)) == find_series(tuple(paths))


@given(archives(), st.dates(date(2026, 6, 1), date(2027, 1, 1)))
def test_new_minutes_are_recognised_and_change_no_other_series(
    archive: dict[str, list[str]], day: date
) -> None:
    paths = [path for team in archive.values() for path in team]
    before = find_series(tuple(paths))
    for team in archive:
        series = of_team(before, team)
        after = find_series((*paths, series.path(day)))

        assert {each.layout for each in after} == {each.layout for each in before}
        assert (day, series.path(day)) in {(past.date, past.path) for past in of_team(after, team).meetings}


@pytest.mark.parametrize(
    "paths",
    [
        ["a/" * 2_000 + "2026-05-05.md"],
        [f"{'x' * 5_000}2026-05-{day:02}.md" for day in range(1, 29)],
        [f"{n}/2026-05-05.md" for n in range(2_000)],
        [f"m/2026-05-05-{n}.md" for n in range(2_000)],
        ["2026-05-05.md"],
        ["A/2026-05-05.md", "a/2026-05-05.md", "a /2026-05-05.md"],
        ["m/" + "1-" * 5_000 + "2026-05-05.md"],
        [f"m/{'january-' * 500}{n}.md" for n in range(50)],
        ["{N}/YYYY-MM-DD/2026-05-05{=}.md", "{}/{/2026-05-12{=}.md"],
        [
            f"m/{first:02}-{second:02}-{third:02}.md"
            for first in range(32)
            for second in (1, 31)
            for third in (5,)
        ],
    ],
    ids=range(10),
)
def test_a_hostile_archive_gives_a_series_or_a_choice(paths: list[str]) -> None:
    choice = choose(find_series(tuple(paths)), date(2026, 6, 2), "Meeting 2026-06-02")

    assert choice.series or choice.candidates or not find_series(tuple(paths))
    assert all(each.path(date(2026, 6, 2)) for each in find_series(tuple(paths)))


TWO_GROUPS = weekly("main/%Y/CG-%Y-%m-%d.md", "2026-04-07", 8) + weekly(
    "main/%Y/WG-%Y-%m-%d.md", "2026-04-07", 8
)
SHORT = weekly("dev/%Y-%m-%d.md", "2026-04-07", 8) + weekly("users/%Y-%m-%d.md", "2026-04-07", 8)


@pytest.mark.parametrize(
    ("files", "title", "path"),
    [
        (TWO_GROUPS, "Call of the Community Group, June 2", "main/2026/CG-2026-06-02.md"),
        (TWO_GROUPS, "Call of the Working Group, June 2", "main/2026/WG-2026-06-02.md"),
        (SHORT, "Developers, 2 June", "dev/2026-06-02.md"),
    ],
)
def test_initials_and_short_forms_name_a_series(files: list[str], title: str, path: str) -> None:
    chosen = choose(find_series(tuple(files)), date(2026, 6, 2), title).series

    assert chosen is not None
    assert chosen.path(date(2026, 6, 2)) == path


def test_initials_of_other_words_name_no_group() -> None:
    assert choose(find_series(tuple(TWO_GROUPS)), date(2026, 6, 2), "Calendar gaps, June 2").series is None


def test_topics_beside_a_word_that_comes_again_are_one_series() -> None:
    topics = "traits lifetimes contracts pinning edition lints generics roadmap stability panics macros sorts"
    files = [
        path.replace("topic", word)
        for path, word in zip(weekly("m/%Y-%m-%d-topic.md", "2026-01-06", 12), topics.split(), strict=True)
    ]
    files += weekly("m/%Y-%m-%d-planning.md", "2026-01-07", 4, 4) + weekly("m/%Y-%m-%d.md", "2026-03-31", 3)

    found = {each.layout.pattern: each for each in find_series(tuple(files))}

    assert {pattern: len(each.meetings) for pattern, each in found.items()} == {
        "m/YYYY-MM-DD.md": 15,
        "m/YYYY-MM-DD-planning.md": 4,
    }


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (weekly("%Y-%m-%d.md", "2026-05-05", 5), "every Tuesday"),
        (weekly("%Y-%m-%d.md", "2026-05-05", 5, 2), "every other Tuesday"),
        (
            called("2026-02-05 2026-03-05 2026-04-02 2026-05-07 2026-06-04", "{}.md"),
            "first Thursday of the month",
        ),
        (called("2026-05-05 2026-05-12", "{}.md"), "not known yet"),
        (weekly("%Y-%m-%d.md", "2024-05-07", 5), "every Tuesday, until 2024-06-04"),
    ],
)
def test_how_often_a_series_meets(files: list[str], words: str) -> None:
    (series,) = find_series(tuple(files))

    assert rhythm(series, date(2026, 6, 10)) == words
