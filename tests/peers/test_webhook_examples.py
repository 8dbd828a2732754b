"""The deliveries that GitHub's people collected (`@octokit/webhooks-examples`), each of them read by the bot.

Many were caught years ago and break today's descriptions of the payloads, as may what comes tomorrow.
"""

import json
from collections import Counter

import pytest

from bot.model import InstallationRequest, ReconcileRequest, UninstallRequest
from bot.service.events import Ignored, read
from bot.service.metrics import Metrics
from bot.service.web import make_app
from tests.service.conftest import SECRET, RememberingQueue, sign

HOSTS = {"api.github.com": 329, "ghes-31": 49, "ghes-32": 49, "ghes-33": 50, "ghes-34": 124, "ghes-35": 125}
"""How many there are from github.com and from each version of GitHub Enterprise Server."""

LED_TO = {
    (ReconcileRequest,): 34,
    (InstallationRequest,): 17,
    (UninstallRequest,): 10,
    Ignored("event"): 494,
    Ignored("installation"): 32,  # caught by a webhook of a repository, not by an app's
    Ignored("action"): 109,
    Ignored("source"): 19,  # pull requests that are none of the bot's
    Ignored("files"): 7,  # pushes that leave the configuration as it is
    Ignored("payload"): 4,  # pushes that delete a branch
}


@pytest.fixture(scope="session")
def examples(peers):
    """Event and payload of each, by host."""
    folder = peers / "@octokit" / "webhooks-examples"
    return {
        host: [
            (event["name"], payload)
            for event in json.loads((folder / host / "index.json").read_bytes())
            for payload in event["examples"]
        ]
        for host in HOSTS
    }


def test_none_is_missing(examples):
    assert {host: len(found) for host, found in examples.items()} == HOSTS


def test_each_is_read(examples):
    led_to = Counter()
    for event, payload in (example for found in examples.values() for example in found):
        answer = read(event, payload)
        led_to[answer if isinstance(answer, Ignored) else tuple(map(type, answer))] += 1

    assert led_to == LED_TO


def test_an_app_that_gets_them_looks_where_they_are_from(examples):
    """Those that lack it are given what an app's webhook adds: the installation."""
    acted = Counter()
    for event, payload in (example for found in examples.values() for example in found):
        found = read(event, {**payload, "installation": {"id": 1}})
        for look in () if isinstance(found, Ignored) else found:
            acted[event] += 1
            if isinstance(look, InstallationRequest | UninstallRequest):
                continue
            if look.repository == payload["repository"]["full_name"]:
                assert look.number == payload["issue" if look.kind == "issue" else "discussion"]["number"]
            else:  # it moved
                assert payload["action"] == "transferred"

    assert acted == {
        "issues": 23,
        "issue_comment": 16,
        "discussion": 10,
        "discussion_comment": 3,
        "installation": 16,
        "installation_repositories": 9,
        "repository": 5,
    }


async def test_the_web_takes_each_signed(examples, aiohttp_client):
    queue, metrics = RememberingQueue(), Metrics()
    client = await aiohttp_client(make_app(queue, (SECRET,), metrics))
    for number, (event, payload) in enumerate(examples["api.github.com"]):
        body = json.dumps(payload).encode()
        headers = {
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": f"example-{number}",
            "X-Hub-Signature-256": sign(body),
            "Content-Type": "application/json",
        }
        async with client.post("/webhook", data=body, headers=headers) as answer:
            assert answer.status == 202, (event, await answer.text())

    assert len(queue.jobs) == 25
