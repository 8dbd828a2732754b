"""A small town for end-to-end tests: a simulated GitHub, a team with an archive, and the App installed."""

from dataclasses import dataclass

from bot import manifest
from bot.service.settings import Settings
from github_simulator import SimulatedPerson, Simulator
from github_simulator.state import App, Issue, PullRequest

SECRET = "a secret of these tests"
SOURCE = "hill-lab/notes"
ARCHIVE = "hill-lab/meeting-minutes"

LAST_WEEK = """# Weekly meeting 2026-08-11

Attending: Ada, Grace

## Agenda

- Accepting minutes from [last meeting](2026-08-04.md)
- Harvest: the new press works
"""

NOTES = """# Weekly meeting 2026-08-18

Attending: Ada, Grace, Edsger

## Agenda

- Accepting minutes from last meeting
- Harvest: the press is cleaned on Friday
"""

ARCHIVED = {
    "README.md": "# Minutes of the hill lab\n",
    "2026/2026-08-04.md": LAST_WEEK.replace("08-11", "08-04").replace("(2026-08-04.md)", "(2026-07-28.md)"),
    "2026/2026-08-11.md": LAST_WEEK,
    ".github/minutes.yml": "settle: 0 minutes\n",
}


@dataclass
class Town:
    """The team's GitHub, as a test plays with it."""

    github: Simulator
    app: App
    maintainer: SimulatedPerson

    def settings(self, database_url: str, replica: str = "web.1", port: int = 0) -> Settings:
        """Settings for a bot that serves this town."""
        return Settings(
            app_id=self.app.id,
            private_key=self.app.private_key,
            webhook_secret=SECRET,
            database_url=database_url,
            rest_url=self.github.url,
            graphql_url=f"{self.github.url}/graphql",
            host="127.0.0.1",
            port=port,
            replica=replica,
        )

    def write_notes(self, text: str = NOTES, title: str = "Weekly meeting 2026-08-18") -> Issue:
        """Open an issue with notes and label it."""
        issue = self.maintainer.open_issue(SOURCE, title, text)
        self.maintainer.label(issue, "meeting-notes")
        return issue

    def pulls(self) -> list[PullRequest]:
        """List the pull requests of the archive."""
        threads = self.github.world.repository(*ARCHIVE.split("/")).threads.values()
        return [thread for thread in threads if isinstance(thread, PullRequest)]


def found(github: Simulator) -> Town:
    """Build the town in a started simulator."""
    asked = manifest.load()
    app = github.create_app(
        "minutes-bot",
        permissions=asked["default_permissions"],
        events=asked["default_events"],
        webhook_secret=SECRET,
    )
    for login in ("hill-lab", "ada", "grace"):
        github.create_user(login)
    github.create_repository(SOURCE, {"README.md": "# Notes\n"})
    github.create_repository(ARCHIVE, ARCHIVED)
    for repository in (SOURCE, ARCHIVE):
        github.add_collaborator(repository, "ada", "maintain")
    github.install(app, "hill-lab")
    return Town(github, app, github.person("ada"))


def assert_published_once(town: Town, issue: Issue) -> None:
    """Whatever happened on the way: one pull request with one commit, and one comment that names it."""
    (pull,) = town.pulls()
    (comment,) = issue.comments
    git = pull.repository.git
    assert git.branch(pull.head_ref) == pull.head_oid
    assert [len(git.between(pull.base_oid, oid)) for oid in git.refs("refs/heads/minutes/").values()] == [1]
    assert f"pull request {pull.number}" in comment.body
