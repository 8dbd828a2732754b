"""`minutes-bot backfill`: what it opens, what it leaves, and that twice is once."""

import asyncio
import json
import re

import pytest
from click.testing import CliRunner

from bot.admin.backfill import branches, carry_out, decide
from bot.admin.hub import Trouble, connect, find_repository, read_archive
from bot.admin.years import corrections_by_year
from bot.cli.backfill import backfill
from github_simulator.git import GitIdentity
from tests.admin.conftest import GENERIC, NAME, archive

CORRECTED = {
    2029: ["2029/2029-12-18.md"],
    2030: ["2030/2030-01-15.md", "2030/2030-01-22.md"],
    2031: ["2031/2031-01-14.md"],
}
_NOBODY = GitIdentity("Ada", "ada@kites.example")


async def test_a_dry_run_says_what_would_be_done_and_writes_nothing(club):
    result = await club.run("--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.split("\n") == [
        "2029: a new pull request, corrections in 1 file",
        "  2029/2029-12-18.md: link to the last meeting, line 9",
        "2030: a new pull request, corrections in 2 files",
        "  2030/2030-01-15.md: link to the last meeting, line 9",
        "  2030/2030-01-22.md: date in the title, line 5",
        "2031: a new pull request, corrections in 1 file",
        "  2031/2031-01-14.md: link to the last meeting, line 9",
        "",
    ]
    assert "Nothing was written" in result.stderr
    assert (club.writes, club.branches, club.pulls) == (0, ["main"], [])


async def test_each_year_gets_one_pull_request_with_one_commit(club):
    main = club.repository.git.branch("main")
    result = await club.run("--yes")
    assert result.exit_code == 0, result.output
    assert [pull.title for pull in club.pulls] == [
        f"Corrections to the minutes of {year}" for year in CORRECTED
    ]
    for pull, (year, paths) in zip(club.pulls, CORRECTED.items(), strict=True):
        assert (pull.head_ref, pull.base_ref) == (f"minutes/backfill/{year}", "main")
        (commit,) = club.repository.git.between(main, pull.head_oid)
        changed = club.repository.git.differing(*map(club.repository.git.tree_of, (main, pull.head_oid)))
        assert [path for path, _, _ in changed] == paths
        assert [parent.decode() for parent in commit.parents] == [main]
        assert all(f"| `{path}` | " in pull.body for path in paths)
        assert f"{year}: corrections in" in result.stdout
    fixed = club.text("minutes/backfill/2029", "2029/2029-12-18.md")
    assert fixed == archive()["2029/2029-12-18.md"].replace(GENERIC, "2029-12-11.md")


async def test_it_reads_all_files_with_few_requests(club):
    await club.run("--dry-run")
    assert len(club.simulator.pipeline.log) <= 10


async def test_it_asks_before_it_writes(club):
    result = await club.run(input="n\n")
    assert (result.exit_code, club.writes) == (1, 0)
    assert "2030: a new pull request, corrections in 2 files" in result.stderr
    assert f"Write to {NAME}? [y/N]" in result.stderr
    assert (await club.run(input="y\n")).exit_code == 0
    assert len(club.pulls) == 3


async def test_twice_is_once(club):
    await club.run("--yes")
    before = club.writes
    result = await club.run("--yes")
    assert (result.exit_code, club.writes) == (0, before)
    assert "2029: pull request #1 has these corrections already" in result.stdout


WRITES = ["git/create-blob", "git/create-tree", "git/create-commit", "git/create-ref", "pulls/create"]


@pytest.mark.parametrize("operation", WRITES)
@pytest.mark.parametrize("kind", ["lose", "expired-token"])
async def test_stopped_after_the_first_year_and_continued(club, operation, kind):
    skip = 1
    club.simulator.faults.set(kind, {"operation": operation}, skip=skip)
    result = await club.run("--yes")
    assert result.exit_code == 1
    assert "Error: 2030: " in result.stderr
    assert result.stderr.rstrip().endswith("Done already: 2029.")
    assert len(club.pulls) == (2 if (operation, kind) == ("pulls/create", "lose") else 1)
    assert (await club.run("--yes")).exit_code == 0
    assert [pull.head_ref for pull in club.pulls] == [f"minutes/backfill/{year}" for year in CORRECTED]
    assert await club.actions("--dry-run") == dict.fromkeys(CORRECTED, "same")


async def test_one_year_that_is_refused_does_not_keep_the_others(club):
    club.simulator.faults.set("status", {"operation": "pulls/create"}, status=502)
    result = await club.run("--yes", "--json")
    shown = json.loads(result.stdout)["years"]
    assert (result.exit_code, [("failed" in it, "pull" in it) for it in shown]) == (
        1,
        [(True, False), (False, True), (False, True)],
    )
    assert (await club.run("--yes")).exit_code == 0
    assert len(club.pulls) == 3


