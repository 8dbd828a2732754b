"""The repositories are real: git's own binary reads them."""

import shutil
import subprocess

import pytest
import pytest_asyncio

from github_simulator import Simulator, pulls
from github_simulator.errors import ApiError
from tests.github_simulator.conftest import ARCHIVE

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="compares with git's own binary")


@pytest_asyncio.fixture
async def simulator(tmp_path_factory):
    """A simulator whose repositories are on disk, where git finds them."""
    simulated = Simulator(root=tmp_path_factory.mktemp("git"))
    await simulated.start()
    yield simulated
    await simulated.close()
    assert simulated.violations == []


def git(store, *words):
    done = subprocess.run(["git", "-C", store.path, *words], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


async def test_git_finds_nothing_wrong_and_reads_the_history(lab):
    lab.ada.push(ARCHIVE, {"2026/2026-11-24.md": "# Now\n", "2026/2026-11-17.md": None}, "Räume auf\n\nBody")
    lab.ada.push(ARCHIVE, {"deep/er/still/x.md": "x"}, "Deep", branch="minutes/x")
    store = lab.archive.git
    assert git(store, "fsck", "--strict", "--full") == ""
    assert git(store, "log", "--format=%s|%an|%ae|%cn", "main").splitlines() == [
        f"Räume auf|ada|{lab.ada.actor.user.id}+ada@users.noreply.github.com|GitHub",
        "Initial commit|GitHub|noreply@github.com|GitHub",
    ]
    assert git(store, "ls-tree", "-r", "--name-only", "minutes/x").split() == [
        "2026/2026-11-24.md",
        "README.md",
        "deep/er/still/x.md",
    ]


async def test_merging_brings_both_sides_together(lab):
    lab.ada.push(ARCHIVE, {"a.md": "a\n", "README.md": None}, branch="minutes/x")
    lab.ada.push(ARCHIVE, {"b.md": "b\n"})
    pull = pulls.open_pull(lab.simulator.world, lab.ada.actor, lab.archive, "T", "minutes/x", "main")
    assert [(c.path, c.status) for c in pulls.changes(pull)] == [("README.md", "removed"), ("a.md", "added")]
    lab.ada.merge(pull)
    store = lab.archive.git
    assert git(store, "ls-tree", "--name-only", "main").split() == ["2026", "a.md", "b.md"]
    assert len(git(store, "log", "-1", "--format=%P", "main").split()) == 2
    assert git(store, "fsck", "--strict") == ""


async def test_both_sides_changed_one_file(lab):
    lab.ada.push(ARCHIVE, {"README.md": "ours\n"}, branch="minutes/x")
    lab.ada.push(ARCHIVE, {"README.md": "theirs\n"})
    pull = pulls.open_pull(lab.simulator.world, lab.ada.actor, lab.archive, "T", "minutes/x", "main")
    with pytest.raises(ApiError, match="not mergeable"):
        lab.ada.merge(pull)


async def test_a_renamed_file_is_one_change(lab):
    lab.ada.push(ARCHIVE, {"2026/2026-11-17.md": None, "2026/2026-11-18.md": "# Then\n"}, branch="minutes/x")
    pull = pulls.open_pull(lab.simulator.world, lab.ada.actor, lab.archive, "T", "minutes/x", "main")
    (change,) = pulls.changes(pull)
    assert (change.status, change.path, change.previous) == (
        "renamed",
        "2026/2026-11-18.md",
        "2026/2026-11-17.md",
    )


@pytest.mark.parametrize("path", ["../x", "a//b", ".git/config", "a/./b", ""])
async def test_a_path_that_git_would_refuse(lab, path):
    with pytest.raises(ApiError, match="malformed"):
        lab.ada.push(ARCHIVE, {path: "x"})


@pytest.mark.parametrize(
    "name", ["refs/heads/a..b", "refs/heads/a b", "heads/a", "refs/heads/", "refs/heads/a.lock"]
)
async def test_a_branch_name_that_git_would_refuse(lab, name):
    body = {"ref": name, "sha": lab.archive.git.branch("main")}
    assert (await lab.rest("POST", f"/repos/{ARCHIVE}/git/refs", body)).status == 422


async def test_a_folder_becomes_a_repository(lab, tmp_path):
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "ü.md").write_bytes(b"\xff\xfe")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("not this")
    made = lab.simulator.create_repository("hill-lab/imported", folder=tmp_path)
    assert git(made.git, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "main") == "2026/ü.md\n"


async def test_links_and_submodules_are_what_they_are(lab):
    lab.ada.push_link(ARCHIVE, "2026/newest.md", "2026-11-17.md")
    lab.ada.push_submodule(ARCHIVE, "elsewhere", "5" * 40)
    store = lab.archive.git
    listed = git(store, "ls-tree", "-r", "--format=%(objectmode) %(path)", "main").splitlines()
    assert {"120000 2026/newest.md", "160000 elsewhere"} < set(listed)
    assert git(store, "cat-file", "blob", "main:2026/newest.md") == "2026-11-17.md"
    repository = 'repository(owner: "hill-lab", name: "meeting-minutes")'
    entries = "entries { name mode type object { __typename } }"
    query = f'{{ {repository} {{ object(expression: "main:") {{ ... on Tree {{ {entries} }} }} }} }}'
    found = (await lab.graphql(query)).body["data"]["repository"]["object"]["entries"]
    assert {"name": "elsewhere", "mode": 0o160000, "type": "commit", "object": None} in found
    answer = await lab.rest("GET", f"/repos/{ARCHIVE}/git/trees/main?recursive=1")
    kinds = {each["path"]: (each["mode"], each["type"]) for each in answer.body["tree"]}
    assert kinds["2026/newest.md"] == ("120000", "blob")
    assert kinds["elsewhere"] == ("160000", "commit")
