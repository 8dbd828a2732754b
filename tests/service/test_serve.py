"""`minutes-bot serve`, as an operator meets it."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.service.events import OF_INSTALLATION, READERS

ROOT = Path(__file__).parents[2]
ENDS = ("told to stop", "draining", "stopped")
BARE = {
    name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "HOME", "VIRTUAL_ENV")
}


def serve(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "serve", *arguments],
        env=BARE | environment, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


def test_wrong_settings_are_all_refused_at_once_without_a_traceback() -> None:
    ended = serve(PORT="web")

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    for name in ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "WEBHOOK_SECRET", "PORT"):
        assert f"- {name} " in ended.stderr


def test_the_settings_can_be_listed() -> None:
    ended = serve("--settings")

    assert ended.returncode == 0
    assert "| `WEBHOOK_SECRET` | required |" in ended.stdout


@pytest.fixture
def settings(private_key: str, tmp_path: Path) -> dict[str, str]:
    """Return the environment in which the service starts."""
    return {
        "GITHUB_APP_ID": "12",
        "GITHUB_PRIVATE_KEY": private_key,
        "WEBHOOK_SECRET": "of this test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/jobs.sqlite",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }


def test_it_serves_and_ends_in_good_order_when_told_to(settings: dict[str, str]) -> None:
    environment = BARE | settings
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process:
        after = json.loads(process.stdout.readline())
        with urllib.request.urlopen(after["url"] + "/healthz", timeout=10) as answer:
            health = json.load(answer)
        process.send_signal(signal.SIGTERM)
        logged = [json.loads(line) for line in process.stdout]
        status = process.wait(20)

    assert after["event"] == "listening"
    assert health["queue"] == "reachable"
    assert status == 0
    ended = [(line["event"], line.get("signal")) for line in logged if line["event"] in ENDS]
    assert ended == [("told to stop", "SIGTERM"), ("draining", None), ("stopped", None)]


def test_the_hosts_file_starts_it() -> None:
    assert (ROOT / "Procfile").read_text() == "web: minutes-bot serve\n"


def test_the_manifest_asks_for_what_the_events_and_writes_need() -> None:
    manifest = YAML(typ="safe").load((ROOT / "app.yml").read_text())

    assert manifest["default_permissions"] == {
        "metadata": "read",
        "contents": "write",
        "issues": "write",
        "discussions": "write",
        "pull_requests": "write",
        "checks": "write",
    }
    # an App gets the events of its installation anyway, and may not ask for them
    assert {*manifest["default_events"]} == READERS.keys() - OF_INSTALLATION
    assert manifest["public"] is False
    assert manifest["hook_attributes"]["active"] is True
