"""Which package may import which stands in pyproject.toml."""

import subprocess
import sys
from pathlib import Path


def test_each_package_imports_only_those_below_it() -> None:
    # in a process of its own: it sets up logging for the whole process
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stdout
