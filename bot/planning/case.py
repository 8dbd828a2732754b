"""A source as a snapshot shows it, with what the bot stored about it before. Pure.

Here a snapshot of GitHub becomes the few values that a plan depends on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from bot import commands, config
from bot.commands import WRITERS, CommandResult
from bot.minutes import BUILT_IN, Meeting, find_date, normalise
from bot.model import (
    Archive,
    Comment,
    Pad,
    Pull,
    Refusal,
    Repository,
    Role,
    Snapshot,
    Source,
    ThreadRef,
)
from bot.planning.moves import with_moves
from bot.planning.notes import Notes, collect, unread
from bot.planning.pulls import commits_of, state_kept_in
from bot.state import PullState, SourceState, find_state, pseudonym, pull_state_of
from bot.trailers import find_trailer

OPENNESS = ("private", "internal", "public")
"""The visibilities of a repository, from the fewest readers to the most."""
MOST_ASKED = 5
"""The most people whose roles are read where a program set the label."""


def is_program(login: str | None) -> bool:
    """Return whether a login is that of an App, or of GitHub's own workflows (`...[bot]`)."""
    return login is not None and login.endswith("[bot]")


@dataclass(frozen=True)
class Case:
    """A source with its archive, the team's settings, and what the bot stored in its own comments."""

    snapshot: Snapshot
    source: Source
    settings: config.Config
    mistakes: tuple[config.Mistake, ...]
    comments: tuple[Comment, ...]
    """The bot's status comments, the oldest first; there should be one at most."""
    saved_state: SourceState
    """The state in the status comment; an empty one where there is none."""
    state: SourceState
    """The state with the changes by the commands that were pending."""
    notes: Notes
    names: tuple[str, ...]
    """The names by which pull requests may refer to this source: its own and its pseudonyms."""
    pseudonym: str | None = None
    """The pseudonym for new pull requests; None without a key to make it."""
    pull_updates: Mapping[int, PullState] = field(default_factory=dict)
    """The changed states to be written into pull requests, by their numbers."""
    results: tuple[CommandResult, ...] = ()
    """The results of the commands that were pending."""
    adopted: Pull | None = None
    """The draft of that day that becomes the pull request of this source; None: there is none."""

    # -- GitHub --------------------------------------------------------------------------------------------

    @property
    def archive(self) -> Archive | None:
        """The repository that keeps the minutes, as it was read; None where it could not be read."""
        return self.snapshot.archive

    @property
    def archive_name(self) -> str:
        """The archive's name as `owner/name`, also where it could not be read."""
        return self.snapshot.archive_name

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The steps that GitHub refused since the source was read, and the reads that it refused."""
        return self.snapshot.refusals

    @property
    def status_comment(self) -> Comment | None:
        """The bot's oldest status comment on the source; None where there is none."""
        return self.comments[0] if self.comments else None

    @cached_property
    def pull(self) -> Pull | None:
        """The newest pull request that the bot opened for this source, else the adopted draft; None: neither.

        Pull requests up to the number `superseded_through` of the source's state do not count.
        """
        own = [pull for pull in (self.archive.pulls if self.archive else ()) if self.is_own(pull)]
        newest = max(own, key=lambda pull: pull.number, default=None)
        return newest if newest and newest.number > (self.state.superseded_through or 0) else self.adopted

    def is_own(self, pull: Pull) -> bool:
        """Return whether the bot opened a pull request for this source.

        The state in the pull request's description says so; where people removed that, the number in the
        status comment does.
        """
        pull_state = find_state(pull.body, PullState) if pull.mine else None
        return (
            pull_state.source in self.names
            if pull_state
            else pull.mine and pull.number == self.state.pull_number
        )

    @cached_property
    def pull_state(self) -> PullState:
        """The state in the description of the pull request, else what the source's state knows of one."""
        return (find_state(self.pull.body, PullState) if self.pull else None) or pull_state_of(self.state)

    def role(self, login: str | None, repository: Repository | None = None) -> str | None:
        """Return the role of the person `login` in a repository, by default the source's; None: not read yet.

        Without a login (a deleted user) it is `none`.
        """
        if login is None:
            return "none"
        return self.snapshot.roles.get(Role((repository or self.source.repository).name, login))

    def refused(self, step: type) -> bool:
        """Return whether GitHub has just refused a step of this class, such as `OpenPull`."""
        return any(refusal.step == step.__name__ for refusal in self.refusals)

    # -- commands ------------------------------------------------------------------------------------------

    def results_at(self, place: commands.Place) -> tuple[CommandResult, ...]:
        """Return the results of the commands just executed that were given at one place.

        `place` is "source", under the notes, or "pull", under their pull request.
        """
        return tuple(each for each in self.results if each.pending.place == place)

    @property
    def executed(self) -> frozenset[str]:
        """The names of the commands that were just executed with success."""
        return frozenset(each.pending.parsed.command.name for each in self.results if each.done)

    # -- notes or not --------------------------------------------------------------------------------------

    @property
    def notes_labels(self) -> tuple[str, ...]:
        """The labels of this source that make it meeting notes, whatever their case, as on GitHub."""
        wanted = {label.casefold() for label in self.settings.labels}
        return tuple(label for label in self.source.labels if label.casefold() in wanted)

    @property
    def in_category(self) -> bool:
        """Whether the source is in a category of discussions that makes it meeting notes."""
        return self.settings.has_category(self.source.category)

    @property
    def is_notes(self) -> bool:
        """Whether the source is meeting notes: by a label, a category or `/minutes`, and not stopped."""
        return not self.is_stopped and bool(self.notes_labels or self.in_category or self.state.requested)

    @property
    def pads(self) -> tuple[Pad, ...]:
        """The pads with the notes, as they were read; those that were not read are left out."""
        return tuple(pad for ref in self.notes.pads if (pad := self.snapshot.pads.get(ref)))

    @property
    def are_notes_readable(self) -> bool:
        """Whether there are notes: not where a pad cannot be read, or where they are only a link."""
        return not (self.notes.is_only_link or any(pad.trouble for pad in self.pads))

    @property
    def is_started(self) -> bool:
        """Whether the minutes were started before: by a command, or by anything that led to a status comment.

        Not if the bot has closed their pull request, and the status comment says so (`stopped`).
        """
        return self.state.requested or (self.status_comment is not None and not self.is_taken_back)

    @property
    def starters(self) -> tuple[tuple[str | None, datetime], ...]:
        """Who may have started the minutes (login; None: a deleted user), and when; newest first.

        They set a label for notes, or opened a discussion in a category for notes; where a program set the
        label, they commented on the source or edited it.
        """
        source, found = self.source, []
        found += [source.labelled_by[tag] for tag in self.notes_labels if tag in source.labelled_by]
        if self.is_labelled_by_program:
            return tuple(self._first_word())
        if self.notes_labels and source.kind == "discussion":  # only the event says who set it
            found.append((self.snapshot.labelled_by or source.author, source.created_at))
        if self.in_category:
            found.append((source.author, source.created_at))
        return tuple(sorted(found, key=lambda each: each[1], reverse=True))

    @property
    def is_labelled_by_program(self) -> bool:
        """Whether an App or a workflow, not a person, set a label that makes the source meeting notes.

        Then somebody with write access must have written something before the bot begins.
        """
        found = (self.source.labelled_by[tag] for tag in self.notes_labels if tag in self.source.labelled_by)
        return not self.source.mine and any(is_program(who) for who, _ in found)

    def _first_word(self) -> Iterator[tuple[str | None, datetime]]:
        """Yield who commented or edited the text last, and when; newest first, `MOST_ASKED` at most.

        A program that set the label has no right to start the minutes; these people may have it.
        """
        source = self.source
        by_people = (each for each in source.comments if not each.by_bot)
        words = [(each.actor, each.edited_at or each.created_at) for each in by_people]
        words += [(source.editor, source.edited_at)] if source.edited_at else []
        seen: set[str | None] = set()
        for who, when in sorted(words, key=lambda each: each[1], reverse=True):
            if not is_program(who) and who not in seen and len(seen) < MOST_ASKED:
                seen.add(who)
                yield who, when

    @property
    def is_stopped(self) -> bool:
        """Whether `/minutes stop` was given, and no label for notes was set after it."""
        stopped_at = self.state.stopped_at
        labelled = (
            self.source.labelled_by[tag][1] for tag in self.notes_labels if tag in self.source.labelled_by
        )
        return stopped_at is not None and not any(when > stopped_at for when in labelled)

    @property
    def is_taken_back(self) -> bool:
        """Whether the bot itself closed its pull request for the source.

        It does so after `/minutes stop`, or when the label for notes was removed.
        """
        return self.state.status == "stopped"

    # -- how the notes stand -------------------------------------------------------------------------------

    @property
    def digest(self) -> str:
        """The digest of the notes as they are now: it changes when the notes change."""
        return self.notes.digest

    @cached_property
    def day(self) -> date | None:
        """The day of the meeting, by `/minutes date` or else by the notes; None where it is not known."""
        return self.state.date_override or find_date(self.notes.text, self.source.title).date

    @cached_property
    def present(self) -> frozenset[str]:
        """The attendees that the notes list, in lower case; empty while the day is not known."""
        day = self.day
        if day is None:
            return frozenset()
        minutes = normalise(self.notes.text, template=BUILT_IN, meeting=Meeting(day), title=self.source.title)
        return frozenset(name.casefold() for name in minutes.fields.attendees)

    @property
    def are_notes_approved(self) -> bool:
        """Whether somebody approved the notes as they are now, by giving a command such as `/minutes`."""
        return self.state.approved_digest == self.digest

    @property
    def links_to_read(self) -> tuple[ThreadRef, ...]:
        """The threads and comments that people included in the notes, and that were not read yet."""
        return unread(self.source, self.state.included, self.snapshot.linked, self.settings.pads)

    @property
    def quiet_from(self) -> datetime:
        """When the source will have been unchanged for the settle time, if nobody changes it from now on.

        The time is a setting; it counts from the last edit of the notes, or the last label for notes.
        """
        labelled = [
            self.source.labelled_by[tag][1] for tag in self.notes_labels if tag in self.source.labelled_by
        ]
        changed = (piece.since for piece in self.notes.pieces)
        return max([self.source.created_at, *changed, *labelled]) + self.settings.settle

    @property
    def missing_permissions(self) -> tuple[str, ...]:
        """The permissions that the App lacks: those that GitHub refused in this round.

        If there are none, those that an earlier round recorded in the source's state, provided that the notes
        have not changed since; else empty.
        """
        seen = tuple(dict.fromkeys(no.permission for no in self.refusals if no.permission))
        return seen or (self.state.missing_permissions if self.state.notes_digest == self.digest else ())

    @property
    def is_pseudonymous(self) -> bool:
        """Whether more people see the archive than the source: then nothing in it may name the source."""
        if self.archive is None:
            return False
        there, here = self.archive.repository.visibility, self.source.repository.visibility
        return OPENNESS.index(there) > OPENNESS.index(here)

    @property
    def public_name(self) -> str:
        """The name by which the archive refers to the source: a pseudonym where it may not be named there.

        It is empty if a pseudonym is needed but there is no key to make it.
        """
        return (self.pseudonym or "") if self.is_pseudonymous else self.source.name

    @property
    def drafts_refused(self) -> bool:
        """Whether GitHub has just refused a pull request because it was to be a draft.

        Not every plan of GitHub's has draft pull requests.
        https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-pull-requests#draft-pull-requests
        """
        return any(no.step == "OpenPull" and "draft" in no.message.lower() for no in self.refusals)

    @property
    def is_up_to_date(self) -> bool:
        """Whether the pull request has the minutes of the notes as they are now.

        Its state must say so, and a commit must have the file: the state may say so although GitHub refused
        the commit of the same batch.
        """
        assert self.pull is not None
        pull_state = self.pull_state
        written = {found[1] for each in commits_of(self.pull) if (found := find_trailer(each.message))}
        committed = pull_state.file_blob is None or not written or pull_state.file_blob in written
        return pull_state.notes_digest == self.digest and committed