async def test_a_branch_that_a_crash_left_is_used(club):
    club.simulator.faults.set("status", {"operation": "pulls/create"}, status=502)
    await club.run("--yes")
    head = club.repository.git.branch("minutes/backfill/2029")
    await club.run("--yes")
    assert club.repository.git.branch("minutes/backfill/2029") == head
    assert len(club.repository.git.between(club.repository.git.branch("main"), head)) == 1


async def test_what_people_closed_stays_closed(club):
    await club.run("--yes")
    club.ada.close(club.pulls[1])
    result = await club.run("--yes")
    assert (result.exit_code, len(club.pulls)) == (0, 3)
    assert "2030: pull request #2 was closed, so it stays closed; --again opens a new one" in result.stdout
    assert (await club.run("--yes", "--again")).exit_code == 0
    assert [pull.state for pull in club.pulls] == ["open", "closed", "open", "open"]
    assert club.pulls[3].head_ref == "minutes/backfill/2030"


async def test_what_people_pushed_to_is_left_alone(club):
    await club.run("--yes")
    club.push(club.ada, "minutes/backfill/2030", {"2030/2030-01-15.md": "By hand\n"})
    typed = archive()["2030/2030-01-08.md"].replace("# 2030-01-08", "# YYYY-MM-DD")
    club.push(club.ada, "main", {"2030/2030-01-08.md": typed})
    result = await club.run("--yes")
    assert result.exit_code == 0
    assert "2030: people have pushed to pull request #2, so it is left alone" in result.stdout
    assert club.text("minutes/backfill/2030", "2030/2030-01-15.md") == "By hand\n"


async def test_an_open_pull_request_follows_other_corrections(club):
    await club.run("--yes")
    typed = archive()["2030/2030-01-08.md"].replace("# 2030-01-08", "# YYYY-MM-DD")
    club.push(club.ada, "main", {"2030/2030-01-08.md": typed})
    assert await club.actions("--dry-run") == {2029: "same", 2030: "update", 2031: "same"}
    result = await club.run("--yes")
    assert (result.exit_code, len(club.pulls)) == (0, 3)
    assert "| `2030/2030-01-08.md` | 5 | " in club.pulls[1].body
    main = club.repository.git.branch("main")
    assert len(club.repository.git.between(main, club.pulls[1].head_oid)) == 1
    assert await club.actions("--dry-run") == dict.fromkeys(CORRECTED, "same")


async def test_what_is_merged_is_done_and_its_branch_used_again(club):
    await club.run("--yes")
    for pull in club.pulls:
        club.ada.merge(pull)
    assert await club.actions() == {}
    typed = archive()["2029/2029-12-04.md"].replace("# 2029-12-04", "# YYYY-MM-DD")
    club.push(club.ada, "main", {"2029/2029-12-04.md": typed})
    assert await club.actions("--yes") == {2029: "open"}
    assert club.pulls[3].head_ref == "minutes/backfill/2029"


async def test_what_is_corrected_by_hand_is_said(club):
    await club.run("--yes")
    club.push(
        club.ada, "main", {"2029/2029-12-18.md": club.text("minutes/backfill/2029", "2029/2029-12-18.md")}
    )
    result = await club.run("--yes")
    assert "2029: nothing is left to correct, pull request #1 can be closed" in result.stdout


async def test_a_branch_of_people_with_that_name_is_left_alone(club):
    git = club.repository.git
    git.set_ref("refs/heads/minutes/backfill/2029", git.branch("main"))
    result = await club.run("--yes")
    assert (
        "2029: people have pushed to the branch minutes/backfill/2029, so it is left alone" in result.stdout
    )
    assert [pull.head_ref for pull in club.pulls] == ["minutes/backfill/2030", "minutes/backfill/2031"]


async def test_the_ledger_for_programs_has_every_line(club):
    shown = json.loads((await club.run("--json", "--dry-run")).stdout)
    assert (shown["repository"], shown["head"]) == (NAME, club.repository.git.branch("main"))
    (file,) = shown["years"][0]["files"]
    assert file["path"] == "2029/2029-12-18.md"
    assert [entry for entry in file["ledger"] if entry["op"] != "carry"] == [
        {"op": "replace", "src": [9, 9], "out": [9, 9], "rule": "previous-link"}
    ]


