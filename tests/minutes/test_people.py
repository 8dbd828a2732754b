"""Who was there: the header says it, and what is said below it counts only where the header is silent."""

import pytest

from bot.minutes.document import Document
from bot.minutes.people import attendance

PRESENT = {
    "# Kites\n\nAttending: Ada\n\n## Workshop\n\nPresent: Zoe\n": ("Ada",),
    "# Kites\n\n## Workshop\n\nPresent: Zoe\n": ("Zoe",),
    "# Kites\n\n## Workshop\n\nPresent: Zoe\n\nAttending: Cy\n": ("Zoe",),
    "Leeds: Ada, Bo\n\nRemote: Cy\n": ("Ada", "Bo", "Cy"),
    "Leeds: Ada, Bo\n\nYork: Cy\n": (),
}


@pytest.mark.parametrize(("notes", "present"), PRESENT.items(), ids=range(len(PRESENT)))
def test_who_was_there(notes, present):
    assert attendance(Document.read(notes)).present == present
