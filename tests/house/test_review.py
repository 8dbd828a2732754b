"""What a reviewer must know stands where the reviewer looks: in the pull request, its checks, the comment."""

from datetime import UTC, datetime

import pytest

from github_simulator.state import PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, SOURCE, House
from tests.house.test_chain import branch

PATH = "2026/2026-08-18.md"
NAME = "Objections and conflicts"


def checks(house: House, pull: PullRequest) -> list[tuple[str, str]]:
    """Return the conclusions and titles of the checks of objections and conflicts on the newest commit."""
    runs = house.simulator.world.repository(*ARCHIVE.split("/")).checks
    return [(run.conclusion, run.title) for run in runs if run.name == NAME and run.head_oid == pull.head_oid]


def said(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "")


async def test_an_error_stands_first_and_is_marked(house: House) -> None:
    source = house.publish(f"{paper.NOTES}\n<script>alert(1)</script>\n")
    await house.quiet()

    (pull,) = house.pulls()
    rows = [line for line in said(pull.body).split("\n") if line.startswith("| ")]
    assert rows[2].startswith("| **Error** | [line ")
    assert "runs where minutes are published as a website" in rows[2]
    assert rows[3].startswith("| Date |")
    assert "1 error to look at: line " in said(house.comments(source)[0].body)


async def test_a_conflict_is_in_the_pull_request_and_fails_its_check(house: House) -> None:
    source = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    typed = house.minutes(PATH, pull.head_ref)
    house.imani.push(ARCHIVE, {PATH: typed.replace("10:00", "10:05")}, "It was late", pull.head_ref)
    house.imani.edit(source, body=paper.NOTES.replace("10:00", "10:10"))
    await house.quiet()

    assert "**Conflict**: the notes and this branch say different things in 1 place: [line " in pull.body
    line = int(pull.body.partition("?plain=1#L")[2].partition(")")[0])
    assert "10:05" in house.minutes(PATH, pull.head_ref).split("\n")[line - 1]
    assert checks(house, pull) == [("failure", "A conflict with the notes")]

    house.imani.edit(source, body=paper.NOTES.replace("10:00", "10:05"))
    await house.quiet()

    assert "**Conflict**" not in pull.body
    assert checks(house, pull)[-1] == ("success", "Nothing is open")


async def test_an_objection_fails_the_check_on_each_commit_until_it_is_settled(house: House) -> None:
    source = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.comment(pull, "/minutes object Tove was not there")
    await house.quiet()
    assert checks(house, pull) == [("failure", "1 objection")]

    house.imani.edit(source, body=paper.NOTES.replace("Tove", "Yuki"))
    await house.quiet()
    assert checks(house, pull) == [("failure", "1 objection")]
    for text in (pull.body, house.comments(source)[0].body):
        assert "**Objection** by imani: Tove was not there" in text

    house.imani.comment(pull, "/minutes accept")
    await house.quiet()
    assert checks(house, pull)[-1] == ("success", "Nothing is open")
    assert "**Objection**" not in pull.body + house.comments(source)[0].body


async def test_an_objection_to_the_last_minutes_is_in_their_pull_request(house: House) -> None:
    house.publish()
    await house.quiet()
    (before,) = house.pulls()
    source = house.publish(paper.NOTES.replace("2026-08-18", "2026-08-25"), "Team meeting 2026-08-25")
    await house.quiet()
    house.imani.comment(source, "/minutes object Tove was not there")
    await house.quiet()

    assert before.head_ref == branch("2026-08-18")
    assert checks(house, before) == [("failure", "1 objection")]


@pytest.fixture
def merging(bare: House) -> House:
    bare.install({**FILES, ".github/minutes.yml": "merge: after 7 quiet days\n"})
    return bare


async def test_a_merge_is_announced_with_its_day(merging: House) -> None:
    source = merging.publish()
    await merging.quiet(datetime(2026, 8, 19, tzinfo=UTC))
    (pull,) = merging.pulls()
    day = "on **Tuesday 2026-08-25**. To stop that, comment `/minutes object`"
    assert f"I merge this {day}" in pull.body
    assert f"I merge it {day}" in merging.comments(source)[0].body

    await merging.live(datetime(2026, 8, 20, 9, tzinfo=UTC))
    merging.imani.comment(pull, "/minutes object Tove was not there")
    await merging.live(datetime(2026, 8, 21, 9, tzinfo=UTC))
    assert "I merge th" not in pull.body
    assert "I merge it" not in merging.comments(source)[0].body

    merging.imani.comment(pull, "/minutes accept")
    await merging.quiet(datetime(2026, 8, 22, tzinfo=UTC))
    assert "I merge this on **Friday 2026-08-28**" in pull.body

    await merging.quiet(datetime(2026, 8, 29, tzinfo=UTC))
    assert merging.pulls() == []


