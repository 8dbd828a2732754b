"""A fake GitHub: what each step does to a snapshot, so that plans can be tested without requests."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.github import update_snapshot
from bot.github.mutations import mutation
from bot.model import (
    Archive,
    Branch,
    Check,
    Comment,
    Commit,
    CreateBranch,
    CreateLabel,
    EditComment,
    Fact,
    FileRef,
    MissingFacts,
    OpenPull,
    OpenSource,
    Plan,
    PostComment,
    Pull,
    Remind,
    Repository,
    RequestReviews,
    Revision,
    Role,
    Snapshot,
    Source,
    Step,
)
from bot.planning.plan import make_plan
from bot.state import digest
from bot.trailers import blob_oid, find_trailer

NOON = datetime(2026, 8, 18, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
BASE = "b" * 40

KEYS = (b"of this test",)

TEMPLATE = """# Agenda template

Attending:

Start: 10:00 am

## Accepting minutes from [last meeting](https://example.org)

## Project status

## AOB
"""
MINUTES = TEMPLATE.replace("Agenda template", "2026-08-11").replace("Attending:", "Attending: Imani, Bo")
NOTES = TEMPLATE.replace("Agenda template", "2026-08-18").replace("Attending:", "Attending: Imani, Tove")

MADE = NOTES.replace("https://example.org", "2026-08-11.md")
"""The minutes that are made of the notes."""


def source(body: str = NOTES, title: str = "Team meeting 2026-08-18", **changes: object) -> Source:
    """An issue with notes, labelled by a person an hour ago."""
    made = Source(
        id="I_1",
        repository=Repository("R_1", "tern-lab/planning", url="https://github.com/tern-lab/planning"),
        number=7,
        kind="issue",
        title=title,
        body=body,
        author="imani",
        url="https://github.com/tern-lab/planning/issues/7",
        created_at=NOON,
        updated_at=NOON,
        labels=("meeting-notes",),
        labelled_by={"meeting-notes": ("imani", NOON)},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def archive(**changes: object) -> Archive:
    """An archive with a template and last week's minutes."""
    made = Archive(
        repository=Repository(
            "R_2",
            "tern-lab/meeting-minutes",
            default_branch="main",
            head=BASE,
            url="https://github.com/tern-lab/meeting-minutes",
        ),
        files={"agenda-template.md": "1" * 40, "2026/2026-08-11.md": "2" * 40},
        labels={"meeting-notes": "L_1"},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def snapshot(
    from_source: Source | None = None, to_archive: Archive | None = None, **changes: object
) -> Snapshot:
    """Everything in order, and nothing done yet."""
    made = Snapshot(
        from_source or source(),
        "tern-lab/meeting-minutes",
        to_archive or archive(),
        asked=frozenset({"shape"}),
        texts={FileRef("1" * 40): TEMPLATE, FileRef("2" * 40): MINUTES},
        roles={Role("tern-lab/planning", login): "write" for login in ("imani", "tove")},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def apply(seen: Snapshot, steps: Iterable[Step]) -> Snapshot:
    """Do the steps, as GitHub would."""
    for step in steps:
        seen = _apply(seen, step)
    return seen


def _apply(seen: Snapshot, step: Step) -> Snapshot:
    """Do a step; what GitHub adds (ids, numbers, commits) is made up, the rest is `bot.github`'s own."""
    source, archive = seen.source, seen.archive
    assert archive is not None
    match step:
        case CreateBranch(name, oid):
            assert name not in {branch.name for branch in archive.branches}
            return update_snapshot.with_branch(seen, Branch(name, oid))
        case Commit():
            assert step.expected_head in {b.head for b in archive.branches if b.name == step.branch}
            head, message = digest(step.expected_head, step.text) * 3, f"{step.headline}\n\n{step.body}"
            seen = replace(seen, texts={**seen.texts, FileRef(blob_oid(step.text)): step.text})
            return update_snapshot.with_commit(seen, step, revision(head, message))
        case OpenPull():
            return update_snapshot.with_pull(seen, _opened_pull(archive, step))
        case PostComment(body):
            number = len(source.comments) if source else 0
            return update_snapshot.with_comment(seen, _comment(f"IC_{number}", body))
        case EditComment(comment, body):
            return update_snapshot.with_comment(seen, replace(comment, body=body))
        case Remind(pull, body):
            return update_snapshot.with_pull_comment(seen, pull, _comment(f"IC_{pull.number}", body))
        case CreateLabel(name):
            assert name not in archive.labels
            return update_snapshot.with_label(seen, name, f"L_{len(archive.labels) + 1}")
        case OpenSource():
            return update_snapshot.with_opened_source(seen, _opened_source(archive, step))
        case Check() | RequestReviews():
            return seen
    return mutation(seen, step).apply_result(seen, step, {})


def _opened_pull(archive: Archive, step: OpenPull) -> Pull:
    (at,) = (branch for branch in archive.branches if branch.name == step.branch)
    written = find_trailer(at.message)
    assert written, "no commits between the branches"
    assert step.branch not in {pull.branch for pull in archive.pulls if pull.state == "open"}
    number = max([pull.number for pull in archive.pulls], default=0) + 1
    url = f"{archive.repository.url}/pull/{number}"
    return Pull(
        f"PR_{number}", number, url, "open", step.title, step.body, step.branch, at.head,
        (revision(at.head, at.message),), draft=step.draft, mine=True, files=(written[0],),
    )  # fmt: skip


def _opened_source(archive: Archive, step: OpenSource) -> Source:
    number = 100 + len(archive.opened)
    url = f"{archive.repository.url}/{step.kind}s/{number}"
    names = tuple(name for name, label in archive.labels.items() if label in step.labels)
    return Source(
        f"I_{number}", archive.repository, number, step.kind, step.title, step.body, "minutes-bot[bot]",
        url, LATER, LATER, mine=True, by_bot=True, labels=names if step.kind == "issue" else (),
    )  # fmt: skip


def _comment(node_id: str, body: str) -> Comment:
    return Comment(node_id, body, "minutes-bot[bot]", LATER, mine=True, by_bot=True)


def revision(oid: str, message: str, author: str = "minutes-bot[bot]") -> Revision:
    """A commit of the bot's, or of the given author."""
    return Revision(oid, message, author, "GitHub" if author.endswith("[bot]") else author)


Planner = Callable[[Snapshot, datetime], Plan]


def plan_source(seen: Snapshot, now: datetime) -> Plan:
    """Plan for a source."""
    return make_plan(seen, now, KEYS)


def decide(seen: Snapshot, now: datetime = LATER, planner: Planner = plan_source) -> tuple[Snapshot, Plan]:
    """Plan, and answer what is wanted first with what is on paper."""
    while True:
        try:
            return seen, planner(seen, now)
        except MissingFacts as missing:
            assert not set(missing.facts) & seen.asked, f"asked twice: {missing.facts}"
            seen = replace(seen, asked=seen.asked | {*missing.facts})


def facts_needed(seen: Snapshot, now: datetime = LATER) -> tuple[Fact, ...]:
    """Return what must be read before there is a plan."""
    try:
        make_plan(seen, now)
    except MissingFacts as missing:
        return missing.facts
    return ()


def settle(
    seen: Snapshot, now: datetime = LATER, planner: Planner = plan_source
) -> tuple[Snapshot, list[Plan]]:
    """Plan and apply until nothing is left to do, as the service does it."""
    plans = []
    for _ in range(8):
        seen, plan = decide(seen, now, planner)
        plans.append(plan)
        if not plans[-1].steps:
            return seen, plans
        seen = apply(seen, plans[-1].steps)
    raise AssertionError(f"no end: {[plan.why for plan in plans]}")


def published() -> Snapshot:
    """The minutes are there, and announced."""
    return settle(snapshot())[0]


def pushed(seen: Snapshot, text: str, author: str = "bo") -> Snapshot:
    """A person pushes a text to the branch of the one pull request."""
    assert seen.archive is not None
    pull, head = the_pull(seen), digest(text, author) * 3
    (path,) = pull.files
    last = next(each for each in pull.revisions if each.author.endswith("[bot]"))
    written = find_trailer(last.message)
    assert written is not None
    made = next(text for text in seen.texts.values() if text and blob_oid(text) == written[1])
    texts = {**seen.texts, FileRef(written[1]): made, FileRef(head, path): text}
    mine = revision(head, "Typos", author)
    seen = with_pull(replace(seen, texts=texts), head=head, revisions=(mine, *pull.revisions))
    assert seen.archive is not None
    branches = tuple(replace(b, head=head) if b.name == pull.branch else b for b in seen.archive.branches)
    return replace(with_archive(seen, branches=branches), asked=seen.asked | texts.keys())


def commented(seen: Snapshot, body: str, author: str = "imani", **changes: object) -> Snapshot:
    """Somebody comments under the notes."""
    assert seen.source is not None
    number = 50 + len(seen.source.comments)
    url = f"{seen.source.url}#issuecomment-{number}"
    made = Comment(f"IC_{number}", body, author, LATER + timedelta(seconds=number), url=url)
    made = replace(made, **changes)  # type: ignore[arg-type]
    return with_source(seen, comments=(*seen.source.comments, made))


def the_pull(seen: Snapshot) -> Pull:
    """The one pull request of the archive."""
    assert seen.archive is not None
    (pull,) = seen.archive.pulls
    return pull


def with_pull(seen: Snapshot, **changes: object) -> Snapshot:
    """Change the one pull request."""
    assert seen.archive is not None
    changed = replace(the_pull(seen), **changes)  # type: ignore[arg-type]
    return replace(seen, archive=replace(seen.archive, pulls=(changed,)))


def with_source(seen: Snapshot, **changes: object) -> Snapshot:
    """Change the source."""
    assert seen.source is not None
    return replace(seen, source=replace(seen.source, **changes))  # type: ignore[arg-type]


def with_archive(seen: Snapshot, **changes: object) -> Snapshot:
    """Change the archive."""
    assert seen.archive is not None
    return replace(seen, archive=replace(seen.archive, **changes))  # type: ignore[arg-type]
