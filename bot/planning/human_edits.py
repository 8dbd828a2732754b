"""The three-way merge of people's edits with new minutes. Pure.

Base: what the bot made of the notes when it wrote last, as the trailer of its newest commit records. Ours:
what it makes of the notes now. Theirs: what is on the branch, or after the merge of the pull request in the
archive. Where notes adopt a meeting's draft, the draft is the base.
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
    """The result of a merge of people's edits: the text of the file, or what people must decide.

    `conflicts` are the places where both sides changed. `is_baseless`: what the bot wrote last is lost, so
    what people changed is not known. If there is none of the three, the file is gone.
    """

    text: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    is_baseless: bool = False

    @property
    def is_for_people(self) -> bool:
        """Whether people must decide: there are conflicts, or what they changed is not known."""
        return bool(self.conflicts) or self.is_baseless


def merged_with_people(case: Case, proposal: Proposal, pull: Pull) -> Merge:
    """Return the minutes made of the notes now, merged with people's edits on the branch of `pull`.

    `pull` is the open pull request of the source. Raises MissingFacts.
    """
    last, pull_state, path = last_written(pull), case.pull_state, file_of(case, pull)
    if pull.head is None or path is None:
        return Merge()
    if last is None:  # amended or squashed by somebody: the state still has the blob
        blob, message = (None if pull_state.has_human_edits else pull_state.file_blob), ""
    else:
        found = find_trailer(last.message)
        blob, message = (found[1] if found else None), last.message
        if pull.head == last.oid and not has_merged_edits(message):
            return Merge(proposal.minutes.text)  # nobody has changed a word
    return _merge(case, proposal, message, FileRef(blob) if blob else None, FileRef(pull.head, path))


def merged_with_archive(case: Case, proposal: Proposal, archive: Archive, pull: Pull) -> Merge:
    """Return the minutes made of the notes now, merged with people's edits to the file in the archive.

    `pull` is the source's pull request, which was merged into the archive before. Raises MissingFacts.
    """
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
    """Return the path of the minutes on the branch of `pull`, where people may have renamed them.

    None where it is not clear which file that is.
    """
    files = [file for file in pull.files if file.endswith((".md", ".markdown"))]
    written = case.pull_state.path
    return written if written in files else files[0] if len(files) == 1 else None


def _merge(case: Case, proposal: Proposal, message: str, written: FileRef | None, standing: FileRef) -> Merge:
    """Return the merge with the file `standing`; `written` is what the bot wrote last, None: it is lost.

    `message` is that of the bot's last commit. Raises MissingFacts.
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