async def test_a_merge_that_waits_for_acceptance_is_announced(bare: House) -> None:
    bare.install({**FILES, ".github/minutes.yml": "merge: when accepted\n"})
    bare.publish()
    await bare.quiet()

    (pull,) = bare.pulls()
    assert "I merge this when it is accepted." in pull.body


async def test_the_last_three_answers_stay_with_the_names_of_those_who_asked(house: House) -> None:
    source = house.publish()
    await house.quiet()
    for word in ("series a", "series b", "series c", "series d"):
        house.imani.comment(source, f"/minutes {word}")
        await house.quiet()

    body = house.comments(source)[0].body.partition("-->")[2]
    assert [line.partition(":")[0] for line in body.split("\n") if line.startswith("`/minutes")] == [
        f"`/minutes series {letter}` by imani" for letter in "bcd"
    ]


async def test_who_stopped_it_is_named(house: House) -> None:
    source = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.comment(source, "/minutes stop")
    await house.quiet()

    assert "**Stopped**: imani said so" in house.comments(source)[0].body
    assert "**Stopped**: imani said `/minutes stop`, so I closed this." in pull.body
    assert source.repository.full_name == SOURCE


async def test_a_pull_request_of_stopped_notes_says_so_until_it_is_opened_again(house: House) -> None:
    source = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.unlabel(source, "meeting-notes")
    await house.quiet()

    assert pull.state == "closed"
    assert "**Stopped**: these are no meeting notes any more, so I closed this." in pull.body
    assert "<details><summary>" in pull.body  # all else stays

    pull.repository.git.set_ref(f"refs/heads/{pull.head_ref}", pull.head_oid)  # "Restore branch"
    house.imani.label(source, "meeting-notes")
    house.imani.reopen(pull)
    await house.quiet()

    assert house.pulls() == [pull]
    assert "**Stopped**" not in pull.body


# -- acceptance --------------------------------------------------------------------------------------------


def accepting(words: str, day: str = "2026-08-25") -> str:
    """Return notes of a day that say these words below the heading for the last minutes."""
    heading = "## Accepting minutes from [last meeting](https://example.org)"
    return paper.NOTES.replace("2026-08-18", day).replace(heading, f"{heading}\n\n{words}")


async def merged(house: House, notes: str, day: str) -> PullRequest:
    """Publish notes and merge their pull request; return that."""
    house.publish(notes, f"Team meeting {day}")
    await house.quiet()
    pull = next(pull for pull in house.pulls() if day in pull.title)
    house.imani.merge(pull)
    await house.quiet()
    return pull


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The minutes were approved.", "**Accepted** at the meeting of 2026-08-25."),
        (
            "The minutes were approved with the following change: Tove was there.",
            "**Accepted** at the meeting of 2026-08-25, with changes.",
        ),
        ("The minutes were not approved.", None),
        ("Postponed to the next meeting.", None),
        ("", None),
    ],
)
async def test_merged_minutes_accept_the_previous_ones(house: House, words: str, said: str | None) -> None:
    house.imani.create_label(ARCHIVE, "accepted")
    before = await merged(house, paper.NOTES, "2026-08-18")
    house.publish(accepting(words), "Team meeting 2026-08-25")
    await house.quiet()
    assert "**Accepted**" not in before.body, "it counts when the later minutes are merged"

    house.imani.merge(house.pulls()[0])
    await house.quiet()

    assert (said in before.body) if said else "**Accepted**" not in before.body
    assert [label.name for label in before.labels] == (["accepted"] if said else [])


async def test_an_open_objection_is_not_overruled_by_minutes(house: House) -> None:
    before = await merged(house, paper.NOTES, "2026-08-18")
    house.imani.comment(before, "/minutes object Tove was not there")
    await house.quiet()
    await merged(house, accepting("The minutes were approved."), "2026-08-25")

    assert "**Accepted**" not in before.body
    assert "**Objection** by imani" in before.body


async def test_a_command_under_notes_names_the_meeting(house: House) -> None:
    before = await merged(house, paper.NOTES, "2026-08-18")
    source = house.publish(accepting(""), "Team meeting 2026-08-25")
    await house.quiet()
    house.imani.comment(source, "/minutes accept")
    await house.quiet()

    assert "**Accepted** on 2026-08-18 by imani, at the meeting of 2026-08-25." in before.body


