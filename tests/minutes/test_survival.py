"""What people type survives byte for byte: all that minutes are found to hold, in every encoding."""

from datetime import date

import pytest

from bot.minutes import BUILT_IN, Meeting, Previous, decode, normalise

MEETING = Meeting(date(2031, 3, 4), Previous(date(2031, 2, 25), "2031-02-25.md"))
AROUND = "# 2031-03-04\n\nAttending: Ada, Bo\n\n## Workshop\n\n{}\n\n## Any other business\n"

TYPED = {
    "ten levels of lists": "\n".join(f"{'  ' * depth}- level {depth + 1}" for depth in range(10)),
    "lists with odd indentation": "- a\n - b\n   - c\n     * d\n1) e\n   1. f\n",
    "a list numbered from nought, and one out of order": "0. a\n1. b\n\ntext\n\n3. c\n3. d\n2. e",
    "empty items and boxes": "- \n-\n- [ ]\n- [ ] todo\n- [x] done\n* [X] done too",
    "a bullet that Markdown does not know": "• a\nb\n– c",
    "math": "$$\n\\sum_{i=1}^n x_i < y \\\\\n$$\n\nand $a_1 * b_2 * c$ for \\$5",
    "a container of HackMD": ":::info\n**Note** _here_\n:::\n\n:::spoiler More\ntext\n:::",
    "marks of HackMD": "[name=Ada]\n\n###### tags: `kites` `2031`\n\n==marked== ++ins++ H~2~O",
    "footnotes": "said[^1] and done[^long]\n\n[^1]: note\n[^long]: of two\n\n    paragraphs",
    "details": "<details>\n<summary>Who *exactly*?</summary>\n\n- Ada\n\n</details>",
    "definitions of links": '[kite]: https://example.org/kite "A kite"\n[Bo]: <../bo.md>\n\n[kite], [it][Bo]',
    "images": '![frame](img/frame.png "at noon")\n![ref][pic] <img src="a.png" width=40>\n\n[pic]: p.png',
    "a table": "| a | b \\| c |\n|:--|--:|\n| `x|y` |  |\n| 1 | **2** | 3 |",
    "a table without outer pipes": "a | b\n--- | ---\n1 | 2",
    "a grid table": "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+",
    "fenced code": "```python\n# 2031-03-05\nif a <b:  # <!-- no comment -->\n\treturn  `x`   \n```",
    "a fence in a fence, in a list": "- a\n\n  ````md\n  ```\n  b\n  ```\n  ````",
    "indented code": "text\n\n    # code\n\tAttending: Zoe",
    "code spans": "`a` ``b ` c`` `` ` `` `<!-- d -->`",
    "quotes": "> a\n>> b\nlazy\n\n> [!NOTE]\n> c",
    "hard breaks": "one  \ntwo\\\nthree<br>four",
    "escapes and entities": "1\\. a \\*b\\* \\[c\\] &amp; &nbsp; &#35;&#x1F600; \\\\",
    "line across the page": "a\n\n---\n\n* * *\n\n___\n\nb",
    "headings in every dress": "Setext\n------\n\n### Deep ###\n\n#NoSpace\n\n**Bold**\n\ntext",
    "attributes of kramdown": "### Deep {#id .class}\n{: .note }\n\ntext\n{: #x }",
    "chat": "<ada> hello\n<bo> hi *there*\n14:02 < cy> me too",
    "mentions, numbers and commits": "@ada #12 GH-13 kites/frames#14 0123456789abcdef0123456",
    "addresses": "https://example.org/a_b_c?d=e&f=(g) <https://example.org> ada@example.org www.example.org",
    "strike, sub and underline": "~~gone~~ <u>under</u> <sub>2</sub> <kbd>Ctrl</kbd>",
    "tabs and blank ends": "a\tb\t\n-\tc  \n \t \nd ",
    "right to left": "- שלום עולם\n- مرحبا (ABC) بالعالم\n- \u2067עברית\u2069 \u200fx\u200e",
    "Chinese, Japanese, Korean": "## 讨论\n\n- 参会：小明、小红\n- 議題：凧（たこ）\n- 연을 날리다。",
    "letters put together, and emoji": "e\u0301 vs é, 🪁 👩‍🔧 🇩🇪 :kite: ﬁ",
    "blanks that are none": "a\u00a0b\u200bc\u2003d\u3000e\u2028f\u2029g\u0085h\ufeffi",
    "control characters": "a\x01b\x07c\x0bd\x0ce\x1bf\x1cg\x7fh",
    "a long line": "word " * 5000 + "end",
}


@pytest.mark.parametrize("source", ["issue", "file"])
@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_is_typed_is_carried(typed, source):
    minutes = normalise(AROUND.format(typed), template=BUILT_IN, meeting=MEETING, source=source)
    notes = AROUND.format(typed)
    if source == "issue":  # whose line ends stay visible
        assert without_breaks(minutes.text) == without_breaks(notes)
        assert {entry.rule for entry in minutes.ledger} <= {"", "hard-break"}
    else:
        assert minutes.text == notes
        assert [entry.op for entry in minutes.ledger] == ["carry"]


def without_breaks(text: str) -> list[str]:
    return [line.rstrip(" \t") for line in text.split("\n")]


ENCODED = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16, little end first": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "line ends mixed": lambda text: text.replace("\n", "\r\n", 3).replace("\n\n", "\n\r", 1).encode(),
    "UTF-16 and CRLF": lambda text: b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le"),
}


@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED)
def test_the_encoding_of_a_file_makes_no_difference(encode):
    text = AROUND.format("- frames – “glued” 🪁\n- 讨论")
    minutes = normalise(decode(encode(text)), template=BUILT_IN, meeting=MEETING, source="file")
    assert minutes.text == text


def test_a_file_in_windows_1252_keeps_its_letters():
    text = AROUND.format("- café – “glued” for 5 €…")
    notes = decode(text.encode("cp1252"))
    assert normalise(notes, template=BUILT_IN, meeting=MEETING, source="file").text == text


@pytest.mark.parametrize("typed", ["cut \ud83d off", "nothing \x00 here"], ids=["half a pair", "NUL"])
def test_what_no_file_can_hold_is_marked_and_the_rest_stays(typed):
    minutes = normalise(AROUND.format(typed), template=BUILT_IN, meeting=MEETING)
    assert minutes.text == AROUND.format(typed.replace("\ud83d", "\ufffd").replace("\x00", "\ufffd"))
