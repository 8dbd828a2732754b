"""How much is tested: a sample in plain pytest, everything where THOROUGH is set, as `.ci/run` sets it.

The marker `thorough` says what only `.ci/run` runs; `tests/conftest.py` leaves it out of plain pytest.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import settings

T = TypeVar("T")

THOROUGH = bool(os.environ.get("THOROUGH"))

thorough = pytest.mark.thorough


def examples(most: int) -> settings:
    """Let hypothesis try `most` examples, a twentieth of them in plain pytest."""
    return settings(max_examples=most if THOROUGH else max(most // 20, 10))


def some(things: Sequence[T], every: int) -> Sequence[T]:
    """Return all the things, each `every`-th of them in plain pytest."""
    return things if THOROUGH else things[::every]


def sample(cases: Iterable[T], is_in: Callable[[T], bool]) -> list[ParameterSet]:
    """Return the cases for `parametrize`; those that are not in the sample are marked `thorough`.

    A tuple is the values of several parameters; a `pytest.param` keeps its name.
    """
    return [_param(case, () if is_in(case) else [thorough]) for case in cases]


def _param(case: object, marks: Sequence[pytest.MarkDecorator]) -> ParameterSet:
    if isinstance(case, ParameterSet):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, *marks])
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=marks)
