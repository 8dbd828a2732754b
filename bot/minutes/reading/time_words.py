"""What people call the begin and the end of a meeting, and another meeting than theirs, by language."""

LABELS: dict[str, tuple[str, str, str]] = {
    "English": (
        r"(?:meeting )?start(?:ed|s|ing)?(?: time)?|time started|beg[ai]n|beginning|opened|opening"
        r"|call(?:ed)? to order|convened",
        r"(?:meeting )?end(?:ed|s|ing)?(?: time)?|time ended|finish(?:ed)?|adjourn(?:ed|ment)|closed|closing",
        r"(?:meeting )?times?|when",
    ),
    "German": (
        r"(?:sitzungs|veranstaltungs)?(?:beginn|anfang|start)",
        r"(?:sitzungs|veranstaltungs)?(?:ende|schluss)",
        r"(?:uhr|sitzungs)?zeit",
    ),
    "French": (
        r"(?:heure (?:de |d['’]))?(?:début|ouverture)(?: de (?:la )?(?:séance|réunion))?",
        r"(?:heure de )?(?:fin|clôture|levée)(?: de (?:la )?(?:séance|réunion))?",
        r"heures?|horaires?",
    ),
    "Spanish": (
        r"(?:hora (?:de )?)?(?:inicio|comienzo|apertura)(?: de la (?:reunión|sesión))?",
        r"(?:hora (?:de )?)?(?:fin|final|finalización|cierre|término)(?: de la (?:reunión|sesión))?",
        r"hora|horario",
    ),
    "Portuguese": (
        r"(?:hora(?:rio)? de |horário de )?(?:in[ií]cio|abertura|começo)(?: da (?:reunião|sessão))?",
        r"(?:hora(?:rio)? de |horário de )?(?:fim|t[ée]rmino|encerramento)(?: da (?:reunião|sessão))?",
        r"hora|horário",
    ),
    "Italian": (r"(?:ora di )?(?:inizio|apertura)", r"(?:ora di )?(?:fine|chiusura)", r"ora|orario"),
    "Dutch": (r"begin(?:tijd)?|aanvang", r"eind(?:e|tijd)|sluiting", r"tijd(?:stip)?"),
    "Swedish": (r"start(?:tid)?|början", r"slut(?:tid)?", r"tid(?:punkt)?"),
    "Danish": (r"start(?:tidspunkt)?|begyndte", r"slut(?:tidspunkt)?", r"tid(?:spunkt)?"),
    "Norwegian": (r"start(?:tidspunkt)?|møtestart", r"slutt(?:tidspunkt)?|møteslutt", r"tid(?:spunkt)?"),
    "Polish": (r"początek|rozpoczęcie", r"koniec|zakończenie", r"godzina|czas"),
    "Catalan": (r"(?:hora d['’])?inici", r"(?:hora de )?(?:fi|final|tancament)", r"hora|horari"),
}
"""The labels of the begin, of the end, and of both."""

VERBS: dict[str, tuple[str, str]] = {
    "English": (
        r"start(?:s|ed)?|began|begins?|called to order|opened|convened|commenced",
        r"end(?:s|ed)?|adjourn(?:s|ed)?|closed|finish(?:es|ed)?|concluded",
    ),
    "German": (r"eröffnet|begann|beginnt|begonnen|startet", r"geschlossen|beendet|endete?|schließt"),
    "French": (r"ouverte?|débute|débuté|commence|commencé", r"levée?|close|clôturée?|terminée?|prend fin"),
    "Spanish": (
        r"comenzó|comienza|inició|inicia|empezó|empieza|dio inicio",
        r"terminó|termina|finalizó"
        "|finaliza|concluyó|concluye|levantó|levanta",
    ),
    "Portuguese": (
        r"iniciou|inicia|começou|começa|teve início",
        r"terminou|termina|encerrou|encerra"
        "|encerrada|finalizada",
    ),
    "Italian": (
        r"iniziata?|aperta|inizia|ha inizio",
        r"terminat?a?|chiusa|tolta|si chiude|ha termine"
        "|finisce",
    ),
    "Dutch": (r"begon|begint|geopend|opent", r"gesloten|eindigde|eindigt|sluit"),
    "Swedish": (r"öppnades|öppnas|började|börjar|inleddes|inleds", r"avslutades|avslutas|slutade|slutar"),
    "Danish": (
        r"åbnede|åbnes|begyndte|begynder|startede|starter",
        r"sluttede|slutter|slut|afsluttet"
        "|hævet|hæves",
    ),
    "Norwegian": (
        r"åpnet|åpnes|begynte|begynner|startet|starter",
        r"sluttet|slutter|avsluttet|avsluttes"
        "|hevet|heves",
    ),
    "Polish": (r"rozpoczęto|rozpoczęło|otwarto|otwarcie", r"zakończono|zakończyło|zamknięto|zamknięcie"),
    "Catalan": (r"comença|va començar|s['’]obre", r"acaba|va acabar|es tanca|s['’]aixeca"),
}
"""The verbs of sentences that tell the begin or the end."""

MEETING = (
    r"meeting|call|session|sync|seminar|assembly|we|sitzung|besprechung|treffen|versammlung|séance|réunion"
    r"|assemblée|reunión|sesión|junta|asamblea|reunião|sessão|assembleia|riunione|seduta|vergadering"
    r"|möte|mötet|møde|mødet|møte|møtet|spotkanie|zebranie|reunió|sessió|assemblea"
)
"""Words for a meeting."""

OTHER = (
    r"next|last|previous|prior|upcoming|following|nächste[nrs]?|letzte[nrs]?|vorige[nrs]?|prochaine?s?"
    r"|dernière|précédente?|próxim[ao]s?|últim[ao]|anterior|siguiente|prossim[ao]|precedente|scors[ao]"
    r"|volgende|nästa|föregående|förra|næste|forrige|neste|następne|następny|poprzednie|poprzedni|proper[ae]?"
    r"|pròxim[ao]?"
)
"""Words that tell another meeting from this one."""

OTHER_AT_ALL = r"下次|下回|次回|다음|следующ\w+"
"""Words for the next meeting in languages that do not part the two words, or where they are not known."""
