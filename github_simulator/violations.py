"""Violations of GitHub's official descriptions."""

from collections.abc import Iterable


class Violations(list[str]):
    """Where requests, responses and webhooks violated GitHub's descriptions, each as "where: what".

    Tests fail if this list is not empty at their end.
    """

    def add(self, where: str, wrong: Iterable[str]) -> None:
        """Append the violations `wrong` that occurred at the place `where`, such as a request."""
        self.extend(f"{where}: {each}" for each in wrong)
