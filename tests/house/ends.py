"""Where a meeting may stand, and what may happen to it then."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta

from benchmarks.look import fill_pulls
from bot.config import PATH
from bot.model import InstallationRequest
from bot.service.job import Job
from bot.state import PullState, SourceState, ThreadState, embed_state, find_state
from github_simulator import discussions
from github_simulator.state import Discussion, Issue, PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL
from tests.house.scene import FILE, OLD_WORDS, Scene

MORE = paper.NOTES + "\n- The press is cleaned on Friday\n"

Act = Callable[[Scene], Awaitable[None]]

# -- situations --------------------------------------------------------------------------------------------


async def labelled(scene: Scene) -> None:
    scene.publish()
    await scene.house.deliver()


async def published(scene: Scene) -> None:
    scene.publish()
    await scene.house.quiet()


async def pushed(scene: Scene) -> None:
    await published(scene)
    pull, house = scene.pull, scene.house
    text = house.minutes(FILE, pull.head_ref).replace("Tove", "Tove, Yuki")
    house.imani.push(ARCHIVE, {FILE: text}, "Yuki was there", pull.head_ref)
    await house.quiet()


async def merged(scene: Scene) -> None:
    await published(scene)
    scene.house.imani.merge(scene.pull)
    await scene.house.quiet()


async def merged_and_gone(scene: Scene) -> None:
    await merged(scene)
    scene.house.imani.delete_branch(ARCHIVE, scene.pull.head_ref)
    await scene.house.quiet()


async def closed(scene: Scene) -> None:
    await published(scene)
    scene.house.imani.close(scene.pull)
    await scene.house.quiet()


async def stopped(scene: Scene) -> None:
    await published(scene)
    await command(scene, "/minutes stop")


async def unlabelled(scene: Scene) -> None:
    await published(scene)
    scene.house.imani.unlabel(scene.source, LABEL)
    await scene.house.quiet()


async def asked(scene: Scene) -> None:
    scene.publish(paper.NOTES.replace("# 2026-08-18", "# Our meeting"), "Team meeting")
    await scene.house.quiet()


async def awaited(scene: Scene) -> None:
    """The bot opened the notes and their draft by itself, and nobody has written anything yet."""
    house, archive = scene.house, scene.archive
    discussions.find_category(house.simulator.world, archive, "Meetings", make=True)
    opens = "open_issue: true" if scene.kind == "issue" else "open_discussion: Meetings"
    house.imani.push(ARCHIVE, {PATH: f"series: [{{name: Team meeting, schedule: every Tuesday, {opens}}}]\n"})
    await house.quiet()
    kind = Issue if scene.kind == "issue" else Discussion
    scene.sources += [each for each in archive.threads.values() if type(each) is kind]
    scene.before = set(scene.files("main"))


async def published_after_merge_commit(scene: Scene) -> None:
    """The base reaches commits of the bot's that belong to the pull request of another meeting."""
    house, day = scene.house, "2026-08-04"
    house.publish(paper.NOTES.replace("2026-08-18", day), f"Team meeting {day}", scene.kind)
    await house.quiet()
    other = scene.pull
    house.imani.merge(other, "merge")
    house.imani.delete_branch(ARCHIVE, other.head_ref)
    await house.quiet()
    scene.passed_over.add(other.number)
    scene.before = set(scene.files("main"))
    await published(scene)


SITUATIONS: Mapping[str, Act] = {
    "labelled, not published yet": labelled,
    "published": published,
    "published after another meeting's merge commit": published_after_merge_commit,
    "people pushed to the branch": pushed,
    "merged": merged,
    "merged, and its branch deleted": merged_and_gone,
    "closed by a person": closed,
    "stopped by `/minutes stop`": stopped,
    "stopped by removing the label": unlabelled,
    "a question is open": asked,
    "a draft waits for notes": awaited,
}

# -- events ------------------------------------------------------------------------------------------------


def merge_by(how: str) -> Act:
    async def act(scene: Scene) -> None:
        if scene.pull.draft:
            scene.house.imani.mark_ready(scene.pull)
        scene.house.imani.merge(scene.pull, how)
        await scene.house.quiet()

    return act


async def close(scene: Scene) -> None:
    scene.house.imani.close(scene.pull)
    await scene.house.quiet()


async def reopen(scene: Scene) -> None:
    scene.house.imani.reopen(scene.pull)
    await scene.house.quiet()


async def delete_branch(scene: Scene) -> None:
    scene.house.imani.delete_branch(ARCHIVE, scene.pull.head_ref)
    await scene.house.quiet()


