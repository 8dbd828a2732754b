"""What a reviewer should look at: one table of rules, from which the documentation is made too."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error keeps the pull request a draft, a notice only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: the rule's id, where it stands, what it is and what to do.

    `line` counts from 1 in the minutes, or is None where the finding is about the whole.
    """

    rule: str
    severity: Severity
    message: str
    cure: str
    line: int | None = None
