"""What an archive without a template teaches the bot."""

import pytest

from bot.model import File, FileRef
from bot.planning.case import read_case
from bot.planning.proposal import Proposal, propose
from tests import paper


def minutes(day: int, *sections: str) -> File:
    below = "".join(f"\n## {name}\n\n- said\n" for name in sections)
    return File(f"2026/2026-07-{day:02}.md", f"# Terns, 2026-07-{day:02}\n\nPresent: Imani\n{below}")


def proposal_for(
    recent: tuple[File, ...], config: str | None = None, body: str = "## Nests\n\n- two\n"
) -> Proposal:
    files = {file.path: str(at) * 40 for at, file in enumerate(recent)}
    archive = paper.archive(files=files, config=config)
    texts = {FileRef(files[file.path]): file.text for file in recent}
    notes = paper.source(body=body, title="2026-08-18")
    return propose(read_case(paper.snapshot(notes, archive, texts=texts), notes), archive)


def test_headings_that_four_of_the_last_five_minutes_share_are_the_teams() -> None:
    full = [minutes(day, "Nests", "Rings") for day in (8, 15, 22)]
    recent = (minutes(1, "Nests"), *full, minutes(29, "Storm", "Nests", "Rings"))
    proposal = proposal_for(recent)

    assert proposal.minutes.text == "# Terns, 2026-08-18\n\n## Nests\n\n- two\n"
    missing = [found.message for found in proposal.findings if found.rule == "missing-section"]
    assert missing == ["Of the template's headings these are not in the notes: Rings."]


@pytest.mark.parametrize(("path", "is_error"), [("_config.yml", True), ("plan.md", False)])
def test_code_for_websites_is_an_error_where_the_archive_is_one(path: str, is_error: bool) -> None:
    archive = paper.archive(files={path: "1" * 40})
    notes = paper.source(body="{{ site }}\n\n{%youtube abc %}\n", title="2026-08-18")

    proposal = propose(read_case(paper.snapshot(notes, archive), notes), archive)

    assert proposal.has_errors == is_error


@pytest.mark.parametrize(
    ("config", "added"), [(None, "\n## Rings\n"), ("sections: as typed\n", "")], ids=["usually", "as typed"]
)
def test_headings_that_each_of_the_last_five_minutes_has_are_added(config: str | None, added: str) -> None:
    proposal = proposal_for(tuple(minutes(day, "Nests", "Rings") for day in (1, 8, 15, 22, 29)), config)

    assert proposal.minutes.text == f"# Terns, 2026-08-18\n\n## Nests\n\n- two\n{added}"
    rules = {found.rule for found in proposal.findings}
    assert ("missing-section" in rules) is not bool(added)


@pytest.mark.parametrize(
    ("config", "heading"),
    [(None, "Present: Imani"), ("style: template\n", "## Present")],
    ids=["typed", "template"],
)
def test_a_field_takes_the_form_of_the_newest_minutes_where_the_team_says_so(
    config: str | None, heading: str
) -> None:
    recent = tuple(
        File(f"2026/2026-07-{day:02}.md", f"# Terns, 2026-07-{day:02}\n\n## Present\n\nImani\n\n## Nests\n")
        for day in (22, 29)
    )

    proposal = proposal_for(recent, config, "Present: Imani\n\n## Nests\n")

    assert heading in proposal.minutes.text.split("\n")
