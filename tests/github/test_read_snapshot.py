"""How things stand, read from the simulated GitHub."""

import base64
import threading
from datetime import date, timedelta
from typing import get_args

import pytest

from bot import config
from bot.github.errors import GitHubError, LostAnswer, Stale
from bot.github.read_snapshot import role
from bot.model import File, Role, Visibility
from github_simulator.state import PullRequest
from tests.github.conftest import (
    ARCHIVE,
    FILES,
    PERMISSIONS,
    SOURCE,
    TEMPLATE,
    Lab,
    archive,
    shape,
    source,
)


async def test_all_that_is_needed(lab: Lab) -> None:
    number = await lab.issue("Some *notes*\r\nand more\r\n")

    seen = await lab.read(number)

    issue, kept = source(seen), archive(seen)
    assert (issue.title, issue.body) == ("Team meeting 2026-11-24", "Some *notes*\r\nand more\r\n")
    assert (issue.author, issue.labels, issue.open, issue.locked) == (
        "imani",
        ("meeting-notes",),
        True,
        False,
    )
    assert issue.labelled_by["meeting-notes"][0] == "imani"
    assert issue.repository.name == SOURCE
    assert kept.repository.name == seen.archive_name == ARCHIVE
    assert kept.repository.default_branch == "main"
    assert kept.repository.head is not None
    assert set(kept.files) == set(FILES)
    assert shape(seen).template == File("template.md", TEMPLATE)
    assert shape(seen).newest == File("2026/2026-11-17.md", FILES["2026/2026-11-17.md"])
    assert (seen.roles, seen.refusals) == ({Role(SOURCE, "imani"): "write"}, ())


async def test_one_request_warm_and_four_cold(lab: Lab) -> None:
    number = await lab.issue()

    await lab.read(number)
    cold = lab.client.requests
    await lab.read(number)

    assert (cold, lab.client.requests - cold) == (4, 1)


async def test_new_minutes_cost_two_requests_once(lab: Lab) -> None:
    number = await lab.issue()
    await lab.read(number)
    await write(lab, ARCHIVE, "2026/2026-11-20.md", "# Minutes 2026-11-20\n")
    before = lab.client.requests

    kept = shape(await lab.read(number))
    await lab.read(number)

    assert kept.newest == File("2026/2026-11-20.md", "# Minutes 2026-11-20\n")
    assert lab.client.requests - before == 4


async def test_without_a_template_the_last_five_minutes_show_it_at_no_further_request(lab: Lab) -> None:
    world = lab.simulator.world
    last = {f"2026/2026-12-0{day}.md": b"# Minutes 2026-12-0%d\n" % day for day in range(1, 6)}
    world.commit_files(world.repository(*ARCHIVE.split("/")), {**last, "template.md": None}, "Five")
    number = await lab.issue()

    kept = shape(await lab.read(number))
    cold = lab.client.requests
    again = shape(await lab.read(number))

    assert kept.template is None
    assert kept.recent == again.recent == tuple(File(path, text.decode()) for path, text in last.items())
    assert kept.newest == kept.recent[-1]
    assert (cold, lab.client.requests - cold) == (4, 1)


async def test_the_newest_minutes_are_read_beside_a_template(lab: Lab) -> None:
    kept = shape(await lab.read(await lab.issue()))
    assert kept.template is not None
    assert [file.path for file in kept.recent] == ["2026/2026-11-10.md", "2026/2026-11-17.md"]


async def write(lab: Lab, repository: str, path: str, text: str | bytes) -> None:
    """Commit a file as a person."""
    content = text.encode() if isinstance(text, str) else text
    data = {"message": path, "content": base64.b64encode(content).decode()}
    await lab.person("PUT", f"/repos/{repository}/contents/{path}", data)


# -- the archive -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", get_args(Visibility))
async def test_who_sees_a_repository(lab: Lab, visibility: Visibility) -> None:
    lab.simulator.world.repository(*ARCHIVE.split("/")).visibility = visibility

    assert archive(await lab.read(await lab.issue())).repository.visibility == visibility


async def test_the_source_names_another_archive(lab: Lab) -> None:
    lab.simulator.create_repository("tern-lab/records", files={"a.md": "A"})
    await write(lab, SOURCE, ".github/minutes.yml", "archive: tern-lab/records\n")

    seen = await lab.read(await lab.issue())

    assert archive(seen).repository.name == "tern-lab/records"


async def test_a_hint_that_is_no_longer_true_costs_a_look_and_the_list_of_files(lab: Lab) -> None:
    number = await lab.issue()
    await lab.read(number)
    lab.simulator.create_repository("tern-lab/records", files={"a.md": "A"})
    await write(lab, SOURCE, ".github/minutes.yml", "archive: tern-lab/records\n")
    before = lab.client.requests

    first, second = await lab.read(number), await lab.read(number)

    assert first.archive_name == second.archive_name == "tern-lab/records"
    assert lab.client.requests - before == 4


