"""Meeting day: what of a calendar is due now, and when the next thing is. Pure.

`series_snapshot` finds the status of each meeting; `drafts` and `sources` open what is to be opened;
`missing` keeps the list of meetings without minutes, for which `backlog` opens drafts on command;
`outlook` is what the operator sees of each series.
"""

from bot.planning.meeting_day.missing import is_list
from bot.planning.meeting_day.outlook import SeriesOutlook, outlook
from bot.planning.meeting_day.plan import due, keep_list

__all__ = ["SeriesOutlook", "due", "is_list", "keep_list", "outlook"]
