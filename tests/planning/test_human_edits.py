"""What becomes of people's edits on the branch, and in the archive after the merge; without any GitHub."""

from dataclasses import replace

from bot.model import Commit, FileRef, Snapshot
from bot.state import SourceState, find_state
from bot.trailers import blob_oid
from tests import paper
from tests.paper import commented, published, pushed, settle, the_pull, with_archive, with_pull, with_source

EDITED = paper.NOTES.replace("Tove", "Tove, Yuki")
SAYS = paper.MADE.replace("## AOB", "## AOB\n\nSee you.")


def comment_text(seen: Snapshot) -> str:
    assert seen.source is not None
    (own,) = (each.body for each in seen.source.comments if each.mine)
    return own


def state(seen: Snapshot) -> str:
    stored = find_state(comment_text(seen), SourceState)
    assert stored is not None
    return stored.status


def commits(seen: Snapshot) -> list[Commit]:
    return [step for plan in settle(seen)[1] for step in plan.steps if isinstance(step, Commit)]


def mixed() -> Snapshot:
    """The bot merged what people pushed with an edit of the notes, and wrote last."""
    seen, _ = settle(with_source(pushed(published(), SAYS), body=EDITED))
    assert "See you." in (seen.texts[FileRef(the_pull(seen).head or "", "2026/2026-08-18.md")] or "")
    return seen


def merged(seen: Snapshot, text: str | None) -> Snapshot:
    """The pull request is merged; then the file in the archive is this text, or gone."""
    assert seen.archive is not None
    files = dict(seen.archive.files)
    if text is not None:
        files["2026/2026-08-18.md"] = blob_oid(text)
        seen = replace(seen, texts={**seen.texts, FileRef(blob_oid(text)): text})
    return with_archive(with_pull(seen, state="merged"), files=files)


def again(seen: Snapshot) -> Snapshot:
    """The notes are edited once more, and somebody says so."""
    return commented(with_source(seen, body=EDITED.replace("Yuki", "Yuki, Bo")), "/minutes")


# -- on the branch -----------------------------------------------------------------------------------------


def test_a_file_that_people_renamed_is_followed() -> None:
    seen = pushed(published(), SAYS)
    head = the_pull(seen).head or ""
    seen = replace(seen, texts={**seen.texts, FileRef(head, "2026/late.md"): SAYS})
    seen = with_source(with_pull(seen, files=("2026/late.md",)), body=EDITED)

    (commit,) = commits(seen)

    assert (commit.path, commit.delete) == ("2026/late.md", None)
    assert "See you." in commit.text


def test_a_file_that_people_deleted_is_theirs_now() -> None:
    seen = with_source(with_pull(pushed(published(), SAYS), files=()), body=EDITED)

    assert state(settle(seen)[0]) == "edited-by-people"


def test_who_amends_the_bots_commit_is_merged_with_what_it_had_written() -> None:
    seen = pushed(published(), SAYS)
    amended = replace(the_pull(seen).revisions[1], oid=the_pull(seen).head or "", committer="bo")
    seen = with_source(with_pull(seen, revisions=(amended,)), body=EDITED)

    (commit,) = commits(seen)

    assert "See you." in commit.text
    assert "Tove, Yuki" in commit.text


def test_where_nobody_can_tell_whose_words_they_are_people_choose() -> None:
    seen = mixed()
    rewritten = replace(the_pull(seen).revisions[0], oid="e" * 40, committer="bo", message="All in one")
    seen = with_pull(pushed(seen, SAYS.replace("See", "I see")), revisions=(rewritten,))

    seen, plans = settle(again(seen))

    assert state(seen) == "conflict"
    assert "I can no longer tell" in comment_text(seen)
    assert not [step for plan in plans for step in plan.steps if isinstance(step, Commit)]


def test_what_people_pushed_stays_when_the_bot_wrote_last() -> None:
    (commit,) = commits(again(mixed()))

    assert "See you." in commit.text
    assert "Yuki, Bo" in commit.text


# -- after the merge ---------------------------------------------------------------------------------------


def test_what_was_merged_with_peoples_edits_keeps_them_in_what_follows() -> None:
    seen = mixed()
    text = seen.texts[FileRef(the_pull(seen).head or "", "2026/2026-08-18.md")]

    (commit,) = commits(again(merged(seen, text)))

    assert "See you." in commit.text
    assert "Yuki, Bo" in commit.text


def test_what_people_changed_in_the_archive_stays() -> None:
    seen = merged(published(), paper.MADE.replace("10:00", "10:05"))

    (commit,) = commits(again(seen))

    assert "10:05" in commit.text
    assert "Yuki, Bo" in commit.text


def test_minutes_that_people_took_out_of_the_archive_are_not_put_back() -> None:
    seen, _ = settle(again(merged(published(), None)))

    assert state(seen) == "merged"


def test_without_the_commits_of_a_mixed_branch_people_choose() -> None:
    seen = mixed()
    text = (seen.texts[FileRef(the_pull(seen).head or "", "2026/2026-08-18.md")] or "").replace(
        "10:00", "10:05"
    )
    seen = with_pull(merged(seen, text), revisions=(), head=None)

    assert state(settle(again(seen))[0]) == "conflict"
    assert "blob/main/2026/2026-08-18.md) in the archive" in comment_text(settle(again(seen))[0])


def test_where_both_say_the_same_nobody_has_to_choose() -> None:
    seen = mixed()
    rewritten = replace(the_pull(seen).revisions[0], oid="e" * 40, committer="bo", message="All in one")
    seen = with_pull(pushed(seen, paper.MADE.replace("10:00", "10:05")), revisions=(rewritten,))
    same = commented(with_source(seen, body=paper.NOTES.replace("10:00", "10:05")), "/minutes")

    assert state(settle(same)[0]) == "ready"


def test_after_the_merge_too() -> None:
    text = paper.MADE.replace("10:00", "10:05")
    seen = with_pull(merged(mixed(), text), revisions=(), head=None)

    seen, plans = settle(commented(with_source(seen, body=paper.NOTES.replace("10:00", "10:05")), "/minutes"))

    assert state(seen) == "merged"
    assert not [step for plan in plans for step in plan.steps if isinstance(step, Commit)]
