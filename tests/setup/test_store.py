"""The file of environment variables: what it keeps, what it refuses, and for whose eyes it is."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from bot.setup.store import CannotStore, EnvFile, read

MADE = {"GITHUB_APP_ID": "12", "GITHUB_PRIVATE_KEY": "a2V5+/==", "WEBHOOK_SECRET": "5ec4e7"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_new_file_is_for_its_owner_alone(file: Path) -> None:
    EnvFile(file).check()
    assert list(file.parent.iterdir()) == [], "to ask leaves nothing behind"

    EnvFile(file).write(MADE)

    assert read(file) == MADE
    assert mode(file) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_all_other_lines_stay(file: Path) -> None:
    file.write_text("# ours\nPORT=8080\n\nnot a variable\nGITHUB_APP_ID=\nLOG_LEVEL=DEBUG")
    file.chmod(0o644)

    EnvFile(file).write(MADE)

    assert file.read_text().startswith(
        "# ours\nPORT=8080\n\nnot a variable\nLOG_LEVEL=DEBUG\nGITHUB_APP_ID=12\n"
    )
    assert mode(file) == 0o600


def test_a_shell_reads_the_same(file: Path) -> None:
    EnvFile(file).write(MADE)

    shown = subprocess.run(
        ["sh", "-c", f'set -a; . "{file}"; printf %s "$GITHUB_PRIVATE_KEY"'], capture_output=True, text=True
    )
    assert shown.stdout == MADE["GITHUB_PRIVATE_KEY"]


@pytest.mark.parametrize(
    "there", ["GITHUB_APP_ID=7\n", "export WEBHOOK_SECRET='x'\n", "GITHUB_PRIVATE_KEY_FILE = key.pem\n"]
)
def test_credentials_that_are_there_stay(file: Path, there: str) -> None:
    file.write_text(there)

    for store in (EnvFile(file).check, lambda: EnvFile(file).write(MADE)):
        with pytest.raises(CannotStore, match="has credentials already"):
            store()
    assert file.read_text() == there


def test_to_replace_takes_away_all_of_the_former_app(file: Path) -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\nGITHUB_APP_ID=3\n-----END RSA PRIVATE KEY-----"
    file.write_text(
        f'A=1\nGITHUB_PRIVATE_KEY="{key}"\nGITHUB_REST_URL=https://old.example/api/v3\n'
        "WEBHOOK_SECRET_PREVIOUS=old\nB=2\n"
    )
    assert read(file)["GITHUB_PRIVATE_KEY"] == key

    EnvFile(file, replace=True).write(MADE)

    assert read(file) == {"A": "1", "B": "2"} | MADE
    assert "AAAA" not in file.read_text()


def test_a_symbolic_link_is_not_followed(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("A=1\n")
    file.symlink_to(target)

    for store in (EnvFile(file).check, lambda: EnvFile(file).write(MADE)):
        with pytest.raises(CannotStore, match="is a symbolic link"):
            store()
    assert target.read_text() == "A=1\n"


@pytest.mark.parametrize("place", ["missing/.env", "file/.env", "folder"])
def test_a_place_that_cannot_be_written_is_said_before(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()

    for store in (EnvFile(tmp_path / place).check, lambda: EnvFile(tmp_path / place).write(MADE)):
        with pytest.raises(CannotStore, match=r"Give --env-file") as said:
            store()
        assert "5ec4e7" not in str(said.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_said_before(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(CannotStore, match="Permission denied"):
        EnvFile(tmp_path / ".env").check()
