"""The same text under several names: which name is the wrong one."""

from datetime import timedelta

import pytest

from tests.archive.archives import FIRST, archive, findings, minutes, path

DAY = FIRST + timedelta(days=35)
BEFORE, NEXT = DAY - timedelta(days=7), DAY + timedelta(days=7)
SUNDAY = DAY - timedelta(days=2)

COPIES = {
    "its title says an earlier day": (path(NEXT), minutes(DAY)),
    "its title says a later day": (path(BEFORE), minutes(DAY)),
    "it is on no Tuesday": (path(SUNDAY), minutes(DAY).replace(f"# {DAY}", f"# {SUNDAY}")),
    "its name ends as copies do": (path(DAY).replace(".md", "(1).md"), minutes(DAY)),
    "its front matter differs": (
        path(DAY).replace(".md", "_.md"),
        minutes(DAY).replace("tags: Kites", f"title: {DAY}_\ntags: Kites"),
    ),
    "blank lines differ": (path(NEXT), minutes(DAY).replace("\n\n", "\n \n\n")),
}


def copied(files):
    return [file for file, _, rule, _ in findings(files) if rule == "same-text"]


@pytest.mark.parametrize("why", COPIES)
def test_the_doubtful_name_is_the_copy(why):
    name, copy = COPIES[why]
    files = archive(weeks=20)
    files.pop(path(NEXT))
    assert copied(files | {name: copy}) == [name]


def test_empty_forms_are_no_copies():
    """Two meetings that were called off have the same text, and it stands in no other file."""
    nothing = {path(day): minutes(day, before=BEFORE, shown="No meeting.\n") for day in (DAY, NEXT)}
    assert copied(archive() | nothing) == []


def test_lines_that_others_have_too_are_not_their_own():
    """Two meetings with nothing but the standing items, which are said elsewhere with more below them."""
    standing = "- glue\n- sew\n- wind\n- fly\n"
    bare = {path(day): minutes(day, before=BEFORE, shown=standing) for day in (DAY, NEXT)}
    assert copied(archive() | bare) == [path(NEXT)]
    more = {path(FIRST): minutes(FIRST, shown=f"{standing}- with three kites\n")}
    assert copied(archive() | bare | more) == []


def test_three_times_the_same_is_two_copies():
    days = [DAY, DAY + timedelta(days=7), DAY + timedelta(days=14)]
    text = minutes(DAY)
    assert copied({path(day): text for day in days}) == [path(day) for day in days[1:]]
