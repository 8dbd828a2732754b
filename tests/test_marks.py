"""What the bot notes for itself comes back as it was, whatever stands around it."""

import base64
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import marks
from bot.marks import Mark, blob_oid, digest, find, find_trailer, rewrap, trailer, wrap

some_marks = st.builds(
    Mark,
    source=st.text(),
    state=st.text(),
    pull=st.none() | st.integers(1, 10**6),
    day=st.none() | st.dates(),
    path=st.none() | st.text(min_size=1),
    digest=st.none() | st.text(min_size=1),
    detail=st.text(),
    lacks=st.lists(st.text(), max_size=3).map(tuple),
)


@given(some_marks, st.text())
def test_a_mark_comes_back_as_it_was(mark: Mark, text: str) -> None:
    assert find(wrap(mark, text)) == mark


@given(some_marks, some_marks, st.text(), st.text())
def test_what_people_wrote_around_stays(old: Mark, new: Mark, before: str, after: str) -> None:
    before, after = before.replace("<", ""), after.replace("<", "")
    body = before + wrap(old, "old") + after

    assert rewrap(body, wrap(new, "new")) == before + wrap(new, "new") + after


def test_a_block_that_people_took_out_stays_out() -> None:
    assert rewrap("mine now", wrap(Mark("a/b#1"), "new")) == "mine now"


def test_broken_marks_count_as_none() -> None:
    for text in (
        "",
        "<!-- minutes-bot {} -->",
        "<!-- minutes-bot {nonsense} -->",
        "<!-- minutes-bot [1] -->",
    ):
        assert find(text) is None


def test_a_mark_ends_its_comment_only_at_its_end() -> None:
    assert wrap(Mark("a/b#1", path="--> <img>"), "text").count("-->") == 2


def test_the_blob_id_is_the_one_of_git(tmp_path: Path) -> None:
    file = tmp_path / "minutes.md"
    file.write_text("# 2026-08-18\n\nGrüße\n", encoding="utf-8")

    by_git = subprocess.run(["git", "hash-object", file], capture_output=True, text=True, check=True)

    assert blob_oid("# 2026-08-18\n\nGrüße\n") == by_git.stdout.strip()


def test_a_trailer_is_found_in_a_commit_message() -> None:
    message = "Minutes of 2026-08-18\n\n" + trailer("2026/2026-08-18.md", "text")

    assert find_trailer(message) == ("2026/2026-08-18.md", blob_oid("text"))
    assert find_trailer("Minutes-File: nothing") is None


def test_a_digest_tells_title_and_body_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_mark_leaves_the_text_the_room_that_is_left() -> None:
    mark = Mark("tern-lab/planning#7", heard=tuple(f"{number:010d}+" for number in range(marks.MOST_HEARD)))

    body = marks.wrap(mark, "a word\n" * 9_000)

    assert len(body) == marks.LONGEST
    assert len(marks.wrap(mark, "")) <= marks.LONGEST / 2
    assert marks.find(body) == mark
    assert marks.rewrap(body, "new") == "new"


@pytest.mark.parametrize("undo", ["[" * 100_000, "[[0, 1, 2]]", "{}", "", "[[]]"])
def test_what_others_wrote_into_a_trailer_breaks_nothing(undo: str) -> None:
    packed = base64.b64encode(zlib.compress(undo.encode())).decode()

    assert marks.made_of_notes(f"Minutes-Notes: {packed}", "text") in (None, "text")


@given(st.text(), st.text(), st.text())
def test_a_marked_text_is_read_without_its_mark(before: str, text: str, after: str) -> None:
    wrapped = marks.wrap(marks.Mark("", state="agenda"), text)

    assert marks.unwrapped(f"{before}{wrapped}{after}") == f"{before}{text.strip()}{after}"
    assert marks.unwrapped(before) == before
