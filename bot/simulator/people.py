"""People who use the simulated GitHub, in one line each: for tests, the demo and the pages."""

from dataclasses import dataclass

from bot.simulator import branches, issues, pulls
from bot.simulator.state import Discussion, Issue, IssueComment, PullRequest, Repository, Thread
from bot.simulator.tokens import Actor
from bot.simulator.world import World


@dataclass(frozen=True)
class Person:
    """Somebody with an account. Every act may raise ApiError, as GitHub would refuse it."""

    world: World
    actor: Actor

    @property
    def login(self) -> str:
        """The name of the account."""
        return self.actor.account.login

    def _repository(self, name: str) -> Repository:
        return self.world.repository(*name.split("/", 1))

    def open_issue(self, repository: str, title: str, body: str = "", labels: tuple[str, ...] = ()) -> Issue:
        """Open an issue in `owner/name`."""
        return issues.open_issue(self.world, self.actor, self._repository(repository), title, body, labels)

    def edit(self, thread: Thread, title: str | None = None, body: str | None = None) -> None:
        """Change title or body of an issue or pull request."""
        issues.edit(self.world, self.actor, thread, title, body)

    def label(self, thread: Thread, *names: str) -> None:
        """Set labels; new names are made."""
        labels = [issues.find_label(self.world, thread.repository, name, make=True) for name in names]
        issues.add_labels(self.world, self.actor, thread, labels)

    def unlabel(self, thread: Thread, *names: str) -> None:
        """Take labels off."""
        labels = [issues.find_label(self.world, thread.repository, name) for name in names]
        issues.remove_labels(self.world, self.actor, thread, labels)

    def comment(self, thread: Thread, body: str) -> IssueComment:
        """Comment."""
        return issues.comment(self.world, self.actor, thread, body)

    def edit_comment(self, comment: IssueComment, body: str) -> None:
        """Change a comment."""
        issues.edit_comment(self.world, self.actor, comment, body)

    def delete_comment(self, comment: IssueComment) -> None:
        """Delete a comment."""
        issues.delete_comment(self.world, self.actor, comment)

    def close(self, thread: Thread) -> None:
        """Close an issue or pull request."""
        issues.set_state(self.world, self.actor, thread, "closed")

    def reopen(self, thread: Thread) -> None:
        """Open an issue or pull request again."""
        if isinstance(thread, PullRequest):
            pulls.reopen(self.world, self.actor, thread)
        else:
            issues.set_state(self.world, self.actor, thread, "open")

    def delete(self, issue: Issue) -> None:
        """Delete an issue for good."""
        issues.delete_issue(self.world, self.actor, issue)

    def lock(self, thread: Thread) -> None:
        """Lock the conversation."""
        issues.lock(self.world, self.actor, thread, locked=True)

    def merge(self, pull: PullRequest, how: str = "merge") -> str:
        """Merge a pull request and return the new commit."""
        return pulls.merge(self.world, self.actor, pull, how)

    def push(
        self, repository: str, files: dict[str, str | None], message: str = "Edit", branch: str | None = None
    ) -> str:
        """Commit files (None deletes one) to a branch, a new one if need be, and return the commit."""
        found = self._repository(repository)
        name = branch or found.default_branch
        head = found.git.branch(found.default_branch)
        if head and not found.git.branch(name):
            branches.create_ref(self.world, self.actor, found, f"refs/heads/{name}", head)
        encoded = {path: None if text is None else text.encode() for path, text in files.items()}
        return branches.commit_files(self.world, self.actor, found, name, encoded, message)

    def open_discussion(
        self, repository: str, title: str, body: str = "", category: str = "General"
    ) -> Discussion:
        """Start a discussion."""
        found = self._repository(repository)
        discussion = self.world.add(
            Discussion(
                repository=found, number=found.next_number, title=title, body=body, category=category,
                author=self.actor.account, created_at=self.world.now(), updated_at=self.world.now(),
            )
        )  # fmt: skip
        found.threads[discussion.number] = discussion
        found.next_number += 1
        return discussion
