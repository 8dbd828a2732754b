"""What the commands with a simulated GitHub share: whether it is installed, and whether it can listen."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


def require_simulator(what: str) -> None:
    """Raise ClickException, with the cure, where the extra `simulator` that `what` needs is not installed."""
    try:
        import github_simulator  # noqa: F401
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"{what} needs {missing.name}; install it with: pip install 'minutes-bot[simulator]'"
        ) from None


@contextmanager
def simulator_at(port: int, option: str) -> Iterator[None]:
    """Raise ClickException where the simulator cannot listen at the port that an option gave."""
    from bot.service.starting import why_nothing_listens

    try:
        yield
    except OSError as error:
        cannot = why_nothing_listens(error, "127.0.0.1", port, option)
        if cannot is None:
            raise
        raise click.ClickException(str(cannot)) from None
