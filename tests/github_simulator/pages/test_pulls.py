"""Pull requests and files, as people read, edit and merge them."""

import pytest

from github_simulator import pulls
from github_simulator.state import App, CheckRun, Installation
from tests.github_simulator.pages.conftest import ARCHIVE, open_pull


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


async def test_a_pull_request_is_squashed_where_that_was_chosen(browser, world, archive):
    pull = open_pull(world, archive)
    path = f"{ARCHIVE}/pull/1"
    assert '<button class="merge" name="how" value="squash">Squash and merge</button>' in await browser.read(
        path
    )
    await browser.send(path, f"{path}/merge", how="squash")
    commit = archive.git.commit_at(archive.git.branch("main"))
    assert pull.merge_oid == commit.id.decode()
    assert len(commit.parents) == 1
    assert commit.message.startswith(b"Minutes of 2026-08-18 (#1)")


async def test_only_the_ways_to_merge_that_the_repository_allows_are_offered(browser, world, archive):
    pull = open_pull(world, archive)
    archive.merge_methods = ("squash",)
    path = f"{ARCHIVE}/pull/1"
    page = await browser.read(path)
    assert "Squash and merge" in page
    assert "Merge pull request" not in page
    for how, status in (("merge", 405), ("octopus", 422)):
        await browser.send(path, f"{path}/merge", status=status, how=how)
    assert not pull.merged_at


async def test_a_draft_is_made_ready_before_it_is_merged(browser, world, archive):
    pull = open_pull(world, archive)
    pull.draft = True
    events = []
    world.listeners.append(events.append)
    path = f"{ARCHIVE}/pull/1"
    await browser.send(path, f"{path}/ready")
    assert not pull.draft
    assert [event.action for event in events] == ["ready_for_review"]
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


@pytest.mark.parametrize(("folder", "name"), [("", ".github/minutes.yml"), ("/.github", "minutes.yml")])
async def test_a_new_file_is_committed(browser, archive, folder, name):
    path = f"{ARCHIVE}/new/main{folder}"
    if not folder:
        assert f'href="{path}">Create new file</a>' in await browser.read(ARCHIVE)
    page = await browser.send(path, path, filename=name, content="settle: 5 minutes\r\n", message="")
    assert "settle: 5 minutes" in page
    head = archive.git.branch("main")
    assert archive.git.blob(archive.git.at(head, ".github/minutes.yml")) == b"settle: 5 minutes\n"
    assert archive.git.commit_at(head).message == b"Create .github/minutes.yml"


async def test_the_first_file_of_an_empty_repository_is_committed(browser, world):
    path = "/hill-lab/secrets/new/main"
    assert f'href="{path}"' in await browser.read("/hill-lab/secrets")
    await browser.send(path, path, filename="README.md", content="# Notes", message="Begin")
    assert "<h1>Notes</h1>" in await browser.read("/hill-lab/secrets")


@pytest.mark.parametrize("name", ["README.md", "2026", "", "../x.md", ".git/config"])
async def test_a_name_that_cannot_be_a_new_file_is_refused(browser, archive, name):
    head, path = archive.git.branch("main"), f"{ARCHIVE}/new/main"
    await browser.send(path, path, status=422, filename=name, content="x", message="")
    assert archive.git.branch("main") == head


async def test_a_reader_makes_no_file(browser, archive):
    await browser.be("ben")
    head, path = archive.git.branch("main"), f"{ARCHIVE}/new/main"
    assert "Create new file" not in await browser.read(ARCHIVE)
    await browser.send(path, path, status=403, filename="x.md", content="x", message="")
    assert archive.git.branch("main") == head


async def test_a_check_run_has_a_page_with_buttons_for_people_who_may_push(browser, world, archive):
    pull, ada = open_pull(world, archive), world.user("ada")
    app = world.add(App(slug="checker", owner=ada, bot=ada, permissions={}, events=["check_run"],
                        private_key="", public_key="", created_at=world.now()))  # fmt: skip
    installation = world.add(
        Installation(app=app, account=archive.owner, permissions={}, created_at=world.now())
    )
    world.installations[installation.id] = installation
    button = {"label": "Mend", "description": "Commits it", "identifier": "mend"}
    run = world.add(CheckRun(
        repository=archive, app=app, head_oid=pull.head_oid, name="Minutes", conclusion="neutral",
        title="1 notice", summary="**Look** here.", actions=[button], started_at=world.now(),
    ))  # fmt: skip
    archive.checks.append(run)
    events = []
    world.listeners.append(events.append)
    path = f"{ARCHIVE}/runs/{run.id}"
    for each in (f"{ARCHIVE}/pull/1", f"{ARCHIVE}/commit/{pull.head_oid}", path):
        page = await browser.read(each)
        assert "1 notice" in page
        assert "<strong>Look</strong> here." in page
    await browser.send(path, path, identifier="mend")
    assert [(event.name, event.action) for event in events] == [("check_run", "requested_action")]
    await browser.be("ben")
    assert ">Mend</button>" not in await browser.read(path)
    await browser.read(f"{ARCHIVE}/runs/0", status=404)
