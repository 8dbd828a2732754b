"""What is promised of any notes at all, the catch-all, and what the fields say."""

from datetime import date

import pytest

from bot.minutes import (
    BUILT_IN,
    Acceptance,
    AcceptanceState,
    LedgerEntry,
    Meeting,
    Previous,
    TemplateError,
    decode,
    find_date,
    normalise,
    read_template,
    verify,
)
from bot.minutes.normalising import edits, task
from bot.minutes.normalising import normalise as normalising
from bot.minutes.normalising.fields import read_fields

DAY = date(2031, 3, 4)
MEETING = Meeting(DAY, Previous(date(2031, 2, 25), "2031-02-25.md"))


def minutes_of(notes: str, source="issue", title=""):
    return normalise(notes, template=BUILT_IN, meeting=MEETING, source=source, title=title)


BAD_INPUT = {
    "nothing": "",
    "blank lines": "\n\n \n\t\n",
    "binary junk": bytes(range(256)).decode("latin-1") * 20,
    "a lone surrogate": "Attending: \ud83d, Bo",
    "65,536 characters in one line": "a" * 65_536,
    "65,536 blank lines": "\n" * 65_536,
    "a comment of thousands of lines": "<!--\n" + "x\n" * 20_000 + "-->\ntext",
    "a comment that never ends": "<!-- " + "x\n" * 20_000,
    "front matter that never ends": "---\n" + "a: b\n" * 10_000,
    "five thousand keys": "---\n" + "".join(f"k{n}: v\n" for n in range(5_000)) + "---\ntext",
    "five thousand front matters": "---\na: b\n---\n" * 5_000,
    "five thousand headings": "# 2031-03-04\n" * 5_000,
    "five thousand labels": "Attending: Ada\n\n" * 5_000,
    "ten thousand soft breaks": "Start: `x\n" * 10_000,
    "brackets": "[" * 30_000 + "](" * 15_000,
    "ten levels of lists": "".join(f"{'  ' * depth}- a\n" for depth in range(10)),
    "thousands of last meetings": "[last meeting](x) `\n" * 3_000,
    "line ends of every kind": "a\r\nb\rc\nd\x0be\x0cf\x1cg\x85h\u2028i",
}


