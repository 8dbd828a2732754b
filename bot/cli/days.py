"""Days as options of commands."""

from datetime import date

import click

from bot.minutes import find_date


class Day(click.ParamType[date]):
    """A day, as `2026-08-24` or in another form in which minutes name days."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that the text `value` names. Raises UsageError, by `fail`, if it names none."""
        if isinstance(value, date):
            return value
        found = find_date(value, "")
        if found.date is None or found.conflict:
            self.fail(f"{value!r} is no day. Write year, month, day, such as 2026-08-24.", param, ctx)
        return found.date


DAY = Day()
