"""The calendar of a recurring meeting: schedule, exceptions, local time. Pure.

`read` parses plain words or an RRULE into a Schedule, a `Series` lists its meetings, `as_ics` writes them as
iCalendar, and `propose` guesses the schedule from the days on which a team met.
"""

from bot.calendar.ics import as_ics
from bot.calendar.proposal import FEWEST, Proposal, as_yaml, propose, propose_each
from bot.calendar.schedule import BEGINNING, NEVER, Schedule, ScheduleError, verify
from bot.calendar.series import Extra, Occurrence, Series, instant
from bot.calendar.words import EXAMPLES, read

__all__ = [
    "BEGINNING",
    "EXAMPLES",
    "FEWEST",
    "NEVER",
    "Extra",
    "Occurrence",
    "Proposal",
    "Schedule",
    "ScheduleError",
    "Series",
    "as_ics",
    "as_yaml",
    "instant",
    "propose",
    "propose_each",
    "read",
    "verify",
]
