"""Archives of several teams: whose meeting it is, asked once where nothing says it, and remembered."""

from datetime import date, timedelta

import pytest

from bot.state import PullState, find_state
from tests.house.conftest import ARCHIVE, SOURCE, House


def minutes_of(team: str, first: str = "2026-07-21") -> dict[str, str]:
    """Return four weekly minutes of a team, by path."""
    days = [date.fromisoformat(first) + timedelta(weeks=week) for week in range(4)]
    return {f"{team}/{day}.md": f"# {team} {day}\n\nAttending: Ada\n\n## {team} news\n" for day in days}


TWO_TEAMS = {**minutes_of("board"), **minutes_of("tech")}
NOTES = "Attending: Imani\n\n## tech news\n\n- rings\n"


def notes(day: str) -> tuple[str, str]:
    """Return the text and the title of notes that name no team."""
    return NOTES, f"Meeting {day}"


async def test_a_title_that_names_a_team_is_filed_there(bare: House) -> None:
    bare.install(TWO_TEAMS)
    bare.publish(NOTES, "Tech meeting 2026-08-18")
    await bare.quiet()

    (pull,) = bare.pulls()
    assert (pull.title, pull.head_ref) == ("Minutes of tech, 2026-08-18", "minutes/tech/2026-08-18")
    text = bare.minutes("tech/2026-08-18.md", pull.head_ref)
    assert text.startswith("# tech 2026-08-18\n")  # the form of that team's minutes


async def test_otherwise_people_choose_once_for_notes_of_that_kind(bare: House) -> None:
    bare.install(TWO_TEAMS)
    first = bare.publish(*notes("2026-08-18"))
    await bare.quiet()

    assert bare.status_of(first) == ("question", "which-series")
    question = bare.comments(first)[0].body
    assert "- `/minutes series tech` for `tech/2026-08-18.md`, after the minutes of 2026-08-11\n" in question
    assert "- `/minutes series board` for `board/2026-08-18.md`" in question
    assert "What I understood of the archive" in question
    assert "| board | `board/YYYY-MM-DD.md` | every Tuesday | 4 | 2026-08-11 | none |" in question

    bare.imani.comment(first, "/minutes series Tech")
    await bare.quiet()

    assert [pull.head_ref for pull in bare.pulls()] == ["minutes/tech/2026-08-18"]
    assert bare.status_of(first) == ("ready", "")

    second = bare.publish(*notes("2026-08-25"))
    await bare.quiet()

    assert bare.status_of(second) == ("ready", "")
    assert [pull.head_ref for pull in bare.pulls()] == ["minutes/tech/2026-08-18", "minutes/tech/2026-08-25"]


async def test_what_the_bot_chose_by_itself_is_no_evidence_for_another_day(bare: House) -> None:
    bare.install({**minutes_of("board", "2026-07-20"), **minutes_of("tech", "2026-07-22")})
    for day in ("2026-08-17", "2026-08-19"):  # a Monday, on which the board meets, and a Wednesday
        bare.publish(*notes(day))
        await bare.quiet()

    assert [pull.head_ref for pull in bare.pulls()] == ["minutes/board/2026-08-17", "minutes/tech/2026-08-19"]


async def test_the_calendar_decides_anew_for_notes_of_one_kind(bare: House) -> None:
    config = (
        "series:\n  - {name: Board, schedule: every Monday, path: board/YYYY-MM-DD.md}\n"
        "  - {name: Tech, schedule: every Wednesday, path: tech/YYYY-MM-DD.md}\n"
    )
    bare.install({**TWO_TEAMS, ".github/minutes.yml": config})
    for day in ("2026-08-17", "2026-08-19"):
        bare.publish(*notes(day))
        await bare.quiet()

    assert [pull.head_ref for pull in bare.pulls()] == ["minutes/board/2026-08-17", "minutes/tech/2026-08-19"]


async def test_the_configuration_outranks_what_was_said_of_earlier_notes(bare: House) -> None:
    bare.install(TWO_TEAMS)
    bare.imani.comment(bare.publish(*notes("2026-08-18")), "/minutes series tech")
    await bare.quiet()
    config = "series:\n  - {name: Board, path: board/YYYY-MM-DD.md, titles: [meeting]}\n"
    config += "  - {name: Tech, path: tech/YYYY-MM-DD.md}\n"
    bare.imani.push(ARCHIVE, {".github/minutes.yml": config}, "Name the series")
    bare.publish(*notes("2026-08-25"))
    await bare.quiet()

    assert "minutes/board/2026-08-25" in [pull.head_ref for pull in bare.pulls()]


async def test_notes_of_another_kind_are_asked_about_again(bare: House) -> None:
    bare.install(TWO_TEAMS)
    bare.imani.comment(bare.publish(*notes("2026-08-18")), "/minutes series tech")
    await bare.quiet()
    other = bare.publish(NOTES, "Meeting in the pub 2026-08-25")
    await bare.quiet()

    assert bare.status_of(other) == ("question", "which-series")


