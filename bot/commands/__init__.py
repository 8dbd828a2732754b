"""The `/minutes` commands: the grammar, the table, and the handlers. Pure.

from bot.commands import allowed, help_table, read
"""

from bot.commands.arguments import ThreadLink, WebLink
from bot.commands.command import (
    WRITERS,
    Command,
    CommandResult,
    Context,
    Outcome,
    ParsedCommand,
    PendingCommand,
    Place,
    Right,
)
from bot.commands.grammar import MOST, read, without
from bot.commands.pending import pending_commands, was_refused, writers_of
from bot.commands.table import COMMANDS, allowed, help_table

__all__ = [
    "COMMANDS",
    "MOST",
    "WRITERS",
    "Command",
    "CommandResult",
    "Context",
    "Outcome",
    "ParsedCommand",
    "PendingCommand",
    "Place",
    "Right",
    "ThreadLink",
    "WebLink",
    "allowed",
    "help_table",
    "pending_commands",
    "read",
    "was_refused",
    "without",
    "writers_of",
]
