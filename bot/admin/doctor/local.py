"""Checks of what lies on this machine: the settings, the database, the versions."""

import platform
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from bot import __version__
from bot.admin.doctor.context import Context
from bot.admin.doctor.finding import Finding, error, ok, warning
from bot.service.settings import SettingsError
from bot.service.starting import why_not

PATIENCE = 10  # seconds that a database may take to answer
BUSY = 1  # seconds to wait for a SQLite file that another process writes to


def check_settings(context: Context) -> Iterator[Finding]:
    """Yield each environment variable that is missing or malformed; the private key is parsed too."""
    try:
        settings = context.settings
    except SettingsError as found:
        for mistake in found.mistakes:
            message, _, cure = mistake.partition(". ")
            yield error(f"{message.rstrip('.')}.", cure)
        return
    yield ok(f"All environment variables are well formed; the App ID is {settings.app_id}.")
    for text in settings.warnings:
        message, _, cure = text.partition(": ")
        yield warning(f"{message}.", cure[:1].upper() + cure[1:])


def check_database(context: Context) -> Iterator[Finding]:
    """Yield whether the database of the queue can be opened and written to."""
    settings = context.settings
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        yield _sqlite(Path(url.database or ""))
        return
    arguments = {"connect_timeout": PATIENCE}
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool, connect_args=arguments
    )
    try:
        with engine.connect() as connection:
            read_only = connection.execute(sa.text("SHOW transaction_read_only")).scalar() == "on"
    except (sa.exc.SQLAlchemyError, ImportError) as failed:
        # only the words that `serve` would say: a driver's own may hold the password
        known = why_not(failed, settings)
        shown = str(known) if known else f"the database cannot be used ({type(failed).__name__})."
        yield error(_sentence(shown), "Start the database, or correct DATABASE_URL.")
        return
    if read_only:
        yield error("PostgreSQL answers, and is read-only.", "Set DATABASE_URL to the primary server.")
    else:
        yield ok("PostgreSQL answers, and can be written to.")


def _sqlite(file: Path) -> Finding:
    if not file.exists():
        return ok(f"{file} will be created at the first start.")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=BUSY)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT count(*) FROM sqlite_master")
            connection.rollback()
    except sqlite3.Error as failed:
        if re.search(r"locked|busy", str(failed)):
            return warning(f"{file} is written to by another process.", "Run this again in a minute.")
        return error(
            f"{file} cannot be used: {failed}.",
            "Move the file away (a new one is made), or set DATABASE_URL.",
        )
    return ok(f"{file} can be opened and written to.")


def check_versions(context: Context) -> Iterator[Finding]:
    """Yield which versions of the bot and of Python run."""
    yield ok(f"minutes-bot {__version__}, Python {platform.python_version()}.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
