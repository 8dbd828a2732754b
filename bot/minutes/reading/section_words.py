"""What people call the sections of minutes, in the languages of the minutes that were read."""

import re

from bot.minutes.text.markdown import plain

LONGEST = 80  # characters of a line that may be the title of a section
_AROUND = re.compile(
    r"[\W_]*(?:\d{1,2}(?:\.\d{1,2})*[.)]?\W+)?(?P<key>.*?)(?:[ ]*[(（][^()（）]*[)）])?[\W_]*", re.DOTALL
)
_WORDS = {
    "en": "agenda|notes|meeting notes|discussion|discussions|topics|action items|actions|action points|to do"
    "|todo|to-dos|tasks|next steps|follow-ups|follow-up|follow-up tasks|follow-up items|decisions|resolutions"
    "|any other business|aob|aob/news|other business|other|miscellaneous|summary|meeting summary|recap"
    "|quick recap|overview|key points|key takeaways|takeaways|highlights|outcomes|announcements|updates"
    "|status updates|project status|project updates|news|introductions|welcome|matters arising|open questions"
    "|open issues|questions|parking lot|next meeting|date of next meeting|links|resources|minutes"
    "|previously|last week|since last time|minutes of the last meeting|review of action items|main topic"
    "|main topics|apologies for absence",
    "de": "tagesordnung|notizen|protokoll|diskussion|themen|besprechungspunkte|aufgaben|maßnahmen"
    "|offene punkte|nächste schritte|beschlüsse|entscheidungen|verschiedenes|sonstiges|zusammenfassung"
    "|nächster termin|nächstes treffen|ankündigungen|neuigkeiten",
    "fr": "ordre du jour|notes|discussion|sujets|actions|actions à mener|points d'action|prochaines étapes"
    "|décisions|divers|questions diverses|points divers|résumé|prochaine réunion|annonces|nouvelles",
    "es": "orden del día|notas|discusión|temas|acciones|tareas|próximos pasos|acuerdos|decisiones"
    "|ruegos y preguntas|varios|otros asuntos|resumen|próxima reunión|anuncios",
    "it": "ordine del giorno|note|discussione|argomenti|azioni|attività|prossimi passi|decisioni"
    "|varie ed eventuali|varie|riepilogo|prossima riunione|annunci",
    "pt": "ordem do dia|pauta|notas|discussão|tópicos|ações|tarefas|próximos passos|decisões|outros assuntos"
    "|resumo|próxima reunião|anúncios",
    "nl": "agenda|notities|discussie|onderwerpen|actiepunten|acties|volgende stappen|besluiten|rondvraag"
    "|wat verder ter tafel komt|wvttk|samenvatting|volgende vergadering|mededelingen",
    "sv": "dagordning|anteckningar|diskussion|åtgärder|nästa steg|beslut|övriga frågor|övrigt|sammanfattning"
    "|nästa möte",
    "da": "dagsorden|noter|diskussion|handlinger|næste skridt|beslutninger|eventuelt|næste møde",
    "nb": "saksliste|notater|diskusjon|aksjonspunkter|neste steg|beslutninger|eventuelt|neste møte",
    "pl": "porządek obrad|notatki|dyskusja|zadania|następne kroki|decyzje|ustalenia|sprawy różne"
    "|wolne wnioski|podsumowanie|następne spotkanie",
    "ru": "повестка|повестка дня|заметки|обсуждение|задачи|следующие шаги|решения|разное|итоги"
    "|следующая встреча",
    "zh": "议程|会议议程|會議議程|讨论|討論|纪要|会议纪要|行动项|待办事项|下一步|决议|決議|其他|总结"
    "|下次会议",
    "ja": "議題|アジェンダ|議事|討議|メモ|アクションアイテム|宿題|次のステップ|決定事項|その他|まとめ|次回",
    "ko": "안건|의제|논의|메모|할 일|다음 단계|결정 사항|기타|요약|다음 회의",
}
TITLES = frozenset(word for words in _WORDS.values() for word in words.split("|"))
"""The keys of these titles; `section_key` makes them."""
TITLE_WORDS = frozenset(word for title in TITLES for word in title.split() if len(word) > 3)
"""The longer words of these titles."""


def section_key(text: str) -> str:
    """Return a text by which the title of a section is compared.

    It is without its markup, its case, a number or emoji before it, and a colon or an aside in parentheses
    after it.
    """
    match = _AROUND.fullmatch(plain(text))
    return match["key"].casefold() if match else ""
