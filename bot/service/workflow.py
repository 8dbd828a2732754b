"""What a run says in a workflow: lines that GitHub shows as annotations, and the summary of the job. Pure.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterator
from typing import Literal

from bot.planning.texts import code, plain
from bot.service.action import Done, Result


def command(name: Literal["error", "notice"], message: str) -> str:
    """Return the line that shows a message as an annotation; nothing in the message has a meaning there."""
    for sign, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        message = message.replace(sign, escaped)
    return f"::{name}::{message}"


def lines(result: Result) -> Iterator[str]:
    """Yield a line for each error, for what was done, and for what a later run does."""
    if result.ignored:
        yield command("notice", f"Nothing to do at this event ({result.ignored}).")
    for done in result.done.values():
        pulls = "".join(f" {each.url}" for each in done.pulls.values())
        yield command("notice", f"{done.subject}: {done.why}{pulls}")
    for subject, due in result.later.items():
        yield command("notice", f"{subject}: left to a run after {due:%Y-%m-%d %H:%M} UTC.")
    for error in result.errors:
        yield command("error", f"{error}.")


def summary(result: Result) -> str:
    """Return the summary of a run, in Markdown."""
    rows = ["### Minutes", ""]
    if result.ignored:
        rows.append(f"- Nothing to do at this event ({result.ignored}).")
    rows += map(_row, result.done.values())
    rows += [
        f"- `{code(subject)}`: left to a run after {due:%Y-%m-%d %H:%M} UTC"
        for subject, due in result.later.items()
    ]
    rows += [f"- **Error**: {plain(error)}" for error in result.errors]
    return "\n".join([*rows, ""])


def _row(done: Done) -> str:
    links = "".join(f", [pull request {each.number}]({each.url})" for each in done.pulls.values())
    steps = f" ({', '.join(done.steps)})" if done.steps else ""
    return f"- `{code(done.subject)}`: {plain(done.why)}{steps}{links}"
