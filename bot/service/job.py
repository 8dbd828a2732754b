"""A request in the queue: what is kept there, and nothing else. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from bot.model import (
    AnyRequest,
    AppRequest,
    CalendarRequest,
    ConfigCheckRequest,
    InstallationRequest,
    ReconcileRequest,
    UninstallRequest,
)


@dataclass(frozen=True, slots=True)
class Job:
    """A request that waits for its turn, or until it is due; `attempt` counts failures before."""

    request: AnyRequest
    delivery: str
    """The id of the delivery or the start that began it, for the log and for "internal error <id>"."""
    attempt: int = 0
    due: datetime | None = None
    checks: bool = False
    """Whether it only looks after what was written before, in case that was made of an old answer."""

    @property
    def subject(self) -> str:
        """What is looked at, for the log too."""
        match self.request:
            case ConfigCheckRequest(repository=repository, commit=commit):
                return f"{repository}@{commit}"
            case CalendarRequest(repository=repository):
                return f"{repository}@calendar"
            case InstallationRequest():
                return "@installation"
            case AppRequest():
                return "@app"
            case UninstallRequest():
                return "@uninstalled"
            case ReconcileRequest(repository=repository, number=number, kind=kind):
                return f"{repository}{'#' if kind == 'issue' else '##'}{number}"

    @property
    def id(self) -> str:
        """What makes twice once: delivery and subject, or subject and the time at which it is due."""
        if self.due is None:
            return f"gh-{self.delivery}-{self.subject}"
        return f"{self.waiting}{self.due.isoformat()}"

    @property
    def waiting(self) -> str:
        """How the ids begin of all jobs that wait to look at this subject, and know as much of it."""
        known = getattr(self.request, "labelled_by", None) or getattr(self.request, "head", None)
        return f"at-{self.request.installation}-{self.subject}+{known or ''}+"

    def to_json(self) -> dict[str, object]:
        """Write it for the queue."""
        request = {each.name: _plain(getattr(self.request, each.name)) for each in fields(self.request)}
        return {
            "request": type(self.request).__name__,
            **request,
            "delivery": self.delivery,
            "attempt": self.attempt,
            "due": _plain(self.due),
            "checks": self.checks,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Job":
        """Read it from the queue. Keys that a newer version added are passed over."""
        return cls(
            _request(kept),
            str(kept["delivery"]),
            int(str(kept.get("attempt", 0))),
            _time(kept.get("due")),
            kept.get("checks") is True,
        )


def _request(kept: Mapping[str, object]) -> AnyRequest:
    # before there were calendars, only a configuration had a commit, and all else was a source
    kind = REQUESTS[
        str(kept.get("request") or ("ConfigCheckRequest" if "commit" in kept else "ReconcileRequest"))
    ]
    known = {each.name: READ[each.name](kept[each.name]) for each in fields(kind) if each.name in kept}
    return kind(**known)  # type: ignore[arg-type]  # READ gives each field what it takes


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _time(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None


REQUESTS: Mapping[str, type[AnyRequest]] = {
    kind.__name__: kind
    for kind in (
        ReconcileRequest,
        ConfigCheckRequest,
        CalendarRequest,
        InstallationRequest,
        AppRequest,
        UninstallRequest,
    )
}

READ: Mapping[str, Callable[[object], object]] = {
    "installation": lambda kept: int(str(kept)),
    "repository": str,
    "number": lambda kept: int(str(kept)),
    "kind": lambda kept: "discussion" if kept == "discussion" else "issue",
    "as_new_as": _time,
    "pull": lambda kept: kept if isinstance(kept, int) else None,
    "pull_as_new_as": _time,
    "labelled_by": lambda kept: kept if isinstance(kept, str) else None,
    "commit": str,
    "head": lambda kept: kept if isinstance(kept, str) else None,
}
"""How each field of a look is read."""
