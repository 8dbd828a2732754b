"""A client that others wrote plays a person, and the app."""

import asyncio

import pytest
from github import Auth, Github, GithubException, GithubIntegration

from tests.github_simulator.conftest import ARCHIVE, NOTES


@pytest.fixture
def hub(lab):
    return Github(auth=Auth.Token(lab.simulator.token("ada")), base_url=f"{lab.simulator.url}/api/v3",
                  seconds_between_requests=0, seconds_between_writes=0, retry=0)  # fmt: skip


def play(hub):
    """What a person does in a week."""
    assert hub.get_user().login == "ada"
    notes, archive = hub.get_repo(NOTES), hub.get_repo(ARCHIVE)
    notes.create_label("meeting-notes", "0e8a16")
    issue = notes.create_issue("Weekly", body="Notes", labels=["meeting-notes"])
    for number in range(35):
        issue.create_comment(f"Comment {number}")
    assert [each.body for each in issue.get_comments()] == [f"Comment {number}" for number in range(35)]
    first = issue.get_comments()[0]
    first.edit("Edited")
    first.create_reaction("eyes")
    issue.edit(title="Monthly", body="More notes")
    issue.remove_from_labels("meeting-notes")
    issue.edit(state="closed")
    main = archive.get_branch("main").commit.sha
    archive.create_git_ref("refs/heads/mine", main)
    made = archive.create_file("2026/mine.md", "Add", "# Mine\n", branch="mine")
    archive.update_file("2026/mine.md", "Edit", "# Ours\n", made["content"].sha, branch="mine")
    with pytest.raises(GithubException) as stale:
        archive.update_file("2026/mine.md", "Edit", "# Yours\n", made["content"].sha, branch="mine")
    assert stale.value.status == 409
    pull = archive.create_pull(base="main", head="mine", title="Mine", body="Read it")
    assert [each.filename for each in pull.get_files()] == ["2026/mine.md"]
    assert [each.commit.message for each in pull.get_commits()] == ["Add", "Edit"]
    assert pull.merge().merged
    assert archive.get_contents("2026/mine.md").decoded_content == b"# Ours\n"
    assert archive.get_collaborator_permission("ben") == "read"
    assert {each.name for each in archive.get_branches()} == {"main", "mine"}


async def test_a_person(lab, hub):
    await asyncio.to_thread(play, hub)
    assert lab.archive.threads[1].merged_by is lab.ada.actor.user


def be_the_app(lab):
    """Sign in as the app does, list where it is installed, and write there."""
    url = f"{lab.simulator.url}/api/v3"
    auth = Auth.AppAuth(lab.app.id, lab.app.private_key)
    integration = GithubIntegration(
        auth=auth, base_url=url, seconds_between_requests=0, seconds_between_writes=0, retry=0
    )
    assert integration.get_app().slug == "minutes"
    (installation,) = integration.get_installations()
    assert integration.get_repo_installation("hill-lab", "notes").id == installation.id
    hub = Github(auth=auth.get_installation_auth(installation.id), base_url=url,
                 seconds_between_requests=0, seconds_between_writes=0, retry=0)  # fmt: skip
    notes = hub.get_repo(NOTES)
    label = notes.create_label("agenda", "c5def5", "To talk about")
    with pytest.raises(GithubException) as taken:
        notes.create_label("Agenda", "c5def5")
    assert (taken.value.status, taken.value.data["errors"][0]["code"]) == (422, "already_exists")
    made = notes.create_issue("By the app", "- Roof", labels=[label])
    made.edit(body="- Boat")
    found = hub.search_issues(
        "label:agenda is:open archived:false is:issue", "created", "asc", org="hill-lab"
    )
    assert [(each.title, each.body, each.repository.full_name) for each in found] == [
        ("By the app", "- Boat", NOTES),
    ]  # fmt: skip
    assert [each.number for each in notes.get_issues(creator="minutes[bot]", labels=["agenda"])] == [1]
    assert hub.get_rate_limit().resources.search.limit == 30


async def test_the_app(lab):
    await asyncio.to_thread(be_the_app, lab)
    notes = lab.simulator.world.repository(*NOTES.split("/"))
    assert notes.threads[1].author is lab.app.bot


def draft_something(lab):
    """Open a draft, mark it ready and take that back, by GraphQL as PyGithub sends it."""
    hub = Github(auth=Auth.Token(lab.token), base_url=f"{lab.simulator.url}/api/v3",
                 seconds_between_requests=0, seconds_between_writes=0, retry=0)  # fmt: skip
    archive = hub.get_repo(ARCHIVE)
    archive.create_git_ref("refs/heads/mine", archive.get_branch("main").commit.sha)
    archive.create_file("2026/mine.md", "Add", "# Mine\n", branch="mine")
    pull = archive.create_pull(base="main", head="mine", title="Mine", draft=True)
    pull.mark_ready_for_review()
    assert archive.get_pull(pull.number).draft is False
    pull.convert_to_draft()
    assert archive.get_pull(pull.number).draft is True
    pull.create_issue_comment("Nobody wrote notes yet.")


async def test_a_draft_by_graphql(lab):
    await asyncio.to_thread(draft_something, lab)
    assert lab.archive.threads[1].draft
