"""The account of where every line of the notes went, and its verification."""

from dataclasses import dataclass
from typing import Literal

Op = Literal["carry", "move", "replace", "add", "drop"]
Span = tuple[int, int]
"""First and last line, counted from 1, both included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the account: `src` in the notes, `out` in the minutes, by which rule.

    `add` has no `src`, `drop` no `out`; `carry` needs no rule.
    """

    op: Op
    src: Span | None = None
    out: Span | None = None
    rule: str = ""
