"""What the bot notes for itself comes back as it was, whatever stands around it."""

import base64
import subprocess
import zlib
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state import (
    LONGEST,
    MOST_HANDLED,
    PullState,
    SourceState,
    State,
    ThreadState,
    digest,
    embed_state,
    find_state,
    read_repair_key,
    repair_key,
    replace_block,
    without_state,
)
from bot.trailers import blob_oid, commit_trailer, find_trailer, made_of_notes

some_texts = st.lists(st.text(), max_size=3).map(tuple)
source_states = st.builds(
    SourceState,
    source=st.text(),
    status=st.text(),
    detail=st.text(),
    pull_number=st.none() | st.integers(1, 10**6),
    day=st.none() | st.dates(),
    path=st.none() | st.text(min_size=1),
    notes_digest=st.none() | st.text(min_size=1),
    missing_permissions=some_texts,
    stopped_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    requested=st.booleans(),
)
pull_states = st.builds(
    PullState,
    source=st.text(),
    kind=st.sampled_from(("issue", "discussion")),
    day=st.none() | st.dates(),
    template_blobs=some_texts,
    objections=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
    is_bot_draft=st.booleans(),
)
thread_states = st.builds(
    ThreadState,
    purpose=st.sampled_from(("agenda", "missing")),
    series=st.text(),
    day=st.none() | st.dates(),
    meetings=some_texts,
)
some_states = source_states | pull_states | thread_states


@given(some_states, st.text())
def test_a_state_comes_back_as_it_was(state: State, text: str) -> None:
    assert find_state(embed_state(state, text), type(state)) == state


@given(some_states, some_states, st.text(), st.text())
def test_what_people_wrote_around_stays(old: State, new: State, before: str, after: str) -> None:
    before, after = before.replace("<", ""), after.replace("<", "")
    body = before + embed_state(old, "old") + after

    assert replace_block(body, embed_state(new, "new")) == before + embed_state(new, "new") + after


def test_a_block_that_people_took_out_stays_out() -> None:
    assert replace_block("mine now", embed_state(PullState("a/b#1"), "new")) == "mine now"


def test_broken_states_count_as_none() -> None:
    for text in (
        "",
        "<!-- minutes-bot {} -->",
        "<!-- minutes-bot {nonsense} -->",
        "<!-- minutes-bot [1] -->",
        '<!-- minutes-bot {"source": 12} -->',
        '<!-- minutes-bot {"source": "a/b#1", "kind": "wiki"} -->',
    ):
        assert find_state(text, PullState) is None


def test_a_state_ends_its_comment_only_at_its_end() -> None:
    assert embed_state(PullState("a/b#1", path="--> <img>"), "text").count("-->") == 2


def test_the_blob_id_is_the_one_of_git(tmp_path: Path) -> None:
    file = tmp_path / "minutes.md"
    file.write_text("# 2026-08-18\n\nGrüße\n", encoding="utf-8")

    by_git = subprocess.run(["git", "hash-object", file], capture_output=True, text=True, check=True)

    assert blob_oid("# 2026-08-18\n\nGrüße\n") == by_git.stdout.strip()


def test_a_trailer_is_found_in_a_commit_message() -> None:
    message = "Minutes of 2026-08-18\n\n" + commit_trailer("2026/2026-08-18.md", "text")

    assert find_trailer(message) == ("2026/2026-08-18.md", blob_oid("text"))
    assert find_trailer("Minutes-File: nothing") is None


def test_a_digest_tells_title_and_body_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_state_leaves_the_text_the_room_that_is_left() -> None:
    state = SourceState(
        "tern-lab/planning#7", handled_commands=tuple(f"{number:010d}+" for number in range(MOST_HANDLED))
    )

    body = embed_state(state, "a word\n" * 9_000)

    assert len(body) == LONGEST
    assert len(embed_state(state, "")) <= LONGEST / 2
    assert find_state(body, SourceState) == state
    assert replace_block(body, "new") == "new"


@pytest.mark.parametrize("undo", ["[" * 100_000, "[[0, 1, 2]]", "{}", "", "[[]]"])
def test_what_others_wrote_into_a_trailer_breaks_nothing(undo: str) -> None:
    packed = base64.b64encode(zlib.compress(undo.encode())).decode()

    assert made_of_notes(f"Minutes-Notes: {packed}", "text") in (None, "text")


@given(st.text(), st.text(), st.text())
def test_a_text_is_read_without_its_state(before: str, text: str, after: str) -> None:
    wrapped = embed_state(ThreadState("agenda"), text)

    assert without_state(f"{before}{wrapped}{after}") == f"{before}{text.strip()}{after}"
    assert without_state(before) == before


def test_a_mended_link_is_read_back_from_its_key() -> None:
    for path in ("2026/2026-08-25.md", "team -> board/2026 08 25.md"):
        assert read_repair_key(repair_key(path, "2026-08-18.md")) == (path, "2026-08-18.md")
