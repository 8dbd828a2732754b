"""Meeting day: what of a calendar is due now, and when the next thing is. Pure.

`series_snapshot` says what there is of each meeting, `drafts` and `sources` open what is not there, `missing`
keeps the list of what never came, `backlog` opens that too when somebody says so.
"""

from bot.planning.meeting_day.missing import is_list
from bot.planning.meeting_day.plan import due, keep_list

__all__ = ["due", "is_list", "keep_list"]