@pytest.mark.parametrize("source", ["issue", "file"])
@pytest.mark.parametrize("notes", BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_is_input(notes, source):
    minutes = minutes_of(notes, source)
    assert not minutes.fell_back
    assert verify(notes, minutes.text, minutes.ledger) == []
    assert minutes_of(minutes.text, source).text == minutes.text
    minutes.text.encode()  # can be written


def test_a_fault_of_ours_leaves_the_notes_as_typed(monkeypatch):
    def fail(task):
        raise RecursionError

    monkeypatch.setattr(normalising, "STEPS", (fail,))
    minutes = minutes_of("a\r\nb")
    assert (minutes.text, minutes.fell_back, minutes.mode) == ("a\nb\n", True, "hands-off")
    assert [finding.rule for finding in minutes.findings] == ["internal-error"]
    assert minutes.ledger == (LedgerEntry("carry", (1, 2), (1, 2)),)


@pytest.mark.parametrize("lines", [(), ("invented",)], ids=["loses", "invents"])
def test_what_cannot_be_proven_leaves_the_notes_as_typed(monkeypatch, lines):
    bad = edits.Edit(0, 1, lines, "previous-link")
    monkeypatch.setattr(normalising, "STEPS", (lambda task: iter([bad]),))
    minutes = minutes_of("a\nb\n")
    assert (minutes.text, minutes.fell_back) == ("a\nb\n", True)


def test_what_a_second_time_would_change_leaves_the_notes_as_typed(monkeypatch):
    unstable = edits.Edit(0, 0, ("",), "line-break")
    monkeypatch.setattr(normalising, "STEPS", (lambda task: iter([unstable]),))
    minutes = minutes_of("a\n")
    assert (minutes.text, minutes.fell_back) == ("a\n", True)


def test_a_title_that_names_another_day_is_reported():
    minutes = minutes_of("# 2031-03-04\n\nAttending: Ada\n", title="Kites 2031-02-25")
    assert "date-conflict" in [finding.rule for finding in minutes.findings]


def test_notes_without_any_day_get_no_title():
    minutes = normalise("text", template=BUILT_IN, meeting=Meeting(None), source="issue")
    assert minutes.text == "text\n"
    assert "no-date" in [finding.rule for finding in minutes.findings]


ATTENDANCE = {
    "Attending: Ada, Bo (notes), Cy Doe, \n": ["Ada", "Bo (notes)", "Cy Doe"],
    "**Attendees**: Ada (Acme, Leeds); Bo\n": ["Ada (Acme, Leeds)", "Bo"],
    "Present: Leeds: Ada, Bo\n    Remote: Cy\n": ["Ada", "Bo", "Cy"],
    "## Attending: Ada, Bo\n": ["Ada", "Bo"],
    "## Participants\n\nAda, Bo\n\nStart: 10:00\n": ["Ada", "Bo"],
    "## Present\n- Ada, Bo\n": ["Ada", "Bo"],
    "## Attendees\n\n* Ada\n* [x] Bo\n* Doe, Cy\n* Di - Acme* (chair)\n": [
        "Ada",
        "Bo",
        "Doe, Cy",
        "Di - Acme* (chair)",
    ],
    "Attending:\n\nStart: 10:00\n": [],
    "Attending:\n\n- Ada\n- Bo\n": ["Ada", "Bo"],
    "Attending: none\n": [],
    "Last Meeting Attendees: Ada\n": [],
    "## Agenda\n\nBo: present the frame\n": [],
    "## Agenda\n\ntalk\n\nPresent: Ada and Bo\n": ["Ada", "Bo"],
}


@pytest.mark.parametrize(("notes", "people"), ATTENDANCE.items(), ids=range(len(ATTENDANCE)))
def test_attendance(notes, people):
    assert list(minutes_of(notes).fields.attendees) == people


def test_fields():
    fields = minutes_of(
        "# 2031-03-04\n\nAttending: Ada\n\nExcused: Bo, Cy\n\nStart: 10:03 UK\n\nEnd: 11:00\n\n"
        "## Accepting minutes from [last meeting](https://github.com/kites/minutes)\n\n(ask)\n\n"
        "Accepted by all\n\n## Project Status\n\n- ACTION: Ada to glue\n- **TODO** - Bo to fly\n"
        "- the action was fine\n- RESOLVED: fly\n\n```\nACTION: code\n```\n\n## Action items\n\n"
        "- [ ] Cy to write\n  - a detail\n\n## Decisions\n\n1. no rain\n"
    ).fields
    assert fields.date == "2031-03-04"
    assert (fields.start, fields.end) == ("10:03 UK", "11:00")
    assert fields.absent == ("Bo", "Cy")
    assert fields.previous_link == "https://github.com/kites/minutes"
    assert fields.acceptance == Acceptance(AcceptanceState.ACCEPTED, "Accepted by all", 15)
    assert fields.actions == ("ACTION: Ada to glue", "**TODO** - Bo to fly", "Cy to write")
    assert fields.decisions == ("Accepted by all", "RESOLVED: fly", "no rain")
    assert fields.sections[2:] == ("Project Status", "Action items", "Decisions")


DAYS = {
    "2031-03-04": DAY,
    "2031/3/4": DAY,
    "2031.03.04": DAY,
    "20310304": DAY,
    "4 March 2031": DAY,
    "4th of March, 2031": DAY,
    "March 4th, 2031": DAY,
    "Tue Mar. 4 2031": DAY,
    "2031 March 4": DAY,
    "Sept 9, 2031": date(2031, 9, 9),
    "2031-18-03": None,
    "2031-02-29": None,
    "2031-03-D4": None,
}


@pytest.mark.parametrize(("text", "day"), DAYS.items(), ids=DAYS)
def test_days(text, day):
    for evidence in (
        find_date(f"# {text}\n"),
        find_date("", f"Kites {text} notes"),
        find_date(f"Date: {text}\n"),
    ):
        assert [candidate.date for candidate in evidence.candidates] == [day]
        assert evidence.date == day


@pytest.mark.parametrize(
    "text", ["v2031.3.4.5", "120310304", "March", "4 March", "x2031-03-04", "2031-Q1", ""]
)
def test_what_is_no_day(text):
    assert find_date(f"# {text}\n", text, text).candidates == ()


def test_evidence_is_ranked_and_a_conflict_is_seen():
    notes = "---\ntitle: 2031-03-05\n---\n\n# 2031-03-06\n\n2031-03-07\n\n## News\n\nDate: 2031-03-08\n"
    evidence = find_date(notes, "Kites 2031-03-03", "2031/03-04-kites.md")
    assert [(candidate.where, candidate.line, candidate.text[-2:]) for candidate in evidence.candidates] == [
        ("title", None, "03"),
        ("path", None, "04"),
        ("heading", 5, "06"),
        ("front matter", 2, "05"),
        ("line", 7, "07"),
    ]
    assert evidence.date == date(2031, 3, 3)
    assert evidence.conflict
    assert not find_date("# 2031-03-04", "4 March 2031").conflict


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        ("\ufeffé".encode(), "é"),
        ("é".encode("utf-16"), "é"),
        ("é".encode("utf-16-be"), None),
        ("é – x".encode("cp1252"), "é – x"),
        (b"\xff\xfe\x00", None),
        (b"\x81\x8d", None),
    ],
)
def test_any_bytes_are_read(data, text):
    assert text is None or decode(data) == text
    decode(data).encode("utf-8", "replace")


