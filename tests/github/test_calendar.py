"""What a calendar needs, read and done at the simulated GitHub."""

from datetime import date, timedelta

from bot.github.apply import apply
from bot.github.read_snapshot import complete, read_archive
from bot.github.survey import survey
from bot.model import (
    AddLabels,
    CalendarRequest,
    CloseSource,
    Commit,
    CreateBranch,
    CreateLabel,
    EditSource,
    File,
    MarkReady,
    OpenPull,
    OpenSource,
    Remind,
    Snapshot,
    Source,
    Step,
)
from bot.state import ThreadState, embed_state, find_state
from github_simulator.discussions import find_category
from tests.github.conftest import (
    ARCHIVE,
    SOURCE,
    TEMPLATE,
    Lab,
    archive,
    shape,
)
from tests.github.test_facts import push

STATE = ThreadState("agenda", series="Team", day=date(2026, 11, 24))


async def look(lab: Lab, repository: str = ARCHIVE) -> Snapshot:
    """Look at the calendar."""
    return await read_archive(lab.client, CalendarRequest(lab.installation, repository), lab.hints)


async def do(lab: Lab, *steps: Step) -> Snapshot:
    """Look, and do these steps."""
    done = await apply(lab.client, await look(lab), steps)
    assert done.refusals == ()
    return done


async def label(lab: Lab, kind: str, repository: str = SOURCE, title: str = "Budget") -> None:
    """Open something that is labelled for the agenda."""
    data = {"title": title, "body": "", "labels": ["agenda"]}
    await lab.person("POST", f"/repos/{repository}/{kind}", data)


def the_opened(seen: Snapshot) -> Source:
    (opened,) = archive(seen).opened
    return opened


async def test_an_archive_is_read_as_for_a_source(lab: Lab) -> None:
    of_source = archive(await lab.read(await lab.issue()))

    seen = await complete(lab.client, await look(lab), ["shape"], lab.hints)

    kept = archive(seen)
    assert (kept.files, kept.pulls, kept.branches) == (of_source.files, of_source.pulls, of_source.branches)
    assert shape(seen).template == File("template.md", TEMPLATE)
    assert seen.source is None


async def test_a_look_is_one_request(lab: Lab) -> None:
    await look(lab)
    before = lab.client.requests

    await look(lab)

    assert lab.client.requests - before == 1


async def test_the_agenda_is_what_is_open_and_labelled_everywhere_in_the_account(lab: Lab) -> None:
    await label(lab, "issues")
    await label(lab, "issues", ARCHIVE, "Elections")
    await lab.issue("Not for the agenda")

    seen = await look(lab)

    assert [(item.repository.name, item.title) for item in seen.agenda] == [
        (SOURCE, "Budget"),
        (ARCHIVE, "Elections"),
    ]
    assert {item.labels for item in seen.agenda} == {("agenda",)}


async def test_discussions_are_on_the_agenda_too_the_oldest_first_and_none_archived(
    lab: Lab,
) -> None:
    lab.simulator.create_repository("tern-lab/old", files={"README.md": "# Old\n"})
    lab.simulator.add_collaborator("tern-lab/old", "imani", "admin")
    imani = lab.simulator.person("imani")
    for repository, title in ((SOURCE, "Boat"), ("tern-lab/old", "Raft"), (ARCHIVE, "Ship")):
        imani.open_discussion(repository, title, labels=("agenda",))
        lab.simulator.clock.advance(timedelta(minutes=1))
    imani.close(imani.open_discussion(SOURCE, "Canoe", labels=("agenda",)))
    imani.archive("tern-lab/old")
    await label(lab, "issues")

    assert [item.title for item in (await look(lab)).agenda] == ["Budget", "Boat", "Ship"]


async def test_an_issue_that_the_bot_opened_is_found_again(lab: Lab) -> None:
    made = await do(lab, CreateLabel("meeting-notes", "0e8a16", "Notes"))
    label_id = archive(made).labels["meeting-notes"]

    applied = await do(lab, OpenSource("issue", "Team 2026-11-24", embed_state(STATE, "x"), (label_id,)))
    seen = await look(lab)

    assert the_opened(applied) == the_opened(seen)
    assert the_opened(seen).mine
    assert the_opened(seen).labels == ("meeting-notes",)
    assert find_state(the_opened(seen).body, ThreadState) == STATE


async def test_what_people_opened_is_not_the_bots_whatever_mark_it_has(lab: Lab) -> None:
    await lab.person("POST", f"/repos/{ARCHIVE}/issues", {"title": "x", "body": embed_state(STATE, "x")})

    assert archive(await look(lab)).opened == ()


