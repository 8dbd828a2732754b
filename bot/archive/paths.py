"""Paths of an archive beside those of minutes: its templates, and the links from file to file. Pure."""

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from bot.archive.dates import MARKDOWN
from bot.archive.layout import Layout

_TEMPLATE = re.compile(r"(?i)(?!pull_request).*template.*\.(?:md|markdown)")


def template_candidates(paths: Iterable[str], layout: Layout) -> tuple[str, ...]:
    """Return those of an archive's files that may be the template of minutes, nearest to them first.

    `layout` is that of the minutes. Each is a `*template*.md` beside or above them, in the root, `.github/`
    or `templates/`.
    """
    folders, above = [], layout.folder
    while above:
        folders += [above, f"{above}/templates"]
        above = posixpath.dirname(above)
    folders += ["", "templates", ".github"]
    found = [
        (folders.index(posixpath.dirname(path)), path)
        for path in paths
        if posixpath.dirname(path) in folders and _TEMPLATE.fullmatch(posixpath.basename(path))
    ]
    return tuple(path for _, path in sorted(found))


def relative_link(from_path: str, to_path: str) -> str:
    """Return the link, as Markdown has it, from the file at `from_path` to that at `to_path`.

    Both are paths in the archive; the link is relative (RFC 3986 section 4.2).
    """
    return quote(posixpath.relpath(to_path, posixpath.dirname(from_path) or "."), safe="/.-_~")


def linked_path(from_path: str, target: str) -> str | None:
    """Return the path in the archive of the Markdown file that a link in the file at `from_path` leads to.

    None for a link that is not relative, leads to no Markdown file, or out of the archive, or into a hidden
    folder, of which nothing is known.
    """
    named = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    if re.match(r"[/\\]|[A-Za-z][\w+.-]*:", named) or not named.lower().endswith(MARKDOWN):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), named))
    return None if any(part.startswith(".") for part in path.split("/")) else path
