"""What is corrected in an archive without a person, and that nothing else changes, to the byte."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.inspection.corrections import RULES, corrections
from bot.minutes import verify
from bot.minutes.text.markdown import clean
from tests.archive.archives import TEMPLATE, archive, findings, minutes, path
from tests.depth import examples

DAY = date(2031, 2, 11)
FILE, COPY = path(DAY), path(date(2031, 2, 18))
TYPED = minutes(DAY)
LINK = "[last meeting](2031-02-04.md)"
GENERIC = "https://github.com/kites/minutes"
FRONT = f"---\ntitle: '{DAY}'\ntags: [Kites]\n---\n\n"

CORRECTED = {
    "a link to an overview": (f"[last meeting]({GENERIC})", LINK, "previous-link"),
    "a link to nothing": ("[last meeting]()", LINK, "previous-link"),
    "a link to be filled in": ("[last meeting](YYYY-MM-DD.md)", LINK, "previous-link"),
    "a link to a file that is gone": ("[last meeting](2031-02-05.md)", LINK, "previous-link"),
    "a link to a part of a file that is gone": ("[last meeting](2030/kites.md#news)", LINK, "previous-link"),
    "a link with a title": (
        f'[last meeting]({GENERIC} "all of them")',
        '[last meeting](2031-02-04.md "all of them")',
        "previous-link",
    ),
    "a link in angle brackets": (
        f"[last meeting](<{GENERIC}>)",
        "[last meeting](<2031-02-04.md>)",
        "previous-link",
    ),
    "a title that waits": ("# YYYY-MM-DD", "# 2031-02-11", "title-date"),
    "front matter twice": (FRONT, "", "duplicate-front-matter"),
}

LEFT = {
    "a link to other minutes that are there": (LINK, "[last meeting](2031-01-28.md)"),
    "a dead link whose day is right": (LINK, "[last meeting](../2030/2031-02-04.md)"),
    "a link to a page": (LINK, "[last meeting](https://kites.example/2031-02-05)"),
    "a link to what is no Markdown": (LINK, "[last meeting](2031-02-05.pdf)"),
    "a link out of the archive": (LINK, "[last meeting](../../board/2031-02-05.md)"),
    "a link in HTML": (LINK, '<a href="2031-02-05.md">last meeting</a>'),
    "a link in code": (LINK, f"`[last meeting]({GENERIC})`"),
    "a wrong title": (f"# {DAY}", "# 2030-02-11"),
    "another front matter": ("---\ntags: Kites\n---", "---\ntags: Kites\n---\n\n---\ntags: Boats\n---"),
}


def correct(files):
    """Give the texts of the files in which something was corrected, and prove each."""
    made = dict(corrections(files, TEMPLATE))
    for name, each in made.items():
        assert verify(files[name], clean(each.text), each.ledger) == []
    return {name: each.text for name, each in made.items()}


def typed(before, after):
    """Give that day's minutes with `before` where `after` stands in good order."""
    if not after:
        return before + TYPED
    assert (LINK if LINK[:14] in after else after) in TYPED
    return TYPED.replace(LINK if LINK[:14] in after else after, before)


def right(after):
    return TYPED.replace(LINK, after) if LINK[:14] in after else TYPED


def test_minutes_in_order_are_left_alone():
    assert correct(archive()) == {}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("what", CORRECTED)
def test_corrected_and_nothing_else(what, end):
    before, after, rule = CORRECTED[what]
    for mark, last in (("", ""), ("\ufeff", end), ("", end)):
        odd = mark + typed(before, after).rstrip("\n").replace("\n", end) + last
        wanted = mark + right(after).rstrip("\n").replace("\n", end) + last
        files = archive() | {FILE: odd}
        assert correct(files) == {FILE: wanted}
        assert {entry.rule for entry in dict(corrections(files, TEMPLATE))[FILE].changes} == {rule}
        assert correct(files | {FILE: wanted}) == {}


def test_each_rule_is_tried_above():
    assert {rule for _, _, rule in CORRECTED.values()} == RULES


@pytest.mark.parametrize("what", LEFT)
def test_left_for_people(what):
    old, new = LEFT[what]
    assert old in TYPED
    assert correct(archive() | {FILE: TYPED.replace(old, new)}) == {}


