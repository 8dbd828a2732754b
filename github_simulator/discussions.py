"""Discussions and their categories; what they have in common with issues is in `issues` and `comments`."""

from collections.abc import Iterable

from github_simulator.errors import ApiError, not_found
from github_simulator.issues import announce, check_text, chosen_labels, emit_event
from github_simulator.permissions import check
from github_simulator.state import Discussion, DiscussionCategory, Repository
from github_simulator.tokens import Actor
from github_simulator.world import World

EMOJI = {"General": ":speech_balloon:", "Ideas": ":bulb:", "Q&A": ":pray:", "Meetings": ":date:"}


def find_category(
    world: World, repository: Repository, name: str, *, make: bool = False
) -> DiscussionCategory:
    """Return a repository's category of discussions by its name.

    If there is none, it is created with `make`; otherwise ApiError 404 is raised.
    """
    found = next((each for each in repository.categories.values() if each.name == name), None)
    if found is None and not make:
        raise not_found(f"Could not resolve to a DiscussionCategory with the name '{name}'.")
    return found or create_category(world, repository, name)


def create_category(world: World, repository: Repository, name: str) -> DiscussionCategory:
    """Create a category of discussions. GitHub has no API for this: people do it on the website."""
    emoji = EMOJI.get(name, ":speech_balloon:")
    made = world.add(
        DiscussionCategory(repository=repository, name=name, emoji=emoji, created_at=world.now())
    )
    repository.categories[made.slug] = made
    return made


def open_discussion(
    world: World, actor: Actor, repository: Repository, title: str, body: str,
    category: DiscussionCategory, labels: Iterable[str] = (),
) -> Discussion:  # fmt: skip
    """Open a discussion. Labels, given by name, are created if needed.

    An author without the right to label gets no labels, without an error.
    """
    check(actor, repository, "discussion:comment")
    if not repository.has_discussions:
        raise ApiError(422, "Discussions are disabled for this repository")
    check_text("Discussion", title, body)
    chosen = chosen_labels(world, actor, repository, labels, "discussion:triage")
    discussion = world.add(
        Discussion(
            repository=repository, number=repository.next_number, title=title, body=body, category=category,
            labels=chosen, author=actor.account, app=actor.app,
            created_at=world.now(), updated_at=world.now(),
        )
    )  # fmt: skip
    announce(world, actor, discussion, "created")
    return discussion


def move_to_category(
    world: World, actor: Actor, discussion: Discussion, category: DiscussionCategory
) -> None:
    """Move a discussion to another category."""
    check(actor, discussion.repository, "discussion:triage")
    if category is discussion.category:
        return
    before, discussion.category = discussion.category, category
    discussion.updated_at = world.now()
    changes = {"category": {"from": before}}
    emit_event(world, discussion, "category_changed", actor.account, changes=changes)
