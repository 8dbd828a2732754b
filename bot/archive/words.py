"""Words of paths and titles that name no team, by language: what a text is, and what accompanies minutes."""

import re

_KINDS = {
    "English": "minutes minute notes note meeting meetings mtg mom record records log summary readme "
    "index call calls telcon telcons sync report reports meetingminutes meetingnotes meetingnote "
    "doc docs documents",
    "German": "protokoll protokolle notizen sitzung sitzungen besprechung",
    "French": "réunion reunion compte rendu cr pv procès-verbal",
    "Spanish": "acta actas reunión notas",
    "Portuguese": "ata atas reunião notas",
    "Italian": "verbale verbali riunione note",
    "Dutch": "notulen notities vergadering verslag",
    "Polish": "protokół notatki spotkanie",
    "Russian": "протокол протоколы заметки встреча",
    "Chinese": "会议 纪要 会议纪要",
    "Japanese": "議事録 会議",
}
_COMPANIONS = {
    "English": "transcript transcripts transcription slides slide deck chat recording presentation "
    "presentations captions attendance",
    "Chinese": "字幕",
}
_AGENDAS = {
    "English": "agenda agendas",
    "German": "tagesordnung",
    "French": "odj",
    "Spanish": "orden convocatoria",
    "Chinese": "议程 议题",
    "Japanese": "アジェンダ",
}


def _all(table: dict[str, str]) -> frozenset[str]:
    return frozenset(word for words in table.values() for word in words.split())


SAYS_NOTHING = _all(_KINDS)
"""Words that say what a text is, and not whose."""
AGENDAS = _all(_AGENDAS)
"""Words for an agenda."""
COMPANIONS = _all(_COMPANIONS) | AGENDAS
"""Words of what accompanies minutes."""
MINUTES = re.compile(r"(?i)minutes|notes|protoko|\batas?\b|\bactas?\b|notulen|verbal|纪要|議事")
"""A word of titles that says that a text is minutes."""
MEETING = re.compile(rf"{MINUTES.pattern}|meet|mtg|telcon|call(?![a-z])|sitzung|r[eé]uni|会议|会議")
"""What the paths of minutes mostly say somewhere, and those of other dated files do not."""
TEAM = re.compile(
    r"(?i)\b(?:team|wg|tg|sig|group|committee|council|board|panel|subcommittee|squad|club|chapter)s?\b"
)
"""A word of titles that names a team."""