HEADLESS = "# 2026-08-18\n\nAttending: Imani\n\n## Plans\n\nNone.\n"


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (accepting("The minutes were approved.", "2026-08-18"), "accepted here"),
        (
            accepting("The minutes were approved with the following change: Tove was there.", "2026-08-18"),
            "accepted here, with changes",
        ),
        (accepting("The minutes were not approved.", "2026-08-18"), "not accepted here"),
        (accepting("Postponed to the next meeting.", "2026-08-18"), "deferred"),
        (accepting("", "2026-08-18"), "presented here, and nothing says whether it is accepted"),
        (HEADLESS, "acceptance not mentioned"),
    ],
)
async def test_the_pull_request_says_what_the_notes_say_of_acceptance(
    house: House, notes: str, said: str
) -> None:
    house.publish(notes)
    await house.quiet()

    (pull,) = house.pulls()
    row = next(line for line in pull.body.split("\n") if line.startswith("| Last meeting"))
    assert row.endswith(f", {said} |")


@pytest.mark.parametrize(
    ("words", "said"),
    [("The minutes were approved.", "accepted here"), ("Postponed.", "accepted on 2026-08-18")],
)
async def test_what_was_recorded_counts_where_the_notes_do_not_accept(
    house: House, words: str, said: str
) -> None:
    before = await merged(house, paper.NOTES, "2026-08-18")
    house.imani.comment(before, "/minutes accept")
    await house.quiet()
    house.publish(accepting(words), "Team meeting 2026-08-25")
    await house.quiet()

    (pull,) = house.pulls()
    row = next(line for line in pull.body.split("\n") if line.startswith("| Last meeting"))
    assert row.endswith(f", {said} |")


async def test_a_draft_lists_what_is_still_to_be_accepted(bare: House) -> None:
    series = "series:\n  - name: Team meeting\n    schedule: every Tuesday 14:00\n"
    bare.install({**FILES, ".github/minutes.yml": series})
    for day in ("2026-08-04", "2026-08-18"):
        bare.publish(paper.NOTES.replace("2026-08-18", day), f"Team meeting {day}")
        await bare.quiet()
        bare.imani.merge(next(pull for pull in bare.pulls() if day in pull.title))
        await bare.quiet()
    await bare.begin()
    await bare.live(datetime(2026, 8, 25, 13, tzinfo=UTC))

    (draft,) = bare.pulls()
    row = next(line for line in draft.body.split("\n") if line.startswith("| To be accepted"))
    assert "[2026-08-04](" in row
    assert "2026-08-18" not in row, "it has a row of its own"
    assert "2026-08-18" in next(line for line in draft.body.split("\n") if line.startswith("| Last meeting"))


@pytest.mark.parametrize(("days", "said"), [(7, "accepted, as nobody objected within 7 days"), (8, "to be")])
async def test_minutes_may_count_as_accepted_after_some_days(bare: House, days: int, said: str) -> None:
    series = "series:\n  - name: Team meeting\n    schedule: every Tuesday 14:00\n"
    bare.install({**FILES, ".github/minutes.yml": f"acceptance: after {days} days\n{series}"})
    await merged(bare, paper.NOTES, "2026-08-18")
    await bare.begin()
    await bare.live(datetime(2026, 8, 25, 13, tzinfo=UTC))

    (draft,) = bare.pulls()
    assert said in next(line for line in draft.body.split("\n") if line.startswith("| Last meeting"))


async def test_an_open_objection_keeps_minutes_from_being_accepted_by_silence(bare: House) -> None:
    series = "series:\n  - name: Team meeting\n    schedule: every Tuesday 14:00\n"
    bare.install({**FILES, ".github/minutes.yml": f"acceptance: after 7 days\n{series}"})
    objected = await merged(bare, paper.NOTES.replace("2026-08-18", "2026-07-28"), "2026-07-28")
    await merged(bare, paper.NOTES.replace("2026-08-18", "2026-08-04"), "2026-08-04")
    bare.imani.comment(objected, "/minutes object Tove was not there")
    await bare.quiet()
    await bare.begin()
    await bare.live(datetime(2026, 8, 25, 13, tzinfo=UTC))

    draft = next(pull for pull in bare.pulls() if "2026-08-25" in pull.title)
    row = next(line for line in draft.body.split("\n") if line.startswith("| To be accepted"))
    assert "2026-07-28" in row
    assert "2026-08-04" not in row
