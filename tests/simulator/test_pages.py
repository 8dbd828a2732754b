"""The pages, through real HTTP; what stands behind them is the simulator's own state."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, web
from yarl import URL

from bot.simulator import Simulator, branches, comments, discussions, issues, pulls
from bot.simulator.clock import SimulatedClock
from bot.simulator.deliveries import Deliveries
from bot.simulator.pages import routes
from bot.simulator.pages.markdown import render
from bot.simulator.tokens import Actor
from bot.simulator.world import World

HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(2)> <!-- {{ 7*7 }} --> [x](javascript:alert(3))'
)
ARCHIVE = "/hill-lab/meeting-minutes"


@pytest.fixture
def world(tmp_path):
    world = World(SimulatedClock(datetime(2026, 8, 18, 14, tzinfo=UTC), frozen=True), tmp_path)
    for login in ("ada", "ben", "mallory"):
        world.add_user(login)
    archive = world.add_repository("hill-lab/meeting-minutes")
    archive.collaborators |= {"ada": "write", "ben": "read"}
    world.commit_files(
        archive,
        {
            "README.md": b"# Minutes\n\nSee [the last](2026/2026-08-11.md).\n",
            "2026/2026-08-11.md": b"# 2026-08-11\n\n- [ ] Order slides\n",
            "logo.png": b"\x89PNG\0\0",
        },
        "First minutes",
    )
    world.add_repository("hill-lab/secrets", private=True).collaborators["ada"] = "admin"
    return world


@pytest.fixture
def archive(world):
    return world.repository("hill-lab", "meeting-minutes")


@pytest.fixture
def sim(world):
    return SimpleNamespace(world=world, deliveries=Deliveries(world.clock), requests=[], violations=[])


@pytest.fixture
async def browser(aiohttp_client, sim):
    app = web.Application()
    app.add_routes(routes(sim))
    return Browser(await aiohttp_client(app))


class Browser:
    """Reads pages and sends their forms, as a person does."""

    def __init__(self, client):
        self.client = client

    async def read(self, path, status=200):
        async with self.client.get(path, headers={"Accept": "text/html"}) as answer:
            assert answer.status == status, await answer.text()
            return await answer.text()

    async def send(self, page, action, status=200, **fields):
        """Send the form of `page` that leads to `action`; the hidden fields are the page's."""
        text = await self.read(page)
        assert f'action="{action}"' in text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
        async with self.client.post(action, data={**hidden, **fields}) as answer:
            assert answer.status == status, await answer.text()
            return await answer.text()

    async def be(self, login):
        await self.send("/", "/-/person", login=login)


def actor(world, login):
    return Actor(world.user(login))


def open_pull(world, archive, text="# 2026-08-18\n\nAfter [last meeting](2026-08-11.md).\n"):
    ada, branch = actor(world, "ada"), "minutes/2026-08-18"
    head = archive.git.branch("main")
    branches.create_ref(world, ada, archive, f"refs/heads/{branch}", head)
    files = {"2026/2026-08-18.md": text.encode()}
    branches.commit_files(world, ada, archive, branch, files, "Minutes of 2026-08-18", head)
    return pulls.open_pull(world, ada, archive, "Minutes of 2026-08-18", branch, "main", "From notes.")


# -- issues ------------------------------------------------------------------------------------------------


async def test_an_issue_is_opened_labelled_edited_and_commented_by_forms(browser, archive):
    new, issue = f"{ARCHIVE}/issues/new", f"{ARCHIVE}/issues/1"
    page = await browser.send(new, new, title="Team meeting", body="# Agenda\r\n\r\n- lens", labels="")
    assert "<h1>Agenda</h1>" in page
    await browser.send(issue, f"{issue}/label", label="meeting-notes")
    await browser.be("ben")
    await browser.send(issue, f"{issue}/comment", body="And the **slides**")
    await browser.be("ada")
    page = await browser.send(issue, f"{issue}/edit", title="Weekly", body="- lens\n- slides")
    assert "edited" in page
    assert "<strong>slides</strong>" in page
    thread = archive.threads[1]
    assert (thread.title, thread.author.login, thread.editor.login) == ("Weekly", "ada", "ada")
    assert [label.name for label in thread.labels] == ["meeting-notes"]
    assert [comment.author.login for comment in thread.comments] == ["ben"]
    assert "Weekly" in await browser.read(f"{ARCHIVE}/issues")


