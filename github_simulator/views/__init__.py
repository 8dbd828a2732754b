"""The JSON of REST responses and webhook payloads, as GitHub's OpenAPI description defines it."""

from github_simulator.views.accounts import app, installation, organization, user
from github_simulator.views.checks import check_run, check_run_of_event
from github_simulator.views.git import (
    blob,
    branch,
    change,
    commit,
    comparison,
    content_file,
    content_folder,
    git_commit,
    ref,
    tree,
)
from github_simulator.views.hooks import delivery, hook_config, push
from github_simulator.views.repositories import repository
from github_simulator.views.threads import (
    category,
    comment,
    discussion,
    discussion_comment,
    issue,
    label,
    label_event,
    pull,
    pull_in_list,
    reaction,
    review,
)

__all__ = [
    "app",
    "blob",
    "branch",
    "category",
    "change",
    "check_run",
    "check_run_of_event",
    "comment",
    "commit",
    "comparison",
    "content_file",
    "content_folder",
    "delivery",
    "discussion",
    "discussion_comment",
    "git_commit",
    "hook_config",
    "installation",
    "issue",
    "label",
    "label_event",
    "organization",
    "pull",
    "pull_in_list",
    "push",
    "reaction",
    "ref",
    "repository",
    "review",
    "tree",
    "user",
]
