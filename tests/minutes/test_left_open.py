"""Which actions the newest minutes leave open, and since when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import OpenAction, open_actions
from tests.minutes.test_properties import LINES

DAY = date(2031, 3, 4)
WEEK = timedelta(weeks=1)


def _texts(text: str) -> list[str]:
    return [action.text for action in open_actions([(DAY, text)])]


def _run(*texts: str) -> list[tuple[date, str]]:
    """Return minutes of one meeting a week, the last one on `DAY`."""
    return [(DAY - WEEK * (len(texts) - 1 - at), text) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- [ ] Ada to glue @bo, due 2031-04-01\n", ["Ada to glue @bo, due 2031-04-01"]),
        ("## News\n\n* [ ] Ada: glue\n* [x] Bo: paint\n", ["Ada: glue"]),
        ("- Kites\n  - [ ] Ada: glue\n    - with bone glue\n    - [ ] and a brush\n", ["Ada: glue"]),
        ("- [ ] Ada: glue\n- [x] ada: glue!\n", []),  # ticked once is done
        ("- [ ] Ada: glue\n- [ ] **Ada**: glue\n", ["Ada: glue"]),
        ("- [ ] ~~Ada: glue~~\n- [ ]\n- [ ] None\n", []),
        ("- [ ] Ada: glue\n  and paint\n", ["Ada: glue and paint"]),
        ("```\n- [ ] Ada: glue\n```\n", []),
        ("## Action items\n\n- Ada to glue\n  - slowly\n- Bo to paint (done)\n- n/a\n", ["Ada to glue"]),
        ("## Open actions\n\nNo actions.\n", []),
        ("## Action items\n\n- [x] Ada: glue\n- Bo: paint\n", []),  # who ticks, ticks
        ("## News\n\n- Ada to glue\n", []),
        ("## Attendees\n\n- [ ] Ada\n- [x] Bo\n", []),  # a box there says who came
        ("Present:\n\n- [ ] Ada\n", []),
        ("## Agenda\n\n- [ ] Tails\n\n### Actions\n\n- [ ] Ada: glue\n", ["Ada: glue"]),
        ("# Agenda\n\n## Actions\n\n- [ ] Ada: glue\n", ["Ada: glue"]),
        ("\ufeff- [ ] Ada: glue\r\n- [ ] Bo: paint\r\n", ["Ada: glue", "Bo: paint"]),
        ("Present: Ada, Bo\n\n## Actions\n\n### Ada\n\n- glue\n- ~~paint~~\n", ["Ada: glue"]),
        ("## Actions\n\n### Tails\n\n- glue\n\n### Done\n\n- paint\n", ["glue"]),
        ("Present: Ada\n\n## Actions\n\n- Ada\n  - glue\n", ["Ada: glue"]),
        ("", []),
    ],
)
def test_what_is_open(text: str, found: list[str]) -> None:
    assert _texts(text) == found


def test_an_action_is_open_since_the_oldest_minutes_of_the_run() -> None:
    minutes = _run("- [ ] Ada: glue\n", "Nothing.\n", "- [ ] Ada: glue!\n", "- [ ] ada - **glue**\n")

    assert open_actions(minutes) == (OpenAction("ada - **glue**", DAY - WEEK),)


def test_ticked_in_between_it_is_open_anew() -> None:
    assert open_actions(_run("- [ ] Ada: glue\n", "- [x] Ada: glue\n", "- [ ] Ada: glue\n"))[0].since == DAY


def test_only_the_newest_minutes_say_what_is_open() -> None:
    assert open_actions(_run("- [ ] Ada: glue\n", "- [ ] Bo: paint\n")) == (OpenAction("Bo: paint", DAY),)
    assert open_actions([]) == ()


def test_its_own_note_goes_back_further_and_is_not_repeated() -> None:
    first = open_actions(_run("- [ ] Ada: glue\n", "- [ ] Ada: glue (open since 2030-12-24)\n"))

    assert first == (OpenAction("Ada: glue", date(2030, 12, 24)),)
    assert open_actions([(DAY, first[0].line)]) == first


def test_a_note_with_no_such_day_says_nothing() -> None:
    assert open_actions([(DAY, "- [ ] Ada: glue (open since 2030-02-31)\n")]) == (
        OpenAction("Ada: glue", DAY),
    )


def test_there_are_limits() -> None:
    text = "".join(f"- [ ] Ada: glue kite {number}{' again' * 100}\n" for number in range(60))

    found = open_actions([(DAY, text)])

    assert len(found) == 50
    assert max(len(action.text) for action in found) <= 500


@given(st.lists(st.one_of(st.text(max_size=40), st.lists(LINES, max_size=12).map("\n".join)), max_size=3))
def test_any_text_will_do(texts: list[str]) -> None:
    for action in open_actions(_run(*texts)):
        assert action.text
        assert "\n" not in action.text
        assert action.since <= DAY
