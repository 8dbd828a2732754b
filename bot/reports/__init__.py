"""What the bot says of a case: the status comment, the pull request, the check run. Pure.

The words are in `texts/`; here are the facts that fill them.
"""

from bot.reports.pull import WITHDRAWN, body, check, credit, new_title, remarked, title, withdrawn
from bot.reports.status import (
    ASKING,
    Report,
    asked,
    closed,
    conflict,
    edited_by_people,
    idle,
    merged,
    preview,
    question,
    ready,
    refused,
    stopped,
    waiting,
    waits,
)

__all__ = [
    "ASKING",
    "WITHDRAWN",
    "Report",
    "asked",
    "body",
    "check",
    "closed",
    "conflict",
    "credit",
    "edited_by_people",
    "idle",
    "merged",
    "new_title",
    "preview",
    "question",
    "ready",
    "refused",
    "remarked",
    "stopped",
    "title",
    "waiting",
    "waits",
    "withdrawn",
]
