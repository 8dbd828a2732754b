"""A team at emulate, with the bot's own door and work: emulate's webhooks lead to jobs, a test does them."""

import asyncio
from datetime import timedelta

from github import Auth, Github

from bot import manifest, marks
from bot.github.app import App, SystemClock
from bot.github.hints import Hints
from bot.service.metrics import Metrics
from bot.service.work import Work
from tests import paper
from tests.service.conftest import SECRET

OWNER, LABEL, BOT = "tern-lab", "meeting-notes", "minutes-bot[bot]"
BRANCH, PATH = "minutes/2026-08-18", "2026/2026-08-18.md"
APP_ID = 4711
PATIENCE = 10  # seconds, for emulate to do what it does at once


def seed(webhook):
    """Two repositories of an organisation, a maintainer, and the app installed as app.yml says."""
    said = manifest.load()
    app = {
        "app_id": APP_ID,
        "slug": "minutes-bot",
        "name": "Minutes",
        "permissions": said["default_permissions"],
        "events": said["default_events"],
        "webhook_url": webhook,
        "webhook_secret": SECRET,
        "installations": [{"installation_id": 77, "account": OWNER}],
    }
    return {
        "tokens": {"imani's": {"login": "imani", "scopes": ["repo"]}},
        "github": {
            "users": [{"login": "imani"}],
            "orgs": [{"login": OWNER, "members": [{"login": "imani", "role": "admin"}]}],
            "repos": [{"owner": OWNER, "name": name} for name in ("planning", "meeting-minutes")],
            "apps": [app],
        },
    }


class Arrivals(asyncio.Queue):
    """The bot's queue: a test takes the jobs out as they come."""

    async def enqueue(self, job):
        await self.put(job)
        return True

    async def reachable(self):
        return True


class Ahead(SystemClock):
    """A clock that runs ahead of emulate's, which is the machine's."""

    by = timedelta()

    def now(self):
        return super().now() + self.by


class Town:
    """The bot that does each job as it comes, and a maintainer who acts by PyGithub."""

    def __init__(self, http, hub, jobs):
        self.http, self.hub, self.jobs = http, hub, jobs
        imani = Github(
            auth=Auth.Token("imani's"), base_url=hub["url"], retry=0,
            seconds_between_requests=0, seconds_between_writes=0,
        )  # fmt: skip
        self.source, self.archive = (
            imani.get_repo(f"{OWNER}/{name}") for name in ("planning", "meeting-minutes")
        )
        self.start()

    def start(self):
        """Start the bot, with nothing remembered."""
        self.clock = Ahead()
        app = App(
            self.http, APP_ID, self.hub["key"],
            rest_url=self.hub["url"], clock=self.clock, api="rest", between_writes=0,
        )  # fmt: skip
        self.work = Work(app, Hints(self.clock), self.clock, Metrics(), self._see)

    def _see(self, look, seen, plan):
        assert seen.refusals == (), seen.refusals
        self.plans.append([type(step).__name__ for step in plan.steps])

    async def told(self):
        """Wait for what emulate's next webhook leads to."""
        return await asyncio.wait_for(self.jobs.get(), PATIENCE)

    async def do(self, job):
        """Do the job and those that follow it, each when it is due; return what was planned."""
        self.plans = []
        jobs = [job]
        while jobs:
            (job,) = jobs
            assert job.attempt == 0, "something went wrong"
            if job.due:
                self.clock.by += job.due - self.clock.now()
            jobs = await self.work(job)
        return self.plans

    async def act(self, act, *args, **how):
        """Let the maintainer do something, in a thread: PyGithub blocks."""
        return await asyncio.to_thread(act, *args, **how)

    async def publish(self, notes=paper.NOTES):
        """Let the maintainer fill the archive, and label an issue."""
        await self.act(self.archive.create_label, LABEL, "0e8a16")
        await self.act(self.archive.create_file, "agenda-template.md", "Add", paper.TEMPLATE)
        await self.act(self.archive.create_file, "2026/2026-08-11.md", "Add", paper.MINUTES)
        issue = await self.act(self.source.create_issue, "Team meeting 2026-08-18", body=notes)
        await self.act(issue.add_to_labels, LABEL)
        return issue

    async def said(self, issue):
        """Read the bot's one comment on the issue: its state, and its text."""
        (comment,) = await self.act(lambda: list(issue.get_comments()))
        assert comment.user.login == BOT
        return marks.find(comment.body).state, comment.body

    async def pull(self):
        """Read the one pull request."""
        (pull,) = await self.act(lambda: list(self.archive.get_pulls(state="all")))
        return pull

    async def minutes(self, ref):
        """Read the minutes on a branch."""
        file = await self.act(self.archive.get_contents, PATH, ref)
        return file.decoded_content.decode()

    async def refs(self):
        """List the branches of the archive, with their commits."""
        found = await self.act(lambda: list(self.archive.get_git_matching_refs("heads/")))
        return {ref.ref.removeprefix("refs/heads/"): ref.object.sha for ref in found}
