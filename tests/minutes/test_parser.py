"""The quick rules of the parser change no result: every block is as it is without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes.text.markdown import blocks_of
from bot.minutes.text.parser import block_parser
from tests.depth import examples, some
from tests.minutes.test_corpus import SHARED
from tests.minutes.test_properties import LINES

QUICK, PLAIN = block_parser(quick=True), block_parser()
# Text at every depth, where a line may end a paragraph or run on.
INDENTED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "  ", "    ", "\t", "      ", "> ", " > > "]),
    st.sampled_from(["", "- ", "* ", "1. ", "2) ", "   - "]),
    st.sampled_from(
        [
            "Ada",
            "Ada: glue | fly",
            "|---|---|",
            "[ ] Bo",
            "**Cy**",
            "-",
            "- -",
            "===",
            "---",
            "[x]: /y",
            "é\u00a0",
        ]
    ),
)


@examples(1500)
@given(st.lists(st.one_of(LINES, INDENTED), max_size=14).map("\n".join))
def test_every_block_is_the_same(text):
    assert blocks_of(QUICK.parse(text)) == blocks_of(PLAIN.parse(text))


def test_a_line_like_a_list_item_may_be_the_head_of_a_table():
    text = "- Ada | fly\n|---|---|\n| Bo | glue |"
    assert blocks_of(QUICK.parse(text)) == blocks_of(PLAIN.parse(text))
    assert "table" in {block.kind for block in blocks_of(QUICK.parse(text))}


@pytest.mark.skipif(
    not SHARED.exists(), reason="the corpus of real minutes (../shared) is not on this machine"
)
def test_real_minutes_too():
    for file in some(sorted(SHARED.rglob("*.md")), 10):
        text = file.read_text(encoding="utf-8", errors="replace")
        assert blocks_of(QUICK.parse(text)) == blocks_of(PLAIN.parse(text)), file
