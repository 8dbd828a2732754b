"""What an archive teaches: its series, where new minutes belong, and the form of minutes. Pure."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from bot.archive.choice import Choice
from bot.archive.grouping import find_series
from bot.archive.layout import Layout
from bot.archive.location import locate
from bot.archive.paths import relative_link, template_candidates
from bot.archive.series import ArchiveSeries, PastMeeting
from bot.config import Config
from bot.minutes import BUILT_IN, NEWEST, Previous, Template, TemplateError, learn_template, read_template


class ArchiveProfile:
    """What an archive teaches about minutes: its series, where new minutes belong, and their form.

    `files` are its paths; `read` returns the text of a path, and is called for few of them. `template` is the
    text of a template to use for all minutes; TemplateError is raised if it cannot be used as one.
    """

    def __init__(
        self,
        files: Iterable[str] = (),
        read: Callable[[str], str] = str,
        template: str | None = None,
        settings: Config | None = None,
    ) -> None:
        self.files = tuple(files)
        self.settings = settings or Config()
        self._read = read
        self._templates: dict[str, Template] = {}
        self._named = None
        if template is not None:
            self._named = read_template(template, *self._newest_texts(self._main))

    @cached_property
    def series(self) -> tuple[ArchiveSeries, ...]:
        """The series that the paths of the archive show, those with the newest meetings first."""
        return find_series(self.files)

    def locate(self, day: date, *texts: str, name: str | None = None) -> Choice:
        """Return which series the minutes of a meeting on `day` belong to.

        `texts` may name a team; `name` is a series that a person named (see `bot.archive.location.locate`).
        """
        known = self.settings.series
        configured = next((each for each in known if name and each.name.casefold() == name.casefold()), None)
        if configured is None and len(known) == 1:
            configured = known[0]
        settings = self.settings.within(configured)
        return locate(self.files, settings, day, *texts, name=name)

    def template(self, series: ArchiveSeries | None) -> Template:
        """Return the template of the minutes of a series; for None that of the archive's main series.

        Without a template file, it is what the newest minutes have in common.
        """
        if self._named is not None:
            return self._named
        key = series.layout.pattern if series else ""
        if key not in self._templates:
            self._templates[key] = self._learn(series or self._main)
        return self._templates[key]

    @property
    def _main(self) -> ArchiveSeries:
        return next((each for each in self.series if each.accompanies is None), ArchiveSeries("", Layout()))

    def _newest_texts(self, series: ArchiveSeries) -> list[str]:
        return [self._read(past.path) for past in series.meetings[-NEWEST:]]

    def _learn(self, series: ArchiveSeries) -> Template:
        """Return the template that lies near the minutes, else the shape that the newest ones share."""
        minutes = self._newest_texts(series)
        named = [self.settings.template] if self.settings.template in self.files else ()
        for path in named or template_candidates(self.files, series.layout):
            try:
                return read_template(self._read(path), *minutes)
            except TemplateError:
                continue
        return learn_template(minutes) if minutes else BUILT_IN


def link_back(series: ArchiveSeries, day: date | None, path: str) -> Previous | None:
    """Return the newest meeting of a series before `day`, with the link to its minutes.

    The link is relative to the minutes at `path`. None if there is no such meeting, or the day is not known.
    """
    found: PastMeeting | None = series.previous(day) if day else None
    return Previous(found.date, relative_link(path, found.path)) if found else None
