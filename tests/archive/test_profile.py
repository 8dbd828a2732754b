"""What an archive teaches, from its paths and the few texts that are asked for."""

from datetime import date

import pytest

from bot.archive.profile import learn
from bot.minutes import BUILT_IN, Previous, TemplateError

FORM = "# YYYY-MM-DD\n\nPresent:\n\n## Kites\n"
NEWEST = "# Club of 2031-02-18\n\nPresent: Ada\n\n## Kites\n\n- glued\n"
FILES = {
    "notes/2031/2031-02-11.md": "",
    "notes/2031/2031-02-18.md": NEWEST,
    "notes/template.md": FORM,
    "README.md": "Not asked for.",
}


def test_layout_meetings_and_template_are_learned():
    asked = []
    profile = learn(FILES, lambda path: asked.append(path) or FILES[path])
    assert profile.layout.pattern == "notes/YYYY/YYYY-MM-DD.md"
    assert [past.date.day for past in profile.meetings] == [11, 18]
    assert [section.title for section in profile.template.sections] == ["Kites"]
    assert profile.template.heading(date(2031, 2, 25)) == "# Club of 2031-02-25"
    assert sorted(asked) == ["notes/2031/2031-02-18.md", "notes/template.md"]


@pytest.mark.parametrize(
    ("day", "previous"),
    [
        (date(2031, 2, 25), Previous(date(2031, 2, 18), "2031-02-18.md")),
        (date(2031, 2, 18), Previous(date(2031, 2, 11), "2031-02-11.md")),
        (date(2031, 2, 11), None),
        (None, None),
    ],
)
def test_the_meeting_before(day, previous):
    assert learn(FILES, FILES.__getitem__).previous(day, "notes/2031/new.md") == previous


def test_without_a_template_the_newest_minutes_show_the_shape():
    files = {path: text for path, text in FILES.items() if "template" not in path}
    assert [field.label for field in learn(files, files.__getitem__).template.fields] == ["Present"]


def test_a_file_that_is_no_template_is_left_aside():
    files = FILES | {"notes/template.md": "Use your own words.\n", "notes/2031/2031-02-11.md": NEWEST}
    assert [section.title for section in learn(files, files.__getitem__).template.sections] == ["Kites"]


def test_an_empty_archive_has_the_built_in_template():
    profile = learn([], {}.__getitem__)
    assert (profile.template, profile.meetings, profile.layout.pattern) == (
        BUILT_IN,
        (),
        "YYYY/YYYY-MM-DD.md",
    )


def test_a_named_template_must_be_one():
    named = learn(FILES, FILES.__getitem__, "# YYYY-MM-DD\n\n## Tails\n").template
    assert [section.title for section in named.sections] == ["Tails"]
    with pytest.raises(TemplateError):
        learn([], {}.__getitem__, "Use your own words.\n")


def test_of_several_layouts_the_first_is_taken_and_the_others_are_named():
    paths = [f"a/2031-02-{day}.md" for day in range(10, 16)] + [
        f"b/2031-02-{day}.md" for day in range(10, 16)
    ]
    profile = learn(paths, lambda _: NEWEST)
    assert {profile.layout.pattern, *profile.other_layouts} == {"a/YYYY-MM-DD.md", "b/YYYY-MM-DD.md"}
    assert {past.path.partition("/")[0] for past in profile.meetings} == {profile.layout.pattern[0]}
