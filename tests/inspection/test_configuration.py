"""The check run on a commit that changed the configuration."""

from bot import config
from bot.inspection.configuration import MOST, NAME, check_of
from bot.model import Annotation


def test_a_configuration_that_can_be_read() -> None:
    check = check_of("a" * 40, config.check("settle: 5 minutes\n"))

    assert (check.name, check.head, check.conclusion, check.annotations) == (NAME, "a" * 40, "success", ())


def test_each_mistake_stands_at_its_place() -> None:
    check = check_of("a" * 40, config.check("labels: [notes]\nsetle: 5 minutes\n"))

    assert (check.title, check.conclusion) == ("1 mistake", "failure")
    (shown,) = check.annotations
    assert isinstance(shown, Annotation)
    assert (shown.path, shown.line, shown.column, shown.level) == (".github/minutes.yml", 2, 1, "failure")
    assert "settle" in shown.message


def test_no_more_than_one_request_can_carry() -> None:
    check = check_of("a" * 40, config.check("".join(f"k{index}: 1\n" for index in range(60))))

    assert check.title == "60 mistakes"
    assert len(check.annotations) == MOST
