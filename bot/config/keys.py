"""The keys of `.github/minutes.yml`: type, description and default of each.

A description ends with the default, in words or in YAML.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.calendar import Series
from bot.config import values
from bot.config.series import ASeries


def usual_archive(source: str) -> str:
    """Return the default archive of the source repository `source`: `<owner>/meeting-minutes`."""
    return f"{source.split('/')[0]}/meeting-minutes"


class SourceConfig(BaseModel):
    """The configuration keys by which a repository says what becomes of the notes that are written in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    archive: values.Repository | None = Field(
        default=None,
        description="The repository that keeps the minutes, as `owner/name`: stands in the file of the "
        "repository of notes, and in a fork that keeps minutes itself. Default: `<owner>/meeting-minutes`.",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        return values.not_empty(value)


class Config(SourceConfig):
    """The keys that a team sets in its archive.

    A repository that is both source and archive sets all keys in one file.
    """

    labels: tuple[values.NonEmpty, ...] = Field(
        default=("meeting-notes",),
        min_length=1,
        description="An issue or a discussion with one of these labels is meeting notes. "
        "Default: `[meeting-notes]`.",
    )
    categories: tuple[values.NonEmpty, ...] = Field(
        default=("meeting-notes",),
        description="A discussion in one of these categories is meeting notes; emoji, case and blanks do not "
        "count. Default: `[meeting-notes]`.",
    )
    settle: values.Span = Field(
        default=timedelta(minutes=10),
        description="How long the notes must be still before anything is written. Default: `10 minutes`.",
    )
    template: values.File | None = Field(
        default=None,
        description="The template of the minutes, a Markdown file of the archive. Default: the "
        "`*template*.md` beside or above the minutes, else the shape of the newest ones.",
    )
    path: values.Layout | None = Field(
        default=None,
        description="Where the minutes of a day lie. Beside `YYYY`, `MM` and `DD` there are `{YY}`, `{M}`, "
        "`{D}`, `{Dth}` (1st), a month by its name as January is written (`{January}`, `{jan}`, `{enero}`), "
        "`{Q}` (the quarter) and `{N}` (a number that rises). Default: as the newest ones, else "
        "`YYYY/YYYY-MM-DD.md`.",
    )
    sources: tuple[values.Source, ...] | None = Field(
        default=None,
        description="The repositories whose notes may become minutes here, as `name` or `owner/name`; the "
        "archive itself always may. Default: all of the same owner, but no forks.",
    )
    allow_private_sources: tuple[values.Repository, ...] = Field(
        default=(),
        description="The private repositories whose notes may become minutes here even where more people can "
        "read them. Default: `[]`.",
    )
    close_source_when_merged: bool = Field(
        default=False,
        strict=True,
        description="Whether the notes' issue or discussion is closed when the minutes are merged. "
        "Default: `false`.",
    )
    guidance: Literal["keep", "drop"] = Field(
        default="keep",
        description="What becomes of the template's guidance that is still in the notes: `keep` or `drop`. "
        "Default: `keep`.",
    )
    style: Literal["typed", "template"] = Field(
        default="typed",
        description="The form of fields such as `Attending: Ada`, a line or a heading: as `typed`, or "
        "as in the `template`. Default: `typed`.",
    )
    sections: Literal["as in the archive", "as typed"] = Field(
        default="as in the archive",
        description="What becomes of headings that the notes lack: those that each of the last five minutes "
        "has are added, empty (`as in the archive`), or none are (`as typed`). "
        "Default: `as in the archive`.",
    )
    pads: tuple[values.Host, ...] = Field(
        default=(),
        description="The hosts of pads whose text may become minutes, where notes are only a link to one: "
        "HackMD, HedgeDoc, CodiMD, Etherpad, gists, Markdown files. Say `[hackmd.io, pad.example.org]`. "
        "Default: `[]`.",
    )
    credit: Literal["text", "co-author"] = Field(
        default="text",
        description="How those who wrote the notes are credited: by `text` in the pull request, or as "
        "`co-author` of the commit. Default: `text`.",
    )
    people: Mapping[values.NonEmpty, values.Login] = Field(
        default_factory=dict,
        description="The GitHub account of a name in the minutes, as `name: login`. Default: `{}`.",
    )
    reviewers: values.Reviewers = Field(
        default="none",
        description="Who is asked to review the minutes, except who wrote the notes: `none`, the `attendees` "
        "that `people` knows, or up to 15 accounts such as `[ada-example, bsample]`. Default: `none`.",
    )
    merge: values.Merge = Field(
        default="by hand",
        description="When the bot merges minutes: never (`by hand`), after a number of days without a change "
        "(`after 7 quiet days`), or `when accepted`. Default: `by hand`.",
    )
    acceptance: values.Acceptance = Field(
        default="when said",
        description="When merged minutes count as accepted: only `when said`, in later minutes or by "
        "`/minutes accept`, or a number of days after the merge (`after 14 days`) if no objection is open. "
        "Default: `when said`.",
    )
    series: tuple[ASeries, ...] = Field(
        default=(),
        description="The recurring meetings, each with a `name` and a `schedule`, say `every Tuesday 14:00`; "
        "without any, no minutes are opened on meeting day. Default: `[]`.",
    )

    def within(self, series: Series | None) -> "Config":
        """Return the settings for the minutes of a series: its `path` and `template` override the team's.

        They are unchanged for a series without these, and for None, a series not in the configuration.
        """
        if series is None or not (series.path or series.template):
            return self
        own = {"path": series.path or self.path, "template": series.template or self.template}
        return self.model_copy(update=own)

    def has_category(self, category: str | None) -> bool:
        """Return whether discussions in this category are meeting notes.

        `category` is its name on GitHub; None, for an issue, gives False.
        """
        return category is not None and _plain(category) in map(_plain, self.categories)

    def takes(self, source: str, archive: str, *, is_fork: bool = False) -> bool:
        """Return whether this configuration of the archive lets notes in a repository become minutes there.

        `source` and `archive` are names as `owner/name`. Without the key `sources` that is so for all
        repositories of the archive's owner but forks (`is_fork`); with it for those that it lists, forks too.
        """
        source, archive = source.casefold(), archive.casefold()
        owner = f"{archive.split('/')[0]}/"
        if source == archive:
            return True
        if self.sources is None:
            return source.startswith(owner) and not is_fork
        return source in {name if "/" in name else owner + name for name in map(str.casefold, self.sources)}

    def allows_private(self, source: str) -> bool:
        """Return whether notes in the private repository `source` ("owner/name") may become minutes here.

        That is about an archive that more people may read than that repository.
        """
        return source.casefold() in map(str.casefold, self.allow_private_sources)


def _plain(category: str) -> str:
    """Return a category's name in the form of GitHub's URLs, without emoji; a name of emoji only stays."""
    name = unicodedata.normalize("NFC", category).casefold()
    return re.sub(r"[\W_]+", "-", name).strip("-") or name