def read_case(snapshot: Snapshot, source: Source, keys: Sequence[bytes] = ()) -> Case:
    """Return a source with what the bot stored about it, and the settings in force, as a snapshot shows them.

    Where the archive's configuration is invalid, its newest valid one is in force. `keys` make the pseudonyms
    of a private source: the first for new pull requests, the others for old ones.
    """
    settings, mistakes = _settings(snapshot)
    pulls = snapshot.archive.pulls if snapshot.archive else ()
    settings = with_moves(settings, pulls)
    comments = own_comments(source)
    saved = find_state(comments[0].body, SourceState) if comments else None
    saved = saved or state_kept_in(pulls, source, [pseudonym(key, source.name) for key in keys])
    known = (source.name, saved.source)  # the second differs after a transfer
    names = (*known, *(pseudonym(key, name) for name in known for key in keys))
    if saved.archive and saved.archive != snapshot.archive_name:
        saved = replace(saved, pull_number=None)  # a number of another archive
    return Case(
        snapshot=snapshot,
        source=source,
        settings=settings,
        mistakes=mistakes,
        comments=comments,
        saved_state=saved,
        state=replace(saved, source=source.name, kind=source.kind),
        notes=collect(source, saved.included, snapshot.linked, snapshot.pads, settings.pads),
        names=names,
        pseudonym=pseudonym(keys[0], source.name) if keys else None,
    )


