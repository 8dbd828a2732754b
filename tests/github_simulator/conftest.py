"""A small lab at the simulator: two repositories, three people, an app, and a client for any of them."""

import aiohttp
import jwt
import pytest
from aiohttp import web

NOTES, ARCHIVE = "hill-lab/notes", "hill-lab/meeting-minutes"
PERMISSIONS = {"contents": "write", "issues": "write", "pull_requests": "write", "checks": "write"}
EVENTS = ["issues", "issue_comment", "pull_request", "push"]


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Lab:
    def __init__(self, simulator, http):
        self.simulator, self.http = simulator, http
        simulator.create_repository(NOTES, files={"README.md": "# Notes\n"})
        simulator.create_repository(
            ARCHIVE, files={"README.md": "# Minutes\n", "2026/2026-11-17.md": "# Then\n"}
        )
        self.ada, self.ben, self.mallory = (simulator.person(login) for login in ("ada", "ben", "mallory"))
        for repository in (NOTES, ARCHIVE):
            simulator.add_collaborator(repository, "ada", "write")
            simulator.add_collaborator(repository, "ben", "read")
        self.app = simulator.create_app(
            "minutes", permissions=PERMISSIONS, events=EVENTS, webhook_secret="a secret"
        )
        self.installation = simulator.install(self.app, "hill-lab")
        self.token = self.mint()

    def mint(self, permissions=None):
        installation = self.simulator.world.installations[self.installation]
        return self.simulator.tokens.for_installation(installation, permissions)[0]

    def jwt(self, key=None, **claims):
        now = int(self.simulator.clock.now().timestamp())
        claims = {"iat": now - 60, "exp": now + 540, "iss": str(self.app.id)} | claims
        return jwt.encode(claims, key or self.app.private_key, algorithm="RS256")

    @property
    def archive(self):
        return self.simulator.world.repository(*ARCHIVE.split("/"))

    async def rest(self, method, path, body=None, by=None, **how):
        """Send a REST request: as the app, or `by` a person, or with a token of one's own."""
        token = {None: self.token}.get(by, by)
        if by in self.simulator.world.users:
            token = self.simulator.token(by)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= how.pop("headers", {})
        url = self.simulator.url + path
        async with self.http.request(method, url, json=body, headers=headers, **how) as answer:
            is_json = answer.content_type == "application/json"
            return Answer(answer.status, answer.headers, await (answer.json() if is_json else answer.text()))

    async def graphql(self, query, by=None, **variables):
        return await self.rest("POST", "/graphql", {"query": query, "variables": variables}, by)

    def broke(self, *words):
        """The test broke the descriptions on purpose, in these words; the fixture is not to mind."""
        noted = list(self.simulator.violations)
        self.simulator.violations.clear()
        assert len(noted) == len(words), noted
        for word, note in zip(words, noted, strict=True):
            assert word in note


@pytest.fixture
async def lab(simulator):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http:
        yield Lab(simulator, http)


class Listener:
    """A webhook receiver: keeps what came, answers as it is set."""

    def __init__(self):
        self.came, self.status = [], 202

    async def answer(self, request):
        self.came.append((request.headers, await request.read()))
        return web.Response(status=self.status, text="thanks")

    @property
    def names(self):
        return [headers["X-GitHub-Event"] for headers, _ in self.came]


@pytest.fixture
async def listener(lab, aiohttp_server):
    listener = Listener()
    app = web.Application()
    app.router.add_post("/webhook", listener.answer)
    server = await aiohttp_server(app)
    lab.app.webhook_url = str(server.make_url("/webhook"))
    return listener
