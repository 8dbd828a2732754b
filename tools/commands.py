"""Write docs/commands.md from the table of commands: what each does, and who may give it.

python tools/commands.py           writes it
python tools/commands.py --check   says whether it is out of date, and exits 1 if so
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.commands import COMMANDS, MOST, Command, Place, allowed

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = f"""# The commands

A command is a line of its own in a comment, under the notes or under the pull request. Case does not count.
In a quote, a list, a heading, code, a table, a link or HTML it is talk about commands, and does nothing; so
is a line with a backslash before it, `\\/minutes`. A command that was done is not done again when its comment
is edited; a line that is added is. The first {MOST} commands of a comment are done.

(Written by `tools/commands.py` from `bot/commands/table.py`.)
"""
MATRIX = """## Who may give which

The role is the one that GitHub names for somebody in that repository; a custom role counts as the one that it
is built on. Those who may not get a confused reaction and no answer, bots not even that.
"""
ROLES = ("none", "read", "triage", "write", "maintain", "admin")
PEOPLE = {  # with the keyword arguments of `allowed` for them
    "Anybody": {},
    "The author of the notes": {"is_author": True},
    "A listed attendee": {"is_attendee": True},
    "A bot": {"is_bot": True},
}
PLACES: dict[Place, str] = {"source": "notes", "pull": "pull request"}


def page() -> str:
    """Return the page: a table of the commands, then for each kind of person one of what they may give."""
    matrices = (f"### {who}\n\n{matrix(rights)}\n" for who, rights in PEOPLE.items())
    return "\n".join([HEAD, f"{reference()}\n", MATRIX, *matrices])


def reference() -> str:
    """Return the table of the commands with their properties."""
    return table(
        ("command", "does", "who", "role in", "under", "example"),
        ((f"`{each.shown}`", each.what, *_circumstances(each), f"`{each.example}`") for each in COMMANDS),
    )


def _circumstances(command: Command) -> tuple[str, str, str]:
    role_of = {"thread": "the repository of the comment", "archive": "the archive"}[command.role_of]
    return command.of_whom, role_of, ", ".join(PLACES[place] for place in command.places)


def matrix(rights: Mapping[str, bool]) -> str:
    """Return a table of which commands a kind of person may give, with a column for each role.

    `rights` are the keyword arguments of `allowed` for that kind.
    """
    rows = (
        (f"`{each.shown}`", *("yes" if allowed(each, role, **rights) else "no" for role in ROLES))
        for each in COMMANDS
    )
    return table(("command", *ROLES), rows)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table without a line feed at its end."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))


def main() -> int:
    """Write the page, or with `--check` only compare it. Return the exit code: 1 if it is out of date."""
    made = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print(f"docs/commands.md is {'up to date' if same else 'out of date: run tools/commands.py'}")
        return int(not same)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
