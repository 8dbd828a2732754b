"""GitHub on paper: what each step does to a snapshot, so that plans can be tested without any GitHub."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import (
    AddLabels,
    Archive,
    Branch,
    Check,
    ClosePull,
    CloseSource,
    Comment,
    Commit,
    CreateBranch,
    CreateLabel,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    EditSource,
    Fact,
    File,
    FileRef,
    MarkReady,
    MergePull,
    MissingFacts,
    OpenPull,
    OpenSource,
    Plan,
    PostComment,
    Pull,
    React,
    Reaction,
    Remind,
    RemoveLabels,
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
        template=File("agenda-template.md", TEMPLATE),
        recent=(File("2026/2026-08-11.md", MINUTES),),
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
        roles={Role("tern-lab/planning", login): "write" for login in ("imani", "tove")},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def apply(seen: Snapshot, steps: Iterable[Step]) -> Snapshot:
    """Do the steps, as GitHub would."""
    for step in steps:
        seen = _apply(seen, step)
    return seen


def _apply(seen: Snapshot, step: Step) -> Snapshot:  # noqa: C901 - a case for each kind of step
    source, archive = seen.source, seen.archive
    assert archive is not None
    pulls, branches, opened, labels = archive.pulls, archive.branches, archive.opened, archive.labels
    comments = source.comments if source else ()
    match step:
        case CreateBranch(name, oid):
            assert name not in {branch.name for branch in branches}
            branches = (*branches, Branch(name, oid))
        case Commit():
            head, message = digest(step.expected_head, step.text) * 3, f"{step.headline}\n\n{step.body}"
            assert step.expected_head in {b.head for b in branches if b.name == step.branch}
            branches = tuple(
                replace(b, head=head, message=message) if b.name == step.branch else b for b in branches
            )
            known = (FileRef(blob_oid(step.text)), FileRef(head, step.path))
            seen = replace(seen, texts={**seen.texts, **dict.fromkeys(known, step.text)})
            pulls = tuple(
                replace(
                    p,
                    head=head,
                    revisions=(revision(head, message), *p.revisions),
                    files=(step.path,),
                )
                if p.branch == step.branch and p.state == "open"
                else p
                for p in pulls
            )
        case OpenPull(branch, title, body, draft):
            (at,) = (b for b in branches if b.name == branch)
            written = find_trailer(at.message)
            assert written, "no commits between the branches"
            assert branch not in {p.branch for p in pulls if p.state == "open"}
            number = max([p.number for p in pulls], default=0) + 1
            url = f"{archive.repository.url}/pull/{number}"
            pulls = (
                Pull(f"PR_{number}", number, url, "open", title, body, branch, at.head,
                     (revision(at.head, at.message),), draft=draft, mine=True, files=(written[0],)),
                *pulls,
            )  # fmt: skip
        case EditPull(pull, title, body):
            pulls = tuple(replace(p, title=title, body=body) if p.id == pull.id else p for p in pulls)
        case ClosePull(pull):
            pulls = tuple(replace(p, state="closed") if p.id == pull.id else p for p in pulls)
        case DeleteBranch(branch):
            branches = tuple(b for b in branches if b.name != branch.name)
            pulls = tuple(  # GitHub closes it with its branch
                replace(p, state="closed" if p.state == "open" else p.state, head=None)
                if p.branch == branch.name
                else p
                for p in pulls
            )
        case PostComment(body):
            made = Comment(f"IC_{len(comments)}", body, "minutes-bot[bot]", LATER, mine=True, by_bot=True)
            comments = (*comments, made)
        case EditComment(comment, body):
            comments = tuple(replace(c, body=body) if c.id == comment.id else c for c in comments)
        case DeleteComment(comment):
            comments = tuple(c for c in comments if c.id != comment.id)
        case React(comment, content):
            comments = _reacted(comments, comment, content)
            pulls = tuple(replace(p, comments=_reacted(p.comments, comment, content)) for p in pulls)
        case CloseSource(closed):
            source = replace(source, open=False) if source else None
            opened = tuple(replace(each, open=each.open and each.id != closed.id) for each in opened)
        case MarkReady(pull):
            pulls = tuple(replace(p, draft=False) if p.id == pull.id else p for p in pulls)
        case Remind(pull, body):
            made = Comment(f"IC_{pull.number}", body, "minutes-bot[bot]", LATER, mine=True, by_bot=True)
            pulls = tuple(replace(p, comments=(*p.comments, made)) if p.id == pull.id else p for p in pulls)
        case CreateLabel(name):
            assert name not in labels
            labels = {**labels, name: f"L_{len(labels) + 1}"}
        case OpenSource(kind, title, body, ids):
            number = 100 + len(opened)
            names = tuple(name for name, label in labels.items() if label in ids)
            opened = (
                *opened,
                Source(f"I_{number}", archive.repository, number, kind, title, body, "minutes-bot[bot]",
                       f"{archive.repository.url}/{kind}s/{number}", LATER, LATER, mine=True, by_bot=True,
                       labels=names if kind == "issue" else ()),
            )  # fmt: skip
        case EditSource(edited, body):
            opened = tuple(replace(each, body=body) if each.id == edited.id else each for each in opened)
            if source and source.id == edited.id:
                source = replace(source, body=body)
        case MergePull(pull):
            pulls = tuple(replace(p, state="merged") if p.id == pull.id else p for p in pulls)
        case AddLabels(subject, ids):
            added = tuple(name for name, label in labels.items() if label in ids)
            opened = tuple(replace(e, labels=added) if e.id == subject else e for e in opened)
            pulls = tuple(replace(p, labels=(*p.labels, *added)) if p.id == subject else p for p in pulls)
        case RemoveLabels(subject, ids):
            left = {name for name, label in labels.items() if label not in ids}
            pulls = tuple(
                replace(p, labels=tuple(filter(left.__contains__, p.labels))) if p.id == subject else p
                for p in pulls
            )
        case Check() | RequestReviews():
            pass
    return replace(
        seen,
        source=replace(source, comments=comments) if source else None,
        archive=replace(archive, pulls=pulls, branches=branches, opened=opened, labels=labels),
    )


def _reacted(comments: tuple[Comment, ...], on: Comment, content: Reaction) -> tuple[Comment, ...]:
    return tuple(replace(c, reacted=c.reacted | {content}) if c.id == on.id else c for c in comments)


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


def told(seen: Snapshot, body: str, author: str = "imani", **changes: object) -> Snapshot:
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