async def test_an_archive_that_was_renamed_costs_nothing_more(lab: Lab) -> None:
    repositories = lab.simulator.world.repositories
    repositories["tern-lab/old-minutes"] = repositories[ARCHIVE]  # GitHub follows a renaming
    await write(lab, SOURCE, ".github/minutes.yml", "archive: tern-lab/old-minutes\n")
    number = await lab.issue()
    await lab.read(number)
    before = lab.client.requests

    assert (await lab.read(number)).archive_name == ARCHIVE
    assert lab.client.requests - before == 1


async def test_an_archive_is_named_even_beside_a_mistake(lab: Lab) -> None:
    lab.simulator.create_repository("tern-lab/records", files={"a.md": "A"})
    await write(lab, SOURCE, ".github/minutes.yml", "archive: 'tern-lab/records'\nsetle: 5\n")

    assert (await lab.read(await lab.issue())).archive_name == "tern-lab/records"


async def test_no_such_archive(lab: Lab) -> None:
    await write(lab, SOURCE, ".github/minutes.yml", "archive: tern-lab/nowhere\n")

    seen = await lab.read(await lab.issue())

    assert seen.archive is None
    assert seen.archive_name == "tern-lab/nowhere"
    assert [(refusal.step, refusal.permission) for refusal in seen.refusals] == [("archive", None)]


async def test_an_archive_without_a_commit(lab: Lab) -> None:
    lab.simulator.create_repository("tern-lab/empty")
    await write(lab, SOURCE, ".github/minutes.yml", "archive: tern-lab/empty\n")

    seen = await lab.read(await lab.issue())
    kept = archive(seen)

    assert (kept.repository.head, dict(kept.files), shape(seen).newest) == (None, {}, None)


async def test_its_configuration_names_the_template(lab: Lab) -> None:
    await write(lab, ARCHIVE, ".github/minutes.yml", "template: forms/ours.md\n")
    await write(lab, ARCHIVE, "forms/ours.md", "no heading\r\n")

    seen = await lab.read(await lab.issue())

    assert archive(seen).config == "template: forms/ours.md\n"
    assert shape(seen).template == File("forms/ours.md", "no heading\r\n")


async def test_a_template_that_is_not_text(lab: Lab) -> None:
    await write(lab, ARCHIVE, ".github/minutes.yml", "template: logo.md\n")
    await write(lab, ARCHIVE, "logo.md", b"\x89PNG\r\n\x1a\n\x00\xff\xfe")

    assert shape(await lab.read(await lab.issue())).template == File("logo.md", None)


async def test_a_broken_configuration_is_read_all_the_same(lab: Lab) -> None:
    await write(lab, ARCHIVE, ".github/minutes.yml", "a: [\n")

    seen = await lab.read(await lab.issue())

    assert (archive(seen).config, shape(seen).template) == ("a: [\n", None)


async def test_a_pull_request_from_a_fork_is_none_of_ours(lab: Lab) -> None:
    lab.simulator.person("imani").push(ARCHIVE, {"2026/x.md": "x"}, "x", "minutes/x")
    await lab.person("POST", f"/repos/{ARCHIVE}/pulls", {"title": "x", "head": "minutes/x", "base": "main"})
    (pull,) = lab.simulator.world.repository(*ARCHIVE.split("/")).threads.values()
    assert isinstance(pull, PullRequest)
    number = await lab.issue()
    assert [each.branch for each in archive(await lab.read(number)).pulls] == ["minutes/x"]

    pull.fork = lab.simulator.create_repository("imani/meeting-minutes", fork=True)

    assert archive(await lab.read(number)).pulls == ()


async def test_the_files_are_listed_once_per_tree(lab: Lab) -> None:
    await write(lab, ARCHIVE, "one/two/three/four/five/six.md", "deep")
    number = await lab.issue()

    kept = archive(await lab.read(number))
    before = lab.client.requests
    again = archive(await lab.read(number))

    assert "one/two/three/four/five/six.md" in kept.files
    assert set(FILES) < set(kept.files)
    assert again.files == kept.files
    assert lab.client.requests - before == 1  # remembered by the tree's id


async def test_a_list_of_files_that_github_cuts_is_read_folder_by_folder(lab: Lab) -> None:
    await write(lab, ARCHIVE, "one/two/three/four/five/six.md", "deep")
    number = await lab.issue()
    whole = archive(await lab.read(number)).files
    lab.simulator.world.tree_limit = 4
    lab.hints.trees.clear()

    assert archive(await lab.read(number)).files == whole


async def test_half_a_list_of_files_is_none(lab: Lab) -> None:
    number = await lab.issue()
    lab.simulator.world.tree_limit = 1

    with pytest.raises(GitHubError, match="too many files"):
        await lab.read(number)


