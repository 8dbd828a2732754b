"""Builds the webhook payloads of events, and delivers them to each subscribed app."""

from collections.abc import Callable, Mapping
from typing import Any

from github_simulator import views
from github_simulator.contract import Contract
from github_simulator.deliveries import Deliveries
from github_simulator.state import App, DiscussionComment, Installation, IssueComment, Node, Repository
from github_simulator.violations import Violations
from github_simulator.world import Event, World

ALWAYS = {"installation", "installation_repositories", "ping"}
"""Events that every app receives, subscribed or not."""

SHOWN: Mapping[str, Callable[[World, Repository, Any], Any]] = {
    "issue": lambda world, _, it: views.issue(world, it),
    "pull_request": lambda world, _, it: views.pull(world, it),
    "discussion": lambda world, _, it: views.discussion(world, it),
    "comment": lambda world, _, it: _comment(world, it),
    "review": lambda world, _, it: views.review(world, it),
    "repository": lambda world, _, it: views.repository(world, it),
    "label": lambda world, repository, it: views.label(world, repository, it),
    "check_run": lambda world, _, it: views.check_run_of_event(world, it),
    "category": lambda world, _, it: views.category(world, it),
}
"""The functions that serialise the nodes in an event's `extra`, by key. A prefix `new_` or `old_` of a key is
ignored, and a node at `from` is serialised by the parent's key; values that are no nodes are copied."""


def _comment(world: World, it: IssueComment) -> Any:
    if isinstance(it, DiscussionComment):
        return views.discussion_comment(world, it)
    return views.comment(world, it)


def _shown(world: World, repository: Repository, key: str, it: Any) -> Any:
    if isinstance(it, dict):
        return {
            inner: _shown(world, repository, key if inner == "from" else inner, each)
            for inner, each in it.items()
        }
    if not isinstance(it, Node):
        return it
    return SHOWN[key.removeprefix("new_").removeprefix("old_")](world, repository, it)


class Webhooks:
    """Delivers each event of the simulated world to the apps that are installed and subscribed."""

    def __init__(
        self, world: World, deliveries: Deliveries, contract: Contract, violations: Violations
    ) -> None:
        self._world = world
        self._deliveries = deliveries
        self._contract = contract
        self._violations = violations

    def __call__(self, event: Event) -> None:
        """Deliver an event."""
        if event.installation:
            self._deliver(event.installation.app, event, event.installation)
        elif event.repository:
            for app in self._world.apps.values():
                installation = self._world.installation_on(app, event.repository)
                if installation and not installation.suspended_at and event.name in app.events:
                    self._deliver(app, event, installation)

    def ping(self, app: App) -> None:
        """Deliver to an app the ping that GitHub sends for a new webhook."""
        hook = {
            "type": "App", "id": app.id, "name": "web", "active": True, "events": app.events,
            "config": {"content_type": "json", "insecure_ssl": "0", "url": app.webhook_url or ""},
            "updated_at": views.app(self._world, app)["updated_at"],
            "created_at": views.app(self._world, app)["created_at"], "app_id": app.id,
        }  # fmt: skip
        self._send(app, "ping", {"zen": "Keep it logically awesome.", "hook_id": app.id, "hook": hook})

    def _deliver(self, app: App, event: Event, installation: Installation) -> None:
        payload = self.payload(event, installation)
        repository_id = event.repository.id if event.repository else None
        self._send(app, event.name, payload, installation.id, repository_id)

    def _send(
        self, app: App, name: str, payload: Mapping[str, Any],
        installation_id: int | None = None, repository_id: int | None = None,
    ) -> None:  # fmt: skip
        self._violations.add(f"webhook {name}", self._contract.check_webhook(name, payload))
        self._deliveries.deliver(app, name, payload, installation_id, repository_id)

    def payload(self, event: Event, installation: Installation) -> dict[str, Any]:
        """Return the webhook payload of an event for one installation of an app."""
        world = self._world
        payload: dict[str, Any] = {"action": event.action} if event.action else {}
        if event.repository:
            payload |= self._repository_part(event, event.repository)
            pointer = {"id": installation.id, "node_id": installation.node_id}
            payload["installation"] = pointer
        else:
            payload |= dict(event.extra)
            payload["installation"] = views.installation(world, installation)
        payload["sender"] = views.user(world, event.sender)
        return payload

    def _repository_part(self, event: Event, repository: Repository) -> dict[str, Any]:
        world, part = self._world, dict[str, Any]()
        for key, thing in event.extra.items():
            if key == "push":
                part |= views.push(world, repository, event.sender, thing)
            else:
                part[key] = _shown(world, repository, key, thing)
        if "pull_request" in event.extra:
            part["number"] = event.extra["pull_request"].number
        part["repository"] = views.repository(world, repository)
        if repository.owner.type == "Organization":
            part["organization"] = views.organization(world, repository.owner)
        return part
