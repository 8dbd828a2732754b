"""A job: a request in the durable queue, with its ids and its JSON form. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from bot.model import (
    AnyRequest,
    AppRequest,
    CalendarRequest,
    ConfigCheckRequest,
    FilesRequest,
    InstallationRequest,
    LinksRequest,
    PadsRequest,
    ReconcileRequest,
    UninstallRequest,
)


@dataclass(frozen=True, slots=True)
class Job:
    """A request in the queue, to be done at once or when it is `due`, if that is not None.

    `attempt` counts how often it has failed so far.
    """

    request: AnyRequest
    delivery: str
    """The id of the delivery, or of the start of the service, that led to the job: for the log and for
    "internal error <id>"."""
    attempt: int = 0
    due: datetime | None = None
    checks: bool = False
    """Whether it is the extra look after a write, in case the snapshot before the write was out of date."""
    error: str = ""
    """Why its last attempt failed, in a line; empty if none did. Only for people: nothing depends on it."""

    @property
    def subject(self) -> str:
        """What the job is about, such as `owner/name#12`: for its id in the queue and for the log."""
        match self.request:
            case ConfigCheckRequest(repository=repository, commit=commit):
                return f"{repository}@{commit}"
            case FilesRequest(repository=repository, commit=commit, branch=branch, suggests=suggests):
                return f"{repository}@{commit}{' fix' if branch or suggests else ' files'}"
            case CalendarRequest(repository=repository):
                return f"{repository}@calendar"
            case LinksRequest(repository=repository):
                return f"{repository}@links"
            case PadsRequest(repository=repository, number=number, kind=kind):
                return f"{repository}{'#' if kind == 'issue' else '##'}{number} pads"
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
        """The id by which the queue knows that it has a job already.

        It is made of the delivery and the subject, or of the subject and the time when the job is due.
        """
        if self.due is None:
            return f"gh-{self.delivery}-{self.subject}"
        return f"{self.waiting}{self.due.isoformat()}"

    @property
    def waiting(self) -> str:
        """What the ids of all delayed jobs that could stand for this one begin with.

        They have the same installation and subject, and the same labeller or commit, if the request names
        one.
        """
        known = getattr(self.request, "labelled_by", None) or getattr(self.request, "head", None)
        return f"at-{self.request.installation}-{self.subject}+{known or ''}+"

    def to_json(self) -> dict[str, object]:
        """Return the job as JSON for the queue."""
        request = {each.name: _plain(getattr(self.request, each.name)) for each in fields(self.request)}
        return {
            "request": type(self.request).__name__,
            **request,
            "delivery": self.delivery,
            "attempt": self.attempt,
            "due": _plain(self.due),
            "checks": self.checks,
            "error": self.error,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Job":
        """Return the job from its JSON in the queue. Keys that a newer version added are ignored."""
        return cls(
            _request(kept),
            str(kept["delivery"]),
            int(str(kept.get("attempt", 0))),
            _time(kept.get("due")),
            kept.get("checks") is True,
            str(kept.get("error") or ""),
        )


def _request(kept: Mapping[str, object]) -> AnyRequest:
    # jobs of older versions have no `request`: with a commit they check a configuration, else a source
    kind = REQUESTS[
        str(kept.get("request") or ("ConfigCheckRequest" if "commit" in kept else "ReconcileRequest"))
    ]
    known = {each.name: READ[each.name](kept[each.name]) for each in fields(kind) if each.name in kept}
    return kind(**known)  # type: ignore[arg-type]  # READ gives each field what it takes


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _time(kept: object) -> datetime | None:
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None


def _words(kept: object) -> tuple[str, ...]:
    return tuple(map(str, kept)) if isinstance(kept, list | tuple) else ()


REQUESTS: Mapping[str, type[AnyRequest]] = {
    kind.__name__: kind
    for kind in (
        ReconcileRequest,
        PadsRequest,
        ConfigCheckRequest,
        FilesRequest,
        CalendarRequest,
        LinksRequest,
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
    "paths": _words,
    "pads": _words,
    "known": _words,
    "seen": _words,
    "branch": lambda kept: kept if isinstance(kept, str) else None,
    "suggests": lambda kept: kept is True,
    "head": lambda kept: kept if isinstance(kept, str) else None,
}
"""How each field of a request is read from JSON."""
