"""What an archive teaches, from its paths and the few texts that are asked for."""

from datetime import date

import pytest

from bot.archive.profile import ArchiveProfile, link_back
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
    profile = ArchiveProfile(FILES, lambda path: asked.append(path) or FILES[path])
    series = profile.locate(date(2031, 2, 25)).series
    assert series.layout.pattern == "notes/YYYY/YYYY-MM-DD.md"
    assert [past.date.day for past in series.meetings] == [11, 18]
    template = profile.template(series)
    assert [section.title for section in template.sections] == ["Kites"]
    assert template.heading(date(2031, 2, 25)) == "# Club of 2031-02-25"
    assert sorted(asked) == ["notes/2031/2031-02-11.md", "notes/2031/2031-02-18.md", "notes/template.md"]


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
    [series] = ArchiveProfile(FILES, FILES.__getitem__).series
    assert link_back(series, day, "notes/2031/new.md") == previous


def test_without_a_template_the_newest_minutes_show_the_shape():
    files = {path: text for path, text in FILES.items() if "template" not in path}
    assert [field.label for field in ArchiveProfile(files, files.__getitem__).template(None).fields] == [
        "Present"
    ]


def test_a_file_that_is_no_template_is_left_aside():
    files = FILES | {"notes/template.md": "Use your own words.\n", "notes/2031/2031-02-11.md": NEWEST}
    assert [
        section.title for section in ArchiveProfile(files, files.__getitem__).template(None).sections
    ] == ["Kites"]


def test_an_empty_archive_has_the_built_in_template():
    profile = ArchiveProfile([], {}.__getitem__)
    series = profile.locate(date(2031, 2, 25)).series
    assert (profile.template(series), series.meetings, series.layout.pattern) == (
        BUILT_IN,
        (),
        "YYYY/YYYY-MM-DD.md",
    )


def test_a_named_template_must_be_one():
    profile = ArchiveProfile(FILES, FILES.__getitem__, "# YYYY-MM-DD\n\n## Tails\n")
    assert [section.title for section in profile.template(None).sections] == ["Tails"]
    with pytest.raises(TemplateError):
        ArchiveProfile([], {}.__getitem__, "Use your own words.\n")


def test_each_series_has_the_template_beside_it():
    texts = {f"{team}/2031-02-{day}.md": NEWEST for team in ("a", "b") for day in range(10, 16)}
    texts |= {"a/template.md": FORM, "b/template.md": FORM.replace("Kites", "Tails")}
    profile = ArchiveProfile(texts, texts.__getitem__)
    titles = {
        each.name: [section.title for section in profile.template(each).sections] for each in profile.series
    }
    assert titles == {"a": ["Kites"], "b": ["Tails"]}
