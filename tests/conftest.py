"""Fixtures for every room, how much is tested, and the flag that rewrites the case files."""

import click
import pytest
import pytest_asyncio
import structlog
from hypothesis import settings

from github_simulator import Simulator
from tests.depth import THOROUGH
from tests.minutes import cases, merge_cases

# a red suite means a change: hypothesis tries the same examples every time
settings.register_profile("sample", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=100, deadline=None, derandomize=True)
settings.load_profile("thorough" if THOROUGH else "sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked `thorough`, unless THOROUGH is set; what takes longest comes first."""
    if THOROUGH:
        items.sort(key=lambda item: "year" not in item.path.parts[-1] and "year" not in item.path.parts)
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites the case files; who uses it reads `git diff` and then runs the tests."""
    what = "write what comes out now into the case files, and run no tests: read git diff"
    parser.addoption("--rewrite-cases", action="store_true", help=what)


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Rewrite the case files that are not as what comes out now, where that was asked for."""
    if not config.getoption("--rewrite-cases"):
        return None
    written = [*map(_rewrite, cases.all_cases()), *map(_rewrite, merge_cases.all_cases())]
    click.echo(f"{sum(written)} of {len(written)} case files rewritten: read git diff, then run the tests")
    return 0


def _rewrite(case: cases.Case | merge_cases.Case) -> bool:
    now = case.rewritten()
    if now == case.path.read_text(encoding="utf-8"):
        return False
    case.path.write_text(now, encoding="utf-8")
    return True


@pytest.fixture(autouse=True)
def log_as_before():
    """Let no command that a test runs in this process say what the tests after it log."""
    yield
    structlog.reset_defaults()


@pytest_asyncio.fixture
async def simulator():
    """A started simulator; whoever breaks GitHub's descriptions fails the test that caused it.

    A test that breaks them on purpose looks at `simulator.violations` and clears it.
    """
    simulated = Simulator()
    await simulated.start()
    yield simulated
    await simulated.close()
    assert simulated.violations == []
