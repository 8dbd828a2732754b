"""Which files of a folder are minutes, and which meeting was before."""

import re
from datetime import date

import pytest

from bot.archive.inspection import inspect
from bot.minutes import BUILT_IN
from tests.archive.archives import TEMPLATE, archive, findings, minutes

DAY = date(2031, 2, 11)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("2031/2031-02-11.md", "", True),
        ("2031/february-11.md", "anything", True),
        ("minutes/2031-14-02.md", "anything", True),
        ("Meeting 34.md", "# Kites 2031-02-11\n\nAttending: Ada\n", True),
        ("Meeting 34.md", "# Kites 2031-02-11\n\nGlue is better than tape.\n", False),
        ("CHANGES.md", "# 2031-02-11\n\n- Glue\n", False),
        ("README.md", "# The kite club\n\nAttending: everybody\n", False),
        ("template.md", "# YYYY-MM-DD\n\nAttending:\n", False),
    ],
)
def test_what_is_minutes(path, text, expected):
    assert (path in inspect({path: text}, BUILT_IN).minutes) is expected


def test_nothing_is_found_in_what_is_no_minutes():
    assert findings({"README.md": "<<<<<<< HEAD\n{{ x }}\n", "notes.md": "# 2031-02-31\n"}) == []


def test_every_series_has_its_own_previous_meeting():
    """Two groups in one archive: the one's meeting of last week is not the other's."""
    groups = {
        f"{group}/{path}": text.replace("frame", f"{group} frame")
        for group in ("frames", "tails")
        for path, text in archive(6).items()
    }
    odd = f"frames/2031/{DAY}.md"
    files = groups | {
        odd: minutes(DAY, before=date(2031, 2, 4)).replace("2031-02-04.md", "https://github.com/a/b")
    }
    cures = [
        it.finding.cure
        for it in inspect(files, TEMPLATE).found
        if it.path == odd and it.finding.rule.startswith("previous-link")
    ]
    assert cures == ["Link 2031-02-04.md."]


def test_hostile_files_are_looked_at_too():
    """Nothing is raised, whatever a file holds."""
    texts = [
        "",
        "\x00\ufeff",
        "\r\r\r",
        "---\n---\n",
        "---\n" * 500,
        "> " * 300 + "x",
        "# 9999-12-31\n" * 50,
        "[last meeting](" * 99,
    ]
    found = inspect({f"2031/2031-02-{10 + at}.md": text for at, text in enumerate(texts)}, TEMPLATE)
    assert len(found.minutes) == len(texts)
    assert inspect({}, TEMPLATE).minutes == ()


def test_a_link_that_three_minutes_share_names_no_meeting():
    """Of two it may be one's; of three it is a folder or a pad, wherever it leads."""
    pad = "https://pad.example.net/p/kites"
    shared = {path: re.sub(r"\(2031-0[\d-]+\.md\)", f"({pad})", text) for path, text in archive().items()}
    rules = {
        many: {rule for _, _, rule, _ in findings(archive() | dict(list(shared.items())[1 : many + 1]))}
        for many in (2, 3)
    }
    assert "previous-link-other" in rules[2]
    assert "previous-link-generic" not in rules[2]
    assert "previous-link-generic" in rules[3]
