"""The clock, the deliveries and what was asked of the API; pages and programs on one simulator."""

from datetime import timedelta
from types import SimpleNamespace

from aiohttp import ClientSession, web

from github_simulator import Simulator, issues
from github_simulator.pages import routes
from tests.github_simulator.pages.conftest import ARCHIVE, HOSTILE, Browser, actor


async def test_the_clock_moves_on_but_never_back(browser, world):
    before = world.now()
    await browser.send("/", "/-/clock", minutes="10")
    assert world.now() == before + timedelta(minutes=10)
    for nonsense in ("-1", "nan", "1e99", "soon"):
        await browser.send("/", "/-/clock", status=422, minutes=nonsense)
    assert world.now() == before + timedelta(minutes=10)


async def test_a_delivery_is_shown_and_delivered_again_under_its_guid(browser, world, sim):
    app = SimpleNamespace(slug="minutes-bot", webhook_url="http://127.0.0.1:9/webhook", webhook_secret="")
    sim.deliveries.deliver(app, "issues", {"action": "opened", "note": HOSTILE}, 1, 1)
    assert "issues.opened" in await browser.read("/-/deliveries")
    page = await browser.send("/-/deliveries/1", "/-/deliveries/1")
    assert "redelivery" in page
    first, second = sim.deliveries.log
    assert (first.guid, first.payload) == (second.guid, second.payload)
    await browser.read("/-/deliveries/3", status=404)


async def test_requests_and_violations_are_listed(browser, world, sim):
    entry = {
        "method": "POST",
        "path": "/graphql",
        "operation": "graphql",
        "by": "installation 7",
        "at": world.now(),
    }
    steps = ("createRef", "createCommitOnBranch")
    sim.requests.append(SimpleNamespace(**entry, steps=steps, status=0, cost=1, faults=["lose"]))
    sim.violations.append("POST /graphql: <b>wrong</b>")
    page = await browser.read("/-/requests")
    assert "createRef + createCommitOnBranch" in page
    assert "no answer" in page
    assert "&lt;b&gt;wrong" in page


async def test_the_version_changes_when_something_happens(browser, world, archive):
    before = await browser.read("/-/version")
    assert f'data-version="{before}"' in await browser.read("/")
    issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    assert await browser.read("/-/version") != before
    assert "setInterval" in await browser.read("/-/refresh.js")
    assert "--ink" in await browser.read("/-/style.css")
    assert "<svg" in await browser.read("/favicon.ico")
    await browser.read("/-/secrets.txt", status=404)


async def test_pages_and_programs_share_one_simulator(tmp_path, aiohttp_server):
    events = []

    async def webhook(request):
        events.append((request.headers["X-GitHub-Event"], (await request.json())["action"]))
        return web.Response(status=202)

    bot = web.Application()
    bot.router.add_post("/webhook", webhook)
    address = (await aiohttp_server(bot)).make_url("/webhook")
    simulator = Simulator(root=tmp_path)
    simulator.extra_routes += routes(simulator)
    await simulator.start()
    try:
        simulator.create_user("ada")
        simulator.create_repository("hill-lab/meeting-minutes", {"README.md": "# Minutes\n"})
        simulator.add_collaborator("hill-lab/meeting-minutes", "ada", "write")
        app = simulator.create_app(
            "minutes-bot", permissions={"issues": "write"}, events=["issues"], webhook_url=str(address)
        )
        simulator.install(app, "hill-lab")
        async with ClientSession(simulator.url) as session:
            browser = Browser(session)
            new = f"{ARCHIVE}/issues/new"
            await browser.send(new, new, title="Weekly", body="- lens", labels="meeting-notes")
            await simulator.idle()
            assert events == [("installation", "created"), ("issues", "opened"), ("issues", "labeled")]
            assert "issues.labeled" in await browser.read("/-/deliveries")
            async with session.get("/", headers={"Accept": "text/html"}) as answer:
                assert answer.content_type == "text/html"
            async with session.get("/", headers={"Accept": "application/vnd.github+json"}) as answer:
                assert answer.content_type == "application/json"
            async with session.get(f"/repos{ARCHIVE}/issues/1") as answer:
                shown = await answer.json()
            async with session.get(shown["html_url"]) as answer:
                assert "Weekly" in await answer.text()
        assert simulator.violations == []
    finally:
        await simulator.close()
