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
PEOPLE = {  # and what is said of them beside their role
    "Anybody": {},
    "The author of the notes": {"is_author": True},
    "A listed attendee": {"is_attendee": True},
    "A bot": {"is_bot": True},
}
PLACES: dict[Place, str] = {"source": "notes", "pull": "pull request"}


def page() -> str:
    """Write the page: the commands, then for each kind of person who may give which."""
    matrices = (f"### {who}\n\n{matrix(rights)}\n" for who, rights in PEOPLE.items())
    return "\n".join([HEAD, f"{reference()}\n", MATRIX, *matrices])


def reference() -> str:
    """List the commands with all that the table says of them."""
    return table(
        ("command", "does", "who", "role in", "under", "example"),
        ((f"`{each.shown}`", each.what, *_circumstances(each), f"`{each.example}`") for each in COMMANDS),
    )


def _circumstances(command: Command) -> tuple[str, str, str]:
    role_of = {"thread": "the repository of the comment", "archive": "the archive"}[command.role_of]
    return command.of_whom, role_of, ", ".join(PLACES[place] for place in command.places)


def matrix(rights: Mapping[str, bool]) -> str:
    """Return for one kind of person, role by role, which commands they may give."""
    rows = (
        (f"`{each.shown}`", *("yes" if allowed(each, role, **rights) else "no" for role in ROLES))
        for each in COMMANDS
    )
    return table(("command", *ROLES), rows)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))


def main() -> int:
    """Write or check; returns the exit code."""
    made = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print(f"docs/commands.md is {'up to date' if same else 'out of date: run tools/commands.py'}")
        return int(not same)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
