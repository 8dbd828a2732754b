"""Reading a tarball: what is taken, what is skipped, and where it ends."""

import io
import tarfile

import pytest

from bot.admin.tarball import BadTarball, read_tarball


def tarball(*members, mode="w:gz"):
    """Pack members: a path with bytes is a file, one with a text a symbolic link."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as tar:
        for path, content in members:
            info = tarfile.TarInfo(path)
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def read(data, *wanted, **how):
    return dict(read_tarball(io.BytesIO(data), wanted, **how))


def test_wanted_files_are_named_as_in_the_repository():
    packed = tarball(("kites-1/a.md", b"A"), ("kites-1/b/c.md", b"C"), ("kites-1/photo.jpg", b"\x00"))
    assert read(packed, "a.md", "b/c.md") == {"a.md": b"A", "b/c.md": b"C"}


@pytest.mark.parametrize("path", ["/etc/a.md", "kites-1/../a.md", "kites-1//a.md", "kites-1/./a.md", "a.md"])
def test_paths_that_lead_out_are_skipped(path):
    packed = tarball((path, b"A"), ("kites-1/b.md", b"B"))
    assert read(packed, "a.md", "../a.md", "/a.md", "./a.md", "etc/a.md", "b.md") == {"b.md": b"B"}


def test_links_are_skipped():
    assert read(tarball(("kites-1/a.md", "/etc/passwd"), ("kites-1/b.md", b"B")), "a.md", "b.md") == {
        "b.md": b"B"
    }


@pytest.mark.parametrize("data", [b"", b"no tarball", tarball(("k/a.md", bytes(9000)))[:-30]],
                         ids=["empty", "none", "cut off"])  # fmt: skip
def test_what_is_no_tarball_or_ends_early_is_said(data):
    with pytest.raises(BadTarball, match="cannot be read"):
        read(data, "a.md")


def test_it_takes_no_more_than_there_is_room_for():
    bomb = tarball(("k/a.md", bytes(50_000)), ("k/b.md", bytes(60_000)))
    assert len(bomb) < 1000
    with pytest.raises(BadTarball, match="of texts"):
        read(bomb, "a.md", "b.md", most=100_000)
    assert [*read(bomb, "b.md", most=100_000)] == ["b.md"]
    with pytest.raises(BadTarball, match="is larger"):
        read(bomb, "b.md", most=100)
