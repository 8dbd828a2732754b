"""Whatever happens in whatever order: nothing that a person typed is lost, and there is one comment.

GitHub on paper; people edit the notes and the branch, merge, give commands; deliveries come again, and the
bot is stopped in the middle of what it does.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import pytest

from bot.model import FileRef, Pull, Snapshot
from bot.state import SourceState, digest, find_state
from bot.trailers import blob_oid
from tests import paper
from tests.depth import sample
from tests.paper import LATER, commented, decide, settle, snapshot, with_archive, with_source

QUIET = LATER + timedelta(days=30)
HEADINGS = ("## Project status", "## AOB")


@dataclass
class Team:
    """People at work; `alive` are the lines that somebody typed and nobody took out again."""

    random: Random
    seen: Snapshot = field(default_factory=snapshot)
    alive: dict[str, str] = field(default_factory=dict)  # line to where it was typed
    typed: int = 0

    def play(self, moves: int) -> None:
        for _ in range(moves):
            self.random.choice(
                [self.edit_notes, self.edit_notes, self.push, self.push, self.take_out, self.command,
                 self.look, self.look, self.crash, self.merge, self.edit_archive, self.correct_notes,
                 self.correct_branch]
            )()  # fmt: skip
        self.seen, _ = settle(self.seen, QUIET)

    # -- what people do ------------------------------------------------------------------------------------

    def edit_notes(self) -> None:
        assert self.seen.source is not None
        self._set_notes(self._with_line(self.seen.source.body, "notes"))

    def push(self) -> None:
        if pull := self._open():
            self._push(pull, self._with_line(self._text(pull), "branch"))

    def take_out(self) -> None:
        """Who typed a line takes it out again."""
        where = self.random.choice(["notes", "branch"])
        mine = [line for line in self.alive if self.alive[line] == where and line.startswith("- ")]
        if not mine:
            return
        line = self.random.choice(mine)
        assert self.seen.source is not None
        if self.alive[line] == "notes":
            self._set_notes(self.seen.source.body.replace(f"{line}\n", ""))
        elif (pull := self._open()) and line in self._text(pull):
            self._push(pull, self._text(pull).replace(f"{line}\n", ""))
        else:
            return
        del self.alive[line]

    def correct_notes(self) -> None:
        """Write another start: where people corrected it on the branch too, somebody has to choose."""
        assert self.seen.source is not None
        self._set_notes(self._with_start(self.seen.source.body, "notes"))

    def correct_branch(self) -> None:
        if pull := self._open():
            self._push(pull, self._with_start(self._text(pull), "branch"))

    def command(self) -> None:
        self.seen = commented(self.seen, "/minutes")

    def merge(self) -> None:
        if (pull := self._open()) and self.random.random() < 0.5:
            text, (path,) = self._text(pull), pull.files
            self._put(path, text)
            assert self.seen.archive is not None
            pulls = (
                replace(each, state="merged") if each.number == pull.number else each
                for each in self.seen.archive.pulls
            )
            self.seen = with_archive(self.seen, pulls=tuple(pulls))

    def edit_archive(self) -> None:
        assert self.seen.archive is not None
        for path, blob in self.seen.archive.files.items():
            if (text := self.seen.texts.get(FileRef(blob))) and not self._open():
                self._put(path, self._with_line(text, "archive"))
                return

    # -- what the bot does ---------------------------------------------------------------------------------

    def look(self) -> None:
        self.seen, _ = settle(self.seen, QUIET)

    def crash(self) -> None:
        """Do a part of the next batch, and forget all but what is on GitHub."""
        seen, plan = decide(self.seen, QUIET)
        done = plan.steps[: self.random.randint(0, len(plan.steps))]
        self.seen = paper.apply(seen, done)

    # -- paper ---------------------------------------------------------------------------------------------

    def _with_line(self, text: str, where: str) -> str:
        """Type a line of a list below one of the headings, above or below what is there."""
        self.typed += 1
        line = f"- {where} {self.typed}"
        self.alive[line] = where
        lines = text.rstrip("\n").split("\n")
        at = lines.index(self.random.choice([line for line in HEADINGS if line in lines])) + 1
        while at < len(lines) and not lines[at].startswith("#") and self.random.random() < 0.6:
            at += 1
        return "\n".join([*lines[:at], "", line, *lines[at:]]) + "\n"

    def _with_start(self, text: str, where: str) -> str:
        self.typed += 1
        old = next(line for line in text.split("\n") if line.startswith("Start:"))
        new = f"Start: {where} {self.typed}"
        self.alive.pop(old, None)
        self.alive[new] = where
        return text.replace(old, new)

    def _set_notes(self, body: str) -> None:
        self.seen = with_source(self.seen, body=body, edited_at=LATER, editor="imani")

    def _open(self) -> Pull | None:
        assert self.seen.archive is not None
        return next((pull for pull in self.seen.archive.pulls if pull.state == "open"), None)

    def _text(self, pull: Pull) -> str:
        (path,) = pull.files
        text = self.seen.texts[FileRef(pull.head or "", path)]
        assert text is not None
        return text

    def _push(self, pull: Pull, text: str) -> None:
        assert self.seen.archive is not None
        (path,) = pull.files
        head = digest(text, str(self.typed), pull.head or "") * 3
        mine = paper.revision(head, "Typed", "bo")
        pushed = replace(pull, head=head, revisions=(mine, *pull.revisions))
        pulls = tuple(pushed if each.number == pull.number else each for each in self.seen.archive.pulls)
        branches = (replace(b, head=head) if b.name == pull.branch else b for b in self.seen.archive.branches)
        self.seen = with_archive(self.seen, pulls=pulls, branches=tuple(branches))
        self.seen = replace(self.seen, texts={**self.seen.texts, FileRef(head, path): text})

    def _put(self, path: str, text: str) -> None:
        assert self.seen.archive is not None
        blob = blob_oid(text)
        self.seen = with_archive(self.seen, files={**self.seen.archive.files, path: blob})
        self.seen = replace(self.seen, texts={**self.seen.texts, FileRef(blob): text})

    # -- what must hold ------------------------------------------------------------------------------------

    def published(self) -> str:
        """All that is in the archive: on the open branch, and merged."""
        assert self.seen.archive is not None
        merged = (self.seen.texts.get(FileRef(blob)) or "" for blob in self.seen.archive.files.values())
        pull = self._open()
        return "\n".join([*merged, self._text(pull) if pull else ""])

    def comments(self) -> list[str]:
        assert self.seen.source is not None
        return [comment.body for comment in self.seen.source.comments if comment.mine]


@pytest.mark.parametrize("seed", sample(range(300), lambda seed: seed % 5 == 0))
def test_nothing_that_a_person_typed_is_lost(seed: int) -> None:
    team = Team(Random(seed))

    team.play(moves=14)

    (comment,) = team.comments()
    stored = find_state(comment, SourceState)
    assert stored is not None
    waits = stored.status in ("merged", "needs-approval") and stored.detail != ""
    published = team.published().split("\n")
    for line, where in team.alive.items():
        shown = line in published or (stored.status == "conflict" and line in comment)
        assert shown or (where == "notes" and (waits or stored.status == "conflict")), (line, stored.status)


def test_in_some_of_these_stories_all_happens() -> None:
    states = set()
    for seed in range(60):
        team = Team(Random(seed))
        team.play(moves=14)
        stored = find_state(team.comments()[0], SourceState)
        assert stored is not None
        states.add((stored.status, bool(stored.detail)))

    assert {state for state, *_ in states} >= {"ready", "merged", "conflict"}
