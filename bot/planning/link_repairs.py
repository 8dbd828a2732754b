"""The one pull request that mends links to the last meeting in the published minutes of an archive. Pure.

It is opened when earlier minutes were added late, renamed, moved or deleted after the minutes that link them
were merged; it is updated while it is open, and closed when nothing in it is needed any more. What people
closed without merging it is not proposed again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.archive.inspection.corrections import linked_by, relinked
from bot.config import Config
from bot.minutes.text.counts import counted
from bot.model import (
    Archive,
    ClosePull,
    Commit,
    CreateBranch,
    DeleteBranch,
    EditPull,
    File,
    FileRef,
    OpenPull,
    Plan,
    Pull,
    Snapshot,
    Step,
)
from bot.planning import texts
from bot.planning.branches import left_over, on_branch
from bot.planning.chain import LINKS, Doubtful, at_paths, published_by_bot, with_dead_links
from bot.planning.in_force import in_force, is_kept
from bot.planning.pulls import has_human_commits
from bot.state import (
    PullState,
    digest,
    embed_state,
    find_state,
    read_repair_key,
    repair_key,
    replace_block,
)
from bot.trailers import commit_trailer

TITLE = "Links to the last meeting"
BRANCH = "minutes/links"
"""The folder of its branches. Each has a name of its own: an old one may be among those that are not read."""
MOST = 50  # files of one pull request; the others follow when it is merged
_NEEDED = frozenset(each.__name__ for each in (CreateBranch, Commit, OpenPull, EditPull, ClosePull))


@dataclass(frozen=True, slots=True)
class Repair:
    """Minutes with the link to the last meeting as it should be: path, link and whole text."""

    path: str
    link: str
    text: str

    @property
    def key(self) -> str:
        """The key by which the state of the pull request names it (see `repair_key`)."""
        return repair_key(self.path, self.link)


def mend_links(snapshot: Snapshot) -> Plan:
    """Return the plan that proposes the right links where published minutes link other ones than the last.

    Only an archive in which the bot keeps minutes is touched. Raises MissingFacts.
    """
    archive, settings = in_force(snapshot)
    if archive is None or settings is None or not is_kept(archive):
        return Plan("no minutes are kept here")
    if in_vain := left_over(snapshot):
        return Plan("take back what GitHub did not let me finish", in_vain)
    if refusal := next((no for no in snapshot.refusals if no.step in _NEEDED), None):
        return Plan(f"links are not mended, GitHub said no: {refusal.message}")
    own = [(pull, state) for pull in archive.pulls if (state := _state_of(pull))]
    declined = {
        key
        for pull, state in own
        if pull.state == "closed" and not state.is_replaced
        for key in state.repairs
    }
    repairs = [each for each in _repairs(snapshot, archive, settings) if each.key not in declined][:MOST]
    for pull, pull_state in own:
        if pull.state == "open":
            return _follow(snapshot, archive, pull, pull_state, repairs)
    if not repairs:
        return Plan("every link to the last meeting is right")
    pull_state = PullState("", status=LINKS, base_commit=archive.repository.head)
    wanted = f"{BRANCH}/{digest(pull_state.base_commit or '', *(each.key for each in repairs))[:8]}"
    name, steps = on_branch(archive, wanted, partial(_commit, _files(repairs)))
    body = _body(pull_state, repairs)
    return Plan(f"mend {counted(len(repairs), 'link')}", (*steps, OpenPull(name, TITLE, body)))


def is_unproposed(snapshot: Snapshot) -> bool:
    """Return whether merged minutes of the bot may link other than the previous ones, and nothing mends that.

    Only their texts show whether it is so.
    """
    pulls = snapshot.archive.pulls if snapshot.archive else ()
    known = {key for pull in pulls if (state := _state_of(pull)) for key in state.repairs}
    return any(repair_key(each.path, each.link) not in known for each in published_by_bot(snapshot))


def _state_of(pull: Pull) -> PullState | None:
    """Return the state of the pull request that mends links; of another one, None."""
    pull_state = find_state(pull.body, PullState) if pull.mine else None
    return pull_state if pull_state and pull_state.status == LINKS else None


def _repairs(snapshot: Snapshot, archive: Archive, settings: Config) -> Iterator[Repair]:
    """Yield the links that are to be changed, by path. Raises MissingFacts."""
    found = {each.path: each for each in with_dead_links(archive, settings)}
    found |= {each.path: each for each in published_by_bot(snapshot)}
    found |= _proposed(snapshot, archive, settings, found)
    snapshot.require("what do these minutes link?", *(FileRef(archive.files[path]) for path in found))
    for path in sorted(found):
        text = snapshot.texts.get(FileRef(archive.files[path]))
        if text is not None and "\ufffd" not in text:  # what is not UTF-8 would be written back as that
            yield from _repair(found[path], text)


def _proposed(
    snapshot: Snapshot, archive: Archive, settings: Config, known: Mapping[str, Doubtful]
) -> Mapping[str, Doubtful]:
    """Return what the open or just replaced pull request mends beyond `known`: minutes that are old by now.

    A link is still outdated if it is the one that was there before. Raises MissingFacts.
    """
    own = ((pull, state) for pull in archive.pulls if (state := _state_of(pull)))
    pull, state = max(own, key=lambda each: each[0].number, default=(None, None))
    if pull is None or state is None or not (pull.state == "open" or state.is_replaced):
        return {}
    bases = {
        path: FileRef(state.base_commit, path)
        for path, _ in map(read_repair_key, state.repairs)
        if path in archive.files and path not in known and state.base_commit
    }
    snapshot.require("what did these minutes link?", *bases.values())
    found = {}
    for each in at_paths(archive, settings, bases):
        before = linked_by(snapshot.texts.get(bases[each.path]) or "")
        found[each.path] = replace(each, is_outdated=partial(_is_as_before, each, before))
    return found


def _is_as_before(doubtful: Doubtful, before: str | None, target: str) -> bool:
    return target == before or doubtful.is_outdated(target)


def _repair(doubtful: Doubtful, text: str) -> Iterator[Repair]:
    now = relinked(text, doubtful.link, doubtful.is_outdated)
    if now is not None:
        yield Repair(doubtful.path, doubtful.link, now)


def _follow(
    snapshot: Snapshot, archive: Archive, pull: Pull, pull_state: PullState, repairs: Sequence[Repair]
) -> Plan:
    """Return the plan for the open pull request: other repairs in it, or none and it is closed.

    What people have changed is theirs. Raises MissingFacts.
    """
    if pull_state.repairs == tuple(each.key for each in repairs):
        return Plan(f"pull request {pull.number} mends {counted(len(repairs), 'link')}")
    if has_human_commits(pull) or pull.head is None:
        return Plan(f"people changed pull request {pull.number}")
    if not repairs:
        return Plan("no link is to be mended any more", tuple(_closing(archive, pull, pull_state)))
    former = {path for path, _ in map(read_repair_key, pull_state.repairs)}
    left = sorted(former - {each.path for each in repairs})
    if not archive.files.keys() >= former or _have_changed(snapshot, archive, pull_state, repairs):
        steps = tuple(_closing(archive, pull, pull_state, is_replaced=True))
        return Plan("begin the mended links anew", steps)
    back = {path: FileRef(archive.files[path]) for path in left}
    snapshot.require("what do these minutes link?", *back.values())
    files = (*_files(repairs), *(File(path, snapshot.texts.get(ref)) for path, ref in back.items()))
    commit = _commit(tuple(file for file in files if file.text is not None), pull.branch, pull.head)
    body = replace_block(pull.body, _body(pull_state, repairs))
    return Plan(f"mend {counted(len(repairs), 'link')}", (commit, EditPull(pull, pull.title, body)))


def _have_changed(
    snapshot: Snapshot, archive: Archive, pull_state: PullState, repairs: Sequence[Repair]
) -> bool:
    """Return whether minutes were added or changed since the branch of the pull request was made.

    Then another commit on that branch could conflict with them. Raises MissingFacts.
    """
    base = pull_state.base_commit
    if base is None:
        return True
    were = {each.path: FileRef(base, each.path) for each in repairs}
    snapshot.require("did these minutes change?", *were.values())
    known = snapshot.texts
    return any(known.get(ref) != known[FileRef(archive.files[path])] for path, ref in were.items())


def _closing(
    archive: Archive, pull: Pull, pull_state: PullState, *, is_replaced: bool = False
) -> Iterator[Step]:
    """Yield the steps that close the pull request: the links are right without it, or it is replaced."""
    text = texts.render("links", {"repairs": (), "is_replaced": is_replaced})
    kept = pull_state.repairs if is_replaced else ()
    body = embed_state(replace(pull_state, repairs=kept, is_replaced=is_replaced), text)
    yield EditPull(pull, pull.title, replace_block(pull.body, body))
    yield ClosePull(pull)
    yield from (DeleteBranch(each) for each in archive.branches if each.name == pull.branch)


def _files(repairs: Sequence[Repair]) -> tuple[File, ...]:
    return tuple(File(each.path, each.text) for each in repairs)


def _commit(files: Sequence[File], branch: str, head: str) -> Commit:
    """Return the commit that writes these files, each with a text, on a branch."""
    (path, text), *_ = written = [(file.path, file.text or "") for file in files]
    body = "\n".join(commit_trailer(*each) for each in written)
    return Commit(branch, head, path, text, TITLE, body, also=tuple(files[1:]))


def _body(pull_state: PullState, repairs: Sequence[Repair]) -> str:
    state = replace(pull_state, repairs=tuple(each.key for each in repairs))
    return embed_state(state, texts.render("links", {"repairs": repairs, "is_replaced": False}))
