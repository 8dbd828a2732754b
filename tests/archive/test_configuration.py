"""The check run on a commit that changed the configuration."""

from datetime import UTC, datetime

from bot import config
from bot.archive.inspection.configuration import MOST, NAME, check_of
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


SERIES = "series:\n- name: A\n  schedule: every Tuesday\n"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_remarks_are_notices_and_hold_up_nothing() -> None:
    text = SERIES + "  skip: [2026-12-30]\n"
    check = check_of("a" * 40, config.check(text), config.remarks(text, NOW))

    assert (check.title, check.conclusion) == ("1 remark", "neutral")
    (shown,) = check.annotations
    assert (shown.line, shown.column, shown.level) == (4, 10, "notice")
    assert "2026-12-30 is a Wednesday" in shown.message


def test_remarks_stand_behind_mistakes() -> None:
    text = SERIES + "labels: [a]\narchive: hill/records\n"
    mistakes, remarks = (
        config.check(text, "hill/lab"),
        config.remarks(SERIES + "  extra: [2026-12-29]\n", NOW),
    )
    check = check_of("a" * 40, mistakes, remarks)

    assert (check.title, check.conclusion) == ("2 mistakes", "failure")
    assert [shown.level for shown in check.annotations] == ["failure", "failure", "notice"]


def test_no_more_than_one_request_can_carry() -> None:
    check = check_of("a" * 40, config.check("".join(f"k{index}: 1\n" for index in range(60))))

    assert check.title == "60 mistakes"
    assert len(check.annotations) == MOST
