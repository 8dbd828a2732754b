"""Configure markdown-it-py: blocks of GitHub Flavored Markdown with line maps, without inline parsing.

Two extra block rules, `text_line` and `list_line`, change no result and save time: most lines of minutes are
one line of text in a list item, and need not be tried by every block rule, nor the line below by every rule
that may end a paragraph.
A second parser is for the few texts in which inline markup matters.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline, escape, newline
from mdit_py_plugins.gfm import gfm_plugin

# What begins no block but a paragraph: https://spec.commonmark.org/0.31.2/#leaf-blocks
_TEXT = re.compile(r"[^\W\d_]|(?:\*\*|__|[@(\"'])[^\W_]|\[[ xX]\] ")
_ITEM = re.compile(r"[-*+][ \t]+[^\W_]")

TEXT_LINE = "paragraph"
"""The token of a paragraph that is one line, in place of `paragraph_open`, `inline` and `paragraph_close`."""

InlineRule = Callable[[StateInline, bool], bool]


def text_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Parse a paragraph of one line, if line `start` of the text in `state` is one; a rule for markdown-it.

    Return whether it is. That is a line of text above a blank line, a list item or the end. Any other line is
    left to the parser's own rules, and so is every line where `silent`, since then the parser only asks
    whether a paragraph may end there.
    """
    if silent or state.is_code_block(start):
        return False
    first, last = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not _TEXT.match(state.src, first, last) or not _ends_paragraph(state, start + 1):
        return False
    state.line = start + 1
    paragraph = state.push(TEXT_LINE, "p", 0)
    paragraph.content = mdTrim(state.src[first:last])
    paragraph.map = [start, state.line]
    return True


def list_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a list that begins with a bullet and a word at line `start`; a rule for markdown-it.

    Return whether there is one. Such a line begins no other block: but for a table's head, which has a `|`.
    """
    first, last = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if silent or not _ITEM.match(state.src, first, last) or state.src.find("|", first, last) >= 0:
        return False
    return list_block(state, start, end, silent)


def _ends_paragraph(state: StateBlock, line: int) -> bool:
    """Return whether a line certainly does not continue the paragraph above it; False where unsure."""
    if line >= state.lineMax or state.isEmpty(line):
        return True
    indent = state.sCount[line]
    if indent < 0 or state.is_code_block(line) or (0 <= state.listIndent <= indent - 4):
        return False  # it may continue the paragraph; the parser's own rules decide
    return _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]) is not None


def block_parser(*, quick: bool = False) -> MarkdownIt:
    """Return a Markdown parser that finds blocks only, without the markup inside of lines.

    `quick` adds rules that recognise lists, and paragraphs of one line, faster; the tokens of the latter have
    the type `TEXT_LINE`.
    """
    parser = MarkdownIt("commonmark").use(gfm_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    if quick:
        parser.block.ruler.before("table", "text_line", text_line)
        parser.block.ruler.after("text_line", "list_line", list_line)
    return parser


def text_parser() -> MarkdownIt:
    """Return a parser of inline markup, to find out which lines of a paragraph begin inside of markup.

    The token of each line break has in `meta["next"]` the index in the text at which the next line begins.
    """
    parser = MarkdownIt("commonmark").use(gfm_plugin)
    inline = parser.inline.ruler
    # no URL spans two lines, and where there is none these rules take quadratic time
    inline.disable(["autolink", "gfm_autolink_www", "gfm_autolink_protocol", "gfm_autolink_email"])
    inline.at("newline", _noting(newline))
    inline.at("escape", _noting(escape))
    return parser


def _noting(rule: InlineRule) -> InlineRule:
    """Return the rule, changed to store in each line break's token where the next line begins."""

    def noting(state: StateInline, silent: bool) -> bool:
        done = rule(state, silent)
        if done and not silent and state.tokens[-1].tag == "br":
            state.tokens[-1].meta["next"] = state.pos
        return done

    return noting
