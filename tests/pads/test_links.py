"""Links to pads: which they are, where their texts are, and which texts are mere links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pads.links import PadLink, lone_link, pad_of, read_pad_link

HOSTS = ("hackmd.io", "gist.github.com", "raw.githubusercontent.com", "pad.example.org")


def texts(url: str) -> tuple[str, ...]:
    link = read_pad_link(url, HOSTS)
    return link.texts if link else ()


GIST = "https://gist.github.com/ada-example/" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hackmd.io/AbC_1-x", ("https://hackmd.io/AbC_1-x.md",)),
        ("https://hackmd.io/AbC_1-x?both#Agenda", ("https://hackmd.io/AbC_1-x.md",)),
        ("https://hackmd.io/@kite-club/weekly/edit", ("https://hackmd.io/@kite-club/weekly.md",)),
        ("https://hackmd.io/@kite-club/weekly.md", ("https://hackmd.io/@kite-club/weekly.md",)),
        ("https://hackmd.io/s/AbC_1-x", ("https://hackmd.io/s/AbC_1-x.md",)),
        ("http://HackMD.io/AbC/", ("https://hackmd.io/AbC.md",)),
        ("https://hackmd.io:443/AbC", ("https://hackmd.io/AbC.md",)),
        (GIST, (f"{GIST}/raw",)),
        ("https://pad.example.org/weekly", ("https://pad.example.org/weekly/download",)),
        ("https://pad.example.org/s/weekly", ("https://pad.example.org/s/weekly/download",)),
        ("https://pad.example.org/weekly/publish", ("https://pad.example.org/weekly/download",)),
        (
            "https://pad.example.org/p/weekly",
            (
                "https://pad.example.org/p/weekly/export/markdown",
                "https://pad.example.org/p/weekly/export/txt",
            ),
        ),
        (
            "https://pad.example.org/p/weekly/timeslider#7",
            (
                "https://pad.example.org/p/weekly/export/markdown",
                "https://pad.example.org/p/weekly/export/txt",
            ),
        ),
        ("https://pad.example.org/notes/2026/a.md", ("https://pad.example.org/notes/2026/a.md",)),
        (
            "https://raw.githubusercontent.com/o/r/main/notes.md",
            ("https://raw.githubusercontent.com/o/r/main/notes.md",),
        ),
    ],
)
def test_where_the_text_of_a_pad_is(url: str, expected: tuple[str, ...]) -> None:
    assert texts(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://hackmd.io",
        "https://hackmd.io/",
        "https://hackmd.io/@kite-club",
        "https://gist.github.com/ada-example",
        "https://elsewhere.example/weekly",
        "https://hackmd.io.evil.example/weekly",
        "https://evil.example/hackmd.io/weekly",
        "https://hackmd.io@evil.example/weekly",
        "https://evil@hackmd.io/weekly",
        "https://hackmd.io:8443/weekly",
        "https://pad.example.org/a/b/c",
        "https://pad.example.org/..",
        "https://pad.example.org/%2e%2e/download",
        "https://pad.example.org/s/%2E%2E",
        "ftp://hackmd.io/weekly",
        "file:///etc/passwd",
        "https://[::1]/weekly",
        "https://[bad/weekly",
        "https://hackmd.io:port/weekly",
        "//hackmd.io/weekly",
        "hackmd.io/weekly",
        "",
    ],
)
def test_what_is_no_pad(url: str) -> None:
    assert read_pad_link(url, HOSTS) is None


@given(st.text(max_size=60))
def test_whatever_follows_the_host_its_texts_are_there(rest: str) -> None:
    for url in texts(f"https://pad.example.org/{rest}"):
        assert url.startswith("https://pad.example.org/")
        assert "/../" not in url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://hackmd.io/a", "https://hackmd.io/a"),
        ("Notes: https://hackmd.io/a.", "https://hackmd.io/a"),
        ("**Notes**: [here](https://hackmd.io/a)", "https://hackmd.io/a"),
        ("<https://hackmd.io/a>\n\n<!-- https://example.org -->", "https://hackmd.io/a"),
        ("https://hackmd.io/a and again https://hackmd.io/a", "https://hackmd.io/a"),
        ("https://hackmd.io/a or https://hackmd.io/b", None),
        ("https://hackmd.io/a " + "word " * 21, None),
        ("no link", None),
        ("# Weekly\n\n- Notes: https://hackmd.io/a", "https://hackmd.io/a"),
        ("# Weekly\n\n- https://hackmd.io/a\n- Kites fly", None),
        ("# Weekly\n\nAccepting minutes from [last meeting](https://hackmd.io/a)", None),
        ("Protokoll der [letzten Sitzung](https://hackmd.io/a)", None),
        ("https://hackmd.io/a\n\nA\n\nB\n\nC\n\nD", None),
        ("", None),
    ],
)
def test_a_text_that_is_a_mere_link(text: str, url: str | None) -> None:
    assert lone_link(text) == url


def test_without_hosts_nothing_is_a_pad() -> None:
    assert pad_of("https://hackmd.io/a", ()) is None
    assert isinstance(pad_of("https://hackmd.io/a", HOSTS), PadLink)
