"""What an archive teaches: where minutes lie, which meetings were held, and the shape of minutes. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.archive import paths
from bot.minutes import BUILT_IN, NEWEST, Previous, Template, TemplateError, learn_template, read_template


@dataclass(frozen=True, slots=True)
class ArchiveProfile:
    """An archive, as far as notes need it. `others` are layouts as common as the one that was taken."""

    layout: paths.Layout = field(default_factory=paths.Layout)
    meetings: tuple[paths.PastMeeting, ...] = ()
    template: Template = BUILT_IN
    other_layouts: tuple[str, ...] = ()

    def previous(self, day: date | None, path: str) -> Previous | None:
        """Find the meeting before that day, and the link to it from the minutes at `path`."""
        return link_back(self.meetings, day, path)

    def with_minutes_of(self, days: Iterable[date]) -> "ArchiveProfile":
        """Return what it will be with the minutes of these days, where it has none."""
        known = {past.date for past in self.meetings}
        new = (paths.PastMeeting(day, self.layout.path(day)) for day in days if day not in known)
        return replace(self, meetings=tuple(sorted((*self.meetings, *new))))


def learn(files: Iterable[str], read: Callable[[str], str], template: str | None = None) -> ArchiveProfile:
    """Learn from an archive's files, and from the text of a template where one is named.

    `read` gives the text of a path, and is asked for few of them. Raises TemplateError where a named
    template has nothing to go by; one that was only found is then left aside.
    """
    files = tuple(files)
    layout, others = _layout(files)
    past = paths.meetings(layout, files)
    newest = read(past[-1].path) if past else None
    if template is not None:
        return ArchiveProfile(layout, past, read_template(template, newest), others)
    found = map(read, paths.template_candidates(files, layout))
    shape = _first_template(found, newest) or learn_template([read(last.path) for last in past[-NEWEST:]])
    return ArchiveProfile(layout, past, shape, others)


def link_back(past: Sequence[paths.PastMeeting], day: date | None, path: str) -> Previous | None:
    """Find the newest of these meetings before that day, and the link to it from the minutes at `path`."""
    found = paths.previous(past, day) if day else None
    return Previous(found.date, paths.relative_link(path, found.path)) if found else None


def _layout(files: tuple[str, ...]) -> tuple[paths.Layout, tuple[str, ...]]:
    try:
        return paths.infer_layout(files), ()
    except paths.AmbiguousLayout as error:
        return paths.Layout(error.candidates[0]), error.candidates[1:]


def _first_template(texts: Iterable[str], newest: str | None) -> Template | None:
    """Take the first text that can serve as a template."""
    for text in texts:
        try:
            return read_template(text, newest)
        except TemplateError:
            continue
    return None
