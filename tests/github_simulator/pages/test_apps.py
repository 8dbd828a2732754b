"""An app is registered from a manifest by a person, and installed: as on GitHub, through real HTTP."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from github_simulator import Simulator, pages
from tests.forms import forms

MANIFEST = {
    "name": "Hill minutes",
    "url": "https://minutes.example.org",
    "hook_attributes": {"url": "https://minutes.example.org/webhook", "active": True},
    "redirect_url": "https://minutes.example.org/setup/created",
    "public": False,
    "default_events": ["issues"],
    "default_permissions": {"metadata": "read", "issues": "write"},
}


class Visitor:
    """A person with a browser, and a program that sends REST requests."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        self.simulator = simulator
        self._session = session

    async def offer(self, manifest: object, organization: str = "") -> tuple[int, str, str]:
        """Post a manifest as a page elsewhere does; return status, page and policy."""
        owner = f"/organizations/{organization}" if organization else ""
        url = f"{self.simulator.url}{owner}/settings/apps/new?state=s%26t"
        async with self._session.post(url, data={"manifest": json.dumps(manifest)}) as answer:
            return answer.status, await answer.text(), answer.headers["Content-Security-Policy"]

    async def create(self, page: str, **typed: str) -> tuple[int, str]:
        """Press the button of a page; return the status, and where it leads or what it says."""
        form = forms(page)[-1]
        url, data = self.simulator.url + form.action, form.fields | typed
        async with self._session.post(url, data=data, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location") or await answer.text()

    async def convert(self, code: str) -> tuple[int, dict[str, Any]]:
        async with self._session.post(f"{self.simulator.url}/app-manifests/{code}/conversions") as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> str:
        async with self._session.get(self.simulator.url + path) as answer:
            return await answer.text()


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    simulator = Simulator()
    simulator.extra_routes = pages.routes(simulator)
    await simulator.start()
    simulator.create_user("ada")
    for name in ("notes", "meeting-minutes"):
        simulator.create_repository(f"hill-lab/{name}", {"README.md": "# Hill lab\n"})
    async with aiohttp.ClientSession() as session:
        yield Visitor(simulator, session)
    await simulator.close()
    assert simulator.violations == []


async def registered(visitor: Visitor, organization: str = "") -> str:
    _, page, _ = await visitor.offer(MANIFEST, organization)
    _, leads_to = await visitor.create(page)
    return parse_qs(urlsplit(leads_to).query)["code"][0]


@pytest.mark.parametrize(("organization", "owner"), [("", "ada"), ("hill-lab", "hill-lab")])
async def test_the_code_gives_the_credentials_once(visitor: Visitor, organization: str, owner: str) -> None:
    status, page, policy = await visitor.offer(MANIFEST, organization)
    assert status == 200
    assert f"Create GitHub App for {owner}" in page
    assert "form-action 'self' https://minutes.example.org;" in policy

    status, leads_to = await visitor.create(page)
    assert status == 302
    assert leads_to.startswith("https://minutes.example.org/setup/created?code=")
    query = parse_qs(urlsplit(leads_to).query)
    assert query["state"] == ["s&t"]

    status, made = await visitor.convert(query["code"][0])
    assert status == 201
    assert (made["slug"], made["name"], made["owner"]["login"]) == ("hill-minutes", "Hill minutes", owner)
    assert made["permissions"] == MANIFEST["default_permissions"]
    assert made["pem"].startswith("-----BEGIN RSA PRIVATE KEY-----")
    assert len(made["webhook_secret"]) == 40
    (app,) = visitor.simulator.world.apps.values()
    assert app.webhook_url == "https://minutes.example.org/webhook"

    assert (await visitor.convert(query["code"][0]))[0] == 404


async def test_the_code_is_worth_nothing_after_an_hour(visitor: Visitor) -> None:
    code = await registered(visitor)
    visitor.simulator.clock.advance(timedelta(hours=1))

    assert (await visitor.convert(code))[0] == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Hill  Minutes!", "Name is already taken"),
        ("hill lab", "Name is already taken"),
        ("x" * 35, "too long"),
        ("--", "blank"),
    ],
)
async def test_a_name_that_github_would_not_take_is_refused(visitor: Visitor, name: str, said: str) -> None:
    await registered(visitor)
    _, page, _ = await visitor.offer(MANIFEST)

    status, text = await visitor.create(page, name=name)

    assert status == 422
    assert said in text.replace("&#39;", "'")


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"redirect_url": "javascript:alert(1)"},
        {"hook_attributes": {"active": True}},
        {"default_permissions": {"issues": "everything"}},
        {"permissions": {}},
    ],
)
async def test_a_manifest_that_github_would_not_take_is_refused(visitor: Visitor, wrong: object) -> None:
    status, _, _ = await visitor.offer(MANIFEST | wrong)  # type: ignore[operator]

    assert status == 422
    assert not visitor.simulator.world.apps


async def test_an_unknown_organisation_has_no_such_page(visitor: Visitor) -> None:
    assert (await visitor.offer(MANIFEST, "nobody"))[0] == 404
    assert (await visitor.offer(MANIFEST, "ada"))[0] == 404


async def test_it_is_installed_on_what_was_chosen(visitor: Visitor) -> None:
    await registered(visitor, "hill-lab")
    page = await visitor.get("/apps/hill-minutes/installations/new")

    status, leads_to = await visitor.create(page, selection="selected", repository="notes")

    assert status == 302
    (made,) = visitor.simulator.world.installations.values()
    assert leads_to == f"/settings/installations/{made.id}"
    shown = await visitor.get(leads_to)
    assert "hill-lab/notes" in shown
    assert "hill-lab/meeting-minutes" not in shown


async def test_no_repository_chosen_is_said(visitor: Visitor) -> None:
    await registered(visitor, "hill-lab")
    page = await visitor.get("/apps/hill-minutes/installations/new")

    status, text = await visitor.create(page, selection="selected")

    assert status == 422
    assert "Select at least one repository" in text
    assert not visitor.simulator.world.installations
