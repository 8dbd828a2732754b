"""The client's manners: headers, addresses, limits, credentials, and answers that cannot be believed."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.github import client as room
from bot.github.apply import apply
from bot.github.client import Client, WriteThrottle
from bot.github.errors import GitHubError, Gone, Limited, LostAnswer, Refused
from bot.model import Commit, CreateBranch, PostComment
from tests.github.conftest import ARCHIVE, PERMISSIONS, SOURCE, Lab, archive, source

QUERY = "query { viewer { login } }"
MUTATION = 'mutation { x: addComment(input: {subjectId: "x", body: "x"}) { clientMutationId } }'


# -- addresses ---------------------------------------------------------------------------------------------


async def test_enterprise_addresses(lab: Lab) -> None:
    await lab.read(await lab.issue())

    paths = {exchange.path.split("?")[0] for exchange in lab.simulator.requests if exchange.app}
    assert "/api/graphql" in paths
    assert all(path.startswith("/api/") for path in paths)


async def test_addresses_of_github_com(lab: Lab) -> None:
    url = lab.simulator.url
    client = lab.install(PERMISSIONS, slug="dotcom", rest_url=url, graphql_url=f"{url}/graphql")

    await lab.read(await lab.issue(), client)

    paths = {exchange.path for exchange in lab.simulator.requests if exchange.app == "dotcom"}
    assert "/graphql" in paths
    assert f"/app/installations/{lab.installation}/access_tokens" in paths


async def test_one_client_for_each_installation(lab: Lab) -> None:
    assert lab.app.client(1) is lab.app.client(1)
    assert lab.app.client(1) is not lab.app.client(2)


# -- limits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["secondary", "secondary-429", "primary"])
@pytest.mark.parametrize("way", ["graphql", "rest"])
async def test_nothing_is_sent_while_github_wants_to_be_left_alone(lab: Lab, kind: str, way: str) -> None:
    async def ask() -> object:
        return await (
            lab.client.execute(QUERY, {}) if way == "graphql" else lab.client.getitem("/rate_limit")
        )

    await ask()  # with a token, which is not what is limited here
    operation = "graphql" if way == "graphql" else "rate-limit/get"
    lab.simulator.faults.set(kind, {"operation": operation}, seconds=30)
    with pytest.raises(Limited) as caught:
        await ask()
    assert caught.value.until > lab.simulator.clock.now()
    sent = lab.client.requests

    with pytest.raises(Limited):
        await ask()
    assert lab.client.requests == sent

    lab.simulator.clock.advance(caught.value.until - lab.simulator.clock.now() + timedelta(seconds=1))
    await ask()
    assert lab.client.requests == sent + 1


async def test_people_may_write_of_rate_limits(lab: Lab) -> None:
    git = lab.simulator.world.repository(*ARCHIVE.split("/"))
    message = "Minutes: we spoke of the API rate limit, and that issues are submitted too quickly"
    head = lab.simulator.world.commit_files(git, {"x.md": b"x"}, message)
    seen = await lab.read(await lab.issue(message))

    done = await apply(
        lab.client,
        seen,
        [CreateBranch("minutes/x", head), Commit("minutes/x", head, "y.md", "y", message, "")],
    )

    assert [branch.message for branch in archive(done).branches] == [message]


async def test_writes_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(room.asyncio, "sleep", sleep)
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: 100.0)
    throttle = WriteThrottle(1.0)

    for _ in range(3):
        await throttle.wait()

    assert waits == [1.0, 2.0]


async def test_only_writes_wait_for_their_turn(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[WriteThrottle] = []

    async def wait(self: WriteThrottle) -> None:
        turns.append(self)

    monkeypatch.setattr(WriteThrottle, "wait", wait)

    seen = await lab.read(await lab.issue())
    minted = len(turns)
    await lab.read(source(seen).number)
    assert len(turns) == minted

    await apply(lab.client, seen, [PostComment("Hello")])
    assert len(turns) == minted + 1


# -- credentials -------------------------------------------------------------------------------------------


async def test_an_expired_token_is_replaced(lab: Lab) -> None:
    await lab.client.getitem("/rate_limit")
    lab.simulator.clock.advance(timedelta(minutes=5))
    lab.simulator.faults.set("expired-token", {"operation": "rate-limit/get"})

    assert await lab.client.getitem("/rate_limit")

    minted = [each for each in lab.simulator.requests if each.operation.endswith("access-token")]
    assert len(minted) == 2


async def test_credentials_that_stay_bad(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(self: Client, seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(Client, "sleep", sleep)
    lab.simulator.faults.set("expired-token", {"operation": "rate-limit/get"}, times=None)

    with pytest.raises(GitHubError, match="401"):
        await lab.client.getitem("/rate_limit")
    assert waits == [1.0, 2.0, 4.0]


async def test_an_installation_that_is_gone(lab: Lab) -> None:
    with pytest.raises(Gone):
        await lab.app.client(424242).getitem("/rate_limit")


# -- answers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [QUERY, MUTATION], ids=["query", "mutation"])
@pytest.mark.parametrize("status", [200, 404, 500, 502, 503])
async def test_a_page_is_no_answer(lab: Lab, document: str, status: int) -> None:
    lab.simulator.faults.set("status", {"operation": "graphql"}, status=status, body="<html>Unicorn</html>")

    with pytest.raises(LostAnswer):
        await lab.client.execute(document, {})


class Nobody:
    """Credentials that any server takes."""

    async def header(self) -> str:
        return "token x"

    async def rejected(self, header: str, attempt: int) -> float | None:
        return None

    def lacking(self, header: str) -> None:
        """Nobody lacks anything."""


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"text": '{"data": {"vie', "content_type": "application/json"}, LostAnswer),
        ({"text": "[1]", "content_type": "application/json"}, GitHubError),
        ({"text": "", "status": 200}, GitHubError),
        ({"status": 307, "headers": {"location": "/elsewhere"}}, GitHubError),
    ],
    ids=["cut off", "not an object", "empty", "redirected"],
)
async def test_answers_that_the_simulator_never_gives(
    lab: Lab, aiohttp_server: Any, method: str, answer: dict[str, Any], error: type[Exception]
) -> None:
    asked: list[str] = []

    async def handle(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(**answer)

    app = web.Application()
    app.router.add_route("*", "/graphql", handle)
    url = str((await aiohttp_server(app)).make_url("/"))
    client = Client(
        lab.session,
        Nobody(),
        rest_url=url,
        graphql_url=f"{url}graphql",
        clock=lab.simulator.clock,
        identity=lab.app,
        between_writes=0,
    )

    with pytest.raises(error):
        await client.execute(QUERY if method == "GET" else MUTATION, {})
    assert asked == ["/graphql"]


async def test_a_connection_that_breaks(lab: Lab) -> None:
    lab.simulator.faults.set("lose", {"operation": "graphql"})

    with pytest.raises(LostAnswer):
        await lab.client.execute(QUERY, {})


async def test_an_answer_that_does_not_come(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = await lab.read(await lab.issue())
    monkeypatch.setattr(room, "TIMEOUT", room.aiohttp.ClientTimeout(total=0.2))
    lab.simulator.faults.set("hold", {"mutation": "addComment"})

    with pytest.raises(LostAnswer):
        await apply(lab.client, seen, [PostComment("Hello")])

    lab.simulator.faults.clear()
    comments = await lab.person("GET", f"/repos/{SOURCE}/issues/{source(seen).number}/comments")
    assert len(comments) == 1  # it was done


async def test_nobody_listens(lab: Lab) -> None:
    client = lab.install(PERMISSIONS, slug="lost", graphql_url="http://127.0.0.1:9/graphql")

    with pytest.raises(LostAnswer):
        await client.execute(QUERY, {})


async def test_a_write_that_rest_does_not_allow(lab: Lab) -> None:
    client = lab.install({"metadata": "read"}, slug="reader")

    with pytest.raises(Refused, match="not accessible"):
        await client.post(f"/repos/{ARCHIVE}/labels", data={"name": "x", "color": "aabbcc"})


async def test_there_is_no_such_thing(lab: Lab) -> None:
    with pytest.raises(Gone):
        await lab.client.getitem(f"/repos/{ARCHIVE}/issues/99")