def test_the_template_shows_its_slots():
    template = read_template(
        "---\ntags: Kites\n---\n# Kites\n\nAttending:\n\n## News\n\n(short)\n\n- Frames\n\n*really*\n",
        "# Kites 34, Tue 25 February 2031\n\n## Present:\n\nAda\n\n"
        "## News\n\n- Lines (Bo): two\n- Frames: none\n",
    )
    assert template.heading(DAY) == "# 4 March 2031"  # 34 counts something
    assert template.front_matter(DAY) == ("---", "tags: Kites", "---")
    assert [(field.form, field.label) for field in template.fields] == [("heading", "Present")]
    assert [(s.title, s.guidance, s.items) for s in template.sections] == [
        ("News", ("(short)", "*really*"), ("Lines", "Frames"))
    ]


@pytest.mark.parametrize("text", ["", "only text\n", "```\n# code\n```\n"])
def test_a_text_without_slots_is_no_template(text):
    with pytest.raises(TemplateError) as error:
        read_template(text)
    assert error.value.what
    assert error.value.why
    assert error.value.cure


def test_the_fields_of_the_notes_are_read_once(monkeypatch):
    reads = []
    monkeypatch.setattr(task, "read_fields", lambda *read: reads.append(read) or read_fields(*read))
    made = normalise("Attending: Ada\n", template=BUILT_IN, meeting=Meeting(date(2031, 3, 4)))
    assert made.fields.attendees == ("Ada",)
    assert len(reads) == 1


OWN = "# YYYY-MM-DD\n\nPresent:\n\n## Workshop\n\n## 2031-02-25 Fair\n\n## Flights\n"


@pytest.mark.parametrize(
    ("template", "rules"),
    [
        (BUILT_IN, ["no-attendance"]),
        (read_template(OWN), ["no-attendance", "missing-section"]),
        (read_template(OWN.replace("Present:\n\n", "")), ["missing-section"]),
        (read_template(OWN.replace("## Flights\n", "")), ["no-attendance"]),
    ],
    ids=["no template", "its own", "without people", "with the missing one dated"],
)
def test_only_what_the_teams_own_minutes_have_is_missed(template, rules):
    minutes = normalise("# 2031-03-04\n\n## Workshop\n\nSilk.\n", template=template, meeting=Meeting(DAY))
    found = [(finding.rule, finding.message) for finding in minutes.findings]
    assert [rule for rule, _ in found if rule in ("no-attendance", "missing-section")] == rules
    assert not any("Fair" in message for _, message in found)
