"""What only discussions have: categories, replies, and labels of which GitHub keeps no history."""

from github_simulator.state import Discussion
from tests import paper
from tests.house.conftest import LABEL, SOURCE, House

TITLE = "Team meeting 2026-08-18"


async def test_a_post_in_the_category_by_somebody_with_write_access_is_notes(house: House) -> None:
    discussion = house.imani.open_discussion(SOURCE, TITLE, paper.NOTES, "Meeting Notes")
    await house.quiet()

    assert house.status_of(discussion) == ("ready", "")
    assert len(house.pulls()) == 1


async def test_a_strangers_post_in_the_category_waits_for_a_word(house: House) -> None:
    discussion = house.yuki.open_discussion(SOURCE, TITLE, paper.NOTES, "Meeting Notes")
    await house.quiet()
    assert (house.pulls(), house.comments(discussion)) == ([], [])

    house.imani.comment(discussion, "/minutes")
    await house.quiet()

    assert house.status_of(discussion) == ("ready", "")


async def test_moving_it_into_the_category_starts_it_and_out_of_it_takes_it_back(house: House) -> None:
    discussion = house.imani.open_discussion(SOURCE, TITLE, paper.NOTES)
    await house.quiet()
    assert house.pulls() == []

    house.imani.move_to_category(discussion, "Meeting notes")
    await house.quiet()
    assert len(house.pulls()) == 1

    house.imani.move_to_category(discussion, "General")
    await house.quiet()

    assert house.pulls() == []
    assert house.status_of(discussion) == ("stopped", "")


async def test_replies_carry_commands_and_notes_and_the_answer_is_one_comment(house: House) -> None:
    discussion = house.publish(kind="discussion")
    await house.quiet()
    above = house.yuki.comment(discussion, "What about the press?")
    house.imani.comment(discussion, "/minutes include\n\n- The press is cleaned on Friday", reply_to=above)
    await house.quiet()

    (pull,) = house.pulls()
    assert "- The press is cleaned on Friday" in house.minutes("2026/2026-08-18.md", pull.head_ref)
    (status,) = house.comments(discussion)
    assert getattr(status, "reply_to", None) is None
    assert "`/minutes include`" in status.body


async def test_a_question_is_a_new_comment_in_the_thread_and_not_a_reply(house: House) -> None:
    discussion = house.publish(paper.NOTES.replace("2026-08-18", "Notes"), "Team meeting", "discussion")
    assert isinstance(discussion, Discussion)
    await house.quiet()
    assert house.status_of(discussion) == ("question", "no-date")

    house.imani.comment(discussion, "/minutes date 2026-08-18", reply_to=house.comments(discussion)[0])
    await house.quiet()

    assert house.status_of(discussion) == ("ready", "")
    assert len(house.comments(discussion)) == 1


async def test_a_label_counts_by_who_set_it_as_the_event_told(house: House) -> None:
    """Not by who wrote the notes; the delivery before it, which comes once more, does not undo that."""
    house.simulator.add_collaborator(SOURCE, "ada", "triage")
    ada = house.simulator.person("ada")
    by_triage = house.yuki.open_discussion(SOURCE, TITLE, paper.NOTES)
    ada.label(by_triage, LABEL)
    await house.quiet()
    assert (house.pulls(), house.comments(by_triage)) == ([], [])

    house.imani.unlabel(by_triage, LABEL)
    house.imani.label(by_triage, LABEL)
    await house.quiet()

    assert house.status_of(by_triage) == ("ready", "")
