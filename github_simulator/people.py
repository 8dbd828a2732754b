"""People who use the simulated GitHub: one method for each action, for tests, the demo and the web pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from github_simulator import branches, checks, comments, discussions, issues, moves, pulls, reviews
from github_simulator.git import LINK, SUBMODULE, Other
from github_simulator.state import (
    CheckRun,
    Discussion,
    DiscussionComment,
    Issue,
    IssueComment,
    PullRequest,
    PullRequestReview,
    Repository,
    Thread,
)
from github_simulator.tokens import Actor
from github_simulator.world import World


@dataclass(frozen=True)
class SimulatedPerson:
    """A person with an account, who acts in the simulated GitHub as people do on its website.

    Every action raises ApiError where GitHub would refuse it.
    """

    world: World
    actor: Actor

    @property
    def login(self) -> str:
        """The login of the account."""
        return self.actor.account.login

    def _repository(self, name: str) -> Repository:
        return self.world.repository(*name.split("/", 1))

    def open_issue(self, repository: str, title: str, body: str = "", labels: tuple[str, ...] = ()) -> Issue:
        """Open an issue in the repository `owner/name`."""
        return issues.open_issue(self.world, self.actor, self._repository(repository), title, body, labels)

    def open_pull(self, repository: str, branch: str, title: str, body: str = "") -> PullRequest:
        """Open a pull request from a branch into the default branch of the repository `owner/name`."""
        found = self._repository(repository)
        return pulls.open_pull(self.world, self.actor, found, title, branch, found.default_branch, body)

    def edit(self, thread: Thread, title: str | None = None, body: str | None = None) -> None:
        """Change title or body of a thread (None: keep)."""
        issues.edit(self.world, self.actor, thread, title, body)

    def create_label(self, repository: str, name: str) -> None:
        """Create a label in the repository `owner/name`."""
        issues.create_label(self.world, self.actor, self._repository(repository), name)

    def label(self, thread: Thread, *names: str) -> None:
        """Add labels to a thread by name; those that do not exist are created."""
        labels = [issues.find_label(self.world, thread.repository, name, make=True) for name in names]
        issues.add_labels(self.world, self.actor, thread, labels)

    def unlabel(self, thread: Thread, *names: str) -> None:
        """Remove labels from a thread by name."""
        labels = [issues.find_label(self.world, thread.repository, name) for name in names]
        issues.remove_labels(self.world, self.actor, thread, labels)

    def comment(self, thread: Thread, body: str, reply_to: IssueComment | None = None) -> IssueComment:
        """Comment on a thread; in a discussion, `reply_to` may be the comment to reply to."""
        above = reply_to if isinstance(reply_to, DiscussionComment) else None
        return comments.comment(self.world, self.actor, thread, body, above)

    def edit_comment(self, comment: IssueComment, body: str) -> None:
        """Change a comment."""
        comments.edit_comment(self.world, self.actor, comment, body)

    def delete_comment(self, comment: IssueComment) -> None:
        """Delete a comment."""
        comments.delete_comment(self.world, self.actor, comment)

    def minimize(self, comment: IssueComment, why: str | None = "outdated") -> None:
        """Minimize a comment, or unminimize it if `why` is None.

        `why` is GitHub's word for the reason: "outdated", "resolved" ...
        """
        comments.minimize(self.world, self.actor, comment, why)

    def react(self, on: Thread | IssueComment, content: str) -> None:
        """Add a reaction to a thread or comment; `content` is in REST's spelling ("+1", "eyes")."""
        comments.react(self.world, self.actor, on, content)

    def close(self, thread: Thread) -> None:
        """Close a thread."""
        issues.set_state(self.world, self.actor, thread, "closed")

    def reopen(self, thread: Thread) -> None:
        """Reopen a thread."""
        if isinstance(thread, PullRequest):
            pulls.reopen(self.world, self.actor, thread)
        else:
            issues.set_state(self.world, self.actor, thread, "open")

    def delete(self, thread: Issue | Discussion) -> None:
        """Delete an issue or a discussion."""
        issues.delete(self.world, self.actor, thread)

    def lock(self, thread: Thread) -> None:
        """Lock the conversation of a thread."""
        issues.lock(self.world, self.actor, thread, locked=True)

    def unlock(self, thread: Thread) -> None:
        """Unlock the conversation of a thread."""
        issues.lock(self.world, self.actor, thread, locked=False)

    def mark_ready(self, pull: PullRequest) -> None:
        """Mark a draft pull request as ready for review."""
        pulls.set_draft(self.world, self.actor, pull, draft=False)

    def press(self, run: CheckRun, identifier: str) -> None:
        """Press the button of a check run that has this identifier."""
        checks.press(self.world, self.actor, run, identifier)

    def merge(self, pull: PullRequest, how: str = "merge") -> str:
        """Merge a pull request and return the oid of the new commit.

        `how` is "merge", "squash" or "rebase".
        """
        return pulls.merge(self.world, self.actor, pull, how)

    def push(
        self, repository: str, files: dict[str, str | None], message: str = "Edit", branch: str | None = None
    ) -> str:
        """Commit files to a branch in the repository `owner/name`, and return the oid of the commit.

        `files` has the new text by path, None to delete the file. The branch is created if needed; None means
        the default branch.
        """
        found = self._repository(repository)
        name = branch or found.default_branch
        start = found.git.branch(found.default_branch)
        encoded = {path: None if text is None else text.encode() for path, text in files.items()}
        return branches.commit_files(self.world, self.actor, found, name, encoded, message, start=start)

    def push_link(self, repository: str, path: str, target: str, branch: str | None = None) -> str:
        """Commit a symbolic link at `path` that leads to the path `target`; return the oid of the commit."""
        oid = self._repository(repository).git.add_blob(target.encode())
        return self._push_other(repository, path, (LINK, oid), branch)

    def push_submodule(self, repository: str, path: str, oid: str, branch: str | None = None) -> str:
        """Commit a submodule at `path`, with its commit `oid`; return the oid of the commit that has it."""
        return self._push_other(repository, path, (SUBMODULE, oid), branch)

    def _push_other(self, repository: str, path: str, other: Other, branch: str | None) -> str:
        found = self._repository(repository)
        name, start = branch or found.default_branch, found.git.branch(found.default_branch)
        files = {path: other}
        return branches.commit_files(self.world, self.actor, found, name, files, f"Add {path}", start=start)

    def rename_file(self, repository: str, old: str, new: str, branch: str) -> str:
        """Rename the file at the path `old` to `new` on a branch, and return the oid of the commit."""
        git = self._repository(repository).git
        content = git.blob(git.at(git.branch(branch) or "", old) or "") or b""
        return self.push(repository, {old: None, new: content.decode()}, f"Rename {old}", branch)

    def delete_branch(self, repository: str, branch: str) -> None:
        """Delete a branch of the repository `owner/name`; open pull requests from it are closed."""
        found = self._repository(repository)
        branches.delete_ref(self.world, self.actor, found, f"refs/heads/{branch}")

    def review(self, pull: PullRequest, state: reviews.ReviewState, body: str = "") -> PullRequestReview:
        """Review a pull request: approve it, request changes, or only comment.

        `state` is "APPROVED", "CHANGES_REQUESTED" or "COMMENTED".
        """
        return reviews.review(self.world, self.actor, pull, state, body)

    def open_discussion(
        self,
        repository: str,
        title: str,
        body: str = "",
        category: str = "General",
        labels: tuple[str, ...] = (),
    ) -> Discussion:
        """Open a discussion in the repository `owner/name`; its category is created if needed."""
        found = self._repository(repository)
        kind = discussions.find_category(self.world, found, category, make=True)
        return discussions.open_discussion(self.world, self.actor, found, title, body, kind, labels)

    def move_to_category(self, discussion: Discussion, category: str) -> None:
        """Move a discussion to another category, which is created if needed."""
        found = discussions.find_category(self.world, discussion.repository, category, make=True)
        discussions.move_to_category(self.world, self.actor, discussion, found)

    # -- moving, renaming, protecting

    def transfer(self, thread: Issue | Discussion, repository: str) -> Issue | Discussion:
        """Transfer a thread to another repository of the same owner; return the new thread."""
        return moves.transfer(self.world, self.actor, thread, self._repository(repository))

    def convert(self, issue: Issue, category: str = "General") -> Discussion:
        """Convert an issue to a discussion in the category with this name, and return the discussion."""
        kind = discussions.find_category(self.world, issue.repository, category, make=True)
        return moves.convert(self.world, self.actor, issue, kind)

    def delete_label(self, repository: str, name: str) -> None:
        """Delete a label of a repository."""
        found = self._repository(repository)
        issues.delete_label(self.world, self.actor, found, issues.find_label(self.world, found, name))

    def rename_repository(self, repository: str, name: str) -> None:
        """Rename the repository `owner/name`; its new name `name` is without the owner."""
        moves.rename(self.world, self.actor, self._repository(repository), name)

    def archive(self, repository: str, *, archived: bool = True) -> None:
        """Make the repository `owner/name` read-only or, if `archived` is false, writable again."""
        moves.archive(self.world, self.actor, self._repository(repository), archived=archived)

    def protect(self, repository: str, pattern: str) -> None:
        """Let only administrators write to the branches that match a pattern, such as `minutes/**`."""
        moves.protect(self.actor, self._repository(repository), pattern)

    def add_rule(self, repository: str, pattern: str, kind: str) -> None:
        """Add a rule of a type such as `required_signatures` for branches; it is listed, and not enforced."""
        moves.add_rule(self.actor, self._repository(repository), pattern, kind)

    def disable_issues(self, repository: str) -> None:
        """Disable the issues of a repository."""
        moves.disable_issues(self.actor, self._repository(repository))

    def fill_thread(
        self, thread: Thread, bodies: Iterable[str], reply_to: IssueComment | None = None
    ) -> list[IssueComment]:
        """Add many comments to a thread, one for each of `bodies`, and return them.

        With `reply_to` they are replies to that comment of a discussion. No events are emitted, and no
        permissions are checked.
        """
        kind = DiscussionComment if isinstance(thread, Discussion) else IssueComment
        now, author = self.world.now(), self.actor.account
        made: list[IssueComment] = []
        for body in bodies:
            comment = kind(thread=thread, body=body, author=author, created_at=now, updated_at=now)
            if isinstance(comment, DiscussionComment) and isinstance(reply_to, DiscussionComment):
                comment.reply_to = reply_to
            made.append(self.world.add(comment))
        thread.comments += made
        return made