def test_signs_that_are_none_stay_beside_the_link():
    odd = TYPED.replace(f"from {LINK}", f"\x00from [last meeting]({GENERIC}) \ufeff\x00\ud800")
    odd = odd.replace("frame", "fr\x00me")
    assert correct(archive() | {FILE: odd}) == {FILE: odd.replace(GENERIC, "2031-02-04.md")}


def test_where_the_end_is_taken_out_the_text_ends_as_before():
    kept, doubled = "---\ntags: Kites\n---", "---\ntags: [Kites]\n---"
    for end in ("", "\n"):
        files = archive() | {FILE: f"{kept}\n{doubled}{end}"}
        assert correct(files) == {FILE: f"{kept}{end}"}


def test_line_ends_may_be_mixed():
    odd = TYPED.replace(LINK, f"[last meeting]({GENERIC})").replace("\n\n", "\r\n\n")
    assert correct(archive() | {FILE: odd}) == {FILE: odd.replace(GENERIC, "2031-02-04.md")}


def test_what_was_pasted_twice_waits_for_a_person():
    once = TYPED.replace(LINK, f"[last meeting]({GENERIC})")
    assert correct(archive() | {FILE: f"{once}\n{once}"}) == {}


def test_copies_wait_for_a_person_and_are_still_found():
    text = TYPED.replace(LINK, f"[last meeting]({GENERIC})").replace(f"# {DAY}", "# YYYY-MM-DD")
    files = archive(20) | {FILE: text, COPY: text}
    same = [found for found in findings(files) if found[2] == "same-text"]
    assert len(same) == 1
    made = correct(files)
    assert set(made) == {FILE, COPY} - {same[0][0]}
    assert [found for found in findings(files | made) if found[2] == "same-text"] == same


def test_the_first_minutes_have_no_link_to_correct():
    first = path(date(2031, 1, 7))
    assert correct(archive() | {first: archive()[first].replace("2030-12-31.md", "")}) == {}


def test_files_whose_texts_are_not_known_are_there():
    before = path(date(2031, 2, 4))
    files = archive()
    del files[before]
    files[FILE] = TYPED.replace(LINK, f"[last meeting]({GENERIC})")
    assert dict(corrections(files, TEMPLATE, [before]))[FILE].text == TYPED
    assert correct(files)[FILE] == TYPED.replace("2031-02-04", "2031-01-28")


def test_a_file_that_stands_for_many_days_is_no_generic_target():
    """In folders of months the previous minutes of many days are `04.md`, and a slip stays a slip."""
    days = [date(2031, month, day) for month in range(1, 7) for day in (4, 11, 18)]
    files = {
        f"{day:%Y/%m/%d}.md": minutes(day, before="04") for day in days
    }  # a link to the 4th of the month also on the 18th
    assert correct(files) == {}


def ends_of(text):
    """Give the lines of a text with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)


PIECES = st.sampled_from(
    [
        *(
            "---\ntags: Kites\n---",
            "---\ntitle: '2031-02-11'\ntags: [Kites]\n---",
            "# YYYY-MM-DD",
            f"# {DAY}",
        ),
        *(
            f"## Minutes of the [last meeting]({GENERIC})",
            "[last meeting](gone.md)",
            '[last meeting](<> "a")',
        ),
        *("Attending: Ada, Bo", "## Workshop", "- glue\x00", "```", "<!-- a", "-->", "", " ", "> quoted"),
        *("---", "\ufeff", "a\x85b\u2028c\x0cd", "[last meeting](2031-01-28.md)", "# 2030-02-11"),
    ]
)


@examples(400)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])), max_size=14), st.booleans())
def test_whatever_was_typed(pieces, ends):
    """A correction changes lines of its rules only, and after it there is nothing to correct."""
    text = "".join(piece + end for piece, end in pieces)
    files = archive(8) | {FILE: text if ends else text.rstrip("\r\n")}
    made = correct(files)
    assert set(made) <= {FILE}
    assert correct(files | made) == {}
    before, after = (ends_of(each[FILE]) for each in (files, files | made))
    assert len(after) <= len(before)
    assert len(set(after) - set(before)) <= 2, "the line of the title and that of the link"
