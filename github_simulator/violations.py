"""Violations of GitHub's official descriptions."""

from collections.abc import Iterable


class Violations(list[str]):
    """The list of violations, each as "where: what"; tests fail if it is not empty at their end."""

    def add(self, where: str, wrong: Iterable[str]) -> None:
        """Append violations that occurred at one place, such as a request."""
        self.extend(f"{where}: {each}" for each in wrong)
