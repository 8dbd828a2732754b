"""A template from minutes: four of the last five decide."""

from bot.minutes import BUILT_IN
from bot.minutes.normalising.learned import learn_template


def minutes(day: int, *sections: str) -> str:
    below = "".join(f"## {name}\n\nx\n\n" for name in sections)
    return f"# Kites, {day} March 2031\n\nPresent: Ada\n\n{below}"


def test_headings_that_four_of_the_last_five_have_are_the_teams():
    old = [minutes(1, "Storm"), minutes(2, "News"), minutes(3, "News", "AOB")]
    new = [minutes(4, "News", "AOB"), minutes(5, "news:", "AOB"), minutes(6, "News", "Storm", "AOB")]
    template = learn_template([*old, *new])
    assert [section.title for section in template.sections] == ["News", "AOB"]
    assert template.title == "# Kites, 6 March 2031"


def test_one_file_is_taken_as_it_is():
    assert [section.title for section in learn_template([minutes(1, "News")]).sections] == ["News"]


def test_minutes_with_nothing_to_go_by_leave_the_form_to_those_before():
    assert learn_template([minutes(1, "News"), "text"]).title == "# Kites, 1 March 2031"


def test_nothing_to_learn_from():
    assert learn_template(["text"]) == learn_template([]) == BUILT_IN


def test_what_stands_below_a_heading_once_was_said_that_day():
    minutes = [
        f"# 2031-02-{day}\n\n## News\n\n(by {day})\n\n(short)\n\n- Frames\n- Day {day}\n"
        for day in (11, 18, 25)
    ]

    (news,) = learn_template(minutes).sections

    assert (news.guidance, news.items) == (("(short)",), ("Frames",))


def test_one_file_alone_shows_nothing_that_lasts():
    (news,) = learn_template(["# 2031-02-25\n\n## News\n\n(short)\n\n- Frames\n"]).sections

    assert (news.guidance, news.items) == ((), ())
