"""Quick patterns find what the plain ones find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes.text.caseless import Caseless, any_of

WORDS = r"agree|decid|adopt|hum\b|yea\b|ay|1 for|決定|d"
PARTS = st.sampled_from([*WORDS.replace(r"\b", "").split("|"), "a", "g", "hu", "man", " ", "1", "決"])


@given(st.lists(PARTS, max_size=6).map("".join))
def test_grouped_words_are_found_where_they_are_found_one_by_one(text):
    assert bool(any_of(WORDS).search(text)) == bool(re.search(WORDS, text))


@pytest.mark.parametrize("text", ["Kites", "kites and glue", "KITES: glue", "glue, Kites", "glue"])
def test_a_beginning_is_matched_whatever_its_case(text):
    assert bool(Caseless("kites").match(text)) == text.casefold().startswith("kites")
