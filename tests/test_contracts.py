"""The floors of the house: who may import whom stands in pyproject.toml."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_room_stands_on_its_floor() -> None:
    assert lint_imports() == EXIT_STATUS_SUCCESS
