"""Notes that came in comments: each part under its own heading, the rest below "Added later"."""

from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import add_later

NOTES = """# 2026-08-18

## Project status

- the pump runs

### Pump

- 40 l a minute

## AOB

- none"""


def test_without_additions_the_notes_stay() -> None:
    assert add_later(NOTES, []) == NOTES
    assert add_later(NOTES, ["", " \n"]) == NOTES


def test_a_part_comes_at_the_end_of_the_section_of_its_heading() -> None:
    added = add_later(NOTES, ["## project  STATUS\n\n- the filter too"])

    assert added == NOTES.replace("## AOB", "- the filter too\n\n## AOB")


def test_a_part_of_the_last_section_comes_last() -> None:
    assert add_later(NOTES, ["## AOB\n- cake"]) == f"{NOTES}\n\n- cake\n"


def test_a_part_under_a_heading_below_others_stays_there() -> None:
    added = add_later(NOTES, ["### Pump\n- louder"])

    assert added == NOTES.replace("- 40 l a minute", "- 40 l a minute\n\n- louder")


def test_what_has_no_heading_of_the_notes_comes_below_a_new_one() -> None:
    added = add_later(NOTES, ["we forgot the cake", "## Budget\n- 40 euros\n\n## AOB\n- tea"])

    rest = "## Added later\n\nwe forgot the cake\n\n## Budget\n- 40 euros"
    assert added == f"{NOTES}\n\n- tea\n\n{rest}"


def test_a_heading_without_words_below_adds_nothing_twice() -> None:
    assert add_later(NOTES, ["## AOB"]) == NOTES


def test_a_heading_in_code_is_no_heading() -> None:
    added = add_later(NOTES, ["```\n## AOB\n```"])

    assert added == f"{NOTES}\n\n## Added later\n\n```\n## AOB\n```"


def test_a_heading_in_a_list_begins_no_section() -> None:
    notes = "- # AOB\n- none"

    assert add_later(notes, ["# AOB\ncake"]) == f"{notes}\n\n## Added later\n\n# AOB\ncake"


def test_the_new_heading_is_as_deep_as_most() -> None:
    assert "\n### Added later\n" in add_later("### One\n### Two\n## Three", ["late"])
    assert "\n## Added later\n" in add_later("no heading", ["late"])


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "# A", "## B", "### C", "```", "- [ ] item", "> # A", "a", "---", "B\n==", "| x |"]
        ),
        st.text("#`~-=>ab |<!-\t\\", max_size=12),
    ),
    max_size=12,
).map("\n".join)


@given(LINES, st.lists(LINES, max_size=3))
def test_every_line_is_there_and_in_order(notes: str, additions: list[str]) -> None:
    result = add_later(notes, additions).split("\n")

    _assert_in_order(_filled_lines(notes), result)
    words = {_words(line) for line in result} | {""}  # a heading that is there is not repeated as typed
    for addition in additions:
        assert all(line in result or _words(line) in words for line in _filled_lines(addition))


@given(LINES, st.text("ab \n", max_size=40))
def test_what_has_no_heading_stays_whole(notes: str, addition: str) -> None:
    _assert_in_order(_filled_lines(addition), add_later(notes, [addition]).split("\n"))


def _filled_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _words(line: str) -> str:
    return "".join(sign for sign in line.casefold() if sign.isalnum())


def _assert_in_order(lines: list[str], result: list[str]) -> None:
    rest = iter(result)
    assert all(line in rest for line in lines), (lines, result)
