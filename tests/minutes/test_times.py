"""When the meeting began and ended: strings of the notes, zone and all."""

from datetime import date

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
    # labels of other languages, and other forms of English ones
    "Início: 14h00\nFim: 15h30": ("14h00", "15h30"),
    "**Abertura:** 14h\n**Encerramento:** 15h30": ("14h", "15h30"),
    "Horário: 14h às 15h30": ("14h", "15h30"),
    "Starttid: 18:00\nSluttid: 19:30": ("18:00", "19:30"),
    "Møtestart: 18:00\nMøteslutt: 19:30": ("18:00", "19:30"),
    "Rozpoczęcie: 18:00\nZakończenie: 19:30": ("18:00", "19:30"),
    "Hora d'inici: 18:00\nHora de tancament: 19:30": ("18:00", "19:30"),
    "Mødet begyndte 18:00.\n\n## Lim\n\nMødet sluttede 19:30.": ("18:00", "19:30"),
    "Nästa möte: 2031-03-11 18:00": (None, None),
    "Hora de inicio: 10:00\nHora de fin: 11:00": ("10:00", "11:00"),
    "Horario: 10:00 a 11:00": ("10:00", "11:00"),
    "Heure de début : 10h00\nHeure de fin : 11h30": ("10h00", "11h30"),
    "Heure : de 10h00 à 11h30": ("10h00", "11h30"),
    "Beginn: 16.00 Uhr\nSitzungsende: 17.30 Uhr": ("16.00 Uhr", "17.30 Uhr"),
    "Zeit: 10 bis 11 Uhr": ("10", "11 Uhr"),
    "Inizio: 10:00\nFine: 11:00": ("10:00", "11:00"),
    "Aanvang: 10:00\nSluiting: 11:00": ("10:00", "11:00"),
    "- Call to order: 3:02 pm\n- Adjournment: 4:05 pm": ("3:02 pm", "4:05 pm"),
    "Start time - 10:00\nEnd time - 11:00": ("10:00", "11:00"),
    "Durée : 2h": (None, None),
    "2031-03-04 (2h)": (None, None),
    "Ende: offen": (None, None),
    "Fim: do projeto": (None, None),
    # both in one line
    "started: 10:02 - finished: 11:15": ("10:02", "11:15"),
    "Started 10:02, finished 11:15": ("10:02", "11:15"),
    "The meeting started at 10:02 and ended at 11:15.": ("10:02", "11:15"),
    "The meeting ended at 11:15 and nobody knows when it began.": (None, "11:15"),
    # sentences about the meeting, and about other things
    "The meeting was adjourned at 4:05 pm": (None, "4:05 pm"),
    "A sessão teve início às 14h00 e terminou às 15h30.": ("14h00", "15h30"),
    "La reunión comenzó a las 10:00.": ("10:00", None),
    "La séance est levée à 20h15.": (None, "20h15"),
    "Die Sitzung wurde um 17:30 Uhr geschlossen.": (None, "17:30 Uhr"),
    "10:00 start": ("10:00", None),
    "The fair ended at 10:30, the sale started at 9:00": (None, None),
    # another meeting
    "Next meeting: 2031-03-11 at 14:00": (None, None),
    "The next call starts at 3 pm": (None, None),
    "The meeting ended at 4:05 pm. The next meeting starts at 3 pm.": (None, "4:05 pm"),
    "Próxima reunião: 2031-03-11 14:00": (None, None),
    "Nächste Sitzung: 11. März 2031, 17:30 Uhr": (None, None),
    "Prochaine réunion : 11 mars 2031 à 18h00": (None, None),
    "Próxima reunión: 11 de marzo de 2031, 10:00": (None, None),
    "下次会议：2031年3月11日 19:00": (None, None),
    "The previous meeting ended at 11:15": (None, None),
    "# Kites\n\n## Next meeting\n\nMarch 11, 2031, 14:00\n\n## News\n\nAdjourned at 11:00": (None, "11:00"),
    "# Next kites, 2031-03-04 10:00": ("10:00", None),
}


@pytest.mark.parametrize(("notes", "times"), TIMES.items(), ids=range(len(TIMES)))
def test_times_are_read_as_typed(notes, times):
    document = Document.read(notes)
    assert start_and_end(document, fields_of(document)) == times


def test_a_time_beside_another_day_is_of_another_meeting():
    document = Document.read("# Kites\n\n2031-03-11 10:00\n\n2031-03-04 11:00\n")
    assert start_and_end(document, (), date(2031, 3, 4))[0] == "11:00"
    assert start_and_end(document, (), date(2031, 3, 5))[0] is None
