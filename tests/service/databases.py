"""The databases to test with: a SQLite file always, PostgreSQL where TEST_DATABASE_URL names a server."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

SERVER = os.environ.get("TEST_DATABASE_URL", "")

KINDS = [
    "sqlite",
    pytest.param(
        "postgresql",
        marks=pytest.mark.skipif(
            not SERVER, reason="TEST_DATABASE_URL names no PostgreSQL server (.ci/run starts one)"
        ),
    ),
]


def new_database(kind: str, folder: Path) -> Iterator[str]:
    """Make an empty database, and take it away afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/jobs.sqlite"
        return
    name = f"minutes_{uuid.uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield SERVER.rsplit("/", 1)[0] + f"/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
