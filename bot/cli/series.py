"""`minutes-bot series`: lists a team's meetings by the calendar in its configuration, or proposes one.

Exit codes: 0 success, 1 the configuration has mistakes or nothing can be proposed, 2 wrong usage or a file
that cannot be read.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot import config
from bot.archive.grouping import find_series
from bot.archive.understood import MOST, understood
from bot.calendar import FEWEST, Occurrence, Series, as_ics, as_yaml, propose_each
from bot.cli.files import markdown_in, read_bytes, texts_in, write
from bot.config import ConfigError
from bot.minutes.text.counts import counted


@click.command()
@click.argument("place", metavar="[DIR|FILE]", default=".", type=click.Path(path_type=Path, exists=True))
@click.option("--next", "only_next", is_flag=True, help="List only the next meeting of each series.")
@click.option("--year", type=click.IntRange(1970, 2199), help="List all meetings of a year.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False, writable=True, allow_dash=True),
    help="Write an iCalendar file: the meetings of --year, or of this year and the next.",
)
@click.option(
    "--propose", "guess", is_flag=True, help="Propose a `series:` block that fits the minutes in DIR."
)
@click.option(
    "--now", type=click.DateTime(["%Y-%m-%dT%H:%MZ", "%Y-%m-%d"]), help="Use this time (UTC) instead of now."
)
def series(
    place: Path, only_next: bool, year: int | None, ics: Path | None, guess: bool, now: datetime | None
) -> None:
    """Show the series of an archive: what its files show, and the calendar in its configuration.

    Of the files: name, place, rhythm, number, newest minutes and odd names of each series. Of the calendar:
    the last and the next meeting of each, with its day, its local time, the same in UTC, its name.

    DIR is an archive, with or without a `.github/minutes.yml`; FILE is such a configuration file.
    """
    if only_next + (year is not None) > 1 or (guess and (only_next or year or ics)):
        raise click.UsageError("--next, --year and --propose are three questions. Ask one of them.")
    moment = now.replace(tzinfo=UTC) if now else datetime.now(UTC)
    if guess:
        _propose(place)
        return
    is_plain = not (only_next or year or ics)
    is_shown = is_plain and place.is_dir() and _show(place, moment.date())
    if is_shown and not (place / config.PATH).is_file():
        return
    known = _known(place, moment)
    if ics is not None:
        _write_ics(ics, _of_years([year] if year else [moment.year, moment.year + 1], known), place, moment)
    elif year is not None:
        _list(_of_years([year], known))
    else:
        _list(_around(known, moment, only_next))


def _show(place: Path, today: date) -> bool:
    """Write what the files of an archive show, a paragraph for each series; return whether there was any."""
    found = find_series(tuple(file.relative_to(place).as_posix() for file in texts_in(place)))
    rows = understood(found, today)
    for row in rows:
        write(
            f"{row.name}\n"
            f"  place   {row.place}\n"
            f"  meets   {row.rhythm}\n"
            f"  number  {row.count}, the newest of {row.newest}\n"
        )
        if row.odd:
            write(f"  odd     {', '.join(row.odd)}\n")
    more = sum(each.accompanies is None for each in found) - len(rows)
    if more:
        write(f"and {more} more; these are the {MOST} with the newest minutes\n")
    if rows:
        write("\n")
    return bool(rows)


def _known(place: Path, now: datetime) -> Sequence[Series]:
    """Return the series of a configuration; write mistakes and remarks to standard error.

    Raises SystemExit(1) when there are mistakes, UsageError when there is no such file.
    """
    file = place / config.PATH if place.is_dir() else place
    if not file.is_file():
        raise click.UsageError(
            f"there is no {file}. Write one: `minutes-bot series {place} --propose` prints one."
        )
    text = config.text_of(read_bytes(file))
    try:
        found = config.read(text).series
    except ConfigError as error:
        click.echo(_of_file(str(error), place), err=True)
        raise SystemExit(1) from None
    is_there = (lambda path: (place / path).is_file()) if place.is_dir() else bool
    for remark in config.remarks(text, now, is_there):
        click.echo(_of_file(f"{remark} [remark]", place), err=True)
    if not found:
        click.echo("There are no series. --propose proposes them from the minutes.", err=True)
    return found


def _of_file(message: str, place: Path) -> str:
    """Return a message with the path of the given file in place of `.github/minutes.yml`."""
    return message if place.is_dir() else message.replace(config.PATH, str(place))


def _of_years(years: Iterable[int], known: Sequence[Series]) -> list[Occurrence]:
    return _in_order(meeting for year in years for each in known for meeting in each.of_year(year))


def _around(known: Sequence[Series], now: datetime, only_next: bool) -> list[Occurrence]:
    found = [each.next_after(now) for each in known]
    if not only_next:
        found += [each.previous_before(now) for each in known]
    return _in_order(meeting for meeting in found if meeting)


def _in_order(meetings: Iterable[Occurrence]) -> list[Occurrence]:
    return sorted(meetings, key=lambda each: (each.starts, each.series.name))


def _list(meetings: Iterable[Occurrence]) -> None:
    """Write a line for each meeting: local day, local time with time zone, start in UTC, series."""
    for each in meetings:
        local = "all day" if each.is_all_day else f"{each.local:%H:%M} {each.series.timezone.key}"
        write(f"{each.day:%a %Y-%m-%d}  {local}  {each.starts:%Y-%m-%dT%H:%MZ}  {each.series.name}\n")


def _write_ics(file: Path, meetings: Sequence[Occurrence], place: Path, now: datetime) -> None:
    text = as_ics(meetings, now, scope=(place if place.is_dir() else place.parent).resolve().name)
    if file == Path("-"):
        write(text)
        return
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{file}: {counted(len(meetings), 'meeting')}", err=True)


def _propose(place: Path) -> None:
    """Propose a series for each layout of minutes that is still in use."""
    if not place.is_dir():
        raise click.UsageError("--propose reads the minutes of a folder. Give a folder.")
    found = find_series(tuple(file.relative_to(place).as_posix() for file in markdown_in(place)))
    made = propose_each(
        {each.layout.pattern: [past.date for past in each.meetings] for each in found if not each.accompanies}
    )
    if not made:
        click.echo(f"No schedule is to be seen: it takes {FEWEST} meetings and some order in them.", err=True)
        raise SystemExit(1)
    write(as_yaml(made))
