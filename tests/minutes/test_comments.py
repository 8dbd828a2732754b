"""A comment goes, and what an issue shows stays as it was: rendered as GitHub renders it, nothing moves."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm import gfm_plugin

from bot.minutes import BUILT_IN, Meeting
from bot.minutes.normalising.comments import drop_comments
from bot.minutes.normalising.edits import apply_edits
from bot.minutes.normalising.task import Task
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import join
from tests.depth import examples
from tests.minutes.test_properties import LINES

HTML = MarkdownIt("commonmark").use(gfm_plugin)
HTML.disable(["gfm_autolink_www", "gfm_autolink_protocol", "gfm_autolink_email"])  # quadratic, not asked for
AROUND = st.sampled_from(
    [
        "<!-- c -->",
        "  <!-- in an item -->",
        "    <!-- deep -->",
        "<!-- one\nof two -->",
        "<!--1--> <!--2-->",
        "",
    ]
)
BESIDE = st.sampled_from(
    ["- a", "- b", "  - c", "   - d", "1. e", "3. f", "  g", "    h", "> i", "---", "- ---", "[^1]: j", "***"]
)
NOTES = st.lists(AROUND | BESIDE | LINES, max_size=15).map("\n".join)


def without_comments(notes: str) -> tuple[str, ...]:
    task = Task(Document.read(notes), BUILT_IN, Meeting(date(2031, 3, 4)), "issue")
    return apply_edits(task.notes.lines, drop_comments(task))[0]


def shown(text: str) -> str:
    """Say what a browser shows of it: no comments, and no matter where the HTML has its line ends."""
    html = re.sub(r"(?s)<!--(?:-?>|.*?-->)", "", HTML.render(text))
    return " ".join(re.sub(r"\s*(<[^>]*>)\s*", r"\1", html).split())


@examples(1000)
@given(NOTES)
def test_what_is_shown_stays_the_same(notes):
    assume(not re.search("<!--(?!.*-->)", notes))  # one that never ends hides what GitHub sees fit
    document = Document.read(notes)
    task = Task(document, BUILT_IN, Meeting(None), "issue")
    assume(not document.front_matters and not task.structure_edits)
    assume(len(task.document.lines) == len(document.lines))  # and no second paste
    lines = without_comments(notes)
    assume(lines[:1] != ("---",))
    assert shown(join(lines)) == shown(notes)


PARTED = {
    "two lists": "- a\n\n{}\n\n- b",
    "two lists close by": "- a\n{}\n- b",
    "a list and what is indented": "- a\n\n{}\n\n  b",
    "a list and code": "- a\n\n{}\n\n      b",
    "code and code": "    a\n\n{}\n\n    b",
    "a footnote and what is indented": "[^1]: a\n\n{}\n\n    b",
    "paragraphs of an item": "- a\n\n  {}\n\n  b",
    "lines of an item": "- a\n  {}\n  b",
    "lists in an item": "- a\n  - b\n  {}\n  - c",
    "an item alone": "- a\n\n  {}",
    "what would be front matter": "---\ntags: Kites\n{}\n---\n\ntext",
    "text and a list that cannot follow it": "- a\n  {}\n  3. b",
}
TOGETHER = {
    "paragraphs": "a\n\n{}\n\nb",
    "lines": "a\n{}\nb",
    "headings": "# a\n{}\n## b",
    "a list and a heading": "- a\n\n{}\n\n# b",
    "a list and its end": "- a\n{}",
    "items": "- a\n  {}\n- b",
    "quotes": "> a\n\n{}\n\n> b",
    "a table and a paragraph": "| a |\n| - |\n{}\nb",
}


@pytest.mark.parametrize("notes", PARTED.values(), ids=PARTED)
def test_an_empty_comment_stays_where_a_comment_parts(notes):
    lines = without_comments(notes.format("<!-- hush -->"))
    assert join(lines) == notes.format("<!-- -->") + "\n"


@pytest.mark.parametrize("notes", TOGETHER.values(), ids=TOGETHER)
def test_elsewhere_nothing_stays(notes):
    lines = without_comments(notes.format("<!-- hush -->"))
    assert "<!--" not in join(lines)
    assert shown(join(lines)) == shown(notes.format("<!-- hush -->"))


def test_a_gap_between_two_comments_of_an_item_stays_a_gap():
    assert without_comments("- a\n  <!-- b -->\n\n  <!-- c -->") == ("- a", "", "  <!-- -->")


def test_comments_below_one_another_leave_one_mark():
    assert without_comments("- a\n<!-- b -->\n\n<!-- c -->\n- d") == ("- a", "<!-- -->", "- d")
