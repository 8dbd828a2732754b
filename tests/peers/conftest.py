"""Clients and deliveries that others made, from npm: `npm ci` in this folder brings them."""

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PEERS = HERE / "node_modules"


@pytest.fixture(scope="session")
def peers() -> Path:
    """Where the peers lie; without them the test is left out, and says so."""
    if not PEERS.is_dir():
        pytest.skip("needs the peers: `npm ci --ignore-scripts` in tests/peers brings them")
    return PEERS


@pytest.fixture(scope="session")
def node(peers: Path) -> str:
    """The command that runs the peers."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("needs Node.js (20 or newer): the peers are programs for it")
    return found
