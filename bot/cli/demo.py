"""`minutes-bot demo`: the main job on this machine, told while it happens."""

import asyncio
import json
import logging
import signal
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console

NOW = datetime(2026, 8, 18, 10, 40, tzinfo=UTC)


@click.command()
@click.option(
    "--notes", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Notes of your own."
)
@click.option(
    "--archive",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with minutes of your own.",
)
@click.option("--title", help="The title of the issue.  [default: Team meeting]")
@click.option("--serve", is_flag=True, help="Keep both running, with pages to play the story in a browser.")
@click.option("--json", "as_json", is_flag=True, help="With --serve: print one line of JSON for programs.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the simulated GitHub.")
def demo(
    notes: Path | None, archive: Path | None, title: str | None, serve: bool, as_json: bool, port: int
) -> None:
    """See the whole journey of some notes, on this machine, in a minute.

    A simulated GitHub (our own, in this package) and the bot run on loopback; nothing leaves this machine.
    """
    if as_json and not serve:
        raise click.UsageError("--json goes with --serve")
    try:
        import bot.simulator  # noqa: F401
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"the demo needs {missing.name}; install it with: pip install 'minutes-bot[simulator]'"
        ) from None
    _quiet()
    text = (notes or files("bot.demo") / "notes.md").read_bytes()
    asyncio.run(_run(text, title or "Team meeting", archive, serve=serve, as_json=as_json, port=port))


def _quiet() -> None:
    """Log errors only, and beside the story: it tells the rest already."""
    import structlog

    logging.disable(logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


async def _run(
    notes: bytes, title: str, archive: Path | None, *, serve: bool, as_json: bool, port: int
) -> None:
    from bot.demo.stage import set_up
    from bot.demo.story import Story
    from bot.minutes import decode

    console = Console(file=sys.stderr if as_json else sys.stdout, soft_wrap=True)
    story = Story(console)
    async with set_up(archive, NOW, story.witness, port) as stage:
        await story.play(stage, decode(notes), title)
        if not serve:
            console.print("\nThis GitHub is gone now. To open its pages: minutes-bot demo --serve")
            return
        if as_json:
            print(json.dumps(stage.describe()), flush=True)  # noqa: T201
        else:
            console.print(f"\nPlay on in a browser: {stage.simulator.url}/   (Ctrl-C ends it)")
        await _until_stopped()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
