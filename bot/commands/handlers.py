"""The handlers of the commands: what each changes in the states of source and pull requests. Pure.

The plan then follows from the states.
"""

from datetime import date

from bot.commands.arguments import ThreadLink, WebLink
from bot.commands.command import Context, Outcome, PendingCommand
from bot.config import PATH


def make(context: Context, pending: PendingCommand) -> Outcome:
    """Handle the bare `/minutes`: make or refresh the minutes now.

    A closed pull request is not opened again: a new one is opened.
    """
    pull = context.pull
    through = pull.number if pull and pull.state == "closed" else context.state.superseded_through
    return Outcome(state={"requested": True, "stopped_at": None, "superseded_through": through})


def answer(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes preview` and `help`, which change no state; their answers are filled in later."""
    return Outcome()


def set_date(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes date`: set the day and the name of the meeting that the notes are of."""
    day, suffix = pending.parsed.day, pending.parsed.name
    text = f"These are the minutes of {day} {suffix}".rstrip() + "."
    return Outcome(text=text, state={"date_override": day, "suffix_override": suffix})


def set_series(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes series`: set to which series the meeting of the notes belongs."""
    name = context.series_named(pending.parsed.series)
    if name is None:
        return Outcome(
            done=False, text=f"There is no series of that name. There are: {context.series_names}."
        )
    return Outcome(text="The series is set.", state={"series_override": name})


def include(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes include`: add the linked thread, comment or pad, or this comment, to the notes."""
    link = pending.parsed.link
    if isinstance(link, WebLink):
        url = context.find_pad(link.url)
        if url is None:
            return Outcome(
                done=False, text=f"I read pads only where the archive's `{PATH}` lists their hosts."
            )
    else:
        url = included_url(context, pending)
        if context.find_included(url) is None:
            return Outcome(done=False, text="I find nothing there that everybody here may read.")
    included = tuple(dict.fromkeys((*context.state.included, url)))
    return Outcome(text="It is part of the notes now.", state={"included": included})


def included_url(context: Context, pending: PendingCommand) -> str:
    """Return the URL of the thread or comment that a `/minutes include` adds to the notes.

    Where the command gives no link, it is its own comment. A link without a repository is in the source's
    repository, one without a kind is to an issue.
    """
    link, source = pending.parsed.link, context.source
    if not isinstance(link, ThreadLink):
        return pending.comment.url
    root = source.url[: source.url.index(f"/{source.repository.name}/")]
    thread = f"{root}/{link.repository or source.repository.name}/{link.kind or 'issue'}s/{link.number}"
    anchor = "discussioncomment" if link.kind == "discussion" else "issuecomment"
    return f"{thread}#{anchor}-{link.comment}" if link.comment else thread


def accept(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes accept`: accept the minutes, or under notes the minutes of the previous meeting.

    From somebody without write access, who must have objected, it withdraws the objection.
    """
    day, pull = context.meant(pending)
    if day is None:
        return Outcome(done=False, text="I know of no previous meeting.")
    who = pending.comment.actor
    if not context.is_writer(pending):
        state = context.state_of(pull)
        others = tuple(each for each in state.objections if each[0] != who) if state else ()
        text = f"Your objection to the minutes of {day} is withdrawn."
        return Outcome(text=text, pull=pull, pull_state={"objections": others})
    return Outcome(
        text=f"The minutes of {day} are accepted.",
        state={"accepts_previous": day} if pending.place == "source" else {},
        pull=pull,
        pull_state={
            "accepted": f"{_date(pending)} {who}",
            "accepted_at": str(context.day or "") if pending.place == "source" else "",
            "objections": (),
        },
    )


def object_(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes object`: record an objection in the state of the minutes' pull request."""
    day, pull = context.meant(pending)
    state = context.state_of(pull)
    if pull is None or state is None:
        text = (
            "I made no pull request for the minutes of the previous meeting: object where they were written."
        )
        return Outcome(done=False, text=text)
    objections = (*state.objections, (pending.comment.actor or "", pending.parsed.why))
    return Outcome(
        text=f"The objection to the minutes of {day} is noted, and open.",
        pull=pull,
        pull_state={"objections": objections, "accepted": "", "accepted_at": ""},
    )


def skip(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes skip`: answer with the pull request that changes the calendar, or why there is none.

    That pull request itself is opened by an earlier plan.
    """
    pull, mistake = context.skipped(pending)
    if pull is None:
        return Outcome(done=False, text=mistake)
    text = f"No meeting on {pending.parsed.day}: {context.link_to(pull)} says so. Merge it."
    return Outcome(text=text)


def move(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes move`: as `skip`, for a pull request that moves a meeting to another day."""
    pull, mistake = context.skipped(pending)
    if pull is None:
        return Outcome(done=False, text=mistake)
    parsed = pending.parsed
    text = f"The meeting of {parsed.day} is on {parsed.to}: {context.link_to(pull)} says so. Merge it."
    return Outcome(text=text)


def redact(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes redact`: keep asking for minutes of the notes; the plan removes what was written."""
    return Outcome(state={"requested": True, "stopped_at": None})


def stop(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes stop`: the source is no longer notes, until a label is set or `/minutes` given."""
    when = pending.comment.edited_at or pending.comment.created_at
    who = pending.comment.actor or ""
    return Outcome(state={"requested": False, "stopped_at": when, "stopped_by": who})


def _date(pending: PendingCommand) -> date:
    return (pending.comment.edited_at or pending.comment.created_at).date()
