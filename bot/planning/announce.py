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

OBJECTION = "objection"
"""The label of a pull request with an open objection, used where the archive has a label of that name."""


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
    """Return the step that sets or removes the label `objection` on a pull request of the archive.

    It is set while the pull request's changed state has objections. Empty where the label fits already, the
    state has not changed, or the archive has no such label.
    """
    state = case.pull_updates.get(pull.number)
    label = case.archive.labels.get(OBJECTION) if case.archive else None
    if state is None or label is None or bool(state.objections) == (OBJECTION in pull.labels):
        return []
    return [AddLabels(pull.id, (label,)) if state.objections else RemoveLabels(pull.id, (label,))]


def reactions(case: Case, place: Place) -> list[Step]:
    """Return a step for each comment with commands that were just executed: a reaction that shows the result.

    `place` says which comments: those on the source, or those on its pull request. Where one of several
    commands in a comment failed, the reaction shows the failure.
    """
    results = sorted(case.results_at(place), key=lambda result: result.done)
    shown = {each.pending.comment.id: each.pending.reaction(done=each.done) for each in reversed(results)}
    return [] if case.refused(React) else list(shown.values())
