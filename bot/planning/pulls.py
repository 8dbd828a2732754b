"""The commits of a pull request: which are the bot's, and whether people wrote into it. Pure."""

from collections.abc import Sequence
from itertools import takewhile

from bot.model import Pull, Revision, Source
from bot.state import REQUESTS, PullState, SourceState, find_state
from bot.trailers import find_trailer


def by_bot(revision: Revision) -> bool:
    """Return whether the bot made a commit, as it stands.

    The message must have the bot's trailer, the author be a bot, and the committer no person: who amends or
    rebases a commit of the bot's keeps trailer and author, and becomes its committer.
    """
    by_github = revision.committer in ("", revision.author) or revision.committer.startswith("GitHub")
    return find_trailer(revision.message) is not None and revision.author.endswith("[bot]") and by_github


def commits_of(pull: Pull) -> tuple[Revision, ...]:
    """Return the commits of a pull request, newest first, without older ones of the branch it is based on.

    Those may be commits of the bot's too: of other meetings, whose minutes were merged before.
    """
    pull_state = find_state(pull.body, PullState)
    base = pull_state.base_commit if pull_state else None
    return tuple(takewhile(lambda revision: revision.oid != base, pull.revisions))


def last_written(pull: Pull) -> Revision | None:
    """Return the newest commit of the bot's in a pull request; None where there is none."""
    return next((revision for revision in commits_of(pull) if by_bot(revision)), None)


def has_human_commits(pull: Pull) -> bool:
    """Return whether people made commits in a pull request after the bot's first one.

    It is also True if the bot made none.
    """
    return _mixed(commits_of(pull))


def _mixed(revisions: Sequence[Revision]) -> bool:
    ours = [index for index, revision in enumerate(revisions) if by_bot(revision)]
    return not ours or len(ours) != ours[-1] + 1


def is_without_notes(pull: Pull) -> bool:
    """Return whether a pull request is a draft, opened for a meeting, that nobody has written in yet."""
    pull_state = find_state(pull.body, PullState) if pull.mine else None
    if pull_state is None or not is_unclaimed(pull_state):
        return False
    commits = commits_of(pull)
    ours = [index for index, each in enumerate(commits) if by_bot(each) and _writes(each, pull_state.path)]
    since = commits[: ours[-1] + 1] if ours else commits  # a branch that was there already has an older base
    return not _mixed([each for each in since if not _brings_up_to_date(each)])


def _writes(revision: Revision, path: str | None) -> bool:
    written = find_trailer(revision.message)
    return written is not None and written[0] == path


def _brings_up_to_date(revision: Revision) -> bool:
    """Return whether a commit is that of the button "Update branch", which changes no minutes."""
    return revision.committer.startswith("GitHub") and revision.message.startswith("Merge branch '")


def is_unclaimed(pull_state: PullState) -> bool:
    """Return whether the state of a pull request is that of a meeting's draft that no source has adopted."""
    return not pull_state.source and pull_state.path is not None and pull_state.day is not None


def state_kept_in(pulls: Sequence[Pull], source: Source, pseudonyms: Sequence[str]) -> SourceState:
    """Return a state of a source for a deleted status comment: what people asked for is in pull requests too.

    The newest one counts that names the source, or one of its `pseudonyms`.
    """
    for pull in sorted(pulls, key=lambda pull: -pull.number):
        pull_state = find_state(pull.body, PullState) if pull.mine else None
        if pull_state and pull_state.source in (source.name, *pseudonyms):
            requests = {name: getattr(pull_state, name) for name in REQUESTS}
            return SourceState(source.name, source.kind, **requests)
    return SourceState(source.name, source.kind)
