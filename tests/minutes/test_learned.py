"""A template from minutes: four of the last five decide."""

from bot.minutes import BUILT_IN
from bot.minutes.learned import learn_template


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
