"""What became of the lines of notes, and which parts of the minutes took another form."""

from datetime import date

import pytest

from bot.minutes import BUILT_IN, RULES, LedgerEntry, Meeting, Previous, normalise, read_template
from bot.minutes.normalising import account
from bot.minutes.text.markdown import cut

DAY = date(2032, 3, 9)
NOTES = """# Kites YYYY-MM-DD

<!-- who cooks? -->
Attending: Ada
Start: 10:00

## Accepting minutes from [last meeting](https://github.com/some/minutes)

•\tframes
•\tsilk

☐ Bo: glue
"""


def made(notes, template=BUILT_IN, **selected):
    return normalise(
        notes,
        template=template,
        meeting=Meeting(DAY, Previous(date(2032, 3, 2), "2032-03-02.md"), **selected),
    )


def test_each_line_that_is_not_blank_has_one_fate():
    minutes = made(NOTES)

    assert account.counts(minutes.taken_from(NOTES), minutes.ledger) == {
        "word for word": 2,
        "same words, other form": 3,
        "filled in": 2,
        "dropped": 1,
    }


def test_parts_are_named_once_with_whose_form_they_took():
    minutes = made(NOTES)

    assert account.forms(cut(minutes.text), minutes.ledger) == {
        "of the template": ("title", "link to the last meeting"),
        "of Markdown": ("line breaks", "lists", "boxes to tick"),
    }


def test_a_header_of_the_template_is_front_matter_title_or_both():
    template = read_template("---\ntags: kites\n---\n# YYYY-MM-DD\n\nAttending:\n\n## AOB\n")
    minutes = made("Attending: Ada\n\n## AOB\n", template)

    forms = account.forms(cut(minutes.text), minutes.ledger)

    assert forms["of the template"] == ("front matter", "title")
    assert account.forms((), ()) == {}
    title = LedgerEntry("add", None, (1, 2), "template")
    assert account.forms(("# 2032-03-09", ""), [title]) == {"of the template": ("title",)}


def test_only_the_meeting_that_was_taken_counts():
    other = "# Kites\n\n## 2032-03-02\n\n- tails\n- tails\n\n"
    notes = f"{other}## 2032-03-09\n\n•\tframes\n•\tsilk\n"
    minutes = made(notes, selected=True)

    found = account.counts(minutes.taken_from(notes), minutes.ledger)

    assert minutes.source_lines == ((1, 2), (8, 11))
    assert minutes.taken_from(notes) == ("# Kites", "", "## 2032-03-09", "", "•\tframes", "•\tsilk")
    assert found == {"word for word": 2, "same words, other form": 2, "filled in": 0, "dropped": 0}


@pytest.mark.parametrize("name", RULES)
def test_of_each_rule_it_is_known_what_it_does_to_words_and_form(name):
    """A new rule is added to the tables of `account`, or people are not told what it did."""
    assert (name in account._PARTS) != (name in account.FORMLESS)
    assert RULES[name].op == "replace" or name not in account._FILLING
