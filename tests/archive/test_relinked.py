"""The link to the last meeting gets another target, and nothing else changes."""

import pytest

from bot.archive.inspection.corrections import relinked

LINE = "## Accepting minutes from [last meeting]({target})"
FORMS = {
    "unix": "# 2031-03-04\n\n{line}\n\nBo: fine\n",
    "windows": "# 2031-03-04\r\n\r\n{line}\r\n\r\nBo: fine\r\n",
    "mixed line ends": "# 2031-03-04\r\n\n\r{line}\n",
    "byte order mark": "\ufeff# 2031-03-04\n\n{line}\n",
    "no last line end": "# 2031-03-04\n\n{line}",
    "the same target elsewhere": "# 2031-03-04\n\nsee [plan](2031-02-25.md)\n\n{line}\n\n2031-02-25.md\n",
    "blanks at the ends of lines": "# 2031-03-04  \n\n{line}  \n\n\n\n",
    "angle brackets": "# 2031-03-04\n\n## Accepting [last meeting](<{target}>)\n",
    "a title of the link": '# 2031-03-04\n\n## Accepting [last meeting]({target} "the last")\n',
    "front matter": "---\ntitle: a\n---\n\n# 2031-03-04\n\n{line}\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_only_the_target_changes(form):
    before, after = (
        form.replace("{line}", LINE).replace("{target}", target)
        for target in ("2031-02-25.md", "../2031/2031-02-26.md")
    )

    assert relinked(before, "../2031/2031-02-26.md", {"2031-02-25.md"}.__contains__) == after
    assert relinked(after, "../2031/2031-02-26.md", lambda _: True) is None


STAYS = {
    "not outdated": LINE.format(target="2031-02-18.md"),
    "in a code block": f"```\n{LINE.format(target='2031-02-25.md')}\n```",
    "by a label": "[last meeting][1]\n\n[1]: 2031-02-25.md",
    "HTML": '<a href="2031-02-25.md">last meeting</a>',
    "no link": "Last meeting: 2031-02-25",
    "empty": "",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_stays(text):
    assert relinked(text, "2031-02-26.md", {"2031-02-25.md"}.__contains__) is None