async def test_a_label_is_taken_off_and_an_issue_closed_and_reopened(browser, world, archive):
    issue = issues.open_issue(world, actor(world, "ada"), archive, "Weekly", labels=["meeting-notes"])
    path = f"{ARCHIVE}/issues/1"
    await browser.send(path, f"{path}/unlabel", label="meeting-notes")
    assert issue.labels == []
    token = await browser.send(path, f"{path}/comment", body="done")
    assert f'formaction="{path}/close"' in token
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', token))
    async with browser.client.post(f"{path}/close", data=hidden) as answer:
        assert "reopen" in await answer.text()
    assert issue.state == "closed"
    async with browser.client.post(f"{path}/reopen", data=hidden):
        assert issue.state == "open"


async def test_a_comment_is_edited_and_deleted(browser, world, archive):
    issue = issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    comment = comments.comment(world, actor(world, "ada"), issue, "/minutes preview")
    path = f"{ARCHIVE}/issues/1"
    await browser.send(path, f"{path}/recomment", comment=str(comment.id), body="/minutes")
    assert comment.body == "/minutes"
    hidden = {"token": re.search(r'name="token" value="([^"]+)"', await browser.read(path))[1]}
    await browser.client.post(f"{path}/uncomment", data={**hidden, "comment": str(comment.id)})
    assert issue.comments == []
    async with browser.client.post(
        f"{path}/uncomment", data={**hidden, "comment": str(comment.id)}
    ) as answer:
        assert answer.status == 404


async def test_the_address_of_a_new_issue_fills_its_form(browser):
    page = await browser.read(
        f"{ARCHIVE}/issues/new?title=A%20%22meeting%22&body=%3Cb%3E&labels=meeting-notes"
    )
    assert 'value="A &#34;meeting&#34;"' in page
    assert "&lt;b&gt;</textarea>" in page
    assert 'value="meeting-notes"' in page


async def test_a_reader_may_not_label_and_a_stranger_does_not_see_what_is_private(browser, world, archive):
    issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    await browser.read("/hill-lab/secrets")
    await browser.be("mallory")
    for page in ("", "/issues", "/issues/new", "/pulls", "/commits/main"):
        await browser.read(f"/hill-lab/secrets{page}", status=404)
    assert "secrets" not in await browser.read("/")
    page = await browser.read(f"{ARCHIVE}/issues/1")
    assert "Add label" not in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    data = {"token": token, "label": "meeting-notes"}
    async with browser.client.post(f"{ARCHIVE}/issues/1/label", data=data) as answer:
        assert answer.status == 403
    assert archive.labels == {}


async def test_what_a_deleted_user_wrote_is_shown(browser, world, archive):
    issues.open_issue(world, actor(world, "ben"), archive, "Weekly", "Words")
    world.delete_user("ben")
    assert "ghost" in await browser.read(f"{ARCHIVE}/issues/1")


async def test_a_discussion_is_shown_at_its_own_address(browser, world, archive):
    ada = actor(world, "ada")
    kind = discussions.find_category(world, archive, "General", make=True)
    discussions.open_discussion(world, ada, archive, "Hello", "", kind)
    assert "Hello" in await browser.read(f"{ARCHIVE}/discussions")
    async with browser.client.get(f"{ARCHIVE}/issues/1") as answer:
        assert answer.url.path == f"{ARCHIVE}/discussions/1"


async def test_a_discussion_is_started_and_replied_to_in_the_browser(browser, world, archive):
    new = f"{ARCHIVE}/discussions/new"
    await browser.send(new, new, title="Hello", body="Notes", category="Meetings", labels="")
    (talk,) = archive.threads.values()
    assert (talk.title, talk.category.name) == ("Hello", "Meetings")
    path = f"{ARCHIVE}/discussions/1"
    await browser.send(path, f"{path}/comment", body="First")
    await browser.send(path, f"{path}/comment", body="Answer", reply_to=str(talk.comments[0].id))
    assert talk.comments[1].reply_to is talk.comments[0]
    shown = await browser.read(path)
    assert shown.count(">Reply<") == 2  # one form, below the comment and not below its reply
    assert shown.index("First") < shown.index("Answer")
    assert f'id="discussioncomment-{talk.comments[1].id}"' in shown
    assert "Meetings" in shown


# -- pull requests and files -------------------------------------------------------------------------------


async def test_a_pull_request_shows_its_file_as_diff_and_rendered_and_is_merged(browser, world, archive):
    pull = open_pull(world, archive)
    path = f"{ARCHIVE}/pull/1"
    page = await browser.read(path)
    assert '<tr class="added"><td>+</td><td># 2026-08-18</td></tr>' in page
    assert "<h1>2026-08-18</h1>" in page
    assert (
        f'href="{ARCHIVE}/blob/minutes/2026-08-18/2026/2026-08-11.md"' in page
    )  # the link of the file leads on
    await browser.send(path, f"{path}/merge")
    assert pull.merged_at
    assert "merged" in await browser.read(f"{ARCHIVE}/pulls")
    assert "<h1>2026-08-18</h1>" in await browser.read(f"{ARCHIVE}/blob/main/2026/2026-08-18.md")


