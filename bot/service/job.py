"""A look that waits: what is kept in the queue, and nothing else. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model import ConfigLook, Look


@dataclass(frozen=True, slots=True)
class Job:
    """A look that waits for its turn, or until it is due; `attempt` counts what went wrong before."""

    look: Look | ConfigLook
    delivery: str
    """The id of the delivery that began it, for the log and for "internal error <id>"."""
    attempt: int = 0
    due: datetime | None = None

    @property
    def subject(self) -> str:
        """What is looked at, for the log too."""
        look = self.look
        if isinstance(look, ConfigLook):
            return f"{look.repository}@{look.commit}"
        return f"{look.repository}{'#' if look.kind == 'issue' else '##'}{look.number}"

    @property
    def id(self) -> str:
        """What makes twice once: the delivery's id, or the subject with the time at which it is due."""
        if self.due is None:
            return f"gh-{self.delivery}"
        return f"{self.waiting}{self.due.isoformat()}"

    @property
    def waiting(self) -> str:
        """How the ids begin of all jobs that wait to look at this subject, and know as much of it."""
        known = getattr(self.look, "labelled_by", None)
        return f"at-{self.look.installation}-{self.subject}+{known or ''}+"

    def to_json(self) -> dict[str, object]:
        """Write it for the queue."""
        look, kept = self.look, dict[str, object]()
        if isinstance(look, ConfigLook):
            kept = {"commit": look.commit}
        else:
            kept = {
                "number": look.number,
                "kind": look.kind,
                "as_new_as": look.as_new_as and look.as_new_as.isoformat(),
                "labelled_by": look.labelled_by,
            }
        return {
            "installation": look.installation,
            "repository": look.repository,
            **kept,
            "delivery": self.delivery,
            "attempt": self.attempt,
            "due": self.due and self.due.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Job":
        """Read it from the queue. Keys that a newer version added are passed over."""
        return cls(
            _look(kept), str(kept["delivery"]), int(str(kept.get("attempt", 0))), _time(kept.get("due"))
        )


def _look(kept: Mapping[str, object]) -> Look | ConfigLook:
    installation, repository = int(str(kept["installation"])), str(kept["repository"])
    if "commit" in kept:
        return ConfigLook(installation, repository, str(kept["commit"]))
    labelled_by = kept.get("labelled_by")
    return Look(
        installation,
        repository,
        number=int(str(kept["number"])),
        kind="discussion" if kept["kind"] == "discussion" else "issue",
        as_new_as=_time(kept.get("as_new_as")),
        labelled_by=labelled_by if isinstance(labelled_by, str) else None,
    )


def _time(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None
