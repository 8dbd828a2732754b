"""The constants of the demo: its repositories, its label, its people and their roles."""

from collections.abc import Mapping

from github_simulator.state import Role

OWNER = "tern-lab"
SOURCE = f"{OWNER}/planning"
ARCHIVE = f"{OWNER}/meeting-minutes"
LABEL = "meeting-notes"
ROLES: Mapping[str, Role | None] = {"imani": "maintain", "yuki": "read", "stranger": None}
"""The people of the demo with their roles in both repositories; None: no role."""
