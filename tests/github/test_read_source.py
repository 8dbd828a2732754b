"""The source of a snapshot, read from the simulated GitHub."""

from datetime import timedelta

from tests.github.conftest import SOURCE, Lab, source


async def test_no_such_issue(lab: Lab) -> None:
    assert (await lab.read(99)).source is None


async def test_a_pull_request_is_no_source(lab: Lab) -> None:
    repository = lab.simulator.world.repository(*SOURCE.split("/"))
    repository.git.set_ref("refs/heads/topic", repository.git.branch("main"))
    path = f"/repos/{SOURCE}/contents/new.md"
    await lab.person("PUT", path, {"message": "new", "content": "YQ==", "branch": "topic"})
    pull = await lab.person(
        "POST", f"/repos/{SOURCE}/pulls", {"title": "New", "head": "topic", "base": "main"}
    )

    assert (await lab.read(pull["number"])).source is None


async def test_a_hundred_and_five_comments(lab: Lab) -> None:
    number = await lab.issue()
    for index in range(105):
        data = {"body": f"comment {index}"}
        await lab.person("POST", f"/repos/{SOURCE}/issues/{number}/comments", data, by="rui")

    comments = source(await lab.read(number)).comments

    assert [comment.body for comment in comments] == [f"comment {index}" for index in range(105)]
    assert {comment.author for comment in comments} == {"rui"}
    assert not any(comment.mine for comment in comments)


async def test_the_longest_body(lab: Lab) -> None:
    body = "ä" * 65_535 + "\n"

    assert source(await lab.read(await lab.issue(body))).body == body


async def test_an_empty_body(lab: Lab) -> None:
    assert source(await lab.read(await lab.issue(""))).body == ""


async def test_a_deleted_author(lab: Lab) -> None:
    number = await lab.issue()
    lab.simulator.world.delete_user("imani")

    seen = await lab.read(number)

    assert source(seen).author is None
    assert source(seen).labelled_by["meeting-notes"][0] is None
    assert seen.roles == {}


async def test_an_edit_is_noticed(lab: Lab) -> None:
    number = await lab.issue()
    assert source(await lab.read(number)).edited_at is None
    lab.simulator.clock.advance(timedelta(minutes=3))

    await lab.person("PATCH", f"/repos/{SOURCE}/issues/{number}", {"body": "Other notes"})

    edited = source(await lab.read(number))
    assert edited.edited_at == edited.updated_at