async def test_a_label_that_is_there_already_will_do(lab: Lab) -> None:
    step = CreateLabel("missing-minutes", "fbca04", "The list")

    first, second = [archive(await do(lab, step)).labels["missing-minutes"] for _ in range(2)]

    assert first == second == archive(await look(lab)).labels["missing-minutes"]


async def test_what_the_bot_opened_can_be_edited_and_closed(lab: Lab) -> None:
    opened = the_opened(await do(lab, OpenSource("issue", "Team", embed_state(STATE, "One"))))

    applied = await do(lab, EditSource(opened, embed_state(STATE, "Two")), CloseSource(opened))

    for seen in (applied, await look(lab)):
        assert "Two" in the_opened(seen).body
        assert not the_opened(seen).open


async def test_a_discussion_is_opened_and_labelled(lab: Lab) -> None:
    find_category(
        lab.simulator.world, lab.simulator.world.repository(*ARCHIVE.split("/")), "General", make=True
    )
    made = await do(lab, CreateLabel("meeting-notes", "0e8a16", "Notes"))
    category = archive(await look(lab)).categories["General"]

    opened = the_opened(
        await do(lab, OpenSource("discussion", "Team", embed_state(STATE, "x"), category=category))
    )
    applied = await do(lab, AddLabels(opened.id, (archive(made).labels["meeting-notes"],)))

    for seen in (applied, await look(lab)):
        found = the_opened(seen)
        assert (found.kind, found.category, found.labels) == ("discussion", "General", ("meeting-notes",))


async def draft(lab: Lab) -> Snapshot:
    """Open a draft."""
    head = archive(await look(lab)).repository.head or ""
    commit = Commit("minutes/x", head, "2026/2026-11-24.md", "Text", "Minutes", "")
    return await do(lab, CreateBranch("minutes/x", head), commit, OpenPull("minutes/x", "T", "B", draft=True))


async def test_a_draft_is_seen_however_many_pull_requests_came_since(lab: Lab) -> None:
    await draft(lab)
    imani = lab.simulator.person("imani")
    for number in range(51):
        imani.push(ARCHIVE, {f"{number}.txt": "x"}, branch=f"of-imani-{number}")
        imani.close(imani.open_pull(ARCHIVE, f"of-imani-{number}", "Something else"))

    seen = await look(lab)

    assert [pull.branch for pull in archive(seen).pulls if pull.state == "open"] == ["minutes/x"]


async def test_a_reminder_stands_in_the_conversation(lab: Lab) -> None:
    (pull,) = archive(await draft(lab)).pulls

    applied = await do(lab, Remind(pull, "Nobody has written yet."))

    for seen in (applied, await look(lab)):
        (comment,) = archive(seen).pulls[0].comments
        assert (comment.body, comment.mine) == ("Nobody has written yet.", True)


async def test_a_draft_becomes_ready_where_that_is_possible(lab: Lab) -> None:
    (pull,) = archive(await draft(lab)).pulls

    applied = await do(lab, MarkReady(pull))

    assert [archive(seen).pulls[0].draft for seen in (applied, await look(lab))] == [False, False]


async def test_an_archive_that_is_gone_is_a_refusal(lab: Lab) -> None:
    seen = await look(lab, "tern-lab/nowhere")

    assert seen.archive is None
    assert seen.refusals != ()


async def test_a_year_of_missing_minutes_is_one_batch(lab: Lab) -> None:
    seen = await look(lab)
    head = archive(seen).repository.head or ""
    steps: list[Step] = []
    for number in range(52):
        branch = f"minutes/team/{number}"
        commit = Commit(branch, head, f"2025/{number}.md", "Text", "Minutes", "")
        steps += [CreateBranch(branch, head), commit, OpenPull(branch, "T", "B", draft=True)]
    before = lab.client.requests

    done = await apply(lab.client, seen, steps)

    assert lab.client.requests - before == 1
    assert len(archive(done).pulls) == 52


SERIES = "series:\n  - {name: Team, schedule: every Tuesday}\n"


async def test_calendars_are_found_by_their_configuration(lab: Lab) -> None:
    other = "tern-lab/other"
    lab.simulator.create_repository(other, files={"README.md": "x"})
    lab.simulator.add_collaborator(other, "imani", "write")
    push(lab, {".github/minutes.yml": SERIES})
    push(lab, {".github/minutes.yml": "labels: [x]\n"}, other)

    assert (await survey(lab.client)).calendars == [ARCHIVE]


async def test_all_installations_of_the_app_are_listed(lab: Lab) -> None:
    assert await lab.app.installations() == [lab.installation]
