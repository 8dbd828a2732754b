"""The exceptions of the GitHub client.

GitHubError             GitHub answered something that the bot cannot handle, or that a person must fix
├── BadKey              the App's private key cannot be used
├── Limited             a rate limit: send nothing before `until`
├── LostAnswer          no response, or no valid one: whether the request was done is unknown
│   └── Capped          GitHub gave up on a query that is too large for it
├── Stale               something changed since it was read: read again, and make a new plan
├── Refused             not allowed; `permission` says what is missing, where that is known
└── Gone                does not exist, or the App may not see it (404, 410)
"""

from datetime import datetime


class GitHubError(Exception):
    """GitHub answered something that the bot cannot handle, or that a person must fix."""


class BadKey(GitHubError):
    """The App's private key cannot be used; the message says why, and what to do."""


class Limited(GitHubError):
    """A rate limit: the request was not done, and none may be sent before `until` (UTC)."""

    def __init__(self, message: str, until: datetime) -> None:
        self.until = until
        super().__init__(f"{message} (not before {until:%Y-%m-%d %H:%M:%S} UTC)")


class LostAnswer(GitHubError):
    """GitHub sent no response, or an unreadable one: whether the request was done is unknown.

    Do not send it again: wait, then read what is on GitHub now.
    """


class Capped(LostAnswer):
    """GitHub gave up on a query because answering it takes too much; a smaller query may succeed."""


class Stale(GitHubError):
    """Something changed since it was read, and the write failed.

    Examples: a branch moved, a pull request exists already.
    """


class Refused(GitHubError):
    """GitHub does not allow the request.

    `permission` is the permission that the App lacks, as app.yml writes it (`issues: write`); None when there
    is another reason.
    """

    def __init__(self, message: str, permission: str | None = None) -> None:
        self.permission = permission
        super().__init__(message)


class Gone(GitHubError):
    """What the request is about does not exist, or the App may not see it."""
