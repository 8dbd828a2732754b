"""A source as it stands now, with what the bot noted about it before. Pure.

This is where a snapshot of GitHub turns into the few things that `plan` decides by.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot import config, marks
from bot.marks import Mark
from bot.model import Archive, Comment, Fact, Pull, Refusal, Snapshot, Source


@dataclass(frozen=True, slots=True)
class Case:
    """One source, its archive, the team's settings, and the bot's own traces."""

    source: Source
    archive: Archive | None
    archive_name: str
    settings: config.Config
    mistakes: tuple[config.Mistake, ...]
    comments: tuple[Comment, ...]
    """The bot's status comments, the oldest first; there should be one at most."""
    noted: Mark
    """What the status comment notes; an empty mark where there is none."""
    pull: Pull | None
    digest: str
    asked: frozenset[Fact]
    refusals: tuple[Refusal, ...]

    @property
    def status(self) -> Comment | None:
        """The one status comment."""
        return self.comments[0] if self.comments else None

    @property
    def tags(self) -> tuple[str, ...]:
        """The labels that make this source meeting notes; GitHub does not tell case apart in them."""
        wanted = {label.casefold() for label in self.settings.labels}
        return tuple(label for label in self.source.labels if label.casefold() in wanted)

    @property
    def taken_back(self) -> bool:
        """Whether the bot itself closed the pull request, because the label had gone."""
        return self.noted.state == "stopped"

    @property
    def quiet_from(self) -> datetime:
        """When the source will have been still for the settle time: neither edited nor labelled."""
        labelled = [self.source.labelled_by[tag][1] for tag in self.tags if tag in self.source.labelled_by]
        edited = self.source.edited_at or self.source.created_at
        return max([self.source.created_at, edited, *labelled]) + self.settings.settle

    @property
    def lacks(self) -> tuple[str, ...]:
        """Permissions whose lack cost a part: seen now, or noted before and the notes are still the same."""
        seen = tuple(dict.fromkeys(no.permission for no in self.refusals if no.permission))
        return seen or (self.noted.lacks if self.noted.digest == self.digest else ())

    @property
    def drafts_refused(self) -> bool:
        """Whether this archive takes no draft pull requests: some plans do not.

        https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-pull-requests#draft-pull-requests
        """
        return any(no.step == "OpenPull" and "draft" in no.message.lower() for no in self.refusals)

    @property
    def caught_up(self) -> bool:
        """Whether the pull request was made from the notes as they are now: described so, and committed.

        A description may say so while the commit beside it failed; then its blob is in no commit.
        """
        assert self.pull is not None
        noted = marks.find(self.pull.body) or self.noted
        messages = (self.pull.head_message, *self.pull.older_messages)
        written = {found[1] for message in messages if (found := marks.find_trailer(message))}
        committed = noted.blob is None or not written or noted.blob in written
        return noted.digest == self.digest and committed

    def refused(self, step: type) -> bool:
        """Whether GitHub has just refused a step of this kind."""
        return any(refusal.step == step.__name__ for refusal in self.refusals)


def read_case(snapshot: Snapshot, source: Source) -> Case:
    """Take a snapshot apart. A broken configuration counts as none, with its mistakes beside it."""
    mistakes: tuple[config.Mistake, ...] = ()
    try:
        settings = config.read(snapshot.archive.config if snapshot.archive else None)
    except config.ConfigError as error:
        settings, mistakes = config.Config(), error.mistakes
    comments = own_comments(source)
    noted = (marks.find(comments[0].body) if comments else None) or Mark(source.name)
    if noted.archive and noted.archive != snapshot.archive_name:
        noted = replace(noted, pull=None)  # a number of another archive
    return Case(
        source=source,
        archive=snapshot.archive,
        archive_name=snapshot.archive_name,
        settings=settings,
        mistakes=mistakes,
        comments=comments,
        noted=noted,
        pull=_own_pull(source, snapshot.archive, noted.pull),
        digest=marks.digest(source.title, source.body),
        asked=snapshot.asked,
        refusals=snapshot.refusals,
    )


def own_comments(source: Source) -> tuple[Comment, ...]:
    """List the bot's status comments of this source, the oldest first; a mark counts only in its own."""
    own = [comment for comment in source.comments if comment.mine and marks.find(comment.body)]
    return tuple(sorted(own, key=lambda comment: comment.created_at))


def _own_pull(source: Source, archive: Archive | None, number: int | None) -> Pull | None:
    """Find the newest pull request that the bot opened for this source.

    Its own mark decides; the number that the comment notes only where people took the mark out.
    """
    for pull in sorted(archive.pulls if archive else (), key=lambda pull: -pull.number):
        mark = marks.find(pull.body) if pull.mine else None
        named = mark.source == source.name if mark else pull.mine and pull.number == number
        if named:
            return pull
    return None
