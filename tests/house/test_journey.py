"""One meeting on its way: each step with what people see, and with how many requests."""

from bot.minutes import decode
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, SOURCE, House

READ = ("repository", "repository", "nodes")
FILES = ("git/get-tree",)
CHECK = READ
"""A minute after a write, in case that was made of an answer that lagged."""
OPEN = ("createRef", "createCommitOnBranch", "createPullRequest")
ANNOUNCE = ("addComment", "addLabelsToLabelable")


async def test_a_labelled_issue_becomes_a_pull_request(house: House) -> None:
    issue = house.publish()
    await house.quiet()

    (pull,) = house.pulls()
    assert (pull.title, pull.head_ref) == ("Minutes of 2026-08-18", "minutes/2026-08-18")
    assert "[last meeting](2026-08-11.md)" in house.minutes("2026/2026-08-18.md", pull.head_ref)
    assert house.status_of(issue) == ("ready", "")


async def test_cold_it_takes_two_requests_more_and_warm_three(house: House) -> None:
    house.imani.label(house.imani.open_issue(ARCHIVE, "Welcome"), LABEL)  # the label is made
    await house.quiet()
    house.start()
    cold = len(house.sent())
    house.publish()
    await house.quiet()
    warm = len(house.sent())
    issue = house.publish(paper.NOTES.replace("08-18", "08-19"), "Team meeting 2026-08-19")
    await house.quiet()
    again = len(house.sent())
    await house.follow(house.simulator.deliveries.log[-1])

    assert house.sent(cold)[: warm - cold] == [
        READ,
        FILES,
        READ,
        ("repos/get-collaborator-permission-level",),
        OPEN,
        ANNOUNCE,
        CHECK,
    ]
    assert house.sent(warm)[: again - warm] == [READ, READ, OPEN, ANNOUNCE, CHECK]
    assert house.status_of(issue) == ("ready", "")


async def test_an_edit_is_two_requests_and_nothing_to_do_is_one(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    sent = len(house.sent())
    house.pass_time(30)
    house.imani.edit(issue, body=paper.NOTES.replace("Tove", "Tove, Yuki"))
    await house.quiet()

    look, read, write, check = house.sent(sent)
    assert (look, read, check) == (READ, READ, CHECK)  # the first one sees that people still write
    assert write == ("createCommitOnBranch", "updatePullRequest", "updateIssueComment")

    sent = len(house.sent())
    house.imani.comment(issue, "Thanks!")
    await house.quiet()

    assert house.sent(sent) == [READ]
    (pull,) = house.pulls()
    assert "Tove, Yuki" in house.minutes("2026/2026-08-18.md", pull.head_ref)


async def test_the_merge_is_told_to_the_source(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.merge(pull)
    await house.quiet()

    assert house.status_of(issue) == ("merged", "")
    assert house.minutes("2026/2026-08-18.md", "main") == house.minutes("2026/2026-08-18.md", pull.head_ref)


async def test_a_label_taken_away_meanwhile_leaves_nothing(house: House) -> None:
    issue = house.publish()
    await house.deliver()
    house.imani.unlabel(issue, LABEL)
    await house.quiet()

    assert house.pulls() == []
    assert house.comments(issue) == []


async def test_a_label_taken_away_afterwards_takes_the_pull_request_back(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    house.imani.unlabel(issue, LABEL)
    await house.quiet()

    assert [pull.head_ref for pull in house.pulls("closed")] == ["minutes/2026-08-18"]
    assert house.status_of(issue) == ("stopped", "")
    assert list(house.simulator.world.repository(*ARCHIVE.split("/")).git.refs()) == ["refs/heads/main"]


async def test_every_delivery_twice_and_backwards_changes_nothing(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    for delivery in reversed(house.simulator.deliveries.log[:]):
        await house.follow(delivery)
        await house.follow(delivery)
    await house.quiet()

    assert len(house.pulls()) == len(house.comments(issue)) == 1


async def test_a_stranger_can_make_it_neither_write_nor_speak(house: House) -> None:
    issue = house.yuki.open_issue(SOURCE, "Team meeting 2026-08-18", paper.NOTES)
    await house.quiet()
    house.yuki.comment(issue, "/minutes")
    await house.quiet()

    assert house.pulls() == []
    assert house.comments(issue) == []


async def test_every_word_of_the_notes_is_in_the_file(house: House) -> None:
    notes = paper.NOTES + "\n- émigré & 東京 `code|x` <b>\u202e\n"
    house.publish(notes)
    await house.quiet()

    (pull,) = house.pulls()
    written = house.minutes("2026/2026-08-18.md", pull.head_ref)
    assert written == decode(notes.encode()).replace("](https://example.org)", "](2026-08-11.md)")


async def test_after_the_unlocking_it_says_what_it_could_not_say(house: House) -> None:
    issue = house.publish()
    house.imani.lock(issue)
    await house.quiet()
    assert (len(house.pulls()), house.comments(issue)) == (1, [])

    house.imani.unlock(issue)
    await house.quiet()

    assert house.status_of(issue) == ("ready", "")


async def test_what_people_changed_is_kept_through_stop_and_start(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    path = "2026/2026-08-18.md"
    house.imani.push(
        ARCHIVE,
        {path: house.minutes(path, pull.head_ref).replace("Tove", "Tove, Yuki")},
        "Mine",
        pull.head_ref,
    )
    for words in ("/minutes stop", "/minutes"):
        house.pass_time()
        house.imani.comment(issue, words)
        await house.quiet()

    assert house.pulls() == [pull]
    assert house.status_of(issue) == ("ready", "")
    assert "Tove, Yuki" in house.minutes(path, pull.head_ref)


async def test_five_teams_share_one_archive(bare: House) -> None:
    """Each team's notes in a repository of its own; two meet on one day, and the second is asked."""
    bare.install()
    teams = [f"tern-lab/team-{number}" for number in range(1, 6)]
    sources = []
    for number, team in enumerate(teams):
        bare.simulator.create_repository(team, files={"README.md": "# A team\n"})
        bare.simulator.add_collaborator(team, "imani", "maintain")
        day = f"2026-08-{18 + number % 4}"
        issue = bare.imani.open_issue(team, f"Meeting {day}", paper.NOTES.replace("2026-08-18", day))
        bare.imani.label(issue, LABEL)
        sources.append(issue)
    await bare.quiet()

    assert [bare.status_of(source) for source in sources] == [*[("ready", "")] * 4, ("question", "taken")]
    assert len(bare.pulls()) == 4

    bare.pass_time()
    bare.imani.comment(sources[4], "/minutes date 2026-08-18 evening")
    await bare.quiet()

    assert bare.status_of(sources[4]) == ("ready", "")
    assert [pull.head_ref for pull in bare.pulls()][-1] == "minutes/2026-08-18-evening"
