"""The verifier: a dishonest ledger is rejected, whoever made it."""

import pytest

from bot.minutes import LedgerEntry, verify
from bot.minutes.normalising.rules import RULES

NOTES = "\n".join(["# 2031-03-04", "", *(f"- line {number}" for number in range(1, 80)), ""])
LINES = len(NOTES.split("\n")) - 1


def carried(first: int, last: int, out: int | None = None) -> LedgerEntry:
    return LedgerEntry("carry", (first, last), (out or first, (out or first) + last - first))


def test_a_carried_text_is_proof():
    assert verify(NOTES, NOTES, [carried(1, LINES)]) == []


def test_empty_notes_need_no_account():
    assert verify("", "", []) == []
    assert verify("\n\n", "", []) == []


DISHONEST = {
    "one big replace": (NOTES, "all is well\n", [LedgerEntry("replace", (1, LINES), (1, 1), "title")]),
    "a replace without a rule": ("a\n", "b\n", [LedgerEntry("replace", (1, 1), (1, 1), "improve")]),
    "a rule that does something else": ("a\n", "", [LedgerEntry("drop", (1, 1), None, "title")]),
    "a line dropped as a comment": ("a\n", "", [LedgerEntry("drop", (1, 1), None, "hidden-comment")]),
    "text beside a comment dropped with it": (
        "<!-- a --> b\n",
        "",
        [LedgerEntry("drop", (1, 1), None, "hidden-comment")],
    ),
    "a line dropped as front matter": ("a: b\n", "", [LedgerEntry("drop", (1, 1), None, "front-matter-key")]),
    "front matter that says more dropped as doubled": (
        "---\ntags: a\n---\n---\ntags: b\n---\n",
        "---\ntags: b\n---\n",
        [LedgerEntry("drop", (1, 3), None, "duplicate-front-matter"), carried(4, 6, 1)],
    ),
    "both pastes dropped": (
        "a\nb\na\nb\n",
        "",
        [
            LedgerEntry("drop", (1, 2), None, "duplicate-paste"),
            LedgerEntry("drop", (3, 4), None, "duplicate-paste"),
        ],
    ),
    "a drop of too many lines": (
        "<!--\n" + "x\n" * 60 + "-->\n",
        "",
        [LedgerEntry("drop", (1, 62), None, "hidden-comment")],
    ),
    "an invented line": ("a\n", "a\nb\n", [carried(1, 1), LedgerEntry("add", None, (2, 2), "template")]),
    "an invented heading at the top": (
        "a\n",
        "# Ada resigned\na\n",
        [LedgerEntry("add", None, (1, 1), "template"), carried(1, 1, 2)],
    ),
    "an invented blank line that is none": (
        "a\n",
        "b\na\n",
        [LedgerEntry("add", None, (1, 1), "line-break"), carried(1, 1, 2)],
    ),
    "other words above a hard break": (
        "a\nb\n",
        "c  \nb\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "hard-break"), carried(2, 2)],
    ),
    "a word before a hard break": (
        "a\nb\n",
        "a not  \nb\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "hard-break"), carried(2, 2)],
    ),
    "an indentation lost to a hard break": (
        "    a\nb\n",
        "a  \nb\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "hard-break"), carried(2, 2)],
    ),
    "two lines joined by a hard break": (
        "a\nb\nc\n",
        "a b  \nc\n",
        [LedgerEntry("replace", (1, 2), (1, 1), "hard-break"), carried(3, 3, 2)],
    ),
    "a hard break above nothing": (
        "a\n\nb\n",
        "a  \n\nb\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "hard-break"), carried(2, 3)],
    ),
    "other words in an item": (
        "• a\n",
        "- b\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "a number that became another one": (
        "1.\ta\n",
        "2. a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "a number that went": (
        "2.1\ta\n",
        "- a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "a letter that went": (
        "a) b\n",
        "- b\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "a link in an item with another target": (
        "• [a](b)\n",
        "- [a](c)\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "an item of words that had no sign": (
        "a\n",
        "- a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "an item that became a heading": (
        "• a\n",
        "# a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "a cross that went": (
        "☒ a\n",
        "- a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "code in an item that changed": (
        "• `a  b`\n",
        "- `a b`\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "list-item")],
    ),
    "a tick that went": ("✓ a\n", "- [x] a\n", [LedgerEntry("replace", (1, 1), (1, 1), "task-item")]),
    "a box that was ticked": (
        "☐ a\n",
        "- [x] a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "task-item")],
    ),
    "a box that was emptied": (
        "☑ a\n",
        "- [ ] a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "task-item")],
    ),
    "other words beside a box": (
        "☐ a\n",
        "- [ ] b\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "task-item")],
    ),
    "a box where none was": (
        "- a\n",
        "- [ ] a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "task-item")],
    ),
    "a list number lost for a box": (
        "1. ☐ a\n",
        "- [ ] a\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "task-item")],
    ),
    "cells that changed places": (
        "a\tb\n",
        "| b | a |\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "table-row")],
    ),
    "a cell too many": (
        "a\tb\n",
        "| a | b | c |\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "table-row")],
    ),
    "a cell that went": (
        "a\tb\tc\n",
        "| a | b |\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "table-row")],
    ),
    "cells that were joined": (
        "a\tb\tc\n",
        "| a b | c |\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "table-row")],
    ),
    "a cell with other words": (
        "a\t12\n",
        "| a | 13 |\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "table-row")],
    ),
    "a field with another label": (
        "Present: Ada\n",
        "Absent: Ada\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "field")],
    ),
    "a field with other people": (
        "Present: Ada\n",
        "## Present: Bo\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "field")],
    ),
    "a field with people below": (
        "Present: Ada\n",
        "## Present\n\nAda, Bo\n",
        [LedgerEntry("replace", (1, 1), (1, 3), "field")],
    ),
    "a field without its people": (
        "Present: Ada\n",
        "## Present\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "field")],
    ),
    "a heading with other words": (
        "Notes\n",
        "## Note\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "heading")],
    ),
    "a heading with another number": (
        "1. Notes\n",
        "## 2. Notes\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "heading")],
    ),
    "a heading with another link": (
        "See [it](a.md)\n----\n",
        "## See [it](b.md)\n\n",
        [
            LedgerEntry("replace", (1, 1), (1, 1), "heading"),
            LedgerEntry("replace", (2, 2), (2, 2), "heading"),
        ],
    ),
    "a text made blank as a rule": ("Notes\n", "\n", [LedgerEntry("replace", (1, 1), (1, 1), "heading")]),
    "a heading of two lines": (
        "Notes\nof Ada\n",
        "## Notes of Ada\n",
        [LedgerEntry("replace", (1, 2), (1, 1), "heading")],
    ),
    "a heading split": (
        "Notes of\n",
        "## Notes\n## of\n",
        [LedgerEntry("replace", (1, 1), (1, 2), "heading")],
    ),
    "a heading without its code": (
        "`Notes`\n",
        "## Notes\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "heading")],
    ),
    "headings moved": (
        "A\nB\n",
        "## B\n## A\n",
        [
            LedgerEntry("replace", (1, 1), (2, 2), "heading"),
            LedgerEntry("replace", (2, 2), (1, 1), "heading"),
        ],
    ),
    "two items joined": ("• a\n• b\n", "- a b\n", [LedgerEntry("replace", (1, 2), (1, 1), "list-item")]),
    "an item split": ("• a b\n", "- a\n- b\n", [LedgerEntry("replace", (1, 1), (1, 2), "list-item")]),
    "two items that changed places": (
        "• a\n• b\n",
        "- b\n- a\n",
        [
            LedgerEntry("replace", (1, 1), (2, 2), "list-item"),
            LedgerEntry("replace", (2, 2), (1, 1), "list-item"),
        ],
    ),
    "a head with words that nobody typed": (
        "a\tb\n",
        "| c | d |\n| --- | --- |\n| a | b |\n",
        [LedgerEntry("replace", (1, 1), (1, 3), "table-row")],
    ),
    "a changed link text": (
        "[last meeting](x)\n",
        "[no meeting](y)\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "previous-link")],
    ),
    "words beside the link": (
        "[last meeting](x) accepted\n",
        "[last meeting](y) refused\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "previous-link")],
    ),
    "words beside the date": (
        "# YYYY-MM-DD a\n",
        "# 2031-03-04 b\n",
        [LedgerEntry("replace", (1, 1), (1, 1), "title-date")],
    ),
    "a line that is not accounted for": ("a\nb\n", "a\n", [carried(1, 1)]),
    "a line of the minutes that is not": ("a\n", "a\nb\n", [carried(1, 1)]),
    "a line accounted for twice": ("a\n", "a\na\n", [carried(1, 1), carried(1, 1, 2)]),
    "a carried line that changed": ("a\n", "A\n", [carried(1, 1)]),
    "a carried line with another space": ("a b\n", "a  b\n", [carried(1, 1)]),
    "two lines that changed places": ("a\nb\n", "b\na\n", [carried(1, 1, 2), carried(2, 2, 1)]),
    "lines that do not exist": ("a\n", "a\n", [carried(1, 9)]),
    "lines before the first": ("a\n", "a\n", [LedgerEntry("carry", (0, 1), (0, 1))]),
    "a span that runs backwards": ("a\nb\n", "a\nb\n", [LedgerEntry("carry", (2, 1), (2, 1))]),
    "an add with a source": ("a\n", "a\n", [LedgerEntry("add", (1, 1), (1, 1), "template")]),
    "a drop with a place": ("a\n", "a\n", [LedgerEntry("drop", (1, 1), (1, 1), "hidden-comment")]),
    "nothing at all": ("a\n", "a\n", []),
}


@pytest.mark.parametrize(("notes", "minutes", "ledger"), DISHONEST.values(), ids=DISHONEST)
def test_a_dishonest_ledger_is_rejected(notes, minutes, ledger):
    assert verify(notes, minutes, ledger)


def test_every_rule_says_what_it_is_about_why_and_by_example():
    for name, rule in RULES.items():
        assert rule.what, name
        assert rule.why, name
        assert rule.example, name
        assert rule.touches, name
