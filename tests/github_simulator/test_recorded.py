"""The simulator answers in the shapes in which GitHub answered, as far as somebody recorded them."""

import copy
from pathlib import Path

import pytest

from github_simulator import Simulator
from tests.admin.yard import NAME, SECRET, Yard
from tests.github_simulator.recorded import differences, load

FOLDER = Path(__file__).parent / "recorded"
FILES = sorted(FOLDER.glob("*.jsonl"))
"""What `minutes-bot smoke owner/sandbox --record FILE` wrote on a real GitHub."""


async def record(simulator, folder):
    """Return the exchanges of a run against the simulator."""
    file = folder / "played.jsonl"
    result = await Yard(simulator).with_discussions().run("--yes", "--record", str(file))
    assert result.exit_code == 0, result.output
    return load(file)


async def test_the_simulator_answers_as_github_did(simulator, tmp_path):
    if not FILES:
        pytest.skip(
            f"nobody has recorded GitHub's answers yet: minutes-bot smoke --record {FOLDER.name}/….jsonl"
        )
    played = await record(simulator, tmp_path)
    found = {file.name: differences(load(file), played) for file in FILES}
    assert not any(found.values()), found


@pytest.fixture
async def recorded(simulator, tmp_path):
    return await record(simulator, tmp_path)


@pytest.fixture
async def another_simulator():
    made = Simulator()
    await made.start()
    yield made
    await made.close()


async def test_what_the_simulator_answered_is_as_it_answers(recorded, another_simulator, tmp_path):
    assert len(recorded) > 80
    assert {"publish", "permission", "discussion", "clean"} <= {each["step"] for each in recorded}

    assert differences(recorded, await record(another_simulator, tmp_path)) == []


def one(exchanges, step, where):
    return next(each for each in exchanges if each["step"] == step and where(each))


def has_errors(exchange):
    return isinstance(exchange["body"], dict) and "errors" in exchange["body"]


def without_key(exchanges):
    del one(exchanges, "look", lambda it: it["body"])["body"]["data"]["source"]["issue"]["viewerDidAuthor"]


def with_key(exchanges):
    one(exchanges, "publish", lambda it: it["body"])["body"]["data"]["s0"]["warning"] = "Old"


def other_status(exchanges):
    one(exchanges, "reviewer", lambda it: it["status"] == 422)["status"] = 403


def other_error(exchanges):
    one(exchanges, "stale-commit", has_errors)["body"]["errors"][0]["type"] = "UNPROCESSABLE"


def other_type(exchanges):
    one(exchanges, "issue", lambda it: it["body"])["body"]["data"]["s0"]["issue"]["number"] = "1"


def other_request(exchanges):
    one(exchanges, "merge", lambda it: True)["request"]["query"] = "mutation { mergePullRequests }"


CHANGES = {
    without_key: "viewerDidAuthor",
    with_key: "warning",
    other_status: "the status is 403, here 422",
    other_error: "type is UNPROCESSABLE, here STALE_DATA",
    other_type: "number is str, here int",
    other_request: "is not sent any more",
}


async def test_each_change_of_a_shape_is_found(recorded):
    for change, words in CHANGES.items():
        changed = copy.deepcopy(recorded)
        change(changed)

        (found,) = differences(changed, recorded)

        assert words in found


async def test_nothing_recorded_says_who_somebody_is(simulator, tmp_path):
    yard, file = Yard(simulator).with_discussions(), tmp_path / "played.jsonl"
    minted = []
    make = simulator.tokens.for_installation
    simulator.tokens.for_installation = lambda *given: minted.append(made := make(*given)) or made
    ids = {*simulator.world.nodes}

    await yard.run("--yes", "--record", str(file))

    text = file.read_text(encoding="utf-8")
    key = [line for line in yard.app.private_key.splitlines() if line and "-----" not in line]
    words = [SECRET, *key, *(token for token, _ in minted), *NAME.split("/"), "minutes-bot[bot]", "noreply"]
    assert len(minted) >= 2
    assert [word for word in [*words, *ids, simulator.url, "Bearer", "avatars"] if word in text] == []


async def test_the_same_thing_has_the_same_placeholder(recorded):
    opened = one(recorded, "issue", lambda it: it["body"])["body"]["data"]["s0"]["issue"]
    seen = one(recorded, "look", lambda it: it["body"])["body"]["data"]["source"]["issue"]

    assert (seen["id"], seen["author"]["login"]) == (opened["id"], opened["author"]["login"])
    assert seen["title"] != seen["body"]
