"""What the keys mean: times, merging, categories, and who may publish in an archive."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.paths import Layout
from bot.config import Config, ConfigError, check, read


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("0", 0), ("5", 5), ("5 minutes", 5), ("1 min", 1), ("90s", 1.5), ("1 hour", 60), ("2D", 2880)],
)
def test_times_are_written_as_people_do(text: str, minutes: float) -> None:
    assert read(f"settle: {text}").settle == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "merge"),
    [("by hand", "by hand"), ("when accepted", "when accepted"), ("after 1 quiet day", timedelta(days=1))],
)
def test_when_to_merge(text: str, merge: str | timedelta) -> None:
    assert read(f"merge: {text}").merge == merge
    assert Config.model_validate({"merge": merge}).merge == merge


@pytest.mark.parametrize(
    ("text", "rule"), [("when said", "when said"), ("after 14 days", timedelta(days=14))]
)
def test_when_minutes_count_as_accepted(text: str, rule: str | timedelta) -> None:
    assert read(f"acceptance: {text}").acceptance == rule
    assert Config.model_validate({"acceptance": rule}).acceptance == rule


def test_another_acceptance_is_a_mistake_with_the_cure() -> None:
    (mistake,) = check("acceptance: 14 days\n")

    assert "after 14 days" in mistake.message


@pytest.mark.parametrize("key", Config.model_fields)
def test_the_default_that_is_documented_is_the_one_in_force(key: str) -> None:
    _, _, shown = (Config.model_fields[key].description or "").partition(" Default: ")

    assert shown
    if shown.startswith("`") and "<" not in shown:  # as one would write it; else in words
        assert read(f"{key}: {shown.strip('`.')}") == Config()
    else:
        assert getattr(Config(), key) is None


@pytest.mark.parametrize(
    ("category", "written"),
    [
        ("meeting-notes", "meeting-notes"),
        ("📝 Meeting notes", "meeting-notes"),
        ("Meeting Notes", "MEETING_NOTES"),
        ("meeting-notes", "Meeting notes 🗓️"),
        ("Séance", "se\u0301ance"),
        ("会議", "会議"),
        ("📝", "📝"),
    ],
)
def test_categories_are_compared_as_people_see_them(category: str, written: str) -> None:
    assert Config(categories=(written,)).has_category(category)


@pytest.mark.parametrize("category", ["Notes", "📝", "", None, "meeting-notes-2", "meetingnotes"])
def test_other_categories(category: str | None) -> None:
    assert not Config().has_category(category)
    assert not Config(categories=("🗓️", "会議")).has_category(category)


@pytest.mark.parametrize(
    ("sources", "source", "is_fork", "may"),
    [
        (None, "hill/lab", False, True),
        (None, "Hill/Lab", False, True),
        (None, "hill/lab", True, False),
        (None, "hillside/lab", False, False),
        (None, "hill/minutes", True, True),
        ((), "hill/minutes", False, True),
        ((), "hill/lab", False, False),
        (("lab",), "HILL/lab", False, True),
        (("Lab",), "hill/lab", True, True),
        (("lab",), "other/lab", False, False),
        (("other/lab",), "other/lab", False, True),
        (("other/lab",), "hill/lab", False, False),
    ],
)
def test_who_may_publish(sources: tuple[str, ...] | None, source: str, is_fork: bool, may: bool) -> None:
    config = Config() if sources is None else Config(sources=sources)

    assert config.takes(source, "hill/minutes", is_fork=is_fork) is may


def test_private_sources_are_named_in_full() -> None:
    config = Config(allow_private_sources=("hill/board",))

    assert config.allows_private("Hill/Board")
    assert not config.allows_private("hill/lab")
    assert not Config().allows_private("hill/board")


SLOTS = st.sampled_from(["YYYY", "MM", "DD", "month", "/", "-", " ", "notes", "a.b", "2", "議", "(", ".md"])


@given(st.lists(SLOTS, max_size=9).map("".join), st.dates(date(1999, 1, 1), date(2030, 12, 31)))
def test_a_path_that_is_accepted_tells_the_day_again(stem: str, day: date) -> None:
    try:
        path = read(f'path: "{stem}.md"').path
    except ConfigError:
        return
    assert path is not None
    layout = Layout(path)
    assert layout.date(layout.path(day)) == day


@pytest.mark.parametrize("unit", ["YYYY", "YYYY-", "MM/", "DDD", "a/", "-", "/", "..", "month"])
def test_a_hostile_path_costs_nothing_much(unit: str) -> None:
    assert check(f"path: {unit * (8_000 // len(unit))}\n")  # a pattern that runs away would hang here
