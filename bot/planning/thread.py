"""What people told the bot with `/minutes`: which orders are new, who may give them, what they change. Pure.

An order changes nothing but the mark: what the plan then does follows from there. It counts as done when the
status comment, or for a pull request its description, notes its key; so an order that a crash cut short is
simply heard again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from bot import commands
from bot.model import Comment, Fact, Pull, React, Repository, Role, Source, Step, ThreadRef
from bot.planning import texts
from bot.planning.case import Answer, Case, Told, was_refused, with_pull_state, with_state
from bot.planning.notes import find
from bot.planning.proposal import previous_day
from bot.planning.skipping import Skip, read_skip, steps_of
from bot.state import MOST_HANDLED, PullState, find_state


@dataclass(frozen=True, slots=True)
class Heard:
    """A case after its orders, or what is to be shown first."""

    case: Case
    steps: tuple[Step, ...] = ()


def hear(case: Case) -> Heard:
    """Take in what people told the bot since it answered last. Raises MissingFacts."""
    told = tuple(_new_orders(case))
    case.snapshot.require("who said that?", *_roles_to_ask(case, told))
    obeyed = [each for each in told if _may(case, each)]
    links = (link for each in obeyed for link in _links_to_read(case, each))
    case.snapshot.require("what shall be included?", *links)
    shown = [] if case.refused(React) else list(_show(told, obeyed))
    if shown:
        return Heard(case, steps=tuple(dict.fromkeys(shown)))
    against = (steps for each in obeyed if (steps := _against_the_calendar(case, each)))
    if steps := next(against, ()):  # one at a time: the next joins its pull request
        return Heard(case, steps=steps)
    answers: list[Answer] = []
    for each in obeyed:
        case, answer = _obey(case, each)
        answers.append(answer)
    return Heard(_noted(replace(case, answers=tuple(answers))))


def _noted(case: Case) -> Case:
    """Note that these orders are answered; those of the pull request are noted there."""
    pull = case.pull
    if said := tuple(answer.noted for answer in case.answers_at("source")):
        case = with_state(case, handled_commands=(*case.state.handled_commands, *said))
    if pull and (said := tuple(answer.noted for answer in case.answers_at("pull"))):
        case = with_pull_state(case, pull, handled_commands=(*case.pull_state.handled_commands, *said))
    return with_state(case, approved_digest=case.digest) if case.wishes & _AT_ONCE else case


# -- which orders are new, and who gave them ---------------------------------------------------------------


def _new_orders(case: Case) -> Iterable[Told]:
    """List the orders without an answer, oldest first."""
    heard = {key[:-1] for key in (*case.state.handled_commands, *case.pull_state.handled_commands)}
    if len(heard) > MOST_HANDLED:
        return
    host = urlsplit(case.source.url).netloc
    on_pull = case.pull.comments if case.pull and find_state(case.pull.body, PullState) else ()
    said: list[tuple[Comment, commands.Place]] = [
        *((comment, "source") for comment in case.source.comments),
        *((comment, "pull") for comment in on_pull),
    ]
    for comment, place in sorted(said, key=lambda each: each[0].edited_at or each[0].created_at):
        if comment.mine or comment.by_bot or was_refused(comment):
            continue
        for order in commands.read(comment.body, place=place, host=host):
            told = Told(order, comment, place)
            if told.key not in heard:
                heard.add(told.key)
                yield told


def _repository(case: Case, told: Told) -> Repository:
    """Return where the role of who gave the order counts."""
    at_archive = told.place == "pull" or told.order.command.role_of == "archive"
    return case.archive.repository if at_archive and case.archive else case.source.repository


def _speakers(comment: Comment) -> tuple[str | None, ...]:
    """List whose words a comment may hold: who edits gives no right to what another one wrote."""
    return tuple(dict.fromkeys((comment.author, comment.actor)))


def _roles_to_ask(case: Case, told: Iterable[Told]) -> tuple[Fact, ...]:
    asked = ((login, _repository(case, each)) for each in told for login in _speakers(each.comment) if login)
    return tuple(Role(there.name, login) for login, there in asked if case.role(login, there) is None)


def _may(case: Case, told: Told) -> bool:
    """Return whether all who wrote the comment may give the order."""
    return all(login is not None and _has_right(case, told, login) for login in _speakers(told.comment))


def _has_right(case: Case, told: Told, login: str) -> bool:
    """Return whether a person may give an order; an author has a say once a writer has started it."""
    command = told.order.command
    if command.name == "accept" and login in _objectors(case, told):
        return True
    return commands.allowed(
        command,
        case.role(login, _repository(case, told)),
        is_author=login == case.source.author and case.status_comment is not None,
        is_attendee="attendee" in command.who and _is_present(case, login),
    )


def _is_present(case: Case, login: str) -> bool:
    """Return whether the notes list a person as present, by login or by the name that `people` gives it."""
    names = {
        name.casefold()
        for name, known in case.settings.people.items()
        if known.casefold() == login.casefold()
    }
    return case.status_comment is not None and not case.present.isdisjoint(
        {*names, f"@{login}".casefold(), login.casefold()}
    )


def _show(told: Iterable[Told], obeyed: Iterable[Told]) -> Iterable[React]:
    """Show at once that a command was seen, or that who gave it may not."""
    allowed = {each.key for each in obeyed}
    for each in told:
        if each.key not in allowed and "CONFUSED" not in each.comment.reacted:
            yield React(each.comment, "CONFUSED")
        elif each.key in allowed and "EYES" not in each.comment.reacted:
            yield React(each.comment, "EYES")


# -- what they change --------------------------------------------------------------------------------------


def _obey(case: Case, told: Told) -> tuple[Case, Answer]:
    if told.order.mistake:
        return case, Answer(told, done=False, text=told.order.mistake)
    return _OBEY[told.order.command.name](case, told)


def _make(case: Case, told: Told) -> tuple[Case, Answer]:
    pull = case.pull
    over = pull.number if pull and pull.state == "closed" else case.state.superseded_through
    return with_state(case, requested=True, stopped_at=None, superseded_through=over), Answer(told, done=True)


def _preview(case: Case, told: Told) -> tuple[Case, Answer]:
    return case, Answer(told, done=True)


def _date(case: Case, told: Told) -> tuple[Case, Answer]:
    case = with_state(case, date_override=told.order.day, suffix_override=told.order.name)
    return case, Answer(
        told, done=True, text=f"These are the minutes of {told.order.day} {told.order.name}".rstrip() + "."
    )


def _include(case: Case, told: Told) -> tuple[Case, Answer]:
    url = _address(case, told)
    found = find(url, case.source, case.snapshot.linked)
    if found is None or not _is_open_enough(case, found):
        return case, Answer(told, done=False, text="I find nothing there that everybody here may read.")
    included = tuple(dict.fromkeys((*case.state.included, url)))
    return with_state(case, included=included), Answer(told, done=True, text="It is part of the notes now.")


def _is_open_enough(case: Case, found: Source | Comment) -> bool:
    """Return whether who reads this source may read that one too: nobody gets at words by including them."""
    if isinstance(found, Comment):
        return f"/{case.source.repository.name}/" in found.url
    there, here = found.repository, case.source.repository
    return there.name == here.name or there.visibility == "public"


def _links_to_read(case: Case, told: Told) -> Iterable[ThreadRef]:
    if told.order.command.name == "include" and not told.order.mistake:
        url = _address(case, told)
        if find(url, case.source, case.snapshot.linked) is None:
            yield ThreadRef(url)


def _address(case: Case, told: Told) -> str:
    """Write the address of what is to be included; what a link leaves out is here."""
    link, source = told.order.link, case.source
    if link is None:
        return told.comment.url
    root = source.url[: source.url.index(f"/{source.repository.name}/")]
    thread = f"{root}/{link.repository or source.repository.name}/{link.kind or 'issue'}s/{link.number}"
    anchor = "discussioncomment" if link.kind == "discussion" else "issuecomment"
    return f"{thread}#{anchor}-{link.comment}" if link.comment else thread


def _accept(case: Case, told: Told) -> tuple[Case, Answer]:
    """Accept these minutes, or under the notes those of the previous meeting, whose date is told back."""
    day, pull = _meant(case, told)
    if day is None:
        return case, Answer(told, done=False, text="I know of no previous meeting.")
    who = told.comment.actor
    if case.role(who, _repository(case, told)) not in commands.WRITERS:  # who objected takes that back
        mark = _mark_of(case, pull)
        others = tuple(each for each in mark.objections if each[0] != who) if mark else ()
        case = with_pull_state(case, pull, objections=others) if pull else case
        return case, Answer(told, done=True, text=f"Your objection to the minutes of {day} is withdrawn.")
    if pull:
        case = with_pull_state(case, pull, accepted=f"{_when(told)} {who}", objections=())
    if told.place == "source":
        case = with_state(case, accepts_previous=day)
    return case, Answer(told, done=True, text=f"The minutes of {day} are accepted.")


def _object(case: Case, told: Told) -> tuple[Case, Answer]:
    """Record an objection, in the pull request of these minutes, or of the previous ones."""
    day, pull = _meant(case, told)
    mark = _mark_of(case, pull)
    if pull is None or mark is None:
        text = (
            "I made no pull request for the minutes of the previous meeting: object where they were written."
        )
        return case, Answer(told, done=False, text=text)
    objection = (told.comment.actor or "", told.order.why)
    case = with_pull_state(case, pull, objections=(*mark.objections, objection), accepted="")
    return case, Answer(told, done=True, text=f"The objection to the minutes of {day} is noted, and open.")


def _meant(case: Case, told: Told) -> tuple[date | None, Pull | None]:
    """Return which minutes are meant: on a pull request its own, under notes the previous ones."""
    if told.place == "pull":
        return case.pull_state.day, case.pull
    day = previous_day(case)
    return day, _pull_of(case, day)


def _mark_of(case: Case, pull: Pull | None) -> PullState | None:
    return (case.pull_updates.get(pull.number) or find_state(pull.body, PullState)) if pull else None


def _objectors(case: Case, told: Told) -> frozenset[str | None]:
    mark = _mark_of(case, _meant(case, told)[1])
    return frozenset(who for who, _ in mark.objections) if mark else frozenset()


def _pull_of(case: Case, day: date | None) -> Pull | None:
    """Find the bot's newest pull request with the minutes of a day."""
    pulls = case.archive.pulls if case.archive and day else ()
    marked = (
        pull for pull in pulls if pull.mine and (mark := find_state(pull.body, PullState)) and mark.day == day
    )
    return max(marked, key=lambda pull: pull.number, default=None)


