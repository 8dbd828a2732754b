"""Actions and decisions: what is marked as one, and the words that say there is none."""

from datetime import date
from pathlib import Path

import pytest

from bot.minutes import BUILT_IN, Meeting, normalise, open_actions

ACTIONS = {
    "## Actions\n\n- None\n- Ada to glue\n": ["Ada to glue"],
    "## News\n\nACTION @ada glue\n": ["ACTION @ada glue"],
    "## News\n\nAction items:\n\ntext\n": [],
    # words that only begin as a mark does
    "## News\n\nAPM: glue it\n\n- Aino: yes\n- API: old\n- AI2 - Bo to glue\n- AP Bo: fly\n": [
        "AI2 - Bo to glue",
        "AP Bo: fly",
    ],
    # labels, updates, contents and questions in a section of actions
    "## Actions\n\n- Links to read:\n  - https://example.org/a\n- Update: it is glued\n- [1. Silk](#silk)\n"
    "- Who glues it?\n- Ada to buy for May:\n  - glue\n- @bo will fly:\n  - one kite\n- @cy views on:\n": [
        "Ada to buy for May:",
        "@bo will fly:",
        "@cy views on:",
    ],
    # an action that is asked for, or only possible
    "## News\n\n- SR who wants to take action item to write\n- We can have an action to follow up\n"
    "- Ada has an action to glue\n": ["Ada has an action to glue"],
    # what is observed is nothing to do, what needs something is
    "## Follow up\n\n- The kite is torn completely: https://example.org/k\n- The rope has to be bought\n"
    "- This should have been glued\n- The silk is thin, somebody needs to look\n- It will be glued\n": [
        "The rope has to be bought",
        "The silk is thin, somebody needs to look",
        "It will be glued",
    ],
    # headings in other languages
    "## Åtgärder\n\n- Ada köper lim\n\n## Opgaver\n\n- Bo: køb silke\n\n## Oppgaver\n\n- Cy: kjøp tau\n\n"
    "## Zadania\n\n- Di: kupić klej\n\n## Tasques\n\n- Ed: comprar fil\n\n## Tarefas\n\n- Flo: cola\n\n"
    "## Próximos pasos\n\n- Gil: cola\n\n## Acties\n\n- Hal: lijm\n\n## Da fare\n\n- Nessuna\n": [
        "Ada köper lim",
        "Bo: køb silke",
        "Cy: kjøp tau",
        "Di: kupić klej",
        "Ed: comprar fil",
        "Flo: cola",
        "Gil: cola",
        "Hal: lijm",
    ],
    # boxes with an owner, outside of such a section
    "## News\n\n- [ ] Ada: glue boats\n- [ ] Hue: grey\n- [ ] Size: 12 feet\n"
    "- [x] Bo to fly\n- [ ] @cy buy silk\n- [ ] Record the meeting\n- [x] Beta\n"
    "- [ ] API: green\n- Di: nothing\n": ["Ada: glue boats", "Bo to fly", "@cy buy silk"],
    "## Attendees\n\n- [x] Ada: in the hall\n- [ ] Bo: by phone\n": [],
    # a title alone in a wall of lines
    "## News\n\nWe flew.\nNext steps\nAda to glue\nBo to buy silk\n\nIt rained.\n": [
        "Ada to glue",
        "Bo to buy silk",
    ],
    "## News\n\nThe list of\nnext steps\nis long.\n": [],
    # the title of a box, and where it ends
    ":::info Action items\n- Ada to glue\n- Bo to fly\n:::\n\n- silk\n": ["Ada to glue", "Bo to fly"],
    "<details><summary>Action items</summary>\n\n- Ada to glue\n\n</details>\n\n- silk\n": ["Ada to glue"],
    # items that are too deep for Markdown
    "## Actions\n\n- Ada to glue\n        - half is done\n        - [ ] the rest\n- Bo to fly,\n"
    "  with a - long - tail\n": [
        "Ada to glue",
        "Bo to fly,\nwith a - long - tail",
    ],
}
DECISIONS = {
    "## Decisions\n\n- none\n- fly\n": ["fly"],
    "## Accepting minutes from last meeting\n\nok\n": ["ok"],
    "## News\n\n- fly at noon\n  - approved unanimously\n": ["fly at noon", "approved unanimously"],
    # a noun without a colon, and what was settled
    "## News\n\n- Decision to paint it red\n- Decision to be taken in May\n- No agreement on glue\n"
    "- Consensus that glue dries\n": ["Decision to paint it red", "Consensus that glue dries"],
    # conditional, asked, figurative
    "## News\n\n- If the motion is passed we fly\n- Was the proposal adopted?\n"
    "- Bo asked how a motion is carried\n- Passed by the lake\n- Passed by a vote of 4 to 1\n"
    "- The motion was carried\n": [
        "Passed by a vote of 4 to 1",
        "The motion was carried",
    ],
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


@pytest.mark.parametrize(
    ("item", "done"),
    {
        "~~Ada to glue~~": True,
        "**~~Ada: glue~~**": True,
        "Ada: ~~glue~~": True,
        "~~Ada: glue,~~ ~~with silk~~ (see May)": True,
        "~~Ada to glue, \n  and to paint~~": True,
        "[ ] <del>Ada to glue</del>": True,
        "~~ACTION: Ada to glue~~": True,
        "ACTION: ~~Ada to glue~~": True,
        "Ada to glue ✅": True,
        "~~Ada~~ Bo to glue": None,
        "Ada to glue ~~by May~~": None,
        "~~Ada: glue~~ Bo: ~~paint~~ buy": None,
        "[ ] Ada: glue ~~and paint~~": False,
        "~~ is how Ada is to mark it": None,
    }.items(),
)
def test_what_is_struck_through_is_done(item, done):
    notes = f"# Kites\n\n## Actions\n\n- {item}\n"
    assert [action.done for action in fields(notes).action_items] == [done]
    assert bool(open_actions([(date(2031, 3, 4), notes)])) == (done is not True)


@pytest.mark.parametrize(
    ("item", "owner"),
    [
        ("[ACTION] @ada-q to glue", "@ada-q"),
        ("AI @bo mend the kite", "@bo"),
        ("Ada volunteers to glue", "Ada"),
        ("Send the forms (Ada)", "Ada"),
        ("Ask Ada (Kites) about silk", None),
    ],
)
def test_whose_an_action_is(item, owner):
    (action,) = fields(f"## Actions\n\n- {item}\n").action_items

    assert action.owner == owner


@pytest.mark.parametrize(
    ("notes", "owners"),
    {
        "## Actions\n\n### Ada\n\n- glue\n\n### Bo & Ada\n\n- paint\n": ["Ada", "Bo & Ada"],
        "## Actions\n\n- Bo\n  - glue\n- Ada: paint\n": ["Bo", "Ada"],
        "## Talk\n\n- The tail is loose. Bo to glue it.\n": ["Bo"],
        "## Actions\n\n### Tails\n\n- glue\n": [None],
        "## Actions\n\n| What | Who |\n|---|---|\n| glue | Bo |\n": ["Bo"],
    }.items(),
    ids=range(5),
)
def test_whose_an_action_is_by_what_is_around_it(notes, owners):
    found = fields(f"# Kites\n\nPresent: Ada, Bo\n\n{notes}").action_items

    assert [action.owner for action in found] == owners


def test_a_cell_that_is_struck_through_is_done():
    table = "| Owner | Action |\n| --- | --- |\n| Ada | ~~glue~~ |\n| Bo | paint |\n"
    assert [action.done for action in fields(table).action_items] == [True, None]


ROWS = [
    line.partition(" =>")[::2]
    for line in (Path(__file__).parent / "decisions.md").read_text(encoding="utf-8").split("\n")
    if " =>" in line and not line.startswith("Each")
]


@pytest.mark.parametrize(("notes", "decided"), ROWS, ids=range(len(ROWS)))
def test_what_a_meeting_settled(notes, decided):
    lines = notes.replace(" / / ", "\n\n").replace(" / ", "\n")
    text = f"# Kites\n\n## News\n\n{lines}\n"
    found = normalise(text, template=BUILT_IN, meeting=Meeting(None), source="file").fields.decisions
    assert "; ".join(found) == decided.strip()


OWNERS = {
    "- Rope for the ferry → Ada": "Ada",
    "- A sketch of the logo -> All": "All",
    "- The minutes are moved (responsible: Ada Webb and Bo).": "Ada Webb and Bo",
    "- Ada and Bo to glue the boat": "Ada and Bo",
    "- Ada kümmert sich um das Boot": "Ada",
    "- Next step: dix2: Open the shed": "dix2",
    "- Action: Done: glue the boat": None,
}


def test_what_stands_below_a_task_is_about_it():
    about = "- **Responsible:** Ada\n- **Deadline:** 2031-05-01\n- Status: slow\n"
    notes = f"## Actions\n\n- **Task:** glue it\n{about}"

    (action,) = fields(notes).action_items

    assert (action.text, action.owner, action.due) == ("**Task:** glue it", "Ada", "2031-05-01")


def test_a_task_that_begins_with_such_a_word_stays_one():
    notes = (
        "## Actions\n\n- glue it\n- Deadline: submit the form in May\n- Priority: mend the roof before May\n"
    )

    assert fields(notes).actions[1:] == (
        "Deadline: submit the form in May",
        "Priority: mend the roof before May",
    )


@pytest.mark.parametrize(("item", "owner"), OWNERS.items(), ids=range(len(OWNERS)))
def test_owners(item, owner):
    (action,) = fields(f"Present: Ada, Bo\n\n## News\n\n{item}\n").action_items

    assert action.owner == owner
