"""What is carried looks as it did: a block renders to the same HTML alone, code and cells are untouched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm import gfm_plugin

from bot.minutes import BUILT_IN, Meeting, Previous, decode, normalise, verify
from bot.minutes.normalising.ledger import LedgerEntry
from bot.minutes.reading.document import CODE, Document
from tests.depth import examples, some
from tests.minutes.test_corpus import SHARED
from tests.minutes.test_properties import LINES, NOTES, TASKS

HTML = MarkdownIt("commonmark").use(gfm_plugin)
HTML.disable(
    ["gfm_autolink_www", "gfm_autolink_protocol", "gfm_autolink_email"]
)  # quadratic, and not asked for
LEAVES = ("paragraph", "heading", "table", *CODE)
AS_FILE = {
    "template": BUILT_IN,
    "meeting": Meeting(date(2031, 3, 4), Previous(date(2031, 2, 25), "2031-02-25.md")),
}


def check_blocks(notes, minutes):
    """Compare each block that was carried in one piece: it stands there as the same block.

    Of lists their items: two lists become one where a comment between them is dropped.
    """
    before, after = Document.read(notes), Document.read(minutes.text)
    there = {(block.start, block.kind): block for block in after.blocks if block.kind in LEAVES}
    for entry in minutes.ledger:
        if entry.op == "carry":
            shift = entry.out[0] - entry.src[0]
            for block in before.blocks:
                if block.kind in LEAVES and entry.src[0] <= block.start + 1 and block.end <= entry.src[1]:
                    moved = there[block.start + shift, block.kind]
                    assert (moved.end, moved.text) == (block.end + shift, block.text)
                    assert _html(before, block) == _html(after, moved)


def _html(document, block):
    return HTML.render("\n".join(document.lines[block.start : block.end]))


def code_and_cells(document, end):
    """List code, byte for byte, and the rows of tables, in order."""
    return [
        (block.kind, document.lines[block.start : block.end])
        for block in document.blocks
        if block.kind in (*CODE, "tr") and block.start < end
    ]


@examples(300)
@given(**TASKS)
def test_a_carried_block_looks_the_same_alone(notes, template, meeting, source):
    check_blocks(notes, normalise(notes, template=template, meeting=meeting, source=source))


@examples(300)
@given(st.lists(LINES, max_size=30).map("\n".join))
def test_code_and_the_cells_of_tables_are_untouched(notes):
    """In a file nothing is hidden, so all code stays code, and all tables tables, but for a second paste."""
    minutes = normalise(notes, **AS_FILE, source="file")
    if not any(entry.op == "drop" for entry in minutes.ledger):
        before, after = Document.read(notes), Document.read(minutes.text)
        assert code_and_cells(after, len(after.lines)) == code_and_cells(before, len(before.lines))


@pytest.mark.skipif(
    not SHARED.exists(), reason="the corpus of real minutes (../shared) is not on this machine"
)
@pytest.mark.parametrize("source", ["issue", "file"])
def test_real_blocks_look_the_same_alone(source):
    for file in some(sorted((SHARED / "corpus").rglob("*.md")), 10):
        notes = decode(file.read_bytes())
        minutes = normalise(notes, **AS_FILE, source=source)
        check_blocks(notes, minutes)
        if not any(entry.op == "drop" for entry in minutes.ledger):
            before, after = Document.read(notes), Document.read(minutes.text)
            assert code_and_cells(after, len(after.lines)) == code_and_cells(before, len(before.lines)), file


LIES = {
    "drops a real line": lambda lines, at: (lines[:at] + lines[at + 1 :], 1, 0),
    "adds an invented line": lambda lines, at: ((*lines[:at], "Zoe resigned", *lines[at:]), 0, 1),
    "changes a line": lambda lines, at: ((*lines[:at], lines[at] + "!", *lines[at + 1 :]), 1, 1),
}


@examples(300)
@given(NOTES, st.sampled_from(sorted(LIES)), st.data())
def test_no_account_covers_up_a_change_that_no_rule_made(notes, lie, data):
    """Whatever the account calls it: carried, or the deed of any rule."""
    lines = Document.read(notes).lines
    unique_lines = [at for at, line in enumerate(lines) if line.strip() and lines.count(line) == 1]
    if not unique_lines:
        return
    at = data.draw(st.sampled_from(unique_lines))
    if any(mark in "\n".join(lines) for mark in ("---", "<!--", "[", "YYYY", "#")):
        return  # what a rule may touch
    result, src, out = LIES[lie](lines, at)
    rule = data.draw(st.sampled_from(["template", "line-break", "title", "previous-link", "hidden-comment"]))
    op = "drop" if not out else "replace" if src else "add"
    false = LedgerEntry(op, (at + 1, at + src) if src else None, (at + 1, at + out) if out else None, rule)
    above = [LedgerEntry("carry", (1, at), (1, at))] if at else []
    below = [LedgerEntry("carry", (at + src + 1, len(lines)), (at + out + 1, len(result)))]
    account = [*above, false, *(below if at + src < len(lines) else [])]
    assert verify("\n".join(lines) + "\n", "\n".join(result) + "\n", account)