async def rename_file(scene: Scene) -> None:
    scene.house.imani.rename_file(ARCHIVE, FILE, "2026/08-18-team.md", scene.pull.head_ref)
    await edit(scene)


async def close_source(scene: Scene) -> None:
    scene.house.imani.close(scene.source)
    await scene.house.quiet()


async def lock(scene: Scene) -> None:
    scene.house.imani.lock(scene.source)
    await edit(scene)


async def delete_source(scene: Scene) -> None:
    thread = scene.source
    assert isinstance(thread, Issue | Discussion)
    scene.house.imani.delete(thread)
    await scene.house.quiet()


async def transfer(scene: Scene) -> None:
    house, thread = scene.house, scene.source
    assert isinstance(thread, Issue | Discussion)
    house.simulator.create_repository("tern-lab/board", files={"README.md": "# Board\n"})
    house.simulator.add_collaborator("tern-lab/board", "imani", "maintain")
    house.imani.label(house.imani.open_issue("tern-lab/board", "Welcome"), LABEL)  # the label is there too
    scene.sources.append(house.imani.transfer(thread, "tern-lab/board"))
    await house.quiet()


async def convert(scene: Scene) -> None:
    thread = scene.source
    assert isinstance(thread, Issue)
    scene.sources.append(scene.house.imani.convert(thread))
    await scene.house.quiet()


async def unlabel(scene: Scene) -> None:
    scene.house.imani.unlabel(scene.source, LABEL)
    await scene.house.quiet()


async def relabel(scene: Scene) -> None:
    if any(label.name == LABEL for label in scene.source.labels):
        await unlabel(scene)
    scene.house.pass_time()
    scene.house.imani.label(scene.source, LABEL)
    await scene.house.quiet()


async def delete_label(scene: Scene) -> None:
    scene.house.imani.delete_label(scene.source.repository.full_name, LABEL)
    await scene.house.quiet()


async def disable(scene: Scene) -> None:
    scene.owner.disable_issues(scene.source.repository.full_name)
    await scene.house.quiet()


async def rename_archive(scene: Scene) -> None:
    scene.owner.rename_repository(ARCHIVE, "records")
    await edit(scene)


async def archive(scene: Scene) -> None:
    scene.owner.archive(ARCHIVE)
    await edit(scene)


async def protect(scene: Scene) -> None:
    scene.owner.protect(ARCHIVE, "minutes/**")
    await edit(scene)


async def delete_comment(scene: Scene) -> None:
    (comment,) = scene.house.comments(scene.source)
    scene.house.imani.delete_comment(comment)
    await scene.nudge()


async def minimise(scene: Scene) -> None:
    (comment,) = scene.house.comments(scene.source)
    scene.house.imani.minimize(comment)
    await edit(scene)


async def change_date(scene: Scene) -> None:
    scene.house.pass_time()
    title = scene.source.title.replace("2026-08-18", "").strip() + " 2026-08-19"
    body = scene.source.body.replace("2026-08-18", "2026-08-19").replace("# Our meeting", "# 2026-08-19")
    scene.house.imani.edit(scene.source, title, body)
    await scene.house.quiet()


async def second_source(scene: Scene) -> None:
    house = scene.house
    scene.second = house.publish("# 2026-08-18\n\n- another view\n", "Team meeting 2026-08-18", scene.kind)
    await house.quiet()


async def edit(scene: Scene) -> None:
    scene.house.pass_time()
    scene.house.imani.edit(scene.source, body=scene.source.body + "\n- The press is cleaned on Friday\n")
    await scene.house.quiet()


async def edit_while_reads_lag(scene: Scene) -> None:
    house = scene.house
    house.pass_time(2)
    house.simulator.pipeline.replica.lag(timedelta(minutes=1))
    house.simulator.pipeline.replica.save_state()
    await edit(scene)
    house.simulator.pipeline.replica.lag(timedelta())
    await house.quiet()


async def edit_unheard(scene: Scene) -> None:
    """The delivery is lost; the bot asks for it again, ten minutes later."""
    house = scene.house
    await house.deliver()
    house.pass_time()
    house.imani.edit(scene.source, body=scene.source.body + "\n- The press is cleaned on Friday\n")
    lost = house.simulator.deliveries.log[house.delivered :]
    house.delivered += len(lost)
    house.pass_time(10)
    for delivery in lost:
        await house.follow(delivery)
    await house.quiet()


