"""What reading an issue and its archive costs: points, requests and bytes, for archives of several sizes.

`python -m benchmarks.look` prints the table. GitHub is simulated; the queries are the bot's own, and the
points are computed as GitHub does it.
"""

import asyncio

import aiohttp

from bot import manifest
from bot.github.app import App
from bot.github.hints import Hints
from bot.github.read_snapshot import read
from bot.model import ReconcileRequest
from github_simulator import Simulator
from github_simulator.state import PullRequest

SOURCE, ARCHIVE = "tern-lab/planning", "tern-lab/meeting-minutes"
FILES, PULLS = (10, 1_000, 20_000), (0, 50, 5_000)


def fill_files(simulator: Simulator, archive: str, count: int) -> None:
    """Add `count` small files to a repository, a hundred in each folder."""
    world = simulator.world
    files: dict[str, bytes | None] = {f"lib/{n // 100}/{n}.txt": b"%d\n" % n for n in range(count)}
    world.commit_files(world.repository(*archive.split("/")), files, "Many")


def fill_pulls(simulator: Simulator, archive: str, count: int) -> list[PullRequest]:
    """Let an app open `count` pull requests that are not about minutes; every tenth stays open."""
    person, world = simulator.person("imani"), simulator.world
    repository = world.repository(*archive.split("/"))
    head = person.push(archive, {"bump.txt": "1\n"}, "Bump", "bump-0") if count else ""
    bumps = simulator.create_app("bumps", permissions={}, events=[], webhook_url=None, webhook_secret="s")
    made = []
    for number in range(count):
        repository.git.set_ref(f"refs/heads/bump-{number}", head)
        pull = person.open_pull(archive, f"bump-{number}", f"Bump {number}", "Release notes.\n" * 500)
        pull.author, pull.app = bumps.bot, bumps
        if number % 10:
            person.close(pull)
        made.append(pull)
    return made


async def costs(files: int, pulls: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Read an issue twice, and return points, requests and bytes of the first and of the second time.

    `files` and `pulls` are the numbers of files and pull requests in the archive.
    """
    simulator = Simulator()
    await simulator.start()
    try:
        simulator.create_user("imani")
        for name in (SOURCE, ARCHIVE):
            simulator.create_repository(name, files={"README.md": "# Here\n"})
            simulator.add_collaborator(name, "imani", "write")
        fill_files(simulator, ARCHIVE, files)
        fill_pulls(simulator, ARCHIVE, pulls)
        issue = simulator.person("imani").open_issue(SOURCE, "Team meeting 2026-11-24", "Notes")
        registered = simulator.create_app(
            "minutes", permissions=dict(manifest.load()["default_permissions"]), events=[],
            webhook_url=None, webhook_secret="secret",
        )  # fmt: skip
        installation = simulator.install(registered, "tern-lab", repositories=None)
        hints = Hints(simulator.clock)
        async with aiohttp.ClientSession() as session:
            app = App(
                session, registered.id, registered.private_key, clock=simulator.clock,
                rest_url=f"{simulator.url}/api/v3", graphql_url=f"{simulator.url}/api/graphql",
            )  # fmt: skip
            found = []
            for _ in range(2):
                before = len(simulator.requests)
                await read(
                    app.client(installation), ReconcileRequest(installation, SOURCE, issue.number), hints
                )
                asked = [each for each in simulator.requests[before:] if "token" not in each.operation]
                found.append((sum(e.cost for e in asked), len(asked), sum(e.size for e in asked)))
        return found[0], found[1]
    finally:
        await simulator.close()


async def main() -> None:
    """Print the table."""
    print("| files | pull requests | first look: points, requests, kB | next look: points, requests, kB |")
    print("| --- | --- | --- | --- |")
    for files in FILES:
        for pulls in PULLS:
            shown = (f"{p}, {r}, {size / 1000:,.1f}" for p, r, size in await costs(files, pulls))
            print(f"| {files:,} | {pulls:,} | {' | '.join(shown)} |")


if __name__ == "__main__":
    asyncio.run(main())
