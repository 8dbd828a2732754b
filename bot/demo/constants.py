"""The names of the demo: repositories, label, people."""

from collections.abc import Mapping

from github_simulator.state import Role

OWNER = "tern-lab"
SOURCE = f"{OWNER}/planning"
ARCHIVE = f"{OWNER}/meeting-minutes"
LABEL = "meeting-notes"
ROLES: Mapping[str, Role | None] = {"imani": "maintain", "yuki": "read", "stranger": None}
"""The people of the demo: a maintainer, a reader, and somebody without any role."""
