"""The `/minutes` commands: one table, and the reading of comments by it. Pure.

from bot.commands import allowed, help_table, read
"""

from bot.commands.arguments import Link
from bot.commands.orders import MOST, Order, read, without
from bot.commands.table import COMMANDS, WRITERS, Command, Place, Right, allowed, help_table

__all__ = [
    "COMMANDS",
    "MOST",
    "WRITERS",
    "Command",
    "Link",
    "Order",
    "Place",
    "Right",
    "allowed",
    "help_table",
    "read",
    "without",
]
