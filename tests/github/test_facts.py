"""What is asked only when the plan needs it: roles, texts, the configuration in force, what people link."""

from collections.abc import Sequence

import pytest

from bot.github.read_snapshot import complete, file
from bot.model import Comment, Fact, File, FileRef, Role, Snapshot, Source, ThreadRef
from github_simulator.state import Issue
from tests.github.conftest import (
    ARCHIVE,
    FILES,
    SOURCE,
    TEMPLATE,
    Lab,
    archive,
    shape,
    source,
)

CONFIG = ".github/minutes.yml"


async def asked(lab: Lab, needs: Sequence[Fact]) -> tuple[Snapshot, int]:
    """Look at a new issue, then ask for these facts: what is known then, and the requests it took."""
    seen = await lab.read(await lab.issue())
    before = lab.client.requests
    return await complete(lab.client, seen, needs, lab.hints), lab.client.requests - before


def push(lab: Lab, files: dict[str, str | None], repository: str = ARCHIVE) -> str:
    """Commit files as a person; the commit."""
    return lab.simulator.person("imani").push(repository, files)


# -- roles -------------------------------------------------------------------------------------------------


async def test_roles_where_they_count(lab: Lab) -> None:
    lab.simulator.add_collaborator(ARCHIVE, "rui", "maintain")
    needs = [Role(SOURCE, "rui"), Role(ARCHIVE, "rui"), Role(SOURCE, "nobody"), Role(SOURCE, "imani")]

    seen, requests = await asked(lab, needs)

    assert [seen.roles[role] for role in needs] == ["read", "maintain", "none", "write"]
    assert seen.asked >= set(needs)
    assert requests == 3  # imani's was known
    assert (await asked(lab, needs))[1] == 2  # who may not write is asked about again


async def test_who_is_given_write_access_has_it_at_once(lab: Lab) -> None:
    rui = Role(SOURCE, "rui")
    before, _ = await asked(lab, [rui])
    lab.simulator.add_collaborator(SOURCE, "rui", "write")
    after, _ = await asked(lab, [rui])

    assert (before.roles[rui], after.roles[rui]) == ("read", "write")


# -- texts -------------------------------------------------------------------------------------------------


async def test_texts_of_blobs_and_of_commits(lab: Lab) -> None:
    before = push(lab, {"notes.md": "One\n", 'od"d \\ nämë.md': "Odd\n", "logo.png": "\0\1"})
    push(lab, {"notes.md": "Two\n"})
    kept = archive(await lab.read(await lab.issue()))
    now = kept.repository.head or ""
    needs = {
        FileRef(before, "notes.md"): "One\n",
        FileRef(now, "notes.md"): "Two\n",
        FileRef(kept.files["template.md"]): TEMPLATE,
        FileRef(now, 'od"d \\ nämë.md'): "Odd\n",
        FileRef(now, "logo.png"): None,
        FileRef(now, "nowhere.md"): None,
        FileRef(now, "2026"): None,
        FileRef("0" * 40): None,
    }

    seen, requests = await asked(lab, list(needs))

    assert {text: seen.texts[text] for text in needs} == needs
    assert seen.asked >= set(needs)
    assert requests == 1
    there = [text for text, found in needs.items() if found or text.path == "logo.png"]
    assert (await asked(lab, there))[1] == 0


async def test_what_another_repository_keeps_is_not_told_to_who_knows_its_name(lab: Lab) -> None:
    (known,) = lab.hints.remember_texts("R_other", {FileRef("5" * 40): "Not for you"})

    assert (await asked(lab, [known]))[0].texts[known] is None


# -- the configuration in force ----------------------------------------------------------------------------


async def test_the_newest_configuration_that_can_be_read(lab: Lab) -> None:
    versions = ["settle: 1 minute\n", "settle: 2 minutes\n", None, "setle: 3 minutes\n", "a: [\n"]
    for text in versions:
        push(lab, {CONFIG: text})

    seen, requests = await asked(lab, ["config"])

    assert archive(seen).config == "a: [\n"
    assert seen.good_config == "settle: 2 minutes\n"
    assert seen.asked >= {"config"}
    assert requests <= 2
    assert (await asked(lab, ["config"]))[1] == 0


async def test_there_was_never_one_that_can_be_read(lab: Lab) -> None:
    push(lab, {CONFIG: "a: [\n"})

    assert (await asked(lab, ["config"]))[0].good_config is None


async def test_the_shape_is_that_of_the_configuration_in_force(lab: Lab) -> None:
    push(lab, {CONFIG: "template: ours.md\n", "ours.md": "# Ours\n"})
    push(lab, {CONFIG: "a: [\n"})
    seen = await lab.read(await lab.issue())
    assert shape(seen).template is None

    seen = await complete(lab.client, seen, ["config"], lab.hints)
    seen = await complete(lab.client, seen, ["shape"], lab.hints)

    assert shape(seen).template == File("ours.md", "# Ours\n")
    assert shape(seen).newest is not None


async def test_without_an_archive_every_question_is_answered_all_the_same(lab: Lab) -> None:
    push(lab, {CONFIG: "archive: tern-lab/nowhere\n"}, SOURCE)
    needs: list[Fact] = ["shape", "config", FileRef("0" * 40), ThreadRef("nowhere")]

    seen, _ = await asked(lab, needs)

    assert seen.archive is None
    assert seen.asked >= set(needs)
    assert (dict(seen.texts), dict(seen.linked)) == ({FileRef("0" * 40): None}, {ThreadRef("nowhere"): None})


# -- what people link --------------------------------------------------------------------------------------


