"""What GitHub's words about a failed write mean."""

import pytest

from bot.github.classify import branch_of, classify_error
from bot.model import Commit, CreateBranch, OpenPull, PostComment


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Reference already exists", "stale"),
        ('A ref named "refs/heads/minutes/2026-11-24" already exists in the repository.', "stale"),
        ("Validation Failed: A pull request already exists for hill-lab:minutes/2026-11-24.", "stale"),
        ('Expected branch to point to "aa" but it did not.  Pull and try again.', "stale"),
        ("Update is not a fast forward", "stale"),
        ("Head branch was modified. Review and try the merge again.", "stale"),
        ("Base branch was modified. Review and try the merge again.", "stale"),
        ("Reference update failed: refs/heads/minutes/x is at aa but expected bb", "stale"),
        # of a branch that a rule protects: https://github.com/actions/github-script/issues/455
        ("Reference update failed", "other"),
        ("Head sha can't be blank, Base sha can't be blank, Head ref must be a branch", "early"),
        ("Head sha can’t be blank", "early"),
        ("No commits between main and minutes/2026-11-24", "early"),
        ("Resource not accessible by integration", "permission"),
        ("minutes[bot] does not have the correct permissions to execute `CreateRef`", "permission"),
        ("Repository was archived so is read-only.", "other"),
        ("Unable to create comment because issue is locked.", "other"),
        ("Body is too long (maximum is 65536 characters)", "other"),
        ("", "other"),
    ],
)
def test_classify_error(message: str, expected: str) -> None:
    assert classify_error(message) == expected


def test_steps_on_one_branch_belong_together() -> None:
    steps = [
        CreateBranch("minutes/x", "a"),
        Commit("minutes/x", "a", "x.md", "", "", ""),
        OpenPull("minutes/x", "", ""),
        PostComment(""),
    ]

    assert [branch_of(step) for step in steps] == ["minutes/x", "minutes/x", "minutes/x", None]
