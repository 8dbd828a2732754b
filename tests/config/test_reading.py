"""The reader: what a configuration says, and each mistake with its place and its cure."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Series
from bot.calendar import read as read_schedule
from bot.config import Config, ConfigError, check, read
from tests.config.examples import ACCEPTED, NOT_YAML, REFUSED

EVERY_KEY = """\
archive: hill-lab/records
labels: [minutes, notes]
categories: [Weekly]
settle: 2 hours
template: meta/template.md
path: notes/YYYY/MM-DD.md
sources: [lab]
allow_private_sources: [hill-lab/board]
close_source_when_merged: true
guidance: drop
sections: as typed
style: template
pads: [hackmd.io]
credit: co-author
people: {Ada Example: ada}
reviewers: attendees
merge: after 3 quiet days
acceptance: after 14 days
series: [{name: Weekly, schedule: daily}]
"""


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "---\n", "{}\n"])
def test_no_configuration_is_the_default_one(text: str | None) -> None:
    assert read(text) == Config()


def test_every_key() -> None:
    assert dict(read(EVERY_KEY)) == {
        "archive": "hill-lab/records",
        "labels": ("minutes", "notes"),
        "categories": ("Weekly",),
        "settle": timedelta(hours=2),
        "template": "meta/template.md",
        "path": "notes/YYYY/MM-DD.md",
        "sources": ("lab",),
        "allow_private_sources": ("hill-lab/board",),
        "close_source_when_merged": True,
        "guidance": "drop",
        "sections": "as typed",
        "style": "template",
        "pads": ("hackmd.io",),
        "credit": "co-author",
        "people": {"Ada Example": "ada"},
        "reviewers": "attendees",
        "merge": timedelta(days=3),
        "acceptance": timedelta(days=14),
        "series": (Series("Weekly", read_schedule("daily")),),
    }


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_can_be_read_is_not_the_default(text: str) -> None:
    shown = read(text).model_dump(exclude_unset=True)

    assert set(shown) == {key for key in Config.model_fields if re.search(rf"\b{key}:", text)}


@pytest.mark.parametrize(("text", "line", "column", "says"), [*REFUSED, *NOT_YAML])
def test_a_mistake_has_its_place_and_its_cure(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)

    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.column) == (line, column)
    assert says in mistake.message
    assert check(text) == (mistake,)


def test_all_mistakes_at_once_in_the_order_of_the_file() -> None:
    mistakes = check("path: x\nsettle: never\nlable: a\nmerge: soon\nlabels: [1, 2]\nguidance:\n")

    assert [mistake.line for mistake in mistakes] == [1, 2, 3, 4, 5, 5, 6]
    assert str(mistakes[2]) == ".github/minutes.yml:3:1: unknown key `lable`, did you mean `labels`?"


def test_what_others_typed_is_repeated_as_code_and_cut() -> None:
    texts = [
        "'`@team': 1\n",
        "labels: '`@team'\n",
        f"{'k' * 200}: 1\n",
        "people: {'`@team': 1}\n",
        "a: b: @c\n",
    ]

    for (mistake,) in map(check, texts):
        outside_code = "".join(mistake.message.split("`")[::2])
        assert "@" not in outside_code
        assert "k" * 41 not in mistake.message


@given(st.text(max_size=200))
def test_any_text_is_a_configuration_or_a_mistake(text: str) -> None:
    try:
        config = read(text)
    except ConfigError as error:
        assert error.mistakes
    else:
        assert isinstance(config, Config)


# -- keys in the wrong place -------------------------------------------------------------------------------

OF_A_SOURCE = "labels: [a]\narchive: hill-lab/records\nsettle: 1\n"


def test_keys_of_the_archive_do_nothing_in_a_source_that_names_another() -> None:
    first, second = check(OF_A_SOURCE, "hill-lab/lab")

    assert (first.line, second.line) == (1, 3)
    assert first.message.startswith("`labels` belongs in `.github/minutes.yml` of `hill-lab/records`")
    assert second.message.startswith("`settle` belongs in")


@pytest.mark.parametrize("repository", [None, "hill-lab/records", "Hill-Lab/Records"])
def test_a_repository_may_be_source_and_archive(repository: str | None) -> None:
    assert check(OF_A_SOURCE, repository) == ()


def test_a_source_that_names_its_archive_and_nothing_else_is_right() -> None:
    assert check("archive: hill-lab/records\n", "hill-lab/lab") == ()
    assert check(EVERY_KEY.split("\n", 1)[1], "hill-lab/lab") == ()