async def lose_database(scene: Scene) -> None:
    """All that waited is lost, an edit among it, and the bot starts with an empty database."""
    house = scene.house
    await house.deliver()
    house.pass_time()
    house.imani.edit(scene.source, body=scene.source.body + "\n- The press is cleaned on Friday\n")
    house.delivered = len(house.simulator.deliveries.log)
    house.later.clear()
    await house.begin()
    await house.quiet()


async def lack_permission(scene: Scene) -> None:
    """The bot may not write files for a while; then an owner accepts the permission again."""
    house = scene.house
    installation = house.simulator.world.installations[house.installation]
    whole = dict(installation.permissions)
    installation.permissions = whole | {"contents": "read"}
    house.start()
    await edit(scene)
    installation.permissions = whole
    await house.work(Job(InstallationRequest(house.installation), "new_permissions_accepted"))
    await command(scene, "/minutes")


async def be_busy(scene: Scene) -> None:
    """Sixty newer pull requests, of which none is about minutes."""
    for pull in fill_pulls(scene.house.simulator, ARCHIVE, 60):
        pull.state = "closed"
        scene.passed_over.add(pull.number)
    await edit(scene)


async def command(scene: Scene, words: str) -> None:
    scene.house.pass_time()
    scene.house.imani.comment(scene.source, words)
    await scene.house.quiet()


def say(words: str) -> Act:
    async def act(scene: Scene) -> None:
        await command(scene, words)

    return act


OF_OLD = (
    "source",
    "kind", "status", "pull_number", "day", "path", "notes_digest", "file_blob", "archive", "detail",
    "handled_commands", "stopped_at", "purpose", "meetings",
    "series",  # as old as the drafts that need it
)  # fmt: skip
"""What the states of an older version held."""


async def new_version(scene: Scene) -> None:
    """All that the bot wrote before is by an older version, which noted less and said it otherwise."""
    for thread in (scene.source, *scene.pulls):
        kind = PullState if isinstance(thread, PullRequest) else ThreadState
        texts = [(thread, find_state(thread.body, kind))]
        texts += [(each, find_state(each.body, SourceState)) for each in thread.comments]
        for text, state in texts:
            if state:
                known = {name: getattr(state, name) for name in OF_OLD if hasattr(state, name)}
                text.body = embed_state(type(state)(**known), OLD_WORDS)
    await scene.nudge()


EVENTS: Mapping[str, Act] = {
    "the pull request is merged": merge_by("merge"),
    "the pull request is squashed": merge_by("squash"),
    "the pull request is rebased": merge_by("rebase"),
    "the pull request is closed": close,
    "the pull request is reopened": reopen,
    "its branch is deleted": delete_branch,
    "people rename the file, and the notes are edited": rename_file,
    "the source is closed": close_source,
    "the source is locked, and edited": lock,
    "the source is deleted": delete_source,
    "the source is transferred": transfer,
    "the issue becomes a discussion": convert,
    "the label is removed": unlabel,
    "the label is set again": relabel,
    "the label is deleted from the repository": delete_label,
    "issues are disabled": disable,
    "the archive is renamed, and the notes are edited": rename_archive,
    "the archive is archived, and the notes are edited": archive,
    "`minutes/**` is protected, and the notes are edited": protect,
    "the status comment is deleted": delete_comment,
    "the status comment is minimised, and the notes are edited": minimise,
    "the notes get another date": change_date,
    "a second source has the same date": second_source,
    "the notes are edited": edit,
    "reads lag a minute, and the notes are edited": edit_while_reads_lag,
    "the notes are edited, and the delivery is lost": edit_unheard,
    "the notes are edited, and the database is lost": lose_database,
    "a permission is missing for a while": lack_permission,
    "sixty newer pull requests come, and the notes are edited": be_busy,
    "`/minutes`": say("/minutes"),
    "`/minutes stop`": say("/minutes stop"),
    "`/minutes redact`": say("/minutes redact"),
    "a new version of the bot looks": new_version,
}

TROUBLES = frozenset(
    {
        "reads lag a minute, and the notes are edited",
        "the notes are edited, and the delivery is lost",
        "the notes are edited, and the database is lost",
        "a permission is missing for a while",
    }
)
"""What is not people's doing."""


def rows(text: str) -> Iterable[tuple[str, str, str, str]]:
    """Read the table of `docs/ends.md`: event, situation, outcome of an issue and of a discussion."""
    event = ""
    for line in text.split("\n"):
        if line.startswith("## "):
            event = line[3:]
        elif event and line.startswith("| ") and not line.startswith(("| --- ", "| where ")):
            situation, issue, discussion = (cell.strip() for cell in line.strip("|\n ").split(" | "))
            yield event, situation, issue, issue if discussion == "the same" else discussion