async def test_a_series_that_is_not_there_is_no_answer(bare: House) -> None:
    bare.install(TWO_TEAMS)
    issue = bare.publish(*notes("2026-08-18"))
    await bare.quiet()
    bare.imani.comment(issue, "/minutes series Teck")
    await bare.quiet()

    assert bare.status_of(issue) == ("question", "which-series")
    answer = bare.comments(issue)[0].body
    assert "There is no series of that name." in answer
    assert "`tech`" in answer
    assert bare.pulls() == []


async def test_another_series_moves_the_file_in_the_same_pull_request(bare: House) -> None:
    bare.install(TWO_TEAMS)
    issue = bare.publish(NOTES, "Tech meeting 2026-08-18")
    await bare.quiet()
    bare.imani.comment(issue, "/minutes series board")
    await bare.quiet()

    (pull,) = bare.pulls()
    assert bare.minutes("board/2026-08-18.md", pull.head_ref)


@pytest.mark.parametrize("keys", ["titles: [weekly round]", "sources: [planning]", "labels: [tech-meeting]"])
async def test_the_configuration_says_whose_meeting_it_is(bare: House, keys: str) -> None:
    config = "series:\n  - {name: Board, path: board/YYYY-MM-DD.md}\n"
    config += f"  - {{name: Tech, path: tech/YYYY-MM-DD.md, {keys}}}\n"
    bare.install({**TWO_TEAMS, ".github/minutes.yml": config})
    issue = bare.publish(NOTES, "Weekly round 2026-08-18")
    if "labels" in keys:
        bare.imani.label(issue, "tech-meeting")
    await bare.quiet()

    assert [pull.head_ref for pull in bare.pulls()] == ["minutes/tech/2026-08-18"]


async def test_minutes_that_are_no_markdown_are_a_question_and_then_a_finding(bare: House) -> None:
    bare.install({f"minutes/2026-08-{day:02}.adoc": "= Minutes\n" for day in (4, 11)})
    issue = bare.publish(*notes("2026-08-18"))
    await bare.quiet()
    assert "the newest minutes there are not markdown" in bare.comments(issue)[0].body.lower()

    bare.imani.comment(issue, "/minutes series meeting")
    await bare.quiet()

    (pull,) = bare.pulls()
    assert bare.minutes("minutes/2026-08-18.md", pull.head_ref)
    assert "are not Markdown; these are" in pull.body.replace("\\", "")


async def test_a_running_file_is_not_taken_for_an_empty_archive(bare: House) -> None:
    bare.install({"minutes/2026.md": "# 2026\n\n## 2026-08-11\n\n- talk\n"})
    issue = bare.publish()
    await bare.quiet()

    assert bare.status_of(issue) == ("question", "unrecognised")
    assert 'path: "minutes/YYYY-MM-DD.md"' in bare.comments(issue)[0].body
    assert bare.pulls() == []


async def test_a_doubtful_day_is_pointed_out(bare: House) -> None:
    days = [date(2026, 7, 7) + timedelta(weeks=week) for week in range(6)]
    bare.install({f"2026/{day}.md": f"# {day}\n\nAttending: Ada\n\n## News\n" for day in days})
    bare.publish(NOTES, "Meeting 2026-07-25")
    await bare.quiet()

    (pull,) = bare.pulls()
    body = pull.body.replace("\\", "").replace("\u2060", "")
    assert "2026-07-25 is a Saturday; the last meetings were on a Tuesday." in body
    assert "2026-07-25 is older than the newest minutes, those of 2026-08-11; those of " in body


async def test_a_day_without_a_year_is_offered(bare: House) -> None:
    bare.install({**minutes_of("2026", "2026-07-06")})  # on Mondays
    issue = bare.publish(NOTES, "Meeting W34")
    await bare.quiet()

    assert bare.status_of(issue) == ("question", "no-date")
    assert "- `/minutes date 2026-08-17` for “W34”, a Monday" in bare.comments(issue)[0].body


async def test_an_odd_name_is_of_the_series_and_pointed_out(bare: House) -> None:
    files = {f"2026/2026-0{day}_minutes.md": "# Minutes\n" for day in ("7-21", "7-28", "8-04")}
    bare.install({**files, "2026/2026-08-11_mintues.md": "# Minutes\n"})
    bare.publish()
    await bare.quiet()

    (pull,) = bare.pulls()
    text = bare.minutes("2026/2026-08-18_minutes.md", pull.head_ref)
    assert "2026-08-11_mintues.md" in text + pull.body
    assert "has another kind of name than the minutes around it" in pull.body


async def test_a_private_source_leaves_no_trace_of_its_kind(bare: House) -> None:
    bare.simulator.world.repository(*SOURCE.split("/")).private = True
    config = "allow_private_sources: [tern-lab/planning]\n"
    bare.install({**TWO_TEAMS, ".github/minutes.yml": config})
    bare.publish(NOTES, "Tech secrets 2026-08-18")
    await bare.quiet()

    (pull,) = bare.pulls()
    stored = find_state(pull.body, PullState)
    assert stored is not None
    assert (stored.series, stored.source_kind) == ("tech", "")
    assert "secrets" not in pull.body
