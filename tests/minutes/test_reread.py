"""A text of which a part has changed is read as if it were read anew, whatever the change opens or closes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.minutes.normalising.edits import Edit, apply_edits
from bot.minutes.normalising.reread import reread
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import join
from tests.depth import examples
from tests.minutes.test_properties import LINES

# Lines with many headings among them, and what may swallow one.
TEXT = st.lists(st.one_of(st.sampled_from(["# One", "## Two", "", "```", "<!--", "- item", "---"]), LINES))


@st.composite
def changes(draw):
    lines = tuple(draw(TEXT))
    ends = st.integers(0, len(lines))
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=3))
    return lines, [Edit(start, end, tuple(draw(TEXT.map(lambda new: new[:4]))), "") for start, end in spans]


@examples(400)
@given(changes())
def test_reading_again_is_reading(change):
    lines, edits = change
    before = Document.read(join(lines))
    after, ledger = apply_edits(before.lines, edits)
    assert reread(before, after, ledger) == Document.read(join(after))


def test_a_change_that_opens_a_fence_reaches_below_the_next_heading():
    before = Document.read("# A\n\ntext\n\n# B\n\n- item\n")
    after, ledger = apply_edits(before.lines, [Edit(2, 3, ("```",), "")])
    again = reread(before, after, ledger)
    assert [block.kind for block in again.blocks] == ["heading", "fence"]


def test_what_no_change_reaches_is_taken_over():
    before = Document.read("# A\n\ntext\n\n# B\n\n- item\n\n# C\n\nmore\n")
    after, ledger = apply_edits(before.lines, [Edit(0, 0, ("# New", ""), "")])
    again = reread(before, after, ledger)
    kept = [block for block in before.blocks if block.start > 0]
    assert len(again.blocks) == len(before.blocks) + 1
    assert [block.start - 2 for block in again.blocks[2:]] == [block.start for block in kept]
