"""When the meeting began and ended: strings of the notes, zone and all."""

import pytest

from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import fields_of
from bot.minutes.reading.times import start_and_end

TIMES = {
    "Start: 2:00 pm UK": ("2:00 pm UK", None),
    "Start: 10:00\n\nEnd: 11:05": ("10:00", "11:05"),
    "Start: soon": ("soon", None),
    "Time: 14:00-15:30 UTC": ("14:00", "15:30 UTC"),
    "Time: 2pm to 3pm ET": ("2pm", "3pm ET"),
    "# Kites 2031-03-04 10:00 CET": ("10:00 CET", None),
    "### Kites - 2031-03-04 10:00 Europe/London": ("10:00 Europe/London", None),
    "- Date: 2031-03-04T14:00:00Z": ("14:00:00Z", None),
    "2031年3月4日 19:00-20:30": ("19:00", "20:30"),
    "March 4, 2031 (9 a.m. - 10 a.m. (Pacific))": ("9 a.m.", "10 a.m. (Pacific)"),
    "Called to order at 10:02am PT.\n\n## Workshop\n\nglue\n\nAdjourned at 11:05.": ("10:02am PT", "11:05"),
    "Kites\n\nversion 2.10 began to fly": (None, None),
    "## Workshop\n\nthe kite flew at 10:00": (None, None),
    "": (None, None),
}


@pytest.mark.parametrize(("notes", "times"), TIMES.items(), ids=range(len(TIMES)))
def test_times_are_read_as_typed(notes, times):
    document = Document.read(notes)
    assert start_and_end(document, fields_of(document)) == times
