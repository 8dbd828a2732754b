"""Text from outside loses its power; text of ours stays in its bounds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.planning.texts import LONGEST, aloud, code, hushed, plain, quiet, render, sentence, with_commands

POWERS = re.compile(r"(?<![\w/])@\w|#\d|\bGH-\d|(?<!\w)[0-9a-f]{7,40}(?!\w)|https?://|www\.", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "@ada please", "(@ada)", "#12", "hill-lab/notes#12", "GH-12", "1234567", "deadbeef0",
        "https://github.com/hill-lab/notes/issues/12", "http://a.b", "www.example.org", "@hill-lab/core",
        "hill-lab/notes@deadbeef0",
    ],
)  # fmt: skip
def test_mentions_references_and_links_have_no_power(text: str) -> None:
    shown = MarkdownIt().render(plain(text))

    assert not POWERS.search(shown)
    assert "<a" not in shown


@given(st.text())
def test_text_from_outside_is_shown_as_it_is_on_one_line(text: str) -> None:
    html = MarkdownIt().renderInline(plain(text))

    assert not re.search(r"<(?!br)\w", html)
    assert "\n" not in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Comment `/minutes date 2026-08-18`.", "Comment <code>/minutes date 2026-08-18</code>."),
        ("``/minutes`` \\`/minutes`", "`<code>/minutes</code>` \\<code>/minutes</code>"),
        ("`/minutes <b>` `other` `/minutes", "`/minutes &lt;b&gt;` `other` `/minutes"),
    ],
)
def test_commands_are_shown_as_code_and_nothing_else_is(text: str, html: str) -> None:
    assert MarkdownIt().renderInline(with_commands(text)) == html


def test_a_row_of_a_table_stays_one_row() -> None:
    assert re.search(r"(?<!\\)\|", plain("a | b\n| c")) is None


def test_links_to_github_leave_no_backlink() -> None:
    assert quiet("https://github.com/a/b/pull/1") == "https://redirect.github.com/a/b/pull/1"
    assert quiet("https://github.example.org/a/b/pull/1") == "https://github.example.org/a/b/pull/1"


def test_code_cannot_be_left() -> None:
    assert code("a`\n```b") == "ab"


def test_a_long_text_is_cut_at_a_line_with_a_word() -> None:
    finding = {"line": None, "message": "m" * 500, "cure": "c"}

    text = render("check", {"account": "all", "findings": [finding] * 1000})

    assert len(text) < LONGEST + 100
    assert text.endswith("*Cut here: the rest is in the file.*")


def test_a_text_at_the_limit_is_whole_and_one_character_more_is_cut() -> None:
    facts = {"account": "all", "findings": [{"line": None, "message": "m", "cure": "c"}]}
    room = LONGEST - len(render("check", facts)) + len("all")

    assert len(render("check", facts | {"account": "a" * room})) == LONGEST
    assert "Cut here" not in render("check", facts | {"account": "a" * room})
    assert "Cut here" in render("check", facts | {"account": "a" * (room + 1)})


@given(st.text())
def test_what_was_hushed_comes_back_aloud(text: str) -> None:
    assert aloud(hushed(text)) == aloud(text)
    assert not re.search(r"(?<![\w/])@\w", hushed(text))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("The vote was 5 to 4", "The vote was 5 to 4."),
        ("The vote was 5 to 4.", "The vote was 5 to 4."),
        ("Who voted?", "Who voted?"),
        ("It said (twice.)", "It said (twice.)"),
        ("“No!”", "“No!”"),
        ("決まっていない。", "決まっていない。"),
        ("see the list:\n", "see the list:"),
        ("", ""),
    ],
)
def test_what_people_typed_ends_as_a_sentence(typed: str, shown: str) -> None:
    assert sentence(typed) == shown
