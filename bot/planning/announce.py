"""Steps that update the status comment, reactions on commands, and states of pull requests. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.commands import Place
from bot.model import (
    AddLabels,
    Check,
    DeleteComment,
    EditComment,
    EditPull,
    Plan,
    PostComment,
    Pull,
    React,
    RemoveLabels,
    Step,
)
from bot.planning import reports
from bot.planning.case import Case
from bot.state import PullState, find_state

OBJECTION, ACCEPTED = "objection", "accepted"
"""The labels of a pull request with an open objection, and of accepted minutes.

Each is used where the archive has a label of that name."""


def no_change(case: Case, why: str, report: reports.Report, until: datetime | None = None) -> Plan:
    """Return a plan that leaves the minutes as they are, and only answers the commands just executed.

    If no command has to be answered, the plan has no steps: then `why` explains it, and `until` is when to
    look at the source again (None: when something changes). `report` is what the status comment says with the
    answers.
    """
    if case.results:
        plan = update_status(case, report)
        if plan.steps:
            return plan
    return Plan(why, look_again=until)


def update_status(case: Case, report: reports.Report, *, described: Pull | None = None) -> Plan:
    """Return the plan that makes the bot's status comment on the source say what `report` says.

    The comment is edited, but a new question is a new comment, to notify people. The plan also writes changed
    states into pull requests, except into `described`, whose description other steps update already.
    """
    state, saved_state = report.state, case.saved_state
    steps: list[Step] = [DeleteComment(comment) for comment in case.comments[1:]]
    if case.status_comment is None and (report.state.status != "idle" or case.results_at("source")):
        steps.append(PostComment(report.body))
    elif (
        case.status_comment
        and state != saved_state
        and state.status in reports.ASKING
        and state.status != saved_state.status
    ):
        steps += [DeleteComment(case.status_comment), PostComment(report.body)]
    elif case.status_comment and state != saved_state:
        steps.append(EditComment(case.status_comment, report.body))
    if steps:
        steps += reactions(case, "source")
    steps += _update_pulls(case, described)
    kept = tuple(step for step in steps if not case.refused(type(step)))
    return Plan(f"say: {state.status} {state.detail}".rstrip(), kept)


def _update_pulls(case: Case, described: Pull | None) -> list[Step]:
    """Return the steps that write changed states into pull requests, with acceptance and objections."""
    steps: list[Step] = []
    for pull in case.archive.pulls if case.archive else ():
        state = case.pull_updates.get(pull.number)
        if state is None and pull == case.pull and pull.mine:
            state = find_state(pull.body, PullState)
        if state is None or pull == described:
            continue
        check = None if case.refused(Check) else reports.open_points(case, pull, state)
        if check is None and pull.number not in case.pull_updates:
            continue
        if check:
            flagged = check.head if check.conclusion == "failure" else ""
            state = replace(state, flagged_commit=flagged)
        body = reports.remarked(case, pull, state)
        if body != pull.body and not case.refused(EditPull):
            steps += [EditPull(pull, pull.title, body), *relabel(case, pull), *([check] if check else [])]
            steps += reactions(case, "pull") if pull == case.pull else []
    return steps


def relabel(case: Case, pull: Pull) -> list[Step]:
    """Return the steps that set or remove the labels `objection` and `accepted` on a pull request.

    They follow its changed state. Empty where the labels fit already, the state has not changed, or the
    archive has no such label.
    """
    state = case.pull_updates.get(pull.number)
    known = case.archive.labels if case.archive else {}
    if state is None:
        return []
    steps: list[Step] = []
    for name, is_so in ((OBJECTION, bool(state.objections)), (ACCEPTED, bool(state.accepted))):
        if name in known and is_so != (name in pull.labels):
            steps.append((AddLabels if is_so else RemoveLabels)(pull.id, (known[name],)))
    return steps


def reactions(case: Case, place: Place) -> list[Step]:
    """Return a step for each comment with commands that were just executed: a reaction that shows the result.

    `place` says which comments: those on the source, or those on its pull request. Where one of several
    commands in a comment failed, the reaction shows the failure.
    """
    results = sorted(case.results_at(place), key=lambda result: result.done)
    shown = {each.pending.comment.id: each.pending.reaction(done=each.done) for each in reversed(results)}
    return [] if case.refused(React) else list(shown.values())
