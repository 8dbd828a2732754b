import pytest

from bot.minutes.text.counts import counted


@pytest.mark.parametrize(
    ("number", "words", "text"),
    [
        (0, ["line"], "0 lines"),
        (1, ["line"], "1 line"),
        (2, ["line"], "2 lines"),
        (1, ["person", "people"], "1 person"),
        (3, ["person", "people"], "3 people"),
        (1200, ["file"], "1,200 files"),
    ],
)
def test_the_word_follows_the_number(number, words, text):
    assert counted(number, *words) == text
