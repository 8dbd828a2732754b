"""The text with which people begin: what it holds, and that it is minutes already."""

from datetime import date

import pytest

from bot.minutes import (
    BUILT_IN,
    AgendaEntry,
    Meeting,
    OpenAction,
    Previous,
    draft,
    learn_template,
    normalise,
    open_actions,
    read_template,
)

DAY = date(2031, 3, 4)
MEETING = Meeting(DAY, Previous(date(2031, 2, 25), "2031-02-25.md"))
ACTIONS = (OpenAction("Ada: glue", date(2031, 2, 18)),)
AGENDA = (AgendaEntry("Tails of silk", "https://github.com/kites/club/issues/7"),)
ACTION_LINE = "- [ ] Ada: glue (open since 2031-02-18)"
AGENDA_LINE = "- [Tails of silk](https://github.com/kites/club/issues/7)"

FORMS = {
    "front matter": """\
---
title: Kites YYYY-MM-DD
tags: Kites
---

# YYYY-MM-DD

Attending:

## Approving the minutes of the [last meeting](https://github.com/kites/minutes)

## Agenda

(write your name beside a topic)

- Weather

## Action items

- [ ]

## AOB
""",
    "an editor's, with an export above": """\
---
title: 'Kites'
tags: [Kites]
---
---
tags: Kites
---

# Kites, DD Month YYYY

###### who

Present:
Start: 10:00

## Topics

* Weather
""",
    "headings of all kinds": """\
Kite club, <Month> <Day>, <Year>
===

Attending
---------

**Agenda**

1. Weather
2. Tails

---

#### Any other business?
""",
    "a table": """\
# $DATE

| Attendees | Apologies |
| --------- | --------- |
|           |           |

## Work

| what | who |
| ---- | --- |
|      |     |
""",
    "line ends of other systems": "\ufeff# YYYY-MM-DD\r\n\r\nPresent:\r\n\r\n## News\r\n\r\n- Frames\r\n",
    "French": "# Réunion du DD.MM.YYYY\n\nPrésents :\n\n## Ordre du jour\n\n- Météo\n\n## Divers\n",
    "Chinese": "# 会议纪要 YYYY年MM月DD日\n\n参会：\n\n## 议程\n\n## 行动项\n\n## 其他\n",
    "comments": "# YYYY-MM-DD\n\n<!-- name, and where from -->\nAttending:\n\n## News\n\n<!-- - topic -->\n",
    "a title of its own": "# Kite club\n\n## News\n",
    "no end": "# YYYY-MM-DD\n\n## News\n\n```\nglue",
}
each_form = pytest.mark.parametrize("source", FORMS.values(), ids=FORMS)


def draft_of(source: str, agenda: tuple[AgendaEntry, ...] = AGENDA) -> str:
    return draft(read_template(source), MEETING, source=source, actions=ACTIONS, agenda=agenda)


def test_a_template_is_filled_in() -> None:
    assert (
        draft_of(FORMS["front matter"])
        == """\
---
title: Kites 2031-03-04
tags: Kites
---

# 2031-03-04

Attending:

## Approving the minutes of the [last meeting](2031-02-25.md)

## Agenda

(write your name beside a topic)

- Weather
- [Tails of silk](https://github.com/kites/club/issues/7)

## Action items

- [ ]
- [ ] Ada: glue (open since 2031-02-18)

## AOB
"""
    )


def test_without_a_template_file_it_is_written_out() -> None:
    assert (
        draft(BUILT_IN, MEETING, actions=ACTIONS, agenda=AGENDA)
        == """\
# 2031-03-04

Attending:

Start:

## Accepting minutes from [last meeting](2031-02-25.md)

## Open actions

- [ ] Ada: glue (open since 2031-02-18)

## Project Status

## Agenda

- [Tails of silk](https://github.com/kites/club/issues/7)

## AOB

## Main Topic
"""
    )


def test_nothing_to_add_adds_no_heading() -> None:
    text = draft(BUILT_IN, MEETING)
    assert "Agenda" not in text
    assert "actions" not in text


