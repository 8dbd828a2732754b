"""Checks and executes the pending commands of a case. Pure.

A command changes only the states of its source and of pull requests, from which the plan then follows. It
counts as handled when its key is in the status comment or, given under a pull request, in its description; so
a command that a crash cut short is read again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from bot import commands
from bot.commands import CommandResult, Outcome, PendingCommand, WebLink, pending_commands, writers_of
from bot.commands.handlers import included_url
from bot.model import Comment, Pull, React, Repository, Role, Source, Step, ThreadRef
from bot.pads.links import read_pad_link
from bot.planning import texts
from bot.planning.case import Case, is_writer, with_pull_state, with_state
from bot.planning.notes import find
from bot.planning.placing import names_of_series
from bot.planning.proposal import previous_day
from bot.planning.skipping import CALENDAR, Skip, read_skip, steps_of
from bot.state import PullState, SourceState, find_state


def process_commands(case: Case) -> tuple[Case, tuple[Step, ...]]:
    """Execute the commands on a source and its pull request that are not answered yet.

    Returns the case as it is after them. Where steps come first, the case is unchanged, and they are returned
    with it: reactions that show that a command was read, and pull requests that change the calendar. Raises
    MissingFacts.
    """
    pending = tuple(_pending(case))
    case.snapshot.require("who gave these commands?", *_roles_needed(case, pending))
    permitted = [each for each in pending if _is_permitted(case, each)]
    case.snapshot.require("what shall be included?", *_links_needed(case, permitted))
    shown = () if case.refused(React) else tuple(dict.fromkeys(_reactions(pending, permitted)))
    if shown:
        return case, shown
    skips = (_skip(case, each) for each in permitted if each.name in CALENDAR)
    if steps := next((steps for skip in skips if (steps := steps_of(case.snapshot, skip))), ()):
        return case, steps  # one at a time: the next joins its pull request
    results: list[CommandResult] = []
    for each in permitted:
        case, result = execute(case, each)
        results.append(result)
    return _with_handled(replace(case, results=tuple(results))), ()


def execute(case: Case, pending: PendingCommand) -> tuple[Case, CommandResult]:
    """Execute one command. Return the case with the states that it changed, and the result to answer with."""
    parsed = pending.parsed
    if parsed.mistake:
        return case, CommandResult(pending, done=False, text=parsed.mistake)
    outcome: Outcome = parsed.command.handler(CaseContext(case), pending)
    if outcome.state:
        case = with_state(case, **outcome.state)
    if outcome.pull and outcome.pull_state:
        case = with_pull_state(case, outcome.pull, **outcome.pull_state)
    return case, CommandResult(pending, done=outcome.done, text=outcome.text)


def _with_handled(case: Case) -> Case:
    """Return the case with its commands recorded as handled, each in the state of where it was given.

    A command with `is_immediate` also approves the notes as they are.
    """
    pull = case.pull
    if handled := tuple(each.pending.handled(done=each.done) for each in case.results_at("source")):
        case = with_state(case, handled_commands=(*case.state.handled_commands, *handled))
    if pull and (handled := tuple(each.pending.handled(done=each.done) for each in case.results_at("pull"))):
        case = with_pull_state(case, pull, handled_commands=(*case.pull_state.handled_commands, *handled))
    is_immediate = any(each.done and each.pending.parsed.command.is_immediate for each in case.results)
    return with_state(case, approved_digest=case.digest) if is_immediate else case


# -- which commands are pending, and who gave them ---------------------------------------------------------


def _pending(case: Case) -> Iterable[PendingCommand]:
    """Return the pending commands of the source and its pull request, the oldest first."""
    handled = (*case.state.handled_commands, *case.pull_state.handled_commands)
    on_pull = case.pull.comments if case.pull and find_state(case.pull.body, PullState) else ()
    comments: list[tuple[Comment, commands.Place]] = [
        *((comment, "source") for comment in case.source.comments),
        *((comment, "pull") for comment in on_pull),
    ]
    return pending_commands(comments, handled, urlsplit(case.source.url).netloc)


def _repository(case: Case, pending: PendingCommand) -> Repository:
    """Return the repository in which the role of the person who gave the command counts."""
    at_archive = pending.place == "pull" or pending.parsed.command.role_of == "archive"
    return case.archive.repository if at_archive and case.archive else case.source.repository


def _roles_needed(case: Case, pending: Iterable[PendingCommand]) -> Iterable[Role]:
    for each in pending:
        there = _repository(case, each)
        for login in writers_of(each.comment):
            if login and case.role(login, there) is None:
                yield Role(there.name, login)


def _links_needed(case: Case, permitted: Iterable[PendingCommand]) -> Iterable[ThreadRef]:
    for each in permitted:
        if each.name == "include" and not isinstance(each.parsed.link, WebLink):
            url = included_url(CaseContext(case), each)
            if find(url, case.source, case.snapshot.linked) is None:
                yield ThreadRef(url)


def _is_permitted(case: Case, pending: PendingCommand) -> bool:
    """Return whether author and last editor of the comment may both give the command."""
    logins = writers_of(pending.comment)
    return all(login is not None and _has_right(case, pending, login) for login in logins)


def _has_right(case: Case, pending: PendingCommand, login: str) -> bool:
    """Return whether a person may give a command.

    The author of the notes may once there is a status comment; whoever objected may give `accept`.
    """
    command = pending.parsed.command
    if command.name == "accept" and login in _objectors(case, pending):
        return True
    return commands.allowed(
        command,
        case.role(login, _repository(case, pending)),
        is_author=login == case.source.author and case.status_comment is not None,
        is_attendee="attendee" in command.who and _is_present(case, login),
    )


def _objectors(case: Case, pending: PendingCommand) -> frozenset[str]:
    context = CaseContext(case)
    state = context.state_of(context.meant(pending)[1])
    return frozenset(who for who, _ in state.objections) if state else frozenset()


def _is_present(case: Case, login: str) -> bool:
    """Return whether the notes list a person as attendee: by login, or by a name that `people` maps to it."""
    names = {
        name.casefold()
        for name, known in case.settings.people.items()
        if known.casefold() == login.casefold()
    }
    return case.status_comment is not None and not case.present.isdisjoint(
        {*names, f"@{login}".casefold(), login.casefold()}
    )


def _reactions(pending: Sequence[PendingCommand], permitted: Sequence[PendingCommand]) -> Iterable[React]:
    """Yield the reactions that show that a command was read, or that its author may not give it."""
    keys = {each.key for each in permitted}
    for each in pending:
        if each.key not in keys and "CONFUSED" not in each.comment.reacted:
            yield React(each.comment, "CONFUSED")
        elif each.key in keys and "EYES" not in each.comment.reacted:
            yield React(each.comment, "EYES")


def _skip(case: Case, pending: PendingCommand) -> Skip:
    return read_skip(case.snapshot, case.settings, pending.parsed)


# -- what a handler knows of the case ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What the handler of a command can read of the source and its pull request.

    It implements `bot.commands.Context`.
    """

    case: Case

    @property
    def source(self) -> Source:
        """The issue or discussion with the notes."""
        return self.case.source

    @property
    def state(self) -> SourceState:
        """What the bot has recorded about the source, with what earlier commands of this run changed.

        These changes are not written to the status comment yet.
        """
        return self.case.state

    @property
    def pull(self) -> Pull | None:
        """The pull request with the minutes of the source; None where there is none."""
        return self.case.pull

    @property
    def day(self) -> date | None:
        """The day of the meeting that the notes are of; None where it is not known."""
        return self.case.day

    def is_writer(self, pending: PendingCommand) -> bool:
        """Return whether the person who gave a command has write access to the repository that counts for it.

        That is the archive for a command under the pull request, or whose `role_of` is "archive"; else it is
        the repository of the source.
        """
        return is_writer(self.case.role(pending.comment.actor, _repository(self.case, pending)))

    def find_included(self, url: str) -> Source | Comment | None:
        """Return the thread or comment at a URL if every reader of the source may read it, else None.

        So nobody can read something by including it in the notes.
        """
        found, here = find(url, self.source, self.case.snapshot.linked), self.source.repository
        match found:
            case Comment():
                return found if f"/{here.name}/" in found.url else None
            case Source(repository=there):
                return found if there.name == here.name or there.visibility == "public" else None
        return None

    def find_pad(self, url: str) -> str | None:
        """Return the URL of the pad at `url`, whichever view of it that is; None: it may not be read."""
        pad = read_pad_link(url, self.case.settings.pads)
        return pad.url if pad else None

    def meant(self, pending: PendingCommand) -> tuple[date | None, Pull | None]:
        """Return the day of the minutes that a command is about, and their pull request; None: not known.

        Under a pull request these are its own minutes, under notes those of the previous meeting.
        """
        if pending.place == "pull":
            return self.case.pull_state.day, self.pull
        day = previous_day(self.case)
        return day, _pull_of(self.case, day)

    def state_of(self, pull: Pull | None) -> PullState | None:
        """Return what the bot has recorded about a pull request, and earlier commands of this run changed.

        None where it has no state, or where there is no pull request.
        """
        return (self.case.pull_updates.get(pull.number) or find_state(pull.body, PullState)) if pull else None

    def series_named(self, name: str) -> str | None:
        """Return the name of a series as the archive spells it, from how a person wrote it in a command.

        Case does not count. None: there is no such series.
        """
        return next((each for each in names_of_series(self.case) if each.casefold() == name.casefold()), None)

    @property
    def series_names(self) -> str:
        """The names of all series of the archive, as one line of Markdown; "none" where there are none."""
        return ", ".join(f"`{texts.code(name)}`" for name in names_of_series(self.case)) or "none"

    def skipped(self, pending: PendingCommand) -> tuple[Pull | None, str]:
        """Return the pull request that takes the meeting of a `/minutes skip` off the archive's calendar.

        Without one it is None, and the text says why. Raises MissingFacts.
        """
        skip = _skip(self.case, pending)
        return skip.pull, skip.mistake

    def link_to(self, pull: Pull) -> str:
        """Return a Markdown link to a pull request from which GitHub makes no "mentioned" entry there."""
        return f"[pull request {pull.number}]({texts.quiet(pull.url)})"


def _pull_of(case: Case, day: date | None) -> Pull | None:
    """Return the bot's newest pull request with the minutes of a day; None where there is none."""
    pulls = case.archive.pulls if case.archive and day else ()
    of_day = (
        pull
        for pull in pulls
        if pull.mine and (state := find_state(pull.body, PullState)) and state.day == day
    )
    return max(of_day, key=lambda pull: pull.number, default=None)
