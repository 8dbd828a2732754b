"""What each command does, to the states of its source and of pull requests. Pure.

What the plan then does follows from the states.
"""

from datetime import date

from bot.commands.command import Context, Outcome, PendingCommand


def make(context: Context, pending: PendingCommand) -> Outcome:
    """Handle the bare `/minutes`: make or refresh the minutes now, beside a pull request that was closed."""
    pull = context.pull
    through = pull.number if pull and pull.state == "closed" else context.state.superseded_through
    return Outcome(state={"requested": True, "stopped_at": None, "superseded_through": through})


def answer(context: Context, pending: PendingCommand) -> Outcome:
    """Handle a command that changes nothing, and of which only the answer is wanted."""
    return Outcome()


def set_date(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes date`: from now on these are the notes of that meeting."""
    day, suffix = pending.parsed.day, pending.parsed.name
    text = f"These are the minutes of {day} {suffix}".rstrip() + "."
    return Outcome(text=text, state={"date_override": day, "suffix_override": suffix})


def include(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes include`: what is linked, or the comment itself, becomes part of the notes."""
    url = included_url(context, pending)
    if context.find_included(url) is None:
        return Outcome(done=False, text="I find nothing there that everybody here may read.")
    included = tuple(dict.fromkeys((*context.state.included, url)))
    return Outcome(text="It is part of the notes now.", state={"included": included})


def included_url(context: Context, pending: PendingCommand) -> str:
    """Return the address of what is to be included; what a link leaves out is where the source is."""
    link, source = pending.parsed.link, context.source
    if link is None:
        return pending.comment.url
    root = source.url[: source.url.index(f"/{source.repository.name}/")]
    thread = f"{root}/{link.repository or source.repository.name}/{link.kind or 'issue'}s/{link.number}"
    anchor = "discussioncomment" if link.kind == "discussion" else "issuecomment"
    return f"{thread}#{anchor}-{link.comment}" if link.comment else thread


def accept(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes accept`: of these minutes; under notes of the previous ones.

    Who is no writer and has objected takes the objection back.
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
        pull_state={"accepted": f"{_date(pending)} {who}", "objections": ()},
    )


def object_(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes object`: record an objection in the pull request of the minutes that are meant."""
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
        pull_state={"objections": objections, "accepted": ""},
    )


def skip(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes skip`, whose pull request against the calendar is there by now, or cannot be."""
    pull, mistake = context.skipped(pending)
    if pull is None:
        return Outcome(done=False, text=mistake)
    text = f"No meeting on {pending.parsed.day}: {context.link_to(pull)} says so. Merge it."
    return Outcome(text=text)


def redact(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes redact`: the plan takes everything away and begins anew."""
    return Outcome(state={"requested": True, "stopped_at": None})


def stop(context: Context, pending: PendingCommand) -> Outcome:
    """Handle `/minutes stop`: these are no notes from now on, until a label is set or `/minutes` given."""
    when = pending.comment.edited_at or pending.comment.created_at
    return Outcome(state={"requested": False, "stopped_at": when})


def _date(pending: PendingCommand) -> date:
    return (pending.comment.edited_at or pending.comment.created_at).date()
