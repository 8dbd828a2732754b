"""What can go wrong between the bot and GitHub.

GitHubError             GitHub said something that the bot does not understand, or that a person must mend
├── BadKey              the App's private key cannot be used
├── Limited             asked too much: nothing more before `until`
├── LostAnswer          no answer, or none that can be believed: whether the request was done is unknown
│   └── Capped          GitHub gave up on a query that is too large for it
├── Stale               the world moved since it was looked at: look again, and plan anew
├── Refused             not allowed; `permission` says what is missing, where that is known
└── Gone                not there, or not for us to see (404, 410)
"""

from datetime import datetime


class GitHubError(Exception):
    """GitHub said something that the bot does not understand, or that a person must mend."""


class BadKey(GitHubError):
    """The App's private key cannot be used; the message says why, and what to do."""


class Limited(GitHubError):
    """GitHub wants to be left alone until a moment (UTC). Nothing was done."""

    def __init__(self, message: str, until: datetime) -> None:
        self.until = until
        super().__init__(f"{message} (not before {until:%Y-%m-%d %H:%M:%S} UTC)")


class LostAnswer(GitHubError):
    """No answer, or an unreadable one: the request may have been done or not. Wait, look, never resend."""


class Capped(LostAnswer):
    """GitHub gave up on a query because of what it takes to answer it; a smaller one may pass."""


class Stale(GitHubError):
    """Something changed since the look: a branch moved, a pull request exists already."""


class Refused(GitHubError):
    """Not allowed. `permission` is the missing one, as in app.yml; None where it is for another reason."""

    def __init__(self, message: str, permission: str | None = None) -> None:
        self.permission = permission
        super().__init__(message)


class Gone(GitHubError):
    """It does not exist, or not for this App."""
