"""`minutes-bot demo`: runs the bot with a simulated GitHub on this machine, and explains what it does."""

import asyncio
import json
import logging
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console

from bot.cli.signals import until_signal
from bot.cli.simulated import require_simulator, simulator_at

NOW = datetime(2026, 8, 18, 10, 40, tzinfo=UTC)


@click.command()
@click.option(
    "--notes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of notes to use instead of the example.",
)
@click.option(
    "--archive",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of minutes to use as the archive.",
)
@click.option("--title", help="The title of the issue.  [default: Team meeting]")
@click.option(
    "--serve", is_flag=True, help="Keep GitHub and the bot running, with pages to use in a browser."
)
@click.option("--json", "as_json", is_flag=True, help="With --serve: print one line of JSON for programs.")
@click.option(
    "--now",
    type=click.DateTime(["%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"]),
    help="With --serve: start at this time (UTC) with a calendar in the archive, to see a meeting day.",
)
@click.option(
    "--year",
    type=click.IntRange(1970, 2199),
    is_flag=False,
    flag_value=2026,
    help="Simulate a year of weekly meetings: 2026 if no year is given.",
)
@click.option("--pad", is_flag=True, help="Type the notes in a pad, and give the issue only a link to it.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the simulated GitHub.")
def demo(
    notes: Path | None,
    archive: Path | None,
    title: str | None,
    serve: bool,
    as_json: bool,
    now: datetime | None,
    year: int | None,
    pad: bool,
    port: int,
) -> None:
    """Run the bot with a simulated GitHub on this machine: from notes to minutes in a minute.

    The simulated GitHub is part of this package. Both use the loopback interface only, so nothing leaves this
    machine.
    """
    if as_json and not serve:
        raise click.UsageError("--json goes with --serve")
    if now and not serve:
        raise click.UsageError("--now goes with --serve")
    if pad and now:
        raise click.UsageError("--pad goes with the walkthrough, not with --now")
    if year and (serve or notes or title or archive or pad):
        raise click.UsageError("--year has a story of its own, and goes with none of the others")
    require_simulator("the demo")
    _quiet()
    with simulator_at(port, "--port"):
        _begin(year, notes, title, archive, now, serve=serve, as_json=as_json, pad=pad, port=port)


def _begin(
    year: int | None,
    notes: Path | None,
    title: str | None,
    archive: Path | None,
    now: datetime | None,
    *,
    serve: bool,
    as_json: bool,
    pad: bool,
    port: int,
) -> None:
    if year:
        asyncio.run(_live(year, port))
        return
    # with --now the user writes the notes in the browser, unless --notes or --title is given
    with_notes = notes or title or not now
    text = (notes or files("bot.demo") / "notes.md").read_bytes() if with_notes else None
    given = (text, title or "Team meeting", archive, now)
    asyncio.run(_run(*given, serve=serve, as_json=as_json, pad=pad, port=port))


def _quiet() -> None:
    """Log errors only, to stderr: the walkthrough prints the rest."""
    import structlog

    logging.disable(logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


async def _run(
    notes: bytes | None,
    title: str,
    archive: Path | None,
    now: datetime | None,
    *,
    serve: bool,
    as_json: bool,
    pad: bool,
    port: int,
) -> None:
    from bot.demo.environment import start_environment
    from bot.demo.meeting_day import PlanPrinter, calendar, fill_agenda
    from bot.demo.pad import LINK, PAD
    from bot.demo.walkthrough import Walkthrough
    from bot.minutes import decode

    console = Console(file=sys.stderr if as_json else sys.stdout, soft_wrap=True)
    walkthrough, printer = Walkthrough(console), PlanPrinter(console)
    began = now.replace(tzinfo=UTC) if now else NOW
    on_plan = walkthrough.on_plan if notes is not None else printer.on_plan
    more, add_content = (calendar(began), fill_agenda) if now else (None, None)
    typed = decode(notes) if notes is not None else None
    async with start_environment(
        archive, began, on_plan, port, more, add_content, pad=typed if pad else None
    ) as environment:
        if typed is not None:
            await walkthrough.run(environment, f"The notes are in our pad: {LINK}" if pad else typed, title)
            if pad:
                await walkthrough.edit_pad("- The kettle is on.")
        else:
            await environment.simulator.idle()
        if not serve:
            console.print("\nThis GitHub is gone now. To open its pages: minutes-bot demo --serve")
            return
        if as_json:
            print(json.dumps(environment.describe()), flush=True)  # noqa: T201
        else:
            if now:
                printer.introduce(environment.simulator.url)
            if pad:
                console.print(f"\nType in the pad: {environment.pads.url}/{PAD}   (links name it {LINK})")
            console.print(f"\nPlay on in a browser: {environment.simulator.url}/   (Ctrl-C ends it)")
        await until_signal(asyncio.Event().wait())


async def _live(year: int, port: int) -> None:
    from bot.demo.year import print_year

    await print_year(year, Console(soft_wrap=True), port)
