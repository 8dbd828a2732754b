"""How fast a delivery is acknowledged, and how many a second, compared with a handler that stores nothing.

The reference is the shortest handler that aiohttp and gidgethub allow: it checks the signature, parses the
event and drops it. Ours answers only once the delivery is in the durable queue. All deliveries are of one
installation, so its jobs (five a second, which do nothing) run meanwhile but hardly compete. Each server is a
process of its own; the rounds alternate between them. Run it with `python -m benchmarks.acknowledge`;
PostgreSQL is measured, too, if TEST_DATABASE_URL names an empty database.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from gidgethub import sansio

from bot.service import log
from bot.service.clock import SystemClock
from bot.service.job import Job
from bot.service.jobs import Jobs
from bot.service.metrics import Metrics
from bot.service.web import make_app

SECRET = "of this benchmark"
ROUNDS = 3
LOADS = {1: 300, 32: 1000}
"""The number of deliveries of a round, by the number of connections over which they are sent."""


# -- the servers -------------------------------------------------------------------------------------------


async def bare(request: web.Request) -> web.Response:
    """Check the signature and parse the event, then answer 202."""
    sansio.Event.from_http(request.headers, await request.read(), secret=SECRET)
    return web.Response(status=202)


async def nothing(_: Job) -> Sequence[Job]:
    """Do nothing, and return no jobs to follow."""
    return ()


async def serve(kind: str, database_url: str) -> None:
    """Run a server until it is killed; it prints its port and nothing else.

    `kind` is "bare" for the reference, anything else for the bot's server.
    """
    log.configure("ERROR")
    app = web.Application(client_max_size=2**25)
    app.router.add_post("/webhook", bare)
    if kind != "bare":
        jobs = Jobs(database_url, "benchmark", nothing, SystemClock())
        await jobs.start()
        app = make_app(jobs, (SECRET,), Metrics())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


# -- the load ----------------------------------------------------------------------------------------------

BODY = json.dumps(
    {
        "action": "edited",
        "issue": {
            "number": 12,
            "updated_at": "2026-08-18T14:00:00Z",
            "body": "Notes, word for word.\n" * 900,
        },
        "repository": {"full_name": "hill-lab/notes"},
        "installation": {"id": 77},
        "sender": {"login": "ada", "type": "User"},
    }
).encode()
HEADERS = {
    "X-GitHub-Event": "issues",
    "X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest(),
    "Content-Type": "application/json",
}
NUMBERS = itertools.count()


@dataclass
class Measured:
    """The results of one server at one load.

    `seconds` has the time of each delivery, `rates` the deliveries per second of each round.
    """

    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)


async def load(
    session: aiohttp.ClientSession, port: int, connections: int, count: int, into: Measured
) -> None:
    """Send `count` deliveries over this number of connections, and add the times to `into`.

    Raises RuntimeError when one is not answered with 202.
    """
    left = iter(range(count))

    async def send() -> None:
        for _ in left:
            headers = HEADERS | {"X-GitHub-Delivery": f"{os.getpid()}-{next(NUMBERS)}"}
            started = time.perf_counter()
            async with session.post(f"http://127.0.0.1:{port}/webhook", data=BODY, headers=headers) as answer:
                if answer.status != 202:
                    raise RuntimeError(f"{answer.status}: {await answer.text()}")
            into.seconds.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(connections)))
    into.rates.append(count / (time.perf_counter() - started))


async def measure(databases: Mapping[str, str]) -> dict[tuple[str, int], Measured]:
    """Start the servers, send each load to each of them in turn, and return the results.

    `databases` has a server's database by its name; the results have the name and the number of connections
    as key.
    """
    processes, ports = [], {}
    for kind, url in databases.items():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.acknowledge", kind, url, stdout=asyncio.subprocess.PIPE
        )
        processes.append(process)
        assert process.stdout is not None
        ports[kind] = int(await process.stdout.readline())
    measured = {(kind, connections): Measured() for connections in LOADS for kind in databases}
    async with aiohttp.ClientSession() as session:
        for port in ports.values():
            await load(session, port, 4, 50, Measured())  # to warm up
        for _, (connections, count), (kind, port) in itertools.product(
            range(ROUNDS), LOADS.items(), ports.items()
        ):
            await load(session, port, connections, count, measured[kind, connections])
            await asyncio.sleep(2)  # until the queued jobs are done, before the next round
    for process in processes:
        process.kill()
        await process.wait()
    return measured


def table(measured: Mapping[tuple[str, int], Measured]) -> str:
    """Return the results as the table of benchmarks/README.md."""
    rows = ["| server | connections | p50 ms | p99 ms | deliveries/s | rate to bare |", "| --- " * 6 + "|"]
    for (kind, connections), each in measured.items():
        cuts = statistics.quantiles(each.seconds, n=100)
        rate = statistics.median(each.rates)
        ratio = rate / statistics.median(measured["bare", connections].rates)
        p50, p99 = cuts[49] * 1000, cuts[98] * 1000
        rows.append(f"| {kind} | {connections} | {p50:.2f} | {p99:.1f} | {rate:.0f} | {ratio:.2f} |")
    return "\n".join(rows)


def main() -> None:
    """Run a server when called with its name and database; otherwise measure and print the table."""
    if len(sys.argv) == 3:
        asyncio.run(serve(sys.argv[1], sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        databases = {"bare": "none", "bot, SQLite": f"sqlite:///{folder}/jobs.sqlite"}
        if server := os.environ.get("TEST_DATABASE_URL"):
            databases["bot, PostgreSQL"] = server
        print(table(asyncio.run(measure(databases))))


if __name__ == "__main__":
    main()