@each_form
@pytest.mark.parametrize("agenda", [(), AGENDA])
def test_a_draft_is_minutes_already(source: str, agenda: tuple[AgendaEntry, ...]) -> None:
    text = draft_of(source, agenda)

    made = normalise(text, template=read_template(source), meeting=MEETING, source="file")

    assert made.text == text
    assert {entry.op for entry in made.ledger} == {"carry"}


@each_form
def test_as_an_issue_it_only_loses_what_is_not_shown(source: str) -> None:
    text = draft_of(source)

    made = normalise(text, template=read_template(source), meeting=MEETING, source="issue")

    assert {entry.rule for entry in made.ledger} <= {
        "",
        "line-break",
        "hidden-comment",
        "empty-comment",
        "front-matter-key",
    }
    if "<!--" not in source and "tags: [Kites]" not in source:
        assert made.text == text


@each_form
def test_the_template_is_carried_word_for_word(source: str) -> None:
    text = draft_of(source)
    lines = source.lstrip("\ufeff").replace("\r\n", "\n").splitlines()
    kept = [line for line in lines if not any(sign in line for sign in ("YYYY", "<Day>", "$DATE", "last m"))]
    doubled = [
        "title: 'Kites'",
        "tags: [Kites]",
        "# Kite club",
    ]  # what an export put above; a title of no day
    position = 0
    for line in kept:
        if line.strip("- ") and line not in doubled:
            position = text.index(line, position)


@each_form
def test_both_are_there_once(source: str) -> None:
    lines = [line.lstrip("*- ") for line in draft_of(source).split("\n")]
    assert lines.count(ACTION_LINE.lstrip("- ")) == 1
    assert lines.count(AGENDA_LINE.lstrip("- ")) == 1


@each_form
def test_the_next_draft_finds_the_actions_of_this_one(source: str) -> None:
    if "```" not in source:
        assert open_actions([(DAY, draft_of(source))]) == ACTIONS


def test_each_entry_is_there_once() -> None:
    assert draft_of(FORMS["front matter"], AGENDA * 2).count("Tails of silk") == 1


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Thank @ada for #12", "Thank @\u2060ada for #\u206012"),
        ("[x](http://y.example) ![z]", "\\[x\\](http:\u2060//y.example) \\!\\[z\\]"),
        ("`rm` <script> {{ x }} {% y %}", "\\`rm\\` \\<script\\> \\{\\{ x \\}\\} \\{% y %\\}"),
        ("two\n# lines\r\n- and\x00more", "two # lines - and\ufffdmore"),
        ("since deadbeef1234", "since dea\u2060dbeef1234"),
        ("\\", "\\\\"),
        ("", "(no title)"),
        ("x" * 300, "x" * 200),
        ("Fix: a colon", "Fix: a colon"),
    ],
)
def test_a_title_has_no_power(title: str, written: str) -> None:
    assert AgendaEntry(title, "https://x.example/1").line == f"- [{written}](https://x.example/1)"


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://x.example/a b)(c", "- [Tails](https://x.example/a%20b%29%28c)"),
        ("https://x.example/\n- [ ] c", "- [Tails](https://x.example/%0A-%20%5B%20%5D%20c)"),
        ("javascript:alert", "- Tails"),
        ("", "- Tails"),
    ],
)
def test_an_address_stays_one(url: str, line: str) -> None:
    assert AgendaEntry("Tails", url).line == line


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("## News\n\n---\n\n## AOB\n", ["## News", "## Agenda", AGENDA_LINE, "---", "## AOB"]),
        ("## News\n", ["## News", "## Agenda", AGENDA_LINE]),
        (
            "## Agenda\n\n* Weather\n\n---\n\n## News\n",
            ["## Agenda", "* Weather", f"*{AGENDA_LINE[1:]}", "---", "## News"],
        ),
        ("### News\n### AOB\n", ["### News", "### Agenda", AGENDA_LINE, "### AOB"]),
        ("## Agenda\n### Old\n## News\n", ["## Agenda", AGENDA_LINE, "### Old", "## News"]),
        ("## Agenda\n\n* Weather\n", ["## Agenda", "* Weather", f"*{AGENDA_LINE[1:]}"]),
        ("# Agenda YYYY-MM-DD\n## News\n", ["## News", "## Agenda", AGENDA_LINE]),
    ],
)
def test_the_agenda_has_its_place(template: str, place: list[str]) -> None:
    source = template if template.startswith("# ") else f"# YYYY-MM-DD\n\n{template}"
    text = draft(read_template(source), MEETING, source=source, agenda=AGENDA)
    assert [line for line in text.split("\n")[1:] if line] == place


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("## News\n", ["## Open actions", ACTION_LINE, "## News"]),
        ("Attending:\n\n## News\n", ["Attending:", "## Open actions", ACTION_LINE, "## News"]),
        ("## Attending\n\n## News\n", ["## Attending", "## Open actions", ACTION_LINE, "## News"]),
        (
            "## Accepting minutes\n\n### Objections\n\n## News\n",
            ["## Accepting minutes", "### Objections", "## Open actions", ACTION_LINE, "## News"],
        ),
        (
            "## New actions\n\n## News\n\n## Old actions\n",
            ["## New actions", "## News", "## Old actions", ACTION_LINE],
        ),
        (
            "## From the [last meeting](#)\n## News\n",
            ["## From the [last meeting](2031-02-25.md)", "## Open actions", ACTION_LINE, "## News"],
        ),
        ("## News\n\n## TODO\n\nNone\n", ["## News", "## TODO", "None", ACTION_LINE]),
    ],
)
def test_the_open_actions_have_their_place(template: str, place: list[str]) -> None:
    source = f"# YYYY-MM-DD\n\n{template}"
    text = draft(read_template(source), MEETING, source=source, actions=ACTIONS)
    assert [line for line in text.split("\n")[1:] if line] == place


