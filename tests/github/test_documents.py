"""Every GraphQL document that the bot sends, against GitHub's own schema."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, get_args

import pytest
from graphql import (
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    parse,
    print_ast,
)
from graphql.execution.values import get_variable_values

from bot.github.batch import annotating, batch
from bot.github.documents import document, with_fragments
from bot.github.mutations import MUTATIONS
from bot.model import (
    AddLabels,
    Annotation,
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
    MarkReady,
    MergePull,
    OpenPull,
    OpenSource,
    PostComment,
    Pull,
    React,
    Remind,
    RemoveLabels,
    Repository,
    RequestReviews,
    Snapshot,
    Source,
    Step,
    Suggest,
)
from github_simulator.contract import Contract

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
OID = "a" * 40
COMMENT = Comment("C_1", "Hello", None, NOW, mine=True)
PULL = Pull("P_1", 1, "", "open", "Title", "Body", "minutes/2026-11-24", OID)
HOME = Repository("R_1", "tern-lab/meeting-minutes", default_branch="main", head=OID)
SOURCE = Source("I_1", HOME, 7, "issue", "Title", "Body", "imani", "", NOW, NOW)
SNAPSHOT = Snapshot(SOURCE, HOME.name, Archive(HOME))
DISCUSSION = Source("D_1", HOME, 7, "discussion", "Title", "Body", "imani", "", NOW, NOW)
DISCUSSED = replace(SNAPSHOT, source=DISCUSSION)
STEPS: tuple[Step, ...] = (
    CreateBranch("minutes/2026-11-24", OID),
    Commit(
        "minutes/2026-11-24", OID, "2026/2026-11-24.md", "Text ä\r\n", "Headline", "Body", delete="old.md"
    ),
    OpenPull("minutes/2026-11-24", "Title", "Body", draft=True),
    EditPull(PULL, "Title", "Body"),
    ClosePull(PULL),
    MergePull(PULL, OID),
    MarkReady(PULL),
    Remind(PULL, "Body"),
    OpenSource("issue", "Title", "Body", ("L_1",)),
    OpenSource("discussion", "Title", "Body", category="DIC_1"),
    EditSource(SOURCE, "Body"),
    CloseSource(SOURCE),
    DeleteBranch(Branch("minutes/2026-11-24", OID)),
    AddLabels("P_1", ("L_1", "L_2")),
    RemoveLabels("P_1", ("L_1",)),
    React(COMMENT, "ROCKET"),
    PostComment("Body"),
    EditComment(COMMENT, "Body"),
    DeleteComment(COMMENT),
    Check(
        OID, "Title", "Summary", "neutral", (Annotation("a.md", 3, "warning", "Title", "Message", column=5),)
    ),
)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract.load()


QUERIES = ["snapshot", "calendar", "comments", "linked", "file", "history"]


@pytest.mark.parametrize("name", QUERIES)
def test_queries(contract: Contract, name: str) -> None:
    assert contract.check_graphql(parse(document(name))) == []


def test_every_step_has_its_mutation_or_is_done_by_rest() -> None:
    by_rest = {RequestReviews, Suggest, CreateLabel}

    assert {type(step) for step in STEPS} == set(MUTATIONS)
    assert set(MUTATIONS) | by_rest == set(get_args(Step))


@pytest.mark.parametrize("seen", [SNAPSHOT, DISCUSSED], ids=["issue", "discussion"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{type(step).__name__}-{getattr(step, 'kind', '')}")
def test_one_step(contract: Contract, seen: Snapshot, step: Step) -> None:
    check(contract, *batch(seen, [step]))


@pytest.mark.parametrize("seen", [SNAPSHOT, DISCUSSED], ids=["issue", "discussion"])
def test_all_steps_at_once(contract: Contract, seen: Snapshot) -> None:
    check(contract, *batch(seen, STEPS))


def test_annotations_beyond_the_first_fifty(contract: Contract) -> None:
    step = Check(OID, "Title", "Summary", "neutral", (Annotation("a.md", 3, "notice", "T", "M"),) * 120)

    text, variables = annotating(step, "R_1", "CHECK_1")

    check(contract, text, variables)
    assert [len(each["output"]["annotations"]) for each in variables.values()] == [50, 20]


def check(contract: Contract, text: str, variables: Mapping[str, Any]) -> None:
    parsed = parse(text)
    assert contract.check_graphql(parsed) == []
    operation = parsed.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    values = get_variable_values(contract.schema, operation.variable_definitions or (), variables)
    assert not isinstance(values, list), values  # else: what is wrong with them


@pytest.mark.parametrize("name", QUERIES)
def test_a_document_has_the_fragments_that_it_needs_as_they_stand_in_their_file(name: str) -> None:
    file = parse((files("bot.github") / "fragments.graphql").read_text())
    known = {it.name.value: it for it in file.definitions if isinstance(it, FragmentDefinitionNode)}
    operation, *fragments = parse(document(name)).definitions

    needed = spread(operation)
    while more := {it for each in needed for it in spread(known[each])} - needed:
        needed |= more

    assert sorted(print_ast(each) for each in fragments) == sorted(print_ast(known[each]) for each in needed)


def spread(node: Node) -> set[str]:
    """The fragments that a part of a document spreads, as GraphQL's own parser sees them."""
    inner = [*node.selection_set.selections] if getattr(node, "selection_set", None) else []
    own = {node.name.value} if isinstance(node, FragmentSpreadNode) else set[str]()
    return own.union(*map(spread, inner))


def test_a_fragment_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match="no fragment Nothing"):
        with_fragments("query { viewer { ...Nothing } }")
