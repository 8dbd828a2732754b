"""Issues and discussions, as people read and write them by forms."""

import re

from github_simulator import comments, discussions, issues
from tests.github_simulator.pages.conftest import ARCHIVE, actor


async def test_an_issue_is_opened_labelled_edited_and_commented_by_forms(browser, archive):
    new, issue = f"{ARCHIVE}/issues/new", f"{ARCHIVE}/issues/1"
    page = await browser.send(new, new, title="Team meeting", body="# Agenda\r\n\r\n- lens", labels="")
    assert "<h1>Agenda</h1>" in page
    await browser.send(issue, f"{issue}/label", label="meeting-notes")
    await browser.be("ben")
    await browser.send(issue, f"{issue}/comment", body="And the **slides**")
    await browser.be("ada")
    page = await browser.send(issue, f"{issue}/edit", title="Weekly", body="- lens\n- slides")
    assert "edited" in page
    assert "<strong>slides</strong>" in page
    thread = archive.threads[1]
    assert (thread.title, thread.author.login, thread.editor.login) == ("Weekly", "ada", "ada")
    assert [label.name for label in thread.labels] == ["meeting-notes"]
    assert [comment.author.login for comment in thread.comments] == ["ben"]
    assert "Weekly" in await browser.read(f"{ARCHIVE}/issues")


async def test_a_label_is_taken_off_and_an_issue_closed_and_reopened(browser, world, archive):
    issue = issues.open_issue(world, actor(world, "ada"), archive, "Weekly", labels=["meeting-notes"])
    path = f"{ARCHIVE}/issues/1"
    await browser.send(path, f"{path}/unlabel", label="meeting-notes")
    assert issue.labels == []
    token = await browser.send(path, f"{path}/comment", body="done")
    assert f'formaction="{path}/close"' in token
    hidden_fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', token))
    async with browser.client.post(f"{path}/close", data=hidden_fields) as answer:
        assert "reopen" in await answer.text()
    assert issue.state == "closed"
    async with browser.client.post(f"{path}/reopen", data=hidden_fields):
        assert issue.state == "open"


async def test_a_comment_is_edited_and_deleted(browser, world, archive):
    issue = issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    comment = comments.comment(world, actor(world, "ada"), issue, "/minutes preview")
    path = f"{ARCHIVE}/issues/1"
    await browser.send(path, f"{path}/recomment", comment=str(comment.id), body="/minutes")
    assert comment.body == "/minutes"
    hidden_fields = {"token": re.search(r'name="token" value="([^"]+)"', await browser.read(path))[1]}
    await browser.client.post(f"{path}/uncomment", data={**hidden_fields, "comment": str(comment.id)})
    assert issue.comments == []
    async with browser.client.post(
        f"{path}/uncomment", data={**hidden_fields, "comment": str(comment.id)}
    ) as answer:
        assert answer.status == 404


async def test_the_address_of_a_new_issue_fills_its_form(browser):
    page = await browser.read(
        f"{ARCHIVE}/issues/new?title=A%20%22meeting%22&body=%3Cb%3E&labels=meeting-notes"
    )
    assert 'value="A &#34;meeting&#34;"' in page
    assert "&lt;b&gt;</textarea>" in page
    assert 'value="meeting-notes"' in page


async def test_a_reader_may_not_label_and_a_stranger_does_not_see_what_is_private(browser, world, archive):
    issues.open_issue(world, actor(world, "ada"), archive, "Weekly")
    await browser.read("/hill-lab/secrets")
    await browser.be("mallory")
    for page in ("", "/issues", "/issues/new", "/pulls", "/commits/main"):
        await browser.read(f"/hill-lab/secrets{page}", status=404)
    assert "secrets" not in await browser.read("/")
    page = await browser.read(f"{ARCHIVE}/issues/1")
    assert "Add label" not in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    data = {"token": token, "label": "meeting-notes"}
    async with browser.client.post(f"{ARCHIVE}/issues/1/label", data=data) as answer:
        assert answer.status == 403
    assert archive.labels == {}


async def test_what_a_deleted_user_wrote_is_shown(browser, world, archive):
    issues.open_issue(world, actor(world, "ben"), archive, "Weekly", "Words")
    world.delete_user("ben")
    assert "ghost" in await browser.read(f"{ARCHIVE}/issues/1")


async def test_a_discussion_is_shown_at_its_own_address(browser, world, archive):
    ada = actor(world, "ada")
    kind = discussions.find_category(world, archive, "General", make=True)
    discussions.open_discussion(world, ada, archive, "Hello", "", kind)
    assert "Hello" in await browser.read(f"{ARCHIVE}/discussions")
    async with browser.client.get(f"{ARCHIVE}/issues/1") as answer:
        assert answer.url.path == f"{ARCHIVE}/discussions/1"


async def test_a_discussion_is_started_and_replied_to_in_the_browser(browser, world, archive):
    new = f"{ARCHIVE}/discussions/new"
    await browser.send(new, new, title="Hello", body="Notes", category="Meetings", labels="")
    (talk,) = archive.threads.values()
    assert (talk.title, talk.category.name) == ("Hello", "Meetings")
    path = f"{ARCHIVE}/discussions/1"
    await browser.send(path, f"{path}/comment", body="First")
    await browser.send(path, f"{path}/comment", body="Answer", reply_to=str(talk.comments[0].id))
    assert talk.comments[1].reply_to is talk.comments[0]
    shown = await browser.read(path)
    assert shown.count(">Reply<") == 2  # one form, below the comment and not below its reply
    assert shown.index("First") < shown.index("Answer")
    assert f'id="discussioncomment-{talk.comments[1].id}"' in shown
    assert "Meetings" in shown
