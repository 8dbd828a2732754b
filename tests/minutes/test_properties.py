"""The promises, on texts that nobody would type: lossless, twice is once, never raises."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import BUILT_IN, Meeting, Previous, find_date, normalise, read_template, verify
from bot.minutes.text.markdown import clean, cut
from tests.depth import examples
from tests.minutes.cases import FOLDER

TEXT = (FOLDER / "template.md").read_text(encoding="utf-8")
TEAM, STANDING = read_template(TEXT), read_template(TEXT, *[TEXT] * 5)
STYLED = replace(read_template("# YYYY-MM-DD\n\nPresent:\n\n## Start\n\n## News\n"), keeps_fields=False)

PLAIN = read_template("# YYYY-MM-DD\n\nPresent:\n\n## News\n")

# Lines that mean something somewhere, so that chance makes documents and not noise.
LINES = st.sampled_from(
    r"""
---
tags: Kites
tags: [Kites]
title: '2031-03-04'
layout: admin
date: YYYY-MM-DD
- /
key without value:
# 2031-03-04
# Kite club
# YYYY-MM-DD
# Kites, 4 March 2031
## 2031-02-25
2031-03-04
===
Date: 2031-03-04
Attending: Ada, Bo
Start: 10:00
## Start: 11:00
## Present
**Absent:** Cy
    Remote: Di
## Attending:
Attending:
- Ada
- Bo, Cy
## Accepting minutes from [last meeting](https://github.com/kites/minutes)
[last meeting]()
ok
[x]: /y "z"
## Workshop
## News
## Any other business
### Deep
(ten minutes each)
- Frames
  - Bo: `glued`
1. ACTION: Ada to glue
- [x] done
RESOLVED: fly
<!-- hidden -->
<!--
-->
a <!-- beside --> b
  <!-- nested -->
<!-- -->
**Next steps:**
### Apologies
### Checklist
_No response_
- [X] I have read it
[toc]
==soon==
^^^^
  of silk
