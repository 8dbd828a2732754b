"""Minutes that people push by themselves get the same check, and corrections at a click."""

from github_simulator.state import CheckRun
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, SOURCE, House

CONFIGURED = {**FILES, ".github/minutes.yml": "settle: 10 minutes\n"}
PATH = "2026/2026-08-18.md"


def minutes(**changes: str) -> str:
    """Return minutes as people type them: the link to the last meeting leads to the whole archive."""
    text = paper.NOTES
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def checks(house: House, repository: str = ARCHIVE) -> list[CheckRun]:
    runs = house.simulator.world.repository(*repository.split("/")).checks
    return [run for run in runs if run.name == "Minutes"]


async def test_pushed_minutes_are_checked_and_corrected_at_a_click(bare: House) -> None:
    bare.install(CONFIGURED)
    commit = bare.imani.push(ARCHIVE, {PATH: minutes(Imani="Imani <script>x</script>")}, "Minutes")
    await bare.quiet()

    (run,) = checks(bare)
    assert (run.head_oid, run.conclusion, [each["label"] for each in run.actions]) == (
        commit,
        "failure",
        ["Fix"],
    )
    assert ("site-code", PATH, 3) in [
        (each["title"], each["path"], each["start_line"]) for each in run.annotations
    ]
    assert "+## Accepting minutes from [last meeting](2026-08-11.md)" in (run.summary or "")

    bare.imani.press(run, "fix")
    await bare.quiet()

    after = bare.minutes(PATH, "main")
    assert after == minutes(Imani="Imani <script>x</script>").replace("https://example.org", "2026-08-11.md")
    assert [each.conclusion for each in checks(bare)] == ["failure", "failure"]
    assert checks(bare)[-1].actions == []


async def test_minutes_on_a_branch_of_people_are_checked(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push(ARCHIVE, {PATH: minutes()}, "Minutes", "my-minutes")
    await bare.quiet()
    (run,) = checks(bare)
    bare.imani.press(run, "fix")
    await bare.quiet()

    assert "(2026-08-11.md)" in bare.minutes(PATH, "my-minutes")
    assert [each.conclusion for each in checks(bare)] == ["neutral", "success"]
    assert bare.pulls() == []


async def test_a_click_on_an_old_check_changes_nothing(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push(ARCHIVE, {PATH: minutes()}, "Minutes")
    await bare.quiet()
    (run,) = checks(bare)
    bare.imani.push(ARCHIVE, {PATH: minutes(Imani="Imani, Olu")}, "And Olu")
    await bare.quiet()
    bare.imani.press(run, "fix")
    await bare.quiet()

    assert bare.minutes(PATH, "main") == minutes(Imani="Imani, Olu")


async def test_other_files_and_other_repositories_are_left_alone(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push(ARCHIVE, {"README.md": "# Read me\n", "2026/plan.md": "# Plan\n"}, "Others")
    bare.imani.push(SOURCE, {"posts/2026-08-18.md": minutes()}, "A post")
    await bare.quiet()

    assert checks(bare) == []
    assert checks(bare, SOURCE) == []


async def test_what_the_bot_merged_is_not_checked_again(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.publish()
    await bare.quiet()
    before = len(checks(bare))
    bare.imani.merge(bare.pulls()[0])
    await bare.quiet()

    assert len(checks(bare)) == before


async def test_binary_and_huge_files_are_no_minutes(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push(ARCHIVE, {PATH: "\x00\x01", "2026/2026-08-25.md": ""}, "Odd")
    await bare.quiet()

    assert all(run.actions == [] for run in checks(bare))


async def test_a_pull_request_from_a_fork_is_checked_and_gets_suggestions_at_a_click(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.simulator.add_collaborator(ARCHIVE, "yuki", "write")
    bare.yuki.push(ARCHIVE, {"notes.md": "# Plan\n"}, "Begin", "theirs")
    pull = bare.yuki.open_pull(ARCHIVE, "theirs", "Our minutes")
    pull.fork = bare.simulator.create_repository("yuki/meeting-minutes", fork=True)
    await bare.quiet()
    sent = len(bare.sent())
    commit = bare.yuki.push(ARCHIVE, {PATH: minutes()}, "Minutes", "theirs")
    # to a fork nobody here hears of a push, only of the pull request
    log = bare.simulator.deliveries.log
    log[:] = [each for each in log if not (each.event == "push" and commit in str(each.payload))]
    await bare.quiet()

    (run,) = checks(bare)
    assert (run.head_oid, run.conclusion) == (commit, "neutral")
    assert [each["label"] for each in run.actions] == ["Fix"]
    assert "suggests these corrections in the pull request" in (run.summary or "")
    assert len(bare.sent(sent)) <= 6

    bare.imani.press(run, "fix")
    await bare.quiet()

    (review,) = pull.reviews
    assert (review.author, review.state, review.commit_oid) == (bare.app.bot, "COMMENTED", commit)
    (comment,) = review.comments
    lines = minutes().split("\n")
    assert "https://example.org" in lines[comment["line"] - 1]
    fixed = lines[comment["line"] - 1].replace("https://example.org", "2026-08-11.md")
    assert (comment["path"], comment["body"]) == (PATH, f"```suggestion\n{fixed}\n```")
    assert bare.minutes(PATH, "theirs") == minutes()


async def test_each_of_many_findings_stands_on_its_line(bare: House) -> None:
    bare.install(CONFIGURED)
    many = "".join(f"- <script>{number}</script>\n" for number in range(120))
    bare.imani.push(ARCHIVE, {PATH: f"{minutes()}\n{many}"}, "Minutes")
    await bare.quiet()

    (run,) = checks(bare)
    lines = [each["start_line"] for each in run.annotations if each["title"] == "site-code"]
    assert len(lines) == len(set(lines)) == 120


async def test_of_many_and_long_paths_some_are_looked_at_without_a_button(bare: House) -> None:
    bare.install(CONFIGURED)
    names = [f"{'long-' * 45}{count}/2026-09-{count:02}.md" for count in range(1, 31)]
    bare.imani.push(ARCHIVE, {name: minutes() for name in names}, "Many")
    await bare.quiet()

    (run,) = checks(bare)
    assert run.actions == []
    assert len(run.summary or "") <= 65_535