def test_an_action_may_say_last_meeting_too() -> None:
    action = OpenAction("Ada: read the [last meeting](#)", DAY)
    assert "[last meeting](2031-02-25.md)" in draft(
        read_template("# YYYY-MM-DD\n"), MEETING, actions=[action]
    )


def test_standing_items_are_those_of_today() -> None:
    source = "# YYYY-MM-DD\n\n## News\n\n- Frames\n- Tails\n\n## AOB\n"
    newest = (
        "# 2031-02-25\n\n## News\n\n- Tails: all glued\n- Reels: none\n- Ada found a kite in the old oak\n"
    )

    text = draft(read_template(source, newest), MEETING, source=source)

    assert text == "# 2031-03-04\n\n## News\n\n- Tails\n- Reels\n\n## AOB\n"


def test_a_list_with_air_keeps_it_and_one_that_says_more_stays() -> None:
    newest = "# 2031-02-25\n\n## News\n\n- Tails\n- Reels\n"
    for typed, today in (("- Frames\n\n- Tails\n", "- Tails\n\n- Reels\n"), ("- Frames\n  - of ash\n",) * 2):
        source = f"# YYYY-MM-DD\n\n## News\n\n{typed}\n## AOB\n"
        text = draft(read_template(source, newest), MEETING, source=source)
        assert text == f"# 2031-03-04\n\n## News\n\n{today}\n## AOB\n"


def test_a_learned_draft_has_what_the_minutes_share_and_the_link_of_this_meeting() -> None:
    minutes = [
        f"---\ndate: 2031-02-{day:02}\n---\n\n# Kites, {day} February 2031\n\nPresent: Ada\n\n"
        f"## Minutes of the [last meeting](2031-02-{day - 1:02}.md)\n\n- Frames: {day} of them\n- Day {day}\n"
        for day in (4, 11, 18, 25)
    ]

    text = draft(learn_template(minutes), MEETING)

    assert text == (
        "---\ndate: 2031-03-04\n---\n\n# Kites, 4 March 2031\n\nPresent:\n\n"
        "## Minutes of the [last meeting](2031-02-25.md)\n\n- Frames\n"
    )


def test_a_file_with_nothing_to_go_by_is_no_template() -> None:
    assert draft(BUILT_IN, MEETING, source="glue\n") == draft(BUILT_IN, MEETING)


def test_without_a_day_the_place_for_it_stays() -> None:
    assert draft(BUILT_IN, Meeting(None)).startswith("# YYYY-MM-DD\n")
    assert draft(BUILT_IN, Meeting(DAY)).count("[last meeting]()") == 1