```
~~~
    code
`open
**bold
> quoted
> - Ada
--
<div>
</div>
{{ site.x }}
two blanks\x20\x20
backslash\
| Attendees | Date |
| --- | --- |
| Ada | 2031-03-04 |
<<<<<<< HEAD
$x$
\t- tab
:::
[^1]: note
• a
•\tb `c`
\t◦\tc
– d
– [e](f)
☐ g
- ☑ h
✓ i
✗ j
[ ] k
1.\tl
2.\tm
\t2.1\tn
\t2.2\to
a) p
b) q
Who\tWhat
Ada\tglue
Bo\t• silk
• [last meeting]()
☐ **YYYY-MM-DD**
News
Attending
**Workshop**
__Any other business__
Any other business:
Action items
🪁 Notes
#Workshop
# News
### Attending
<h3>Workshop</h3>
1\. Workshop
accepting minutes from [last meeting]()
""".replace(r"\x20", " ")
    .replace(r"\t", "\t")
    .split("\n")
)
NOTES = st.one_of(
    st.lists(LINES, max_size=30).map("\n".join),
    st.lists(LINES, min_size=3, max_size=8).map(lambda lines: "\n".join([*lines, "", *lines])),
    st.text(max_size=200),
    st.text(alphabet="\n\r-#:<>!`[]() aé\x0b\x0c\x1c\x85\u2028\ufeff\x00", max_size=200),
)
MEETINGS = st.builds(
    Meeting,
    st.sampled_from([None, date(2031, 3, 4), date(2000, 2, 29)]),
    st.sampled_from([None, Previous(date(2031, 2, 25), "../2031/2031-02-25.md")]),
)
# derandomize: the same texts every time, so that a red suite means a change; hunts for new ones go without.
TASKS = {
    "notes": NOTES,
    "template": st.sampled_from([BUILT_IN, TEAM, STANDING, STYLED, PLAIN]),
    "meeting": MEETINGS,
    "source": st.sampled_from(["issue", "file"]),
}


DISPLAYED = {"hard-break", "list-item", "task-item", "table-row", "heading", "field"}
WORDS = re.compile(r"[^\W_]+")
MARKED = re.compile(r"`[^`]*`|\]\([^()]*\)")


# Each of these was once beyond the bot: a paste within a paste's comments, a title under a line of its own,
# a label that becomes a heading when it is parted from the text above, a link in a comment.
FOUND = (
    " <!--0-->\n---\n---\n- 0\n00000 00000\n<!--0-->\n---\n---\n- 0\n00000 00000",
    "===\ndate: YYYY-MM-DD\n---",
    "0\ndate: YYYY-MM-DD\n^^^^\n## 2031-02-25",
    "2. Title\n<!-- c -->\ntags: YYYY-MM-DD\n--",
    "<!--\n[last meeting]()\n-->\n[last meeting]()",
    "<!-- c -->\n# Kite club\n**2031-03-04**\n---",
    "[last meeting]()\na\nb\nDate: 2031-03-04\n" * 2,
    "+ x\n<!-- c -->\n\t<!-- x -->",
    "- a\n\n<!-- c -->\n\n- b",
    "<!A>\n**0**\n<!--0-->",
    "0\r\x85",
    "a\na\na\na\n\na\na\na\na",
    "•\ta `b`\na\tb\n`a`\tb\t`c`\n`d`",
    "000\t0000\n000\t0000\n000\t0000\n\n000\t0000\n000\t0000\n000\t0000",
    "☐ 0\n\n\t0.0\t0\n0.0\t0",
    "0\nANY OTHER BUSINESS:\n\n0",
    "^^^^\n---",
    "1\\. Workshop\n\t2.1\tn\n1\\. Workshop",
    "# News\n\t◦\tc\n## Deep",
    "Attending:\nAny other business:\ntags: Kites",
    "News\n#Workshop",
    "- # 2031-03-04\n\n## Workshop",
    "tags: Kites\n## Attending:",
)


@pytest.mark.parametrize(
    "template",
    [BUILT_IN, TEAM, STANDING, STYLED, PLAIN],
    ids=["built in", "team", "standing", "styled", "plain"],
)
@pytest.mark.parametrize("notes", FOUND, ids=range(len(FOUND)))
def test_what_once_went_wrong(notes, template):
    meeting = Meeting(date(2031, 3, 4), Previous(date(2031, 2, 25), "2031-02-25.md"))
    minutes = normalise(notes, template=template, meeting=meeting, source="issue")
    assert not minutes.fell_back
    assert verify(notes, minutes.text, minutes.ledger) == []


@examples(800)
@given(**TASKS)
def test_nothing_is_lost_and_nothing_goes_wrong(notes, template, meeting, source):
    minutes = normalise(notes, template=template, meeting=meeting, source=source)
    assert not minutes.fell_back
    assert verify(notes, minutes.text, minutes.ledger) == []


@examples(800)
@given(**TASKS)
def test_twice_is_once(notes, template, meeting, source):
    how = {"template": template, "meeting": meeting, "source": source}
    once = normalise(notes, **how)
    assert normalise(once.text, **how).text == once.text


@examples(500)
@given(**TASKS)
def test_words_code_and_links_stay_as_they_are_and_in_order(notes, template, meeting, source):
    minutes = normalise(notes, template=template, meeting=meeting, source=source)
    before, after = cut(clean(notes)), cut(minutes.text)
    for entry in minutes.ledger:
        if entry.src and entry.out and entry.rule in DISPLAYED:
            old, new = (
                side[span[0] - 1 : span[1]] for side, span in ((before, entry.src), (after, entry.out))
            )
            assert WORDS.findall(unticked(old)) == WORDS.findall(unticked(new))
            assert MARKED.findall(unticked(old)) == MARKED.findall(unticked(new))
    assert source == "issue" or not DISPLAYED & {entry.rule for entry in minutes.ledger}


def unticked(lines: tuple[str, ...]) -> str:
    return re.sub(r"\[[ xX]\](?=[ \t])|---", "", "\n".join(lines))


@examples(300)
@given(**TASKS)
def test_people_and_items_stand_in_the_notes(notes, template, meeting, source):
    fields = normalise(notes, template=template, meeting=meeting, source=source).fields
    clean = notes.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    for text in (*fields.attendees, *fields.absent, *fields.actions, *fields.decisions):
        assert all(line in clean for line in text.split("\n"))  # of several lines, without their indentation


@examples(300)
@given(NOTES, st.text(max_size=30), st.text(max_size=30))
def test_a_date_is_a_claim_and_a_conflict_is_seen(notes, title, path):
    evidence = find_date(notes, title, path)
    days = [candidate.date for candidate in evidence.candidates]
    assert evidence.date == next((day for day in days if day), None)
    assert evidence.conflict == (len(set(days)) > 1)


@examples(300)
@given(NOTES, st.lists(NOTES, max_size=2))
def test_any_template_gives_a_title_that_is_read_again(text, newest):
    try:
        template = read_template(text, *newest)
    except ValueError:
        return
    day = date(2031, 3, 4)
    assert find_date(template.heading(day)).date == day
