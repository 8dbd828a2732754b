"""Configuration: what it says, and each mistake with its place and its cure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, ConfigError, read


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "---\n"])
def test_no_configuration_is_the_default_one(text: str | None) -> None:
    assert read(text) == Config()


def test_every_key() -> None:
    config = read(
        "archive: hill-lab/records\nlabels: [minutes, notes]\nsettle: 2 hours\n"
        "template: meta/template.md\npath: notes/YYYY/MM-DD.md\n"
    )

    assert config == Config(
        archive="hill-lab/records",
        labels=("minutes", "notes"),
        settle=timedelta(hours=2),
        template="meta/template.md",
        path="notes/YYYY/MM-DD.md",
    )


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("0", 0), ("5", 5), ("5 minutes", 5), ("90s", 1.5), ("1 hour", 60), ("2d", 2880)],
)
def test_times_are_written_as_people_do(text: str, minutes: float) -> None:
    assert read(f"settle: {text}").settle == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("settel: 1\n", 1, 1, "did you mean `settle`"),
        ("\nsettle: soon\n", 2, 1, "10 minutes"),
        ("labels: []\n", 1, 1, "labels"),
        ("labels:\n  - a\n  - [b]\n", 3, 5, "labels.1"),
        ("archive: hill-lab\n", 1, 1, "owner/name"),
        ("path: notes.md\n", 1, 1, "YYYY/YYYY-MM-DD.md"),
        ("path: .github/YYYY-MM-DD.md\n", 1, 1, "outside .github/"),
        ("template: ../../etc/passwd\n", 1, 1, "inside the repository"),
        ("- a list\n", 1, 1, "keys and values"),
        ("settle: 1\nsettle: 2\n", 2, 1, "duplicate key"),
        ("labels: [a\n", 2, 1, "not YAML"),
        ("a: \x00\n", 1, 1, "not YAML"),
        ("x" * 70_000, 1, 1, "longer than"),
        ("labels: meeting-notes\n", 1, 1, "write a list: `[meeting-notes]`"),
        ("settle: !!bool abc\n", 1, 9, "tags (!)"),
        ("settle: &a 5\npath: *a\n", 1, 9, "anchors"),
        ("a: &a {k: 1}\n" + "b: {<<: *a}\n" * 9, 1, 4, "anchors"),
        ("labels: " + "[" * 4000, 1, 18, "deeper than"),
        ("settle: [5]\n", 1, 1, "10 minutes"),
        ("path: minutesYYYYMMDD.md\n", 1, 1, "YYYY/YYYY-MM-DD.md"),
        ("path: month/DD.md\n", 1, 1, "YYYY/YYYY-MM-DD.md"),
        ("path: YYYY/MM/DD\n", 1, 1, ".md"),
        ("path: ./.github/workflows/YYYY-MM-DD.md\n", 1, 1, "outside .github/"),
        ("path: a//YYYY-MM-DD.md\n", 1, 1, "YYYY/YYYY-MM-DD.md"),
    ],
)
def test_a_mistake_has_its_place_and_its_cure(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)

    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.column) == (line, column)
    assert says in mistake.message


def test_all_mistakes_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(ConfigError) as caught:
        read("path: x\nsettle: never\nlable: a\n")

    assert [mistake.line for mistake in caught.value.mistakes] == [1, 2, 3]


@given(st.text(max_size=200))
def test_any_text_is_a_configuration_or_a_mistake(text: str) -> None:
    try:
        config = read(text)
    except ConfigError as error:
        assert error.mistakes
    else:
        assert isinstance(config, Config)
