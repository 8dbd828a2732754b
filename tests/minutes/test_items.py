"""Actions and decisions: what is marked as one, and the words that say there is none."""

import pytest

from bot.minutes import BUILT_IN, Meeting, normalise

ACTIONS = {
    "## Actions\n\n- None\n- Ada to glue\n": ["Ada to glue"],
    "## News\n\nACTION @ada glue\n": ["ACTION @ada glue"],
    "## News\n\nAction items:\n\ntext\n": [],
}
DECISIONS = {
    "## Decisions\n\n- none\n- fly\n": ["fly"],
    "## Accepting minutes from last meeting\n\nok\n": ["ok"],
    "## News\n\n- fly at noon\n  - approved unanimously\n": ["fly at noon", "approved unanimously"],
}


def fields(notes):
    return normalise(notes, template=BUILT_IN, meeting=Meeting(None)).fields


@pytest.mark.parametrize(("notes", "actions"), ACTIONS.items(), ids=range(len(ACTIONS)))
def test_actions(notes, actions):
    assert list(fields(notes).actions) == actions


@pytest.mark.parametrize(("notes", "decisions"), DECISIONS.items(), ids=range(len(DECISIONS)))
def test_decisions(notes, decisions):
    assert list(fields(notes).decisions) == decisions


def test_what_is_said_to_be_done_is_done():
    done = [
        action.done
        for action in fields("## Actions\n\n- ~~Ada to glue~~\n- Bo to fly (done)\n- Cy\n").action_items
    ]
    assert done == [True, True, None]