async def test_a_draft_is_made_ready_before_it_is_merged(browser, world, archive):
    pull = open_pull(world, archive)
    pull.draft = True
    told = []
    world.listeners.append(told.append)
    path = f"{ARCHIVE}/pull/1"
    await browser.send(path, f"{path}/ready")
    assert not pull.draft
    assert [event.action for event in told] == ["ready_for_review"]
    assert "Merge pull request" in await browser.read(path)


async def test_an_address_of_the_wrong_kind_leads_to_the_right_one(browser, world, archive):
    open_pull(world, archive)
    async with browser.client.get(f"{ARCHIVE}/issues/1") as answer:
        assert answer.url.path == f"{ARCHIVE}/pull/1"
    async with browser.client.get(f"{ARCHIVE}/tree/main/README.md") as answer:
        assert answer.url.path == f"{ARCHIVE}/blob/main/README.md"


async def test_files_are_browsed(browser, world, archive):
    open_pull(world, archive)
    root = await browser.read(ARCHIVE)
    assert f'href="{ARCHIVE}/tree/main/2026"' in root
    assert f'href="{ARCHIVE}/blob/main/2026/2026-08-11.md"' in root  # from the readme
    assert "2026-08-18.md" in await browser.read(f"{ARCHIVE}/tree/minutes/2026-08-18/2026")
    assert "6 bytes that are not text" in await browser.read(f"{ARCHIVE}/blob/main/logo.png")
    assert "First minutes" in await browser.read(f"{ARCHIVE}/commits/main")
    oid = archive.git.branch("minutes/2026-08-18")
    assert "# 2026-08-18" in await browser.read(f"{ARCHIVE}/commit/{oid}")
    await browser.read(f"{ARCHIVE}/blob/main/none.md", status=404)
    await browser.read(f"{ARCHIVE}/commit/{'0' * 40}", status=404)
    assert "no commit yet" in await browser.read("/hill-lab/secrets")


async def test_a_person_pushes_to_the_branch_by_editing_the_file(browser, world, archive):
    pull = open_pull(world, archive)
    path = f"{ARCHIVE}/edit/minutes/2026-08-18/2026/2026-08-18.md"
    await browser.send(path, path, content="# 2026-08-18\r\n\r\nBen was here.\r\n", message="")
    (change,) = pulls.changes(pull)
    assert archive.git.blob(change.oid) == b"# 2026-08-18\n\nBen was here.\n"
    commit = archive.git.commit_at(pull.head_oid)
    assert commit.message == b"Update 2026/2026-08-18.md"
    assert b"ada" in commit.author


async def test_an_edit_of_a_file_that_has_moved_on_is_refused(browser, world, archive):
    path = f"{ARCHIVE}/edit/main/README.md"
    text = await browser.send(path, path, status=409, content="x", message="", head="0" * 40)
    assert "Expected branch to point to" in text
    assert archive.git.blob(archive.git.at(archive.git.branch("main"), "README.md")) != b"x"


# -- the machine room --------------------------------------------------------------------------------------


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
    told = []

    async def webhook(request):
        told.append((request.headers["X-GitHub-Event"], (await request.json())["action"]))
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
            assert told == [("installation", "created"), ("issues", "opened"), ("issues", "labeled")]
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


# -- hostile -----------------------------------------------------------------------------------------------


async def test_hostile_text_is_escaped_wherever_it_is_shown(browser, world, archive, sim):
    ada = actor(world, "ada")
    issue = issues.open_issue(world, ada, archive, HOSTILE[:200], HOSTILE)
    comments.comment(world, ada, issue, HOSTILE)
    issues.add_labels(world, ada, issue, [issues.find_label(world, archive, '"><script>alert(4)', make=True)])
    open_pull(world, archive, HOSTILE)
    pages = ["/issues", "/issues/1", "/pulls", "/pull/2", "/blob/minutes/2026-08-18/2026/2026-08-18.md"]
    for page in (*pages, "/edit/minutes/2026-08-18/2026/2026-08-18.md", "/issues/new"):
        text = await browser.read(f"{ARCHIVE}{page}")
        text = re.sub(r'name="token" value="[^"]*"', "", text)  # of random letters, which may be 49
        assert "<script>" not in text, page
        assert "<img" not in text, page
        assert 'href="javascript' not in text, page
        assert "49" not in text, page
    async with browser.client.get(f"{ARCHIVE}/issues/1") as answer:
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


