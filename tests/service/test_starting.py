"""What prevents a start is one line with the cure, whichever command meets it."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.service.starting import why_nothing_listens
from tests.service.databases import SERVER
from tests.setup.processes import BARE, ROOT, free_port

REGISTERED = "serve"
UNREGISTERED = "serve without credentials"
SIMULATOR = "serve --simulator"
SERVERS = (REGISTERED, UNREGISTERED, SIMULATOR)
JOBS = "jobs list"


@pytest.fixture
def taken() -> Iterator[str]:
    """Yield a port at which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def refused(
    command: str, folder: Path, *more: str, private_key: str = "", **variables: str
) -> tuple[str, list[str]]:
    """Run a command that cannot start; return the first line in which it says so, and the other lines."""
    given = {"HOST": "127.0.0.1", "PORT": "0", "DATABASE_URL": f"sqlite:///{folder}/jobs.sqlite"}
    if command == REGISTERED:
        given |= {"GITHUB_APP_ID": "12", "GITHUB_PRIVATE_KEY": private_key, "WEBHOOK_SECRET": "of this test"}
    arguments = command.removesuffix(" without credentials").split()
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments, *more], env=BARE | given | variables, cwd=ROOT,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "hunter2" not in ended.stdout + ended.stderr
    first, *others = ended.stderr.splitlines()
    assert first.startswith("Error: ")
    return first, others


@pytest.mark.parametrize("command", SERVERS)
def test_an_address_that_cannot_be_used(command: str, tmp_path: Path, private_key: str, taken: str) -> None:
    for variables, words in (
        ({"PORT": taken}, "another program listens there. End it, or set PORT to another one."),
        ({"HOST": "nowhere.invalid"}, "HOST nowhere.invalid is not known here."),
        ({"HOST": "192.0.2.1"}, "this machine has no such address. Set HOST to one that it has"),
    ):
        line, others = refused(command, tmp_path, private_key=private_key, **variables)
        assert words in line
        assert others == []


@pytest.mark.parametrize(
    ("command", "option"), [("serve --simulator", ""), ("demo", "--port"), ("setup", "--port")]
)
def test_a_port_of_an_option_that_is_in_use(command: str, option: str, tmp_path: Path, taken: str) -> None:
    more = ("--env-file", str(tmp_path / "credentials")) if command == "setup" else ()
    line, others = refused(command, tmp_path, *filter(None, (option, taken)), *more)

    named = option or "--simulator"
    assert line.endswith(f":{taken}: another program listens there. End it, or set {named} to another one.")
    assert others == []


def test_a_port_that_is_not_allowed() -> None:
    # root may listen at each, so the error is made here
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    assert str(why_nothing_listens(error, "127.0.0.1", 80, "PORT")) == (
        "nothing can listen at 127.0.0.1:80: that is not allowed. Set PORT to one above 1023."
    )


@pytest.mark.parametrize("command", [*SERVERS, JOBS])
@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("postgresql://bot:hunter2@127.0.0.1:{free}/minutes", "Connection refused"),
        ("sqlite:///{folder}/text", "file is not a database"),
    ],
)
def test_a_database_that_cannot_be_used(
    command: str, database: str, words: str, tmp_path: Path, private_key: str
) -> None:
    (tmp_path / "text").write_text("This is no database.\n" * 60)
    url = database.format(free=free_port(), folder=tmp_path)
    line, others = refused(command, tmp_path, private_key=private_key, DATABASE_URL=url)

    assert words in line or "has no queue that can be read" in line
    assert "DATABASE_URL" in line
    assert ("bot:***@" in line) == url.startswith("postgresql")
    assert others == []


@pytest.mark.parametrize("command", [*SERVERS, JOBS])
def test_a_database_url_that_is_wrong(command: str, tmp_path: Path, private_key: str) -> None:
    # what else may be wrong in it, has test_settings
    url = "postgresql://bot:hunter2@db:port/minutes"
    line, others = refused(command, tmp_path, private_key=private_key, DATABASE_URL=url)

    # `serve` lists all mistakes at once, below a first line
    (mistake,) = (each for each in (line, *others) if "DATABASE_URL" in each.partition(". ")[0])
    assert "cannot be read" in mistake
    assert "Example: postgresql://user:password@host/minutes" in mistake


@pytest.mark.skipif(not SERVER, reason="TEST_DATABASE_URL names no PostgreSQL server (.ci/run starts one)")
@pytest.mark.parametrize("command", [*SERVERS, JOBS])
def test_postgresql_refuses(command: str, tmp_path: Path, private_key: str) -> None:
    address = psycopg.conninfo.conninfo_to_dict(SERVER)
    url = f"postgresql://nobody-of-this-name:hunter2@{address['host']}:{address['port']}/postgres"
    line, others = refused(command, tmp_path, private_key=private_key, DATABASE_URL=url)

    assert "nobody-of-this-name" in line
    assert line.endswith("Start it, or correct DATABASE_URL.")
    assert others == []
