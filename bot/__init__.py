"""The minutes bot: a GitHub App that turns meeting notes into minutes, by pull request."""

__version__ = "0.1.0"