def _settings(snapshot: Snapshot) -> tuple[config.Config, tuple[config.Mistake, ...]]:
    try:
        return config.read(snapshot.archive.config if snapshot.archive else None), ()
    except config.ConfigError as error:
        try:
            return config.read(snapshot.good_config), error.mistakes
        except config.ConfigError:
            return config.Config(), error.mistakes


def with_state(case: Case, **changes: object) -> Case:
    """Return the case with these fields of the source's state changed, and the notes collected anew.

    The notes depend on the state, since it names the threads and comments that people included.
    """
    state = replace(case.state, **changes)  # type: ignore[arg-type]
    seen = case.snapshot
    notes = collect(case.source, state.included, seen.linked, seen.pads, case.settings.pads)
    return replace(case, state=state, notes=notes)


def with_pull_state(case: Case, pull: Pull, **changes: object) -> Case:
    """Return the case with these fields changed in the state that is to be written into a pull request.

    It is the same case if the pull request has no state.
    """
    pull_state = case.pull_updates.get(pull.number) or find_state(pull.body, PullState)
    if pull_state is None:
        return case
    return replace(case, pull_updates={**case.pull_updates, pull.number: replace(pull_state, **changes)})  # type: ignore[arg-type]


def own_comments(source: Source) -> tuple[Comment, ...]:
    """Return the bot's own status comments on a source, the oldest first; there should be one at most."""
    own = [comment for comment in source.comments if comment.mine and find_state(comment.body, SourceState)]
    return tuple(sorted(own, key=lambda comment: comment.created_at))


def is_writer(role: str | None) -> bool:
    """Return whether a role, by GitHub's name for it, has write access; None, an unknown role, has not."""
    return role in WRITERS
