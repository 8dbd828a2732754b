"""A look that waits: what is kept in the queue, and nothing else. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model import Look


@dataclass(frozen=True, slots=True)
class Job:
    """A look that waits for its turn, or until it is due; `attempt` counts what went wrong before."""

    look: Look
    delivery: str
    """The id of the delivery that began it, for the log and for "internal error <id>"."""
    attempt: int = 0
    due: datetime | None = None

    @property
    def id(self) -> str:
        """What makes twice once: the delivery's id, or the look with the time at which it is due."""
        if self.due is None:
            return f"gh-{self.delivery}"
        look = self.look
        return f"at-{self.due.isoformat()}-{look.installation}-{look.repository}-{look.kind}-{look.number}"

    def to_json(self) -> dict[str, object]:
        """Write it for the queue."""
        look = self.look
        return {
            "installation": look.installation,
            "repository": look.repository,
            "number": look.number,
            "kind": look.kind,
            "as_new_as": look.as_new_as and look.as_new_as.isoformat(),
            "delivery": self.delivery,
            "attempt": self.attempt,
            "due": self.due and self.due.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Job":
        """Read it from the queue. Keys that a newer version added are passed over."""
        look = Look(
            installation=int(str(kept["installation"])),
            repository=str(kept["repository"]),
            number=int(str(kept["number"])),
            kind="discussion" if kept["kind"] == "discussion" else "issue",
            as_new_as=_time(kept.get("as_new_as")),
        )
        return cls(look, str(kept["delivery"]), int(str(kept.get("attempt", 0))), _time(kept.get("due")))


def _time(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None
