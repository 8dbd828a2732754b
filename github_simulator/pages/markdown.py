"""Renders Markdown as GitHub does; of raw HTML, only a few tags without attributes are kept."""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape
from mdit_py_plugins.front_matter import front_matter_plugin

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
BARE_TAG = re.compile(
    r"</?(?:details|summary|br|sub|sup|kbd|ins|del|strong|em|b|i|p|hr)\s*/?>|<details open>", re.IGNORECASE
)


def render(text: str, base: str = "", *, breaks: bool = False) -> Markup:
    """Return the HTML of a Markdown text.

    Relative links are resolved against `base`, a URL. `breaks` is for issues and comments: single newlines
    are line breaks, and front matter is ordinary text.
    """
    return Markup(_parser(breaks).render(text, {"base": base}))  # noqa: S704  # the renderer escapes


@cache
def _parser(breaks: bool) -> MarkdownIt:
    options = {"html": True, "breaks": breaks, "tasklists": True, "alerts": True}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    if not breaks:
        parser.use(front_matter_plugin)
    for name, rule in {
        "html_block": _html,
        "html_inline": _html,
        "front_matter": _front_matter,
        "link_open": _link,
        "image": _image,
    }.items():
        parser.add_render_rule(name, rule)
    return parser


Environment = MutableMapping[str, Any]


def _html(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment
) -> str:
    text = COMMENT.sub("", tokens[index].content)
    tags, between = BARE_TAG.findall(text), BARE_TAG.split(text)
    return "".join(str(escape(piece)) + tag for piece, tag in zip(between, [*tags, ""], strict=True))


def _front_matter(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment
) -> str:
    return f'<pre class="front-matter">{escape(tokens[index].content)}</pre>\n'


def _link(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment
) -> str:
    _rebase(tokens[index], "href", env)
    return self.renderToken(tokens, index, options, env)


def _image(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment
) -> str:
    _rebase(tokens[index], "src", env)
    return self.image(tokens, index, options, env)


def _rebase(token: Token, name: str, env: Environment) -> None:
    target = str(token.attrs.get(name, ""))
    if env["base"] and not urlsplit(target).scheme and not target.startswith("#"):
        token.attrSet(name, urljoin(env["base"], target))
