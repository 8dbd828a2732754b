"""Who starts notes, whose words they are, and where they may go."""

from datetime import timedelta

import pytest

from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, SOURCE, House

TITLE = "Team meeting 2026-08-18"


async def test_a_title_by_an_outsider_waits_for_a_word(house: House) -> None:
    issue = house.yuki.open_issue(SOURCE, TITLE, paper.NOTES)
    house.imani.label(issue, LABEL)
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.edit(issue, body=paper.NOTES.replace("# 2026-08-18\n", "# Meeting\n"))
    await house.quiet()
    house.pass_time(60)
    house.yuki.edit(issue, title="Team meeting 2026-08-25")
    await house.quiet()
    assert house.status_of(issue)[0] == "needs-approval"
    assert pull.title == "Minutes of 2026-08-18"

    house.imani.comment(issue, "/minutes")
    await house.quiet()

    assert house.status_of(issue)[0] == "ready"
    assert pull.title == "Minutes of 2026-08-25"


async def test_a_title_by_a_writer_is_followed(house: House) -> None:
    issue = house.publish(paper.NOTES.replace("# 2026-08-18\n", "# Meeting\n"))
    await house.quiet()
    (pull,) = house.pulls()
    house.pass_time(60)
    house.imani.edit(issue, title="Team meeting 2026-08-25")
    await house.quiet()

    assert pull.title == "Minutes of 2026-08-25"


@pytest.mark.parametrize("word", ["edit", "comment"])
@pytest.mark.parametrize(("who", "starts"), [("imani", True), ("yuki", False)])
async def test_a_label_by_a_program_counts_from_the_first_word_of_a_writer(
    house: House, word: str, who: str, *, starts: bool
) -> None:
    app = house.simulator.create_app(
        "github-actions", permissions={"issues": "write"}, events=[], webhook_url=None, webhook_secret="s"
    )
    house.simulator.install(app, "tern-lab")
    issue = house.simulator.person("imani").open_issue(SOURCE, TITLE, paper.NOTES)
    issue.author, issue.app = app.bot, app
    house.imani.label(issue, LABEL)
    issue.timeline[-1].actor = app.bot
    await house.quiet()
    assert house.comments(issue) == []

    house.pass_time(30)
    if word == "edit":
        house.imani.edit(issue, body=paper.NOTES.replace("Tove", "Tove, Yuki"))
        issue.editor = house.simulator.world.user(who)
    else:
        house.simulator.person(who).comment(issue, "Thanks!")
    await house.quiet()

    assert bool(house.pulls()) is starts


async def test_after_a_label_by_a_program_the_words_of_strangers_wait_too(house: House) -> None:
    issue = house.yuki.open_issue(SOURCE, TITLE, paper.NOTES)
    house.imani.label(issue, LABEL)
    issue.timeline[-1].actor = house.simulator.create_app("ci", permissions={}, events=[]).bot
    house.imani.comment(issue, "Thanks!")
    house.pass_time()
    house.yuki.edit(issue, body=paper.NOTES.replace("Tove", "Tove, Mallory"))
    await house.quiet()

    assert not any("Mallory" in house.minutes("2026/2026-08-18.md", pull.head_ref) for pull in house.pulls())
    assert house.status_of(issue)[0] == "needs-approval"


async def test_an_archive_of_another_account_is_no_cure(bare: House) -> None:
    bare.install()
    bare.simulator.create_repository("other-lab/minutes", files={"README.md": "# Minutes\n"})
    bare.imani.push(SOURCE, {".github/minutes.yml": "archive: other-lab/minutes\n"})
    issue = bare.publish()
    await bare.quiet()

    assert bare.status_of(issue) == ("question", "no-archive")
    (comment,) = bare.comments(issue)
    assert "belongs to another account" in comment.body
    assert "install me on it" not in comment.body


async def test_a_branch_called_minutes_is_named(house: House) -> None:
    house.imani.push(ARCHIVE, {"x.md": "x"}, "x", "minutes")
    issue = house.publish()
    await house.quiet()

    assert house.status_of(issue)[0] == "refused"
    (comment,) = house.comments(issue)
    assert "a branch called `minutes`" in comment.body

    house.imani.delete_branch(ARCHIVE, "minutes")
    house.imani.comment(issue, "/minutes")
    await house.quiet()
    assert house.status_of(issue)[0] == "ready"


async def test_notes_begun_by_a_command_are_followed_after_a_question(house: House) -> None:
    undated = paper.NOTES.replace("# 2026-08-18\n", "# Meeting\n")
    issue = house.imani.open_issue(SOURCE, "Team meeting", undated)
    house.imani.comment(issue, "/minutes")
    await house.quiet()
    assert house.status_of(issue)[0] == "question"

    house.pass_time(30)
    house.imani.edit(issue, title=TITLE)
    await house.quiet()

    assert house.status_of(issue)[0] == "ready"
    assert house.simulator.clock.now() - issue.created_at < timedelta(hours=2)
