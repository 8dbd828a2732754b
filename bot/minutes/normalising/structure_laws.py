"""The changes that typed signs of structure may bring about: each line keeps its words, and its place."""

import re

from bot.minutes.text.markdown import Lines

_SIGNS = "•●∙‣▪■◦○⁃–—·▫□◆"
_OPEN, _DONE = "☐", "☑"
_BULLET = re.compile(rf"[ \t]*[{_SIGNS}][ \t]+(?P<text>\S.*)")
_KEPT_SIGN = re.compile(r"[ \t]*(?P<text>[✓✔☒✗✘❏❑]\ufe0f?[ \t]+\S.*)")
_NUMBERED = re.compile(r"[ \t]*(?P<sign>\d{1,9}[.)])[ \t]+(?P<text>\S.*)")
_LABELLED = re.compile(
    r"[ \t]*(?P<sign>\d+(?:\.\d+)+\.?|\(?[A-Za-z]{1,5}\)|[A-Za-z]{1,5}\.)[ \t]+(?P<text>\S.*)"
)
_ITEM = re.compile(r"[ ]*- (?P<text>\S.*)")
_BOX = re.compile(
    rf"(?P<head>[ \t]*(?:(?:[-*+]|\d{{1,9}}[.)]|[{_SIGNS}])[ \t]+)*)"
    rf"(?:(?P<open>[{_OPEN}]|\[ \])|(?P<done>[{_DONE}]|\[[xX]\]))\ufe0f?[ \t]+(?P<text>\S.*)"
)
_TASK = re.compile(r"(?P<head>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+)\[(?P<state>[ x])\] (?P<text>\S.*)")
_MARKDOWN = re.compile(r"[-*+]|\d{1,9}[.)]")
_DELIMITER = re.compile(r"[ ]*\|(?: --- \|)+")
_EMPTY = re.compile(r"[ ]*\|(?:[ ]+\|)+")
_RULE = re.compile(r"[ ]{0,3}([-=~^\"*+#.`':_])\1*[ \t]*")
_ATX = re.compile(r"#{1,6} (?P<text>\S.*)")
_AS_HEADING = (
    re.compile(r"[ ]{0,3}(?:\\#)+[ ](?P<text>.*?)(?:[ ]*\\#)*"),
    re.compile(r"[ ]{0,3}#{1,6}[ \t]*(?P<text>.*?)(?:[ \t]+#+)?"),
    re.compile(r"[ ]{0,3}(?P<mark>\*\*|__)(?P<text>.+?)[ ]?[:：]?(?P=mark)[ ]?[:：]?"),
    re.compile(r"[ ]{0,3}(?P<text>\S.*?)[ ]?[:：]?"),
)
"""How a heading is written in one line, or in the first one above a rule."""
_PIPE = re.compile(r"(?<!\\)\|")


def is_item(before: Lines, after: Lines) -> bool:
    """Return whether one line with a typed sign became one list item with the same text.

    Bullets go, numbers stay as they are; letters, numbers of several levels, ticks and crosses stay as text.
    """
    if not len(before) == len(after) == 1:
        return False
    old, new = before[0].rstrip(" \t"), after[0].rstrip(" \t")
    number, same_number = _NUMBERED.fullmatch(old), _NUMBERED.fullmatch(new)
    if number and same_number:
        return number.groups() == same_number.groups() and "\t" not in new[: same_number.start("sign")]
    item, bullet = _ITEM.fullmatch(new), _BULLET.fullmatch(old) or _KEPT_SIGN.fullmatch(old)
    if item and bullet:
        return item["text"] == bullet["text"]
    label = _LABELLED.fullmatch(old)
    return bool(item and label) and new.lstrip() == f"- {label['sign']} {label['text']}" if label else False


def is_task(before: Lines, after: Lines) -> bool:
    """Return whether one line with a typed box became one task item with the same text, and as done as it."""
    if not len(before) == len(after) == 1:
        return False
    old, new = _BOX.fullmatch(before[0].rstrip(" \t")), _TASK.fullmatch(after[0].rstrip(" \t"))
    if old is None or new is None:
        return False
    in_item = _MARKDOWN.search(old["head"])
    head = new["head"] == old["head"] if in_item else new["head"].lstrip(" ") == "- "
    return head and old["text"] == new["text"] and bool(old["done"]) == (new["state"] == "x")


def is_row(before: Lines, after: Lines) -> bool:
    """Return whether one line with tabs became one row of a table with the same cells, in the same order.

    Beside it there may be an empty head, and must then be a line below the head.
    """
    rows = [line for line in after if not (_DELIMITER.fullmatch(line) or _EMPTY.fullmatch(line))]
    if len(before) != 1 or len(rows) != 1 or len(after) > 3:
        return False
    inner = rows[0].strip().removeprefix("|").removesuffix("|")
    cells = [cell.strip().replace("\\|", "|") for cell in _PIPE.split(inner)]
    return len(cells) > 1 and cells == [cell.strip() for cell in before[0].lstrip(" \t").split("\t")]


def heading_text(line: str) -> str:
    """Return what a line says that is written as a heading in any form, or is text; empty for a blank one."""
    match = next((match for form in _AS_HEADING if (match := form.fullmatch(line.rstrip(" \t")))), None)
    return match["text"].strip() if match else ""


def is_heading(before: Lines, after: Lines) -> bool:
    """Return whether one line became a heading with the same text, or one of signs below it a blank one.

    Signs of emphasis, a colon at the end, and other signs of headings go.
    """
    if not len(before) == len(after) == 1:
        return False
    heading = _ATX.fullmatch(after[0].rstrip(" \t"))
    if heading is None:
        return not after[0] and is_rule(before[0])
    return heading["text"] == heading_text(before[0]) and not is_rule(before[0])


def is_rule(line: str) -> bool:
    """Return whether a line is of one sign, repeated, as below the text of a heading."""
    return _RULE.fullmatch(line) is not None
