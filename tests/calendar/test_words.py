"""Plain words: the rule and the time that each form is."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import EXAMPLES, ScheduleError, read

WORKING = "BYDAY=MO,TU,WE,TH,FR"
FORMS = (
    ("every Tuesday 14:00", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", time(14)),
    ("  EVERY\n tuesday,  at 2 p.m. ", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", time(14)),
    ("Tuesdays", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", None),
    ("on Tue. 9.05", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", time(9, 5)),
    ("weekly on thurs noon", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TH", time(12)),
    ("every week on Wed 12am", "FREQ=WEEKLY;INTERVAL=1;BYDAY=WE", time()),
    ("each Sat & Sun 12:30pm", "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,SU", time(12, 30)),
    ("every Monday, Wednesday, and Friday 0:00", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE,FR", time()),
    ("every Monday and Monday 23:59", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO", time(23, 59)),
    ("every other Thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", None),
    ("every second Thursday 11am", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", time(11)),
    ("fortnightly on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", None),
    ("every 2nd week on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", None),
    ("every 2 weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", None),
    ("every twelve weeks on Tuesday", None, None),
    ("every 12 weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=12;BYDAY=TU", None),
    ("every six weeks on Tue", "FREQ=WEEKLY;INTERVAL=6;BYDAY=TU", None),
    ("every three weeks on Tue", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", None),
    ("every four weeks on Tue", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", None),
    ("every five weeks on Tue", "FREQ=WEEKLY;INTERVAL=5;BYDAY=TU", None),
    ("every 13 weeks on Tuesday", None, None),
    ("1st, 3rd and 5th Monday of the month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO,3MO,5MO", None),
    ("fourth Monday of the month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=4MO", None),
    ("every weekday 9:15", f"FREQ=WEEKLY;{WORKING}", time(9, 15)),
    ("working days", f"FREQ=WEEKLY;{WORKING}", None),
    ("daily", "FREQ=DAILY", None),
    ("every day 8am", "FREQ=DAILY", time(8)),
    ("first Monday of the month 16:00", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO", time(16)),
    ("the 2nd and 4th Tuesday of each month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU,4TU", None),
    ("last Friday in every month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR", None),
    ("third Monday and Tuesday of the month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=3MO,3TU", None),
    ("fifth Monday each month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=5MO", None),
    ("first Monday of every 3 months", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", None),
    ("every two months on the second Tuesday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", None),
    ("quarterly on the first Thursday 10:00", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TH", time(10)),
    ("monthly on the third Wednesday of the month", "FREQ=MONTHLY;INTERVAL=1;BYDAY=3WE", None),
    ("last weekday of the month", f"FREQ=MONTHLY;INTERVAL=1;{WORKING};BYSETPOS=-1", None),
    ("first and last working day of the month", f"FREQ=MONTHLY;INTERVAL=1;{WORKING};BYSETPOS=1,-1", None),
    ("last day of the month noon", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1", time(12)),
    ("first day of the month", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1", None),
    ("monthly on the 31st", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=31", None),
    ("the 1st and 15th of every month 8:00", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,15", time(8)),
    ("monthly on the 32nd", None, None),
    ("every Tuesday 24:00", None, None),
    ("every Tuesday 13pm", None, None),
    ("every Tuesday 0am", None, None),
    ("every Tuesday 9:60", None, None),
    ("every Tuesday 14", None, None),
    ("Tuesday of the month", None, None),
)


@pytest.mark.parametrize(("words", "rule", "at"), FORMS)
def test_forms(words, rule, at):
    if rule is None:
        with pytest.raises(ScheduleError):
            read(words)
    else:
        assert (read(words).rule, read(words).at) == (rule, at)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("evry Tuesday", "did you mean `every`?"),
        ("every Wendesday", "did you mean `Wednesday`?"),
        ("frist Monday of the month", "did you mean `first`?"),
        ("Tuesday every", "write an RRULE, or words such as `every Tuesday 14:00`, "),
        ("", "write an RRULE"),
        ("x" * 201, "write an RRULE"),
    ],
)
def test_what_to_write_instead(words, says):
    with pytest.raises(ScheduleError) as caught:
        read(words)
    assert str(caught.value).startswith(says)


def test_every_example_can_be_read():
    assert len({read(words).rule for words in EXAMPLES}) == len(EXAMPLES)


WORDS = "every,other,first,last,Monday,Tue,and,of the month,on,2 weeks,31st,14:00,8am,noon,weekday,\n"
PIECES = st.sampled_from(WORDS.split(","))


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=40))
def test_any_words_are_a_schedule_or_refused(words):
    try:
        schedule = read(words)
    except ScheduleError as error:
        assert str(error)
    else:
        assert schedule.rule.startswith("FREQ=")