async def test_bytes_modes_and_links_are_as_they_were(club):
    git, main = club.repository.git, club.repository.git.branch("main")
    odd = b"\xef\xbb\xbf" + archive()["2031/2031-01-14.md"].replace("\n", "\r\n").encode()
    changes = {
        "2031/2031-01-14.md": (0o100755, git.add_blob(odd)),
        "2029/2029-12-18.md": (0o120000, git.add_blob(b"2029-12-11.md")),
    }
    tree = git.changed_tree(git.tree_of(main), changes)
    git.set_ref("refs/heads/main", git.add_commit(tree, [main], "Odd", club.simulator.world.now(), _NOBODY))
    assert await club.actions("--yes") == {2030: "open", 2031: "open"}
    entry = git.file_at(club.pulls[1].head_oid, "2031/2031-01-14.md")
    assert entry.mode == 0o100755
    assert git.blob(entry.oid) == odd.replace(GENERIC.encode(), b"2031-01-07.md")


async def test_an_archive_in_order_has_nothing_to_do(club):
    repository = club.simulator.create_repository("kites/good", files={"README.md": "# Nothing yet\n"})
    result = await club.run("--yes", name=repository.full_name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing to correct." in result.stderr


TROUBLES = {
    "wrong": ({"env": {"GITHUB_TOKEN": "ghp_wrong"}}, 1, "GitHub does not accept the token"),
    "none": ({"env": {"GITHUB_TOKEN": ""}}, 2, "There is no token in GITHUB_TOKEN. Make one"),
    "no such": ({"name": "kites/nothing"}, 1, "There is no repository kites/nothing"),
    "no name": ({"name": "kites"}, 2, "kites is no repository. Give OWNER/NAME"),
    "may only read": ({"by": "ben"}, 1, "The token may read kites/minutes, not write to it"),
    "empty": ({"name": "kites/empty"}, 1, "kites/empty is empty"),
    "nobody there": ({"env": {"GITHUB_API_URL": "http://127.0.0.1:9/api/v3"}}, 1, "GitHub cannot be reached"),
    "no address": ({"env": {"GITHUB_API_URL": "github.example.org"}}, 2, "--api-url is no address"),
}


@pytest.mark.parametrize("how", TROUBLES)
async def test_what_goes_wrong_is_told_with_its_cure(club, how):
    club.simulator.create_repository("kites/empty")
    arguments, code, words = TROUBLES[how]
    result = await club.run("--yes", **arguments)
    assert result.exit_code == code, result.output
    assert words in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert not club.pulls


async def test_an_archived_repository(club):
    club.simulator.person("kites-owner")
    club.repository.archived = True
    result = await club.run("--yes")
    assert (result.exit_code, club.writes) == (1, 0)
    assert "kites/minutes is archived on GitHub" in result.stderr
    assert (await club.run("--dry-run")).exit_code == 0


@pytest.mark.parametrize("operation", ["repos/get", "git/get-tree", "git/create-commit"])
@pytest.mark.parametrize("kind", ["primary", "secondary"])
async def test_a_used_up_rate_limit_says_when_to_come_back(club, kind, operation):
    club.simulator.faults.set(kind, {"operation": operation}, seconds=90)
    result = await club.run("--yes")
    assert result.exit_code == 1
    again = r"after 90 seconds" if kind == "secondary" else r"there is more at \d{4}-\d\d-\d\d \d\d:\d\d UTC"
    assert re.search(f"rate limit is used up; .*{again}", result.stderr)


async def test_the_token_may_stand_in_a_file(club, tmp_path):
    (tmp_path / "token").write_text(f"{club.simulator.token('ada')}\n")
    result = await club.run("--dry-run", "--token-file", str(tmp_path / "token"), by=None)
    assert result.exit_code == 0, result.output


async def test_an_archive_that_github_does_not_list_at_once(club):
    club.simulator.world.tree_limit = 5
    result = await club.run("--dry-run")
    assert result.exit_code == 1
    assert "has more than 100,000 files and folders" in result.stderr


def test_its_help_says_with_what_to_begin():
    result = CliRunner().invoke(backfill, ["--help"])
    assert result.exit_code == 0
    assert "Begin with --dry-run" in " ".join(result.stdout.split())


async def test_a_push_between_look_and_write_is_not_overwritten(club):
    await club.run("--yes")
    typed = archive()["2030/2030-01-08.md"].replace("# 2030-01-08", "# YYYY-MM-DD")
    club.push(club.ada, "main", {"2030/2030-01-08.md": typed})

    def look():
        hub = connect(club.simulator.token("ada"), f"{club.simulator.url}/api/v3", pause=0)
        repository = find_repository(hub, NAME)
        read = read_archive(repository)
        year = corrections_by_year(read.files).years[1]
        return repository, read, decide(repository, read, year, branches(repository), again=False)

    looked = await asyncio.to_thread(look)
    club.push(club.ada, "minutes/backfill/2030", {"2030/2030-01-15.md": "By hand\n"})
    with pytest.raises(Trouble, match=r"GitHub answered .* at .* but expected"):
        await asyncio.to_thread(carry_out, *looked)
    assert club.text("minutes/backfill/2030", "2030/2030-01-15.md") == "By hand\n"
