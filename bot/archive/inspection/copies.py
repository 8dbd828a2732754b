"""Files with the same text under several names: all but one are copies, most often left from a wrong name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bot.archive.inspection.checks import SLIP
from bot.archive.inspection.pages import Page
from bot.minutes import Finding
from bot.minutes.normalising.findings import finding
from bot.minutes.reading.dates import has_placeholder

_OWN = 3  # lines that stand nowhere else in the archive: with fewer, two equal texts are two empty forms

Lines = tuple[str, ...]


def copies(pages: Iterable[Page]) -> Iterator[tuple[Page, Finding]]:
    """Yield the pages whose text is also that of another, with a finding that names that one.

    Of equal texts, the one whose name is least in doubt counts as the true one, and is left out.
    """
    same: defaultdict[Lines, list[Page]] = defaultdict(list)
    uses: Counter[str] = Counter()
    for page in pages:
        lines = _text_lines(page)
        same[lines].append(page)
        uses.update(set(lines))
    for lines, group in same.items():
        if len(group) > 1 and sum(uses[line] == len(group) for line in set(lines)) >= _OWN:
            true, *others = sorted(group, key=_doubt)
            for page in others:
                yield page, finding("same-text", other=true.path, date=page.day)


def _text_lines(page: Page) -> Lines:
    """Return what minutes say, apart from front matter, day, and where the link to the last meeting leads.

    Blank lines and blank ends do not matter.
    """
    document, dated, link = page.task.document, page.dated_lines, page.task.link
    lines = list(document.lines)
    if link and link.fillable:
        lines[link.line] = lines[link.line][: link.start] + lines[link.line][link.end :]
    body = enumerate(lines[document.body :], document.body + 1)
    said = ((number, line.strip()) for number, line in body if line.strip())
    return tuple(line for number, line in said if number not in dated and not has_placeholder(line))


def _doubt(page: Page) -> tuple[bool, bool, bool, str]:
    """Return how doubtful a file's name is, the gravest doubt first."""
    disagrees = any(candidate.date != page.day for candidate in page.candidates)
    return disagrees, page.is_off_day, SLIP.fullmatch(page.ending) is not None, page.path
