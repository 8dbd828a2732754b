"""Read who was there from front matter: `attendees: [Ada, Bo]`, `present:` with a list, `regrets: Cy`."""

import re
from collections.abc import Iterator, Sequence

from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import FieldName, label_in
from bot.minutes.reading.names import name_in, pieces, split
from bot.minutes.text.frontmatter import Key

_REMARK = re.compile(r"(?:\A|[ \t])#.*")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:name:[ \t]+)?(?P<value>.*)")
_NO_TEXT = re.compile(r"(?i)true|false|yes|no|on|off|null|~|[&*!{].*")
"""Values of YAML that are no text: truth values, nothing, an anchor, a mapping."""
_BLOCK = re.compile(r"\A[|>][+-]?(?:[ \t]+|\Z)")  # says that text in several lines follows


def in_front_matter(document: Document) -> Iterator[tuple[FieldName, tuple[str, ...]]]:
    """Yield the names in each key of the first front matter that is for people, such as `attendees`.

    They come with the field, "attendees" or "absent". Keys without names are left out.
    """
    for key in document.front_matters[0].keys if document.front_matters else ():
        labelled = label_in(key.name.replace("_", " "), alone=True)
        if labelled and labelled[0] in ("attendees", "absent"):
            names = tuple(_names(key, document.lines[key.start + 1 : key.end]))
            if names:
                yield labelled[0], names


def _names(key: Key, below: Sequence[str]) -> Iterator[str]:
    """Yield the names in the value of a key; `below` are its further lines."""
    items = [match["value"] for line in below if (match := _ITEM.fullmatch(line))]
    value = _REMARK.sub("", key.value).strip()
    if value.startswith("["):
        texts = [*pieces(value.removeprefix("[").removesuffix("]"))]
    elif items and items[0] and below[0].strip().startswith("-") and value.startswith("-"):
        texts = [_REMARK.sub("", item) for item in items]
    else:
        text = _unquoted(_BLOCK.sub("", value))
        yield from () if _NO_TEXT.fullmatch(text) else split(text)
        return
    names = (_unquoted(text) for text in texts)
    yield from filter(None, (name_in(name) for name in names if not _NO_TEXT.fullmatch(name)))


def _unquoted(text: str) -> str:
    """Return a value without the quotes around it."""
    text = text.strip()
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1].strip() if is_quoted else text
