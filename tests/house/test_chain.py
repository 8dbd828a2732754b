"""The link to the previous minutes follows what becomes of these: merged late, given up, filed late."""

from tests import paper
from tests.house.conftest import ARCHIVE, FILES, SOURCE, House


def notes(day: str) -> str:
    return paper.NOTES.replace("2026-08-18", day)


async def filed(house: House, *days: str) -> None:
    """Publish notes of these days, one after the other."""
    for day in days:
        house.publish(notes(day), f"Team meeting {day}")
        await house.quiet()


def branch(day: str) -> str:
    return f"minutes/{day}"


def linked(house: House, day: str) -> str:
    """Return which minutes those of a day link, as their file on the branch says."""
    text = house.minutes(f"2026/{day}.md", branch(day))
    return text.partition("[last meeting](")[2].partition(")")[0]


def pull_of(house: House, day: str):
    return next(pull for pull in house.pulls() if pull.head_ref == branch(day))


async def test_merging_the_older_minutes_mends_the_link_of_the_newer_ones(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")
    newer = pull_of(house, "2026-08-25")
    assert linked(house, "2026-08-25") == "2026-08-11.md"
    assert "not merged yet" in newer.body

    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-18.md"
    assert "not merged yet" not in newer.body


async def test_late_minutes_between_two_are_linked_when_they_are_merged(house: House) -> None:
    await filed(house, "2026-08-25", "2026-08-18")
    assert linked(house, "2026-08-25") == "2026-08-11.md"

    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-18.md"


async def test_minutes_that_are_given_up_are_no_longer_waited_for(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")

    house.imani.close(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-11.md"
    assert "not merged yet" not in pull_of(house, "2026-08-25").body


async def test_a_link_that_people_set_on_the_branch_stays(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")
    text = house.minutes("2026/2026-08-25.md", branch("2026-08-25"))
    theirs = text.replace("2026-08-11.md", "2026-08-04.md")
    house.imani.push(ARCHIVE, {"2026/2026-08-25.md": theirs}, "Mend", branch("2026-08-25"))
    await house.quiet()

    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-04.md"
    assert len(house.pulls()) == 1


async def test_nothing_is_merged_before_the_previous_minutes(bare: House) -> None:
    bare.install({**FILES, ".github/minutes.yml": "merge: when accepted\n"})
    await filed(bare, "2026-08-18", "2026-08-25")
    bare.imani.comment(pull_of(bare, "2026-08-25"), "/minutes accept")
    await bare.quiet()
    assert {pull.head_ref for pull in bare.pulls()} == {branch("2026-08-18"), branch("2026-08-25")}

    bare.imani.comment(pull_of(bare, "2026-08-18"), "/minutes accept")
    await bare.quiet()

    assert bare.pulls() == []
    assert "[last meeting](2026-08-18.md)" in bare.minutes("2026/2026-08-25.md", "main")


async def test_after_that_no_request_is_made(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")
    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()
    sent = len(house.sent())
    await house.quiet()
    house.pass_time(60)
    await house.quiet()

    assert house.sent(sent) == []


# -- published minutes -------------------------------------------------------------------------------------


def repair(house: House):
    """Return the one open pull request that mends links."""
    (pull,) = [each for each in house.pulls() if each.title == "Links to the last meeting"]
    return pull


def target(house: House, path: str, branch: str = "main") -> str:
    return house.minutes(path, branch).partition("[last meeting](")[2].partition(")")[0]


async def published(house: House, *days: str) -> None:
    """File and merge minutes of these days, one after the other."""
    for day in days:
        await filed(house, day)
        house.imani.merge(pull_of(house, day))
        await house.quiet()


async def test_late_minutes_mend_the_link_of_published_ones(house: House) -> None:
    await published(house, "2026-08-25")
    assert target(house, "2026/2026-08-25.md") == "2026-08-11.md"
    await published(house, "2026-08-18")

    pull = repair(house)
    assert target(house, "2026/2026-08-25.md", pull.head_ref) == "2026-08-18.md"
    assert "| 2026/2026-08-25.md | 2026-08-18.md |" in pull.body
    before, after = (house.minutes("2026/2026-08-25.md", each) for each in ("main", pull.head_ref))
    assert after == before.replace("(2026-08-11.md)", "(2026-08-18.md)")

    house.imani.merge(pull)
    await house.quiet()
    assert house.pulls() == []


async def test_in_order_nothing_is_asked_for_links(house: House) -> None:
    await published(house, "2026-08-18", "2026-08-25")

    assert house.pulls() == []
    assert not [each for each in house.sent() if "calendar" in str(each).lower()]


async def test_pushed_minutes_are_linked_by_open_and_by_published_ones(house: House) -> None:
    await published(house, "2026-08-25")
    await filed(house, "2026-09-01")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": notes("2026-08-18")}, "Late")
    await house.quiet()

    assert target(house, "2026/2026-08-25.md", repair(house).head_ref) == "2026-08-18.md"
    house.imani.push(ARCHIVE, {"2026/2026-08-28.md": notes("2026-08-28")}, "In between")
    await house.quiet()
    assert linked(house, "2026-09-01") == "2026-08-28.md"


async def test_the_repair_follows_and_is_closed_when_it_is_not_needed(house: House) -> None:
    await published(house, "2026-08-25")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": notes("2026-08-18")}, "Late")
    await house.quiet()
    pull = repair(house)

    house.imani.push(
        ARCHIVE, {"2026/2026-08-18.md": None, "2026/2026-08-19.md": notes("2026-08-19")}, "Another day"
    )
    await house.quiet()
    assert repair(house) is pull
    assert target(house, "2026/2026-08-25.md", pull.head_ref) == "2026-08-19.md"

    house.imani.push(ARCHIVE, {"2026/2026-08-19.md": None}, "A mistake")
    await house.quiet()
    assert house.pulls() == []
    assert pull.state == "closed"
    assert "every link to the last meeting is right without this" in pull.body

    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": notes("2026-08-18")}, "Late after all")
    await house.quiet()
    assert target(house, "2026/2026-08-25.md", repair(house).head_ref) == "2026-08-18.md"


async def test_a_renamed_file_is_followed(house: House) -> None:
    await published(house, "2026-08-18", "2026-08-25")
    text = house.minutes("2026/2026-08-18.md", "main")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": None, "2026/2026-08-18-team.md": text}, "Rename")
    await house.quiet()

    assert target(house, "2026/2026-08-25.md", repair(house).head_ref) == "2026-08-18-team.md"


async def test_links_of_people_stay_unless_they_lead_to_no_file(house: House) -> None:
    await published(house, "2026-08-18")
    theirs = {
        "2026/2026-08-25.md": paper.MADE.replace(
            "2026-08-18", "2026-08-25"
        ),  # links 2026-08-11.md on purpose
        "2026/2026-09-01.md": paper.MADE.replace("2026-08-18", "2026-09-01").replace("-08-11", "-08-24"),
    }
    house.imani.push(ARCHIVE, theirs, "By hand")
    await house.quiet()

    pull = repair(house)
    assert "2026-08-25.md | " not in pull.body
    assert target(house, "2026/2026-09-01.md", pull.head_ref) == "2026-08-25.md"


async def test_what_people_closed_is_not_proposed_again(house: House) -> None:
    await published(house, "2026-08-25")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": notes("2026-08-18")}, "Late")
    await house.quiet()
    house.imani.close(repair(house))
    await house.quiet()
    house.imani.push(ARCHIVE, {"2026/2026-09-08.md": notes("2026-09-08")}, "The next")
    await house.quiet()

    assert [pull for pull in house.pulls() if "2026-08-25" in pull.body] == []


async def test_what_people_changed_in_the_repair_stays(house: House) -> None:
    await published(house, "2026-08-25")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": notes("2026-08-18")}, "Late")
    await house.quiet()
    pull = repair(house)
    house.imani.push(ARCHIVE, {"2026/2026-08-25.md": "# Mine\n"}, "Mine", pull.head_ref)
    await house.quiet()
    house.imani.push(ARCHIVE, {"2026/2026-08-19.md": notes("2026-08-19")}, "Another")
    await house.quiet()

    assert house.minutes("2026/2026-08-25.md", pull.head_ref) == "# Mine\n"


async def test_a_repository_without_minutes_of_the_bot_is_left_alone(house: House) -> None:
    house.imani.push(SOURCE, {"posts/2026-08-18.md": notes("2026-08-18")}, "A post")
    house.imani.push(SOURCE, {"posts/2026-08-25.md": paper.MADE.replace("-08-11", "-08-12")}, "A post")
    await house.quiet()

    assert [step for sent in house.sent() for step in sent if step.startswith("create")] == []


def by_hand(day: str, linked: str) -> str:
    """Return minutes of a day, as people push them, with a link to those of another day."""
    return paper.MADE.replace("2026-08-18", day).replace("2026-08-11.md", f"{linked}.md")


async def test_a_repair_that_could_conflict_is_begun_anew(house: House) -> None:
    await published(house, "2026-08-25")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": notes("2026-08-18")}, "Late")
    await house.quiet()
    old = repair(house)
    added = by_hand("2026-09-01", "2026-08-24")  # not there when the branch of the repair was made
    house.imani.push(ARCHIVE, {"2026/2026-09-01.md": added}, "By hand")
    await house.quiet()

    assert old.state == "closed"
    assert "Another pull request has what is still to be mended" in old.body
    house.imani.merge(repair(house))
    await house.quiet()
    assert target(house, "2026/2026-08-25.md") == "2026-08-18.md"
    assert target(house, "2026/2026-09-01.md") == "2026-08-25.md"
    assert house.pulls() == []


async def test_a_link_that_was_mended_is_mended_again(house: House) -> None:
    await published(house, "2026-08-25")
    for day in ("2026-08-18", "2026-08-20"):
        house.imani.push(ARCHIVE, {f"2026/{day}.md": notes(day)}, "Late")
        await house.quiet()
        house.imani.merge(repair(house))
        await house.quiet()
        assert target(house, "2026/2026-08-25.md") == f"{day}.md"


async def test_a_repair_stays_while_newer_minutes_come(house: House) -> None:
    await published(house, "2026-08-18")
    house.imani.push(ARCHIVE, {"2026/2026-08-25.md": by_hand("2026-08-25", "2026-08-17")}, "By hand")
    await house.quiet()
    pull = repair(house)
    days = [f"2026-{month:02}-{day:02}" for month in (9, 10, 11, 12) for day in (1, 8, 15, 22)]
    house.imani.push(ARCHIVE, {f"2026/{day}.md": notes(day) for day in days}, "More than are looked at")
    await house.quiet()

    assert repair(house) is pull
    assert target(house, "2026/2026-08-25.md", pull.head_ref) == "2026-08-18.md"
