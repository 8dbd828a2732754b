"""Which archives are published as websites, by their paths."""

import pytest

from bot.archive.websites import is_website


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("_config.yml", True),
        ("docs/mkdocs.yml", True),
        ("_layouts/minutes.html", True),
        ("CNAME", True),
        ("2031/2031-03-04.md", False),
        ("config.yml", False),
        ("notes/my_config.yml", False),
    ],
)
def test_a_website_has_files_of_its_generator(path, expected):
    assert is_website(["README.md", path]) == expected
    assert not is_website([])
