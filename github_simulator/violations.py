"""Violations of GitHub's official descriptions."""

from collections.abc import Iterable


class Violations(list[str]):
    """A growing list; a test that leaves it non-empty has failed."""

    def add(self, where: str, wrong: Iterable[str]) -> None:
        """Note what is wrong, and where."""
        self.extend(f"{where}: {each}" for each in wrong)
