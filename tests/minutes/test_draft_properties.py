"""Drafts of texts that chance makes: none raises, and each is minutes already."""

from datetime import date
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import (
    BUILT_IN,
    AgendaEntry,
    Meeting,
    OpenAction,
    Template,
    TemplateError,
    draft,
    normalise,
    read_template,
)
from bot.minutes.reading.document import Document
from tests.depth import examples
from tests.minutes.test_draft import ACTIONS, DAY, FORMS, MEETING, draft_of
from tests.minutes.test_properties import LINES

SOURCES = st.one_of(st.sampled_from([*FORMS.values()]), st.lists(LINES, max_size=14).map("\n".join))
MADE_ACTIONS = st.lists(st.builds(OpenAction, LINES.filter(bool), st.dates()), max_size=2)
TITLES = st.one_of(LINES, st.text(max_size=30))
MADE_AGENDA = st.lists(st.builds(AgendaEntry, TITLES, st.just("https://x.example/1")), max_size=2)


def _template(source: str) -> Template:
    try:
        return read_template(source)
    except TemplateError:
        return BUILT_IN


@examples(200)
@given(SOURCES, MADE_ACTIONS, MADE_AGENDA, st.sampled_from([None, DAY]))
def test_any_draft_is_minutes_already(
    source: str, actions: list[OpenAction], agenda: list[AgendaEntry], day: date | None
) -> None:
    template, meeting = _template(source), Meeting(day, MEETING.previous)
    text = draft(template, meeting, source=source, actions=actions, agenda=agenda)
    assert normalise(text, template=template, meeting=meeting, source="file").text == text


KINDS: list[Literal["issue", "file"]] = ["issue", "file"]


@given(
    st.sampled_from([*FORMS.values()]),
    st.integers(0, 40),
    st.text("abc -:#*", min_size=1),
    st.sampled_from(KINDS),
)
def test_what_people_type_into_a_draft_survives(
    source: str, at: int, typed: str, kind: Literal["issue", "file"]
) -> None:
    document = Document.read(draft_of(source))  # an issue sets no keys of its own: below the front matter
    lines = [*document.lines]
    lines.insert(min(document.body + at, len(lines)), f"Bo says {typed}")
    made = normalise("\n".join(lines), template=read_template(source), meeting=MEETING, source=kind)
    said = f"Bo says {typed}".rstrip(" \t")  # below it an issue may show another line
    assert said in [line.rstrip(" \t") for line in made.text.split("\n")]


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_raises(source: str, title: str) -> None:
    draft(_template(source), MEETING, source=source, actions=ACTIONS, agenda=[AgendaEntry(title, title)])