async def test_a_template_of_more_than_a_megabyte_is_no_text(lab: Lab) -> None:
    world = lab.simulator.world
    text = b"# Agenda\n" * 120_000
    world.commit_files(world.repository(*ARCHIVE.split("/")), {"template.md": text}, "Large")

    assert shape(await lab.read(await lab.issue())).template == File("template.md", None)


async def test_what_others_wrote_is_parsed_beside_the_loop(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = set()

    def noting(text: str | None) -> config.Config:
        threads.add(threading.current_thread())
        return config.Config()

    monkeypatch.setattr(config, "read", noting)
    await lab.read(await lab.issue())

    assert threads
    assert threading.main_thread() not in threads


async def test_the_branches_of_the_newest_hundred_meetings_cost_nothing_more(lab: Lab) -> None:
    number = await lab.issue()
    await lab.read(number)
    before = lab.client.requests
    repository = lab.simulator.world.repository(*ARCHIVE.split("/"))
    days = [date(2024, 1, 2) + timedelta(weeks=week) for week in range(105)]
    for day in days:
        repository.git.set_ref(f"refs/heads/minutes/{day}", repository.git.branch("main"))

    branches = archive(await lab.read(number)).branches

    assert [branch.name for branch in branches] == [f"minutes/{day}" for day in reversed(days[5:])]
    assert lab.client.requests - before == 1


async def test_files_of_pull_requests_that_do_not_come_are_not_taken_for_none(lab: Lab) -> None:
    lab.simulator.person("imani").push(ARCHIVE, {"x.md": "x"}, "x", "minutes/2026-11-24")
    await lab.person("POST", f"/repos/{ARCHIVE}/pulls", PULL)
    number = await lab.issue()
    lab.simulator.faults.set("no-files", {"operation": "graphql"}, times=2)

    with pytest.raises(Stale):
        await lab.read(number)
    (pull,) = archive(await lab.read(number)).pulls

    assert pull.files == ("x.md",)


PULL = {"title": "Minutes", "head": "minutes/2026-11-24", "base": "main"}


@pytest.mark.parametrize("kind", [None, "INTERNAL"])
async def test_half_an_answer_is_none(lab: Lab, kind: str | None) -> None:
    number = await lab.issue()
    error = {"message": "Something went wrong while executing your query.", "path": ["archive"], "type": kind}
    answer = {"data": {"source": None, "archive": None}, "errors": [error]}
    lab.simulator.faults.set("status", {"operation": "graphql"}, status=200, body=answer)

    with pytest.raises(LostAnswer):
        await lab.read(number)


# -- the role ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("login", "given"), [("imani", "maintain"), ("rui", "triage")])
async def test_the_role_of_who_set_the_label(lab: Lab, login: str, given: str) -> None:
    lab.simulator.add_collaborator(SOURCE, login, given)
    number = await lab.issue(labels=(), by="stranger")
    path = f"/repos/{SOURCE}/issues/{number}/labels"
    await lab.person("POST", path, {"labels": ["meeting-notes"]}, by=login)

    assert (await lab.read(number)).roles == {Role(SOURCE, login): given}


async def test_somebody_unknown_has_no_role(lab: Lab) -> None:
    assert await role(lab.client, SOURCE, "nobody") == "none"


async def test_a_role_is_asked_again_after_an_hour(lab: Lab) -> None:
    number = await lab.issue()
    await lab.read(number)
    lab.simulator.add_collaborator(SOURCE, "imani", "read")
    assert (await lab.read(number)).roles == {Role(SOURCE, "imani"): "write"}

    lab.simulator.clock.advance(timedelta(minutes=61))

    assert (await lab.read(number)).roles == {Role(SOURCE, "imani"): "read"}


# -- what the App may not read ------------------------------------------------------------------------------


@pytest.fixture
def private(lab: Lab) -> Lab:
    """Both repositories private: what is public is for everybody to read."""
    for name in (SOURCE, ARCHIVE):
        lab.simulator.world.repository(*name.split("/")).private = True
    return lab


@pytest.mark.parametrize("missing", ["contents", "pull_requests", "issues"])
async def test_a_missing_permission_is_named(private: Lab, missing: str) -> None:
    number = await private.issue()
    permissions = {name: level for name, level in PERMISSIONS.items() if name != missing}
    less = private.install(permissions, slug="less")

    seen = await private.read(number, less)

    assert f"{missing}: write" in {refusal.permission for refusal in seen.refusals}
    assert seen.archive is None  # a part that is kept from us must not look like one that is empty


async def test_an_archive_on_which_the_app_is_not_installed(private: Lab) -> None:
    private.simulator.create_repository("other-lab/records", files={"a.md": "A"}, private=True)
    await write(private, SOURCE, ".github/minutes.yml", "archive: other-lab/records\n")

    seen = await private.read(await private.issue())

    assert seen.archive is None
    assert [(refusal.step, refusal.permission) for refusal in seen.refusals] == [("archive", None)]
