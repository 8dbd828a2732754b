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
    """A rate limit, which lasts until `until` (UTC). Nothing was done."""

    def __init__(self, message: str, until: datetime) -> None:
        self.until = until
        super().__init__(f"{message} (not before {until:%Y-%m-%d %H:%M:%S} UTC)")


class LostAnswer(GitHubError):
    """No response, or an unreadable one: whether the request was done is unknown.

    Never send it again: wait, and read the state anew.
    """


class Capped(LostAnswer):
    """GitHub gave up on a query because it takes too much to answer it; a smaller one may succeed."""


class Stale(GitHubError):
    """Something changed since it was read: a branch moved, a pull request exists already."""


class Refused(GitHubError):
    """Not allowed. `permission` is the missing one, as in app.yml; None for another reason."""

    def __init__(self, message: str, permission: str | None = None) -> None:
        self.permission = permission
        super().__init__(message)


class Gone(GitHubError):
    """It does not exist, or the App may not see it."""