ODD = {
    "half a surrogate pair": "\ud800",
    "nul": "\0",
    "right to left": "a\u202eb",
    "line ends": "\r\r\n",
    "as long as it may be": "x" * 65_536,
    "a broken address": "[x](<//[>)",
    "brackets": "<" * 20_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
async def test_odd_text_is_shown_all_the_same(browser, world, archive, text):
    issues.open_issue(world, actor(world, "ada"), archive, f"Odd {text[:100]}", text)
    for page in ("/issues", "/issues/1"):
        assert "Odd" in await browser.read(f"{ARCHIVE}{page}")


async def test_files_with_odd_names_are_reached(browser, world, archive):
    names = ["a b.md", "50%.md", "why?.md", "c#.md", "é.md", "<b>.md"]
    world.commit_files(archive, {f"odd/{name}": b"# Odd\n" for name in names}, "Odd names")
    page = await browser.read(f"{ARCHIVE}/tree/main/odd")
    links = [unescape(link) for link in re.findall(r'<a class="blob" href="([^"]+)"', page)]
    assert len(links) == len(names)
    for link in links:
        async with browser.client.get(URL(link, encoded=True)) as answer:
            assert "<h1>Odd</h1>" in await answer.text(), link


async def test_a_form_from_elsewhere_is_refused(browser, archive):
    for token in ({}, {"token": "guessed"}, {"token": "é"}):
        data = {"title": "x", "body": "", "labels": "", **token}
        async with browser.client.post(f"{ARCHIVE}/issues/new", data=data) as answer:
            assert answer.status == 403
    assert archive.threads == {}


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
async def test_a_form_leads_back_to_our_own_pages_only(browser, target):
    token = re.search(r'name="token" value="([^"]+)"', await browser.read("/"))[1]
    data = {"token": token, "minutes": "1", "back": target}
    async with browser.client.post("/-/clock", data=data, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("fields", [{}, {"title": "   "}, {"title": "x" * 257}])
async def test_a_form_that_lacks_something_says_so(browser, archive, fields):
    token = re.search(r'name="token" value="([^"]+)"', await browser.read("/"))[1]
    data = {"token": token, "body": "", "labels": "", **fields}
    async with browser.client.post(f"{ARCHIVE}/issues/new", data=data) as answer:
        assert answer.status == 422
        assert "The simulator refused this with 422" in await answer.text()
    assert archive.threads == {}


@pytest.mark.parametrize(
    "path",
    [
        "/hill-lab/none",
        "/none/none",
        f"{ARCHIVE}/issues/9",
        f"{ARCHIVE}/issues/{'9' * 30}",
        f"{ARCHIVE}/blob/x/y",
    ],
)
async def test_what_is_not_there_is_not_found(browser, path):
    assert "404" in await browser.read(path, status=404)


async def test_an_unknown_deed_is_not_found(browser, world, archive):
    issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    token = re.search(r'name="token" value="([^"]+)"', await browser.read("/"))[1]
    for deed in ("eat", "merge", "ready"):
        async with browser.client.post(f"{ARCHIVE}/issues/1/{deed}", data={"token": token}) as answer:
            assert answer.status == 404


# -- Markdown ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<details><summary>Why</summary>\n\nx", "<details><summary>Why</summary><p>x</p>"),
        ("a <!-- hidden --> b", "<p>a  b</p>"),
        ("<!-- hidden\n\n<script>alert(1)</script>", ""),
        ("<details onclick=alert(1)>", "&lt;details onclick=alert(1)&gt;"),
        ("<iframe src=x></iframe>", "&lt;iframe src=x&gt;&lt;/iframe&gt;"),
        ("[a](../b.md)", '<a href="/o/r/b.md">a</a>'),
        ("[c](#d) [e](https://f.example/)", '<a href="#d">c</a> <a href="https://f.example/">e</a>'),
        ("![i](x.png)", '<p><img src="/o/r/2026/x.png" alt="i"></p>'),
        ("- [x] done", 'type="checkbox"'),
        ('<input class="task-list-item-checkbox" onfocus=alert(1) autofocus>', "&lt;input"),
        ("---\ntags: Tuesday\n---\nx", '<pre class="front-matter">tags: Tuesday</pre><p>x</p>'),
        ("", ""),
    ],
)
def test_markdown_is_shown_safely(text, shown):
    made = str(render(text, "/o/r/2026/a.md")).replace("\n", "").replace(" />", ">")
    assert shown in made
    assert (made == "") == (shown == "")


def test_front_matter_is_text_like_any_other_in_an_issue():
    assert "<h2>tags: Tuesday</h2>" in render("---\ntags: Tuesday\n---\n", breaks=True)