def _when(told: Told) -> date:
    return (told.comment.edited_at or told.comment.created_at).date()


def _skip(case: Case, told: Told) -> tuple[Case, Answer]:
    """Return what became of the pull request against the calendar; it is opened before.

    Raises MissingFacts.
    """
    skip = _read_skip(case, told)
    if skip.pull is None:
        return case, Answer(told, done=False, text=skip.mistake)
    link = f"[pull request {skip.pull.number}]({texts.quiet(skip.pull.url)})"
    return case, Answer(told, done=True, text=f"No meeting on {told.order.day}: {link} says so. Merge it.")


def _against_the_calendar(case: Case, told: Told) -> tuple[Step, ...]:
    if told.order.command.name != "skip" or told.order.mistake:
        return ()
    return steps_of(case.snapshot, _read_skip(case, told))


def _read_skip(case: Case, told: Told) -> Skip:
    return read_skip(case.snapshot, case.settings, told.order.day, told.order.why)


def _redact(case: Case, told: Told) -> tuple[Case, Answer]:
    return with_state(case, requested=True, stopped_at=None), Answer(told, done=True)


def _stop(case: Case, told: Told) -> tuple[Case, Answer]:
    when = told.comment.edited_at or told.comment.created_at
    return with_state(case, requested=False, stopped_at=when), Answer(told, done=True)


def _help(case: Case, told: Told) -> tuple[Case, Answer]:
    return case, Answer(told, done=True)


_OBEY: Mapping[str, Callable[[Case, Told], tuple[Case, Answer]]] = {
    "": _make,
    "preview": _preview,
    "date": _date,
    "include": _include,
    "accept": _accept,
    "object": _object,
    "skip": _skip,
    "redact": _redact,
    "stop": _stop,
    "help": _help,
}
_AT_ONCE = {"", "date", "include", "redact"}
"""Commands after which the notes are taken as they are now, without waiting."""
