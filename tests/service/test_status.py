"""The page of the status, as browsers get it: who sees what, and the button that queues a job anew."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientResponse, ClientSession, encode_basic_auth, web
from aiohttp.test_utils import TestClient, TestServer

from bot import __version__
from bot.model import ReconcileRequest, Repository
from bot.planning.meeting_day import SeriesOutlook
from bot.service import Service, reconcile
from bot.service.clock import SystemClock
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.operator import Operator
from bot.service.records import Records, State
from bot.service.seen import MOST_CALENDARS, MOST_DELIVERIES, MOST_REFUSED, MOST_REPOSITORIES, Seen
from bot.service.status import CheckResult, Status
from bot.service.web import make_app
from github_simulator import Simulator
from tests.service import filled
from tests.service.conftest import SECRET, RememberingQueue
from tests.service.town import ARCHIVE, SOURCE, Town, assert_published_once, found

TOKEN = "correct horse battery"
AUTH = {"Authorization": encode_basic_auth("anybody", TOKEN)}
NOBODY = {"Authorization": encode_basic_auth("", "")}
HOSTILE = '<script>alert("1")</script>'
SECRETS = [TOKEN, SECRET]


@dataclass
class Shown:
    """A status page of a queue with a job in each state."""

    client: TestClient[web.Request, web.Application]
    records: Records
    seen: Seen
    status: Status

    async def post(self, **headers: str) -> ClientResponse:
        """Press the button of the failed job, as a browser does."""
        page = await (await self.client.get("/status", headers=AUTH)).text()
        form = hidden_fields(page)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post("/status/retry", data=form, headers=AUTH | sent, allow_redirects=False)

    def states(self) -> dict[str, State]:
        return {each.job.delivery: each.state for each in self.records.list()}


@pytest.fixture
async def shown(tmp_path: Path) -> AsyncIterator[Shown]:
    database_url = f"sqlite:///{tmp_path}/jobs.sqlite"
    await filled.fill(database_url)
    seen = Seen(SystemClock())
    with Records(database_url) as records:
        status = Status(records, seen, SystemClock(), Operator(TOKEN), dict, str)
        app = make_app(RememberingQueue(), (SECRET,), Metrics(), seen=seen, details=status.details)
        app.add_routes(status.routes())
        async with TestClient(TestServer(app)) as client:
            yield Shown(client, records, seen, status)


async def test_strangers_see_that_the_bot_runs_and_nothing_else(shown: Shown) -> None:
    answer = await shown.client.get("/")
    page = await answer.text()

    assert answer.status == 200
    assert __version__ in page
    assert 'href="/status"' in page
    assert "hill-lab" not in page
    assert "failed" not in page
    assert "on GitHub" not in page, "where the App is, is not known yet"


@pytest.mark.parametrize(
    "header", ["", "Basic !", "Bearer", "Basic eDp5", f"Bearer {TOKEN}x", "Bearer \xff", "Digest"]
)
async def test_the_status_asks_for_the_password(shown: Shown, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    for answer in (
        await shown.client.get("/status", headers=headers),
        await shown.client.get(f"/status?token={quote(TOKEN)}", headers=headers),
        await shown.client.post("/status/retry", headers=headers),
    ):
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith('Basic realm="minutes-bot"')
        assert "hill-lab" not in await answer.text()


@pytest.mark.parametrize("path", ["/", "/status"])
async def test_the_operator_sees_each_job_with_its_state_and_error(shown: Shown, path: str) -> None:
    by_password = await shown.client.get(path, headers=AUTH)
    by_token = await shown.client.get(path, headers={"Authorization": f"Bearer {TOKEN}"})

    for answer in (by_password, by_token):
        page = await answer.text()
        assert answer.status == 200
        assert "1 failed, 1 running, 1 queued, 1 waiting." in page
        assert filled.ERROR in page
        assert "2100-08-18 12:00 UTC" in page
        assert page.count("<button") == 1
        assert not any(secret in page for secret in SECRETS)


async def test_nothing_runs_on_the_page_and_what_came_from_outside_is_text(shown: Shown) -> None:
    shown.seen.add_delivery(HOSTILE, HOSTILE, HOSTILE, is_refused=True)
    shown.seen.add_job(Job(ReconcileRequest(7, HOSTILE, 1), "x"))
    shown.status.checks = [CheckResult("webhook", "error", HOSTILE, HOSTILE)]

    answer = await shown.client.get("/status", headers=AUTH)
    page = await answer.text()

    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 6
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'self'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"


async def test_the_button_queues_a_failed_job_anew(shown: Shown) -> None:
    answer = await shown.post(Sec_Fetch_Site="same-origin")

    assert (answer.status, answer.headers["Location"]) == (303, "/status")
    assert shown.states()["failed"] is State.QUEUED


async def test_a_browser_that_only_sends_the_origin_may_press_it_too(shown: Shown) -> None:
    host = f"{shown.client.host}:{shown.client.port}"

    assert (await shown.post(Origin=f"http://{host}")).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
    ],
)
async def test_other_sites_cannot_press_it(shown: Shown, headers: dict[str, str]) -> None:
    assert (await shown.post(**headers)).status == 403
    assert shown.states()["failed"] is State.FAILED


async def test_a_form_without_the_pages_own_token_does_nothing(shown: Shown) -> None:
    (failed,) = shown.records.list([State.FAILED])
    for form_token in ("", "0" * 64):
        form = {"job": failed.id, "form_token": form_token}
        assert (await shown.client.post("/status/retry", data=form, headers=AUTH)).status == 403

    assert shown.states()["failed"] is State.FAILED


async def test_what_cannot_be_done_is_told(shown: Shown) -> None:
    form_token = Operator(TOKEN).form_token
    for job, words in (
        ("0123456789", "There is no job"),
        (shown.records.list([State.WAITING])[0].id, "waiting"),
    ):
        answer = await shown.client.post(
            "/status/retry", data={"job": job, "form_token": form_token}, headers=AUTH
        )
        assert answer.status == 409
        assert words in await answer.text()


async def test_health_tells_jobs_by_state_and_to_the_operator_what_the_checks_say(shown: Shown) -> None:
    before = await (await shown.client.get("/healthz?verbose")).json()
    shown.status.checks = [CheckResult("webhook", "error", "It has no address.", "Set one.")]
    plain = await (await shown.client.get("/healthz")).json()
    for_all = await (await shown.client.get("/healthz?verbose")).json()
    for_operator = await (await shown.client.get("/healthz?verbose", headers=AUTH)).json()

    assert plain == {"alive": True, "queue": "reachable", "version": __version__}
    assert before == plain | {"jobs": {"queued": 1, "running": 1, "waiting": 1, "failed": 1}}
    assert for_all == before | {"checks": [{"check": "webhook", "level": "error"}]}
    assert for_operator["checks"] == [
        {"check": "webhook", "level": "error", "message": "It has no address.", "cure": "Set one."}
    ]


async def test_without_a_token_there_is_no_status(tmp_path: Path) -> None:
    app = web.Application()
    with Records(f"sqlite:///{tmp_path}/jobs.sqlite") as records:
        app.add_routes(Status(records, Seen(SystemClock()), SystemClock(), Operator(""), dict, str).routes())
        async with TestClient(TestServer(app)) as client:
            front = await client.get("/", headers=NOBODY)
            answers = [await client.get("/status", headers=headers) for headers in ({}, NOBODY)]
            page = await front.text()

    assert front.status == 200
    assert "/status" not in page
    assert [answer.status for answer in answers] == [404, 404]


async def test_a_queue_that_is_away_is_told_on_the_page(tmp_path: Path) -> None:
    app = web.Application()
    with Records(f"sqlite:///{tmp_path}/jobs.sqlite") as records:
        app.add_routes(
            Status(records, Seen(SystemClock()), SystemClock(), Operator(TOKEN), dict, str).routes()
        )
        async with TestClient(TestServer(app)) as client:
            answer = await client.get("/status", headers=AUTH)
            page = await answer.text()

    assert answer.status == 200
    assert "There is no queue at" in page


def test_what_was_seen_is_bounded_and_refused_deliveries_push_out_no_others() -> None:
    seen = Seen(SystemClock())
    seen.add_delivery("issues", "mine", "accepted", is_refused=False)
    for number in range(100):
        seen.add_delivery("issues", str(number), "wrong-signature", is_refused=True)
    outcomes = [each.outcome for each in seen.deliveries]
    for number in range(100):
        seen.add_delivery("issues", str(number), "accepted", is_refused=False)
    for number in range(MOST_REPOSITORIES + 1):
        seen.add_job(Job(ReconcileRequest(7, f"hill-lab/{number}", 1), "x"))

    assert outcomes == ["wrong-signature"] * MOST_REFUSED + ["accepted"]
    assert len(seen.deliveries) == MOST_REFUSED + MOST_DELIVERIES
    assert len(seen.repositories[7]) == MOST_REPOSITORIES
    assert "hill-lab/0" not in seen.repositories[7]


async def test_what_the_running_service_has_given_up_is_done_after_the_button(
    simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = found(simulator)
    settings = replace(town.settings(f"sqlite:///{tmp_path}/jobs.sqlite"), status_token=TOKEN)
    async with (
        Service(settings, town.github.clock, between_writes=0, poll=0.02) as service,
        ClientSession(headers=AUTH) as browser,
    ):
        town.app.webhook_url = f"{service.url}/webhook"
        town.github.idle_checks.append(service.idle)
        with monkeypatch.context() as broken:
            broken.setattr(reconcile, "make_plan", lambda *_: 1 / 0)
            issue = town.write_notes()
            for seconds in (0, 5, 60):
                town.github.clock.advance(timedelta(seconds=seconds))
                await at_rest(town)
        page = await (await browser.get(f"{service.url}/status")).text()
        form = hidden_fields(page)
        await (await browser.post(f"{service.url}/status/retry", data=form)).read()
        await at_rest(town)
        after = await (await browser.get(f"{service.url}/status")).text()

    assert "ZeroDivisionError: division by zero" in page
    assert "<button" not in after
    assert_published_once(town, issue)


async def at_rest(town: Town) -> None:
    async with asyncio.timeout(30):
        await town.github.idle()


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the forms on a page."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))


async def test_the_front_page_leads_to_the_app_on_github_and_to_what_to_try(
    simulator: Simulator, tmp_path: Path
) -> None:
    town = found(simulator)
    settings = town.settings(f"sqlite:///{tmp_path}/jobs.sqlite")
    async with Service(settings, town.github.clock) as service, ClientSession() as browser:
        town.github.idle_checks.append(service.idle)
        await at_rest(town)
        front = await (await browser.get(f"{service.url}/")).text()
        installed = await browser.get(f"{service.url}/installed")
        page = await installed.text()

    assert f'<a href="{town.github.url}/apps/{town.app.slug}"' in front
    assert 'href="/installed"' in front
    assert installed.status == 200
    assert "The minutes bot is installed" in page
    assert not [each for each in (SOURCE, ARCHIVE) if each in front + page], "anybody may read them"


async def test_the_running_service_shows_what_it_does(simulator: Simulator, tmp_path: Path) -> None:
    town = found(simulator)
    settings = replace(town.settings(f"sqlite:///{tmp_path}/jobs.sqlite"), status_token=TOKEN)
    async with (
        Service(settings, town.github.clock, between_writes=0, poll=0.02) as service,
        ClientSession(headers=AUTH) as browser,
    ):
        town.app.webhook_url = f"{service.url}/webhook"
        town.github.idle_checks.append(service.idle)
        town.write_notes()
        await at_rest(town)
        async with browser.get(f"{service.url}/status") as answer:
            page = await answer.text()

    (installation,) = town.github.world.installations
    assert f"<h3>{installation}</h3>" in page
    assert f"<li>{SOURCE}, last looked at" in page
    assert "<td>accepted</td>" in page
    assert re.search(r"<td>graphql</td><td>\d+ of \d+</td>", page)
    assert "<td>the App</td>" in page


async def test_the_running_service_shows_the_next_meeting_and_the_missing_minutes(
    simulator: Simulator, tmp_path: Path
) -> None:
    town = found(simulator)
    town.github.clock.set(datetime(2026, 9, 7, 9, tzinfo=UTC))  # minutes are there until 2026-08-11
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": CALENDAR})
    settings = replace(town.settings(f"sqlite:///{tmp_path}/jobs.sqlite"), status_token=TOKEN)
    async with (
        Service(settings, town.github.clock, between_writes=0, poll=0.02) as service,
        ClientSession(headers=AUTH) as browser,
    ):
        town.app.webhook_url = f"{service.url}/webhook"
        town.github.idle_checks.append(service.idle)
        await at_rest(town)
        page = await (await browser.get(f"{service.url}/status")).text()
        requests = len(town.github.requests)
        await (await browser.get(f"{service.url}/status")).read()
        assert len(town.github.requests) == requests, "the page asks GitHub for nothing"
        town.maintainer.push(ARCHIVE, {".github/minutes.yml": "settle: 0 minutes\n"})
        await at_rest(town)
        after = await (await browser.get(f"{service.url}/status")).text()

    cells = [" ".join(cell.split()) for cell in re.findall(r"<td>(.*?)</td>", page, re.DOTALL)]
    at = cells.index("Weekly &lt;meeting&gt;")
    assert cells[at - 1] == f'<a href="{town.github.url}/{ARCHIVE}" rel="noreferrer">{ARCHIVE}</a>'
    assert cells[at + 1 : at + 3] == ["2026-09-08 09:00 Asia/Tokyo", "2026-08-18, 2026-08-25"]
    assert "Asia/Tokyo" not in after


CALENDAR = """settle: 0 minutes
series:
  - name: Weekly <meeting>
    schedule: every Tuesday 09:00
    timezone: Asia/Tokyo
    since: 2026-08-11
"""


def test_calendars_are_bounded_follow_a_new_name_and_go_with_their_installation() -> None:
    seen = Seen(SystemClock())
    series = (SeriesOutlook("Weekly", None, ()),)
    for number in range(MOST_CALENDARS + 1):
        seen.add_calendar(7, Repository(str(number), f"hill-lab/{number}"), series)
    most = [each.archive for each in seen.calendars]
    seen.add_calendar(7, Repository("9", "hill-lab/renamed"), series)
    seen.add_calendar(7, Repository("8", "hill-lab/8"), ())
    names = {each.archive for each in seen.calendars}
    seen.add_calendar(8, Repository("1", "lake-lab/1"), series)
    seen.forget_calendars(7)

    assert len(most) == MOST_CALENDARS
    assert "hill-lab/0" not in most
    assert "hill-lab/renamed" in names
    assert not names & {"hill-lab/9", "hill-lab/8"}
    assert [each.archive for each in seen.calendars] == ["lake-lab/1"]