@pytest.fixture
def other(lab: Lab) -> Issue:
    """An issue of another repository of the team, with a comment that somebody else has edited."""
    lab.simulator.create_repository("tern-lab/ideas", files={"README.md": "x"})
    lab.simulator.add_collaborator("tern-lab/ideas", "imani", "write")
    rui, imani = lab.simulator.person("rui"), lab.simulator.person("imani")
    issue = rui.open_issue("tern-lab/ideas", "Ideas", "Some ideas")
    imani.edit_comment(rui.comment(issue, "One more"), "One more, mended")
    return issue


def url_of(lab: Lab, issue: Issue, anchor: str = "") -> str:
    return f"{lab.simulator.url}/{issue.repository.full_name}/issues/{issue.number}{anchor}"


async def test_a_linked_issue_and_a_linked_comment(lab: Lab, other: Issue) -> None:
    comment = other.comments[0]
    thread, comment_link = (
        ThreadRef(url_of(lab, other)),
        ThreadRef(url_of(lab, other, f"#issuecomment-{comment.id}")),
    )

    seen, _ = await asked(lab, [thread, comment_link])

    found, quoted = seen.linked[thread], seen.linked[comment_link]
    assert isinstance(found, Source)
    assert (found.name, found.body, found.author) == (f"tern-lab/ideas#{other.number}", "Some ideas", "rui")
    assert isinstance(quoted, Comment)
    assert (quoted.body, quoted.author, quoted.url) == ("One more, mended", "rui", comment_link.url)
    assert seen.asked >= {thread, comment_link}


async def test_a_linked_discussion_whatever_its_address_calls_it(lab: Lab) -> None:
    imani = lab.simulator.person("imani")
    discussion = imani.open_discussion(SOURCE, "Ideas", "Some ideas")
    answer = imani.comment(discussion, "Yes", imani.comment(discussion, "One more"))
    root = f"{lab.simulator.url}/{SOURCE}"
    addresses = [f"{root}/discussions/{discussion.number}", f"{root}/issues/{discussion.number}"]
    quoted = ThreadRef(f"{addresses[0]}#discussioncomment-{answer.id}")

    seen, requests = await asked(lab, [*map(ThreadRef, addresses), quoted])

    found = [seen.linked[ThreadRef(url)] for url in addresses]
    assert [(each.kind, each.body) for each in found if isinstance(each, Source)] == [
        ("discussion", "Some ideas")
    ] * 2
    assert isinstance(seen.linked[quoted], Comment)
    assert requests == 3


async def test_what_leads_nowhere_and_what_is_none_of_ours(lab: Lab, other: Issue) -> None:
    lab.simulator.create_repository("other-lab/open", files={"README.md": "x"})
    lab.simulator.person("stranger").open_issue("other-lab/open", "Public", "For all to read")
    app = lab.simulator.world.installations[lab.installation].app
    lab.simulator.install(app, "other-lab", repositories=None)
    pull = lab.simulator.person("imani")
    pull.push(SOURCE, {"x.md": "x"}, "x", "topic")
    opened = await lab.person(
        "POST", f"/repos/{SOURCE}/pulls", {"title": "x", "head": "topic", "base": "main"}
    )
    root = lab.simulator.url
    addresses = [
        f"{root}/{SOURCE}/issues/999",
        f"{root}/{SOURCE}/issues/{opened['number']}",  # a pull request answers as an issue by REST
        f"{root}/{SOURCE}/pull/{opened['number']}",
        f"{root}/{SOURCE}/issues/{'9' * 40}",
        url_of(lab, other, "#issuecomment-1"),
        f"{root}/other-lab/open/issues/1",  # everybody may read it, but it is another team's
        f"/{SOURCE}/issues/1",
        f"{root}/tern-lab/nowhere/issues/1",
        f"{root}.evil.example/{SOURCE}/issues/1",
        f"https://example.org/{SOURCE}/issues/1",
        f"{root}/../{SOURCE}/issues/1",
        "",
    ]

    seen, _ = await asked(lab, list(map(ThreadRef, addresses)))

    assert {link.url: found for link, found in seen.linked.items() if found} == {}


async def test_a_repository_of_the_team_on_which_the_app_is_not_installed(lab: Lab, other: Issue) -> None:
    world = lab.simulator.world
    covered = {world.repository(*name.split("/")).id for name in (SOURCE, ARCHIVE)}
    world.installations[lab.installation].repositories = covered
    link = ThreadRef(url_of(lab, other))

    seen, _ = await asked(lab, [link])

    assert seen.linked == {link: None}


# -- people ------------------------------------------------------------------------------------------------


async def test_who_edited_and_what_is_a_bot(lab: Lab) -> None:
    lab.simulator.add_collaborator(SOURCE, "rui", "write")
    rui, imani = lab.simulator.person("rui"), lab.simulator.person("imani")
    issue = imani.open_issue(SOURCE, "Team meeting", "Notes", labels=("meeting-notes",))
    imani.comment(issue, "One")
    rui.edit(issue, body="Notes, mended")
    rui.edit_comment(issue.comments[0], "One, mended")

    there = source(await lab.read(issue.number))

    assert (there.author, there.editor, there.by_bot) == ("imani", "rui", False)
    assert (there.comments[0].author, there.comments[0].actor) == ("imani", "rui")


# -- the file of a commit ----------------------------------------------------------------------------------


async def test_a_file_of_any_repository(lab: Lab) -> None:
    commit = push(lab, {CONFIG: "settle: 1 minute\n"}, SOURCE)

    repository, text = await file(lab.client, SOURCE, FileRef(commit, CONFIG), lab.hints)
    _, nothing = await file(lab.client, ARCHIVE, FileRef(commit, CONFIG), lab.hints)

    assert (repository.name, text, nothing) == (SOURCE, "settle: 1 minute\n", None)
    assert set(FILES) == {"template.md", "2026/2026-11-10.md", "2026/2026-11-17.md"}
