"""What the bot wrote last, what people made of it, and both together. Pure.

The base of a merge is what the bot made of the notes when it wrote last; its newest commit tells
(`trailer`). Its two sides are what the bot makes of the notes now, and what stands on the branch.
Of a meeting's draft that notes adopt, the base is the draft.
"""

from dataclasses import dataclass

from bot.minutes import Conflict, merge
from bot.model import Archive, FileRef, Pull
from bot.planning.case import Case
from bot.planning.proposal import Proposal
from bot.planning.pulls import is_unclaimed, last_written
from bot.trailers import find_trailer, has_merged_edits, made_of_notes


@dataclass(frozen=True, slots=True)
class Merge:
    """What shall stand in the file, or where only people can choose.

    `is_baseless` means that nothing tells any more what people wrote, and what the bot. With none of all this
    the file is gone.
    """

    text: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    is_baseless: bool = False

    @property
    def is_for_people(self) -> bool:
        """Whether only people can choose."""
        return bool(self.conflicts) or self.is_baseless


def merged_with_people(case: Case, proposal: Proposal, pull: Pull) -> Merge:
    """Put people's edits of the branch into the minutes that are made of the notes now.

    Raises MissingFacts.
    """
    last, pull_state, path = last_written(pull), case.pull_state, file_of(case, pull)
    if pull.head is None or path is None:
        return Merge()
    if last is None:  # somebody amended or squashed it: what was committed is still known
        blob, message = (None if pull_state.has_human_edits else pull_state.file_blob), ""
    else:
        found = find_trailer(last.message)
        blob, message = (found[1] if found else None), last.message
        if pull.head == last.oid and not has_merged_edits(message):
            return Merge(proposal.minutes.text)  # nobody has changed a word
    return _merge(case, proposal, message, FileRef(blob) if blob else None, FileRef(pull.head, path))


def merged_with_archive(case: Case, proposal: Proposal, archive: Archive, pull: Pull) -> Merge:
    """Put what people changed after the merge into the minutes made of the notes now. Raises MissingFacts."""
    pull_state, last = case.pull_state, last_written(pull)
    standing = archive.files.get(pull_state.path or "")
    if standing is None:
        return Merge()
    if pull_state.file_blob == standing and not pull_state.has_human_edits:
        return Merge(proposal.minutes.text)
    is_known = pull_state.file_blob is not None and not (pull_state.has_human_edits and last is None)
    written = FileRef(pull_state.file_blob) if pull_state.file_blob and is_known else None
    return _merge(case, proposal, last.message if last else "", written, FileRef(standing))


def file_of(case: Case, pull: Pull) -> str | None:
    """Return where the file is now: people may have renamed it on the branch. None where they deleted it."""
    files = [file for file in pull.files if file.endswith((".md", ".markdown"))]
    written = case.pull_state.path
    return written if written in files else files[0] if len(files) == 1 else None


def _merge(case: Case, proposal: Proposal, message: str, written: FileRef | None, standing: FileRef) -> Merge:
    """Merge with what stands there; `written` is None where nothing tells any more what the bot wrote.

    Raises MissingFacts.
    """
    known = case.snapshot.texts
    case.snapshot.require("what did people change?", *filter(None, (written, standing)))
    ours, theirs = known[written] if written else None, known[standing]
    if theirs is None:
        return Merge()
    if theirs == proposal.minutes.text:
        return Merge(theirs)  # both say the same: it does not matter who wrote what
    base = made_of_notes(message, ours) if ours is not None else None
    if base is None:
        return Merge(is_baseless=True)
    result = merge(base, proposal.minutes.text, theirs, scaffold=is_unclaimed(case.pull_state))
    return Merge(result.text if not result.conflicts else None, conflicts=result.conflicts)
