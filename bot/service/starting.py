"""Why the service cannot start, in a line for whoever runs it."""

import errno
import socket

import sqlalchemy as sa

from bot.service.settings import Settings

_BY_ERRNO = {
    errno.EADDRINUSE: "another program listens there. End it, or set PORT to another one",
    errno.EACCES: "that is not allowed. Set PORT to one above 1023",
    errno.EADDRNOTAVAIL: "this machine has no such address. Set HOST to one that it has, or to 0.0.0.0",
}


class CannotStart(Exception):
    """The service cannot start as it is set up; the message says why, and what helps."""


def why_not(error: BaseException, settings: Settings) -> CannotStart | None:
    """Return in words why the service with these settings could not start; None for an error of another kind.

    Passwords in DATABASE_URL are left out.
    """
    if isinstance(error, sa.exc.OperationalError):
        shown = sa.make_url(settings.database_url).render_as_string(hide_password=True)
        said = " ".join(str(error.orig).split()).rstrip(".?")
        return CannotStart(
            f"the database at {shown} cannot be used: {said}. Start it, or correct DATABASE_URL."
        )
    if isinstance(error, socket.gaierror):
        return CannotStart(f"HOST {settings.host} is not known here. Set it to an address such as 0.0.0.0.")
    if isinstance(error, OSError) and error.errno in _BY_ERRNO:
        at = f"{settings.host}:{settings.port}"
        return CannotStart(f"nothing can listen at {at}: {_BY_ERRNO[error.errno]}.")
    return None
