"""What is put into a draft is read as a list, whatever stands around it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes.drafting.insertion import InsertionPoint, actions_point, add, agenda_point
from bot.minutes.reading.document import Document
from tests.depth import examples
from tests.minutes.test_properties import LINES

MORE = st.sampled_from(
    ["## Agenda", "## Topics", "## Open actions", "## AOB", "**Agenda**", "- [ ] ", "-", "1.", ""]
)
each_place = pytest.mark.parametrize("point_of", [agenda_point, actions_point])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("## Agenda\n\n```\nglue\n", "## Agenda\n\n- Tails\n\n```\nglue\n"),
        ("## Agenda\n\n```\nglue\n```\n", "## Agenda\n\n```\nglue\n```\n\n- Tails\n"),
        ("## News\n\n<!-- soon\n", "## News\n\n## Agenda\n\n- Tails\n\n<!-- soon\n"),
        ("## News\n\n<!-- soon -->\n", "## News\n\n<!-- soon -->\n\n## Agenda\n\n- Tails\n"),
    ],
)
def test_what_nobody_closed_stays_below(text: str, result: str) -> None:
    assert add(text, ("- Tails",), agenda_point) == result


@each_place
@examples(400)
@given(lines=st.lists(LINES | MORE, max_size=12))
def test_an_item_is_an_item_anywhere(
    lines: list[str], point_of: Callable[[Document], InsertionPoint]
) -> None:
    text = "".join(f"{line}\n" for line in lines)

    document = Document.read(add(text, ("- Tails of silk",), point_of))

    items = [document.lines[block.start] for block in document.blocks if block.kind == "list_item"]
    assert sum(item.endswith("Tails of silk") for item in items) == 1
    assert set(lines) <= {*document.lines}
