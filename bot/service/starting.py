"""Why the service cannot start, in a line for whoever runs it."""

import errno
import socket
import sqlite3

import sqlalchemy as sa

from bot.service.settings import Settings

_BY_ERRNO = {
    errno.EADDRINUSE: "another program listens there. End it, or set {option} to another one",
    errno.EACCES: "that is not allowed. Set {option} to one above 1023",
    errno.EADDRNOTAVAIL: "this machine has no such address. Set HOST to one that it has, or to 0.0.0.0",
}


class CannotStart(Exception):
    """The service cannot start as it is set up; the message says why, and what helps."""


def why_no_database(error: sa.exc.DatabaseError | sqlite3.DatabaseError, url: str) -> str:
    """Return in words why the database cannot be used, with the cure; passwords in its URL are left out."""
    said = " ".join(str(getattr(error, "orig", error)).split()).rstrip(".?")
    cure = (
        "Set DATABASE_URL to a file that can be written"
        if url.startswith("sqlite")
        else ("Start it, or correct DATABASE_URL")
    )
    return f"the database at {shown(url)} cannot be used: {said}. {cure}."


def shown(url: str) -> str:
    """Return the URL of a database without its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def listen_at(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 takes a free one. Raises OSError if none can."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, *_, address = found[0]
    return socket.create_server(address[:2], family=family, backlog=128)


def why_not(error: BaseException, settings: Settings) -> CannotStart | None:
    """Return in words why the service with these settings could not start; None for an error of another kind.

    Passwords in DATABASE_URL are left out.
    """
    if isinstance(error, sa.exc.DatabaseError | sqlite3.DatabaseError):
        return CannotStart(why_no_database(error, settings.database_url))
    if isinstance(error, socket.gaierror):
        return CannotStart(f"HOST {settings.host} is not known here. Set it to an address such as 0.0.0.0.")
    return why_nothing_listens(error, settings.host, settings.port, "PORT")


def why_nothing_listens(error: BaseException, host: str, port: int, option: str) -> CannotStart | None:
    """Return in words why nothing can listen at a host and port; None for an error of another kind.

    `option` is what the user sets to another port.
    """
    if not isinstance(error, OSError) or error.errno not in _BY_ERRNO:
        return None
    why = _BY_ERRNO[error.errno].format(option=option)
    return CannotStart(f"nothing can listen at {host}:{port}: {why}.")
