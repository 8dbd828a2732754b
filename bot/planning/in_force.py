"""The archive and the settings in force for what the bot does in it without a source. Pure."""

from bot.archive.template_files import settings_of
from bot.config import Config
from bot.model import Archive, Snapshot
from bot.planning.moves import with_moves
from bot.state import PullState, find_state


def in_force(snapshot: Snapshot) -> tuple[Archive | None, Config | None]:
    """Return the archive and its settings. Raises MissingFacts.

    Both are None where it cannot be written, the settings where it keeps no minutes.
    """
    archive = snapshot.archive
    if archive is None or archive.repository.head is None or archive.repository.archived:
        return None, None
    settings = settings_of(archive, snapshot.good_config)
    if settings is None:
        snapshot.require("which configuration is in force?", "config")
        return archive, None
    repository = archive.repository
    keeps = (settings.archive or repository.name).casefold() == repository.name.casefold()
    is_own = keeps and (settings.archive is not None or not repository.fork)
    return archive, with_moves(settings, archive.pulls) if is_own else None


def is_kept(archive: Archive) -> bool:
    """Return whether the bot keeps minutes in an archive: it is configured, or has minutes of the bot's.

    Other repositories have files with dates, too.
    """
    states = (find_state(pull.body, PullState) for pull in archive.pulls if pull.mine)
    return archive.config is not None or any(state is not None and state.path for state in states)
