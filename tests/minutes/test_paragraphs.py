"""Which lines say what they say: plain text in a paragraph that stands in nothing else."""

import re

import pytest

from bot.minutes.text.paragraphs import plain_lines

HERE = re.compile(r"\s*here")


def found(text: str) -> tuple[int, ...]:
    return plain_lines(tuple(text.split("\n")), HERE)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("here", (0,)),
        ("\n\n   here we are\n\ntext\n      here\nhere  \nhere", (2, 5, 6, 7)),
        ("**bold** and `code`, [a link](b)\nhere", (1,)),
        ("a line ends with a break  \nhere\nor with another\\\nhere", (1, 3)),
        ("a * star, a ` tick, a [ bracket\nhere", (1,)),
        ("<details>\n\ntext\n\n</details>\n\nhere", (6,)),
        ("<!-- <details> -->\n\nhere", (2,)),
        ("</details>\n\nhere", (2,)),
        ("<b>bold</b> <br>\nhere", (1,)),
        ("<aside>\n\nhere", (2,)),
        ("![an\nimage](b)\nhere", (2,)),
        ("[a\nlink](\nb)\nhere", (3,)),
        ("[^1]: note\n\nhere", (2,)),
    ],
)
def test_a_plain_line_is_found(text: str, lines: tuple[int, ...]) -> None:
    assert found(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "    here",  # code
        "```\nhere\n```",
        "~~~\nhere",  # to the end
        "`a\nhere\nb`",
        "``a\nhere ` b\nhere``",
        "a `b\nhere`",
        "> here",
        "> quoted\nhere",  # a lazy line of the quote: GitHub shows it quoted
        "> > a\n> here",
        "- here",
        "- a\nhere",  # a lazy line of the item
        "1. a\n\n   here",
        "- [ ] here",
        "# here",
        "here\n===",
        "text\nhere\n---",
        "| a |\n| --- |\n| here |",
        "| a |\n| --- |\nhere",  # a row without bars
        "[a\nhere\nb](c)",
        "[a\nhere\nb][c]\n\n[c]: d",
        "![a\nhere\nb](c)",
        '[a](b "c\nhere")',
        "**a\nhere\nb**",
        "~~a\nhere\nb~~",
        "*a **b\nhere\nc** d*",
        "<div>\nhere\n</div>",
        "<!--\nhere\n-->",
        "<!--\n\nhere\n\n-->",
        "text <!-- a\nhere\n-->",
        "<pre>\n\nhere\n\n</pre>",
        "<details>\n\nhere\n\n</details>",
        "<blockquote>\n\n<b>a</b>\n\nhere\n\n</blockquote>",
        "<UL><LI>\n\nhere",
        '<p><a href="b">\n\nhere\n\n</a>',
        'text <b title="\nhere\n">',
        "text <code>\nhere\n</code>",
        "[^1]: here",
        "[^1]:\n    here",
        "> [!NOTE]\n> here",
        "[here]: a",
        "",
        "\n",
    ],
)
def test_what_stands_in_something_is_not(text: str) -> None:
    assert found(text) == ()


HOSTILE = {
    "lines": "here\n",
    "comments": "<!--",
    "brackets": "[",
    "images": "![",
    "links": "[a](",
    "targets": "[a](<",
    "ticks": "`a",
    "stars": "*a **b ",
    "underlines": "_a __",
    "autolinks": "<a:",
    "tags": "<code>",
    "attributes": '<a b="',
    "cdata": "<![CDATA[",
    "entities": "&",
    "strikes": "~a ~~b",
    "quotes": "> ",
    "lists": "- ",
    "notes": "[^a]",
    "mails": "a@b.",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_read_to_its_end(kind: str) -> None:
    """A rule that takes quadratic time is felt here, as it takes seconds for what takes a tenth of one."""
    text = HOSTILE[kind] * (32_768 // len(HOSTILE[kind]))

    assert found(f"a {text}\nhere\n\nhere")[-1] == text.count("\n") + 3
