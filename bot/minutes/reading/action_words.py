"""The words for action items, and the verbs, owners and columns of tasks, in the languages of minutes."""

import re

WORD = (
    r"(?:new )?action(?: items?| points?)?|actions items?"
    r"|to[ -]?do(?:['’]?s)?|a\.?i\.?|ap|next[- ]steps?"
    r"|follow[- ]?ups?"
    r"|(?:actions?|tâches?) à (?:mener|faire|réaliser|effectuer)|à faire|tâches?|prochaines étapes"
    r"|plan d['’]actions?|acci[oó]n(?:es)?(?: a seguir)?|tareas?|próximos pasos|pendientes|compromisos"
    r"|aufgaben?(?:liste|verteilung)?|ma(?:ß|ss)nahmen?|nächste schritte|arbeitsaufträge?|to[- ]?dos|azioni"
    r"|da fare|compiti|prossimi passi|actiepunt(?:en)?|acties|actielijst|te doen"
    r"|tarefas?|ações|a fazer|encaminhamentos|próxim[ao]s (?:passos|etapas)|siguientes pasos"
    r"|volgende stappen|nästa steg"
    r"|næste skridt|neste steg|åtgärd(?:er)?|att göra|uppgifter|handlingspunkt(?:er)?|opgaver|opfølgning"
    r"|aksjonspunkt(?:er)?|aksjoner|oppgaver|oppfølging|zadani[ae]|do zrobienia|działania|kolejne kroki"
    r"|tasques|accions|per fer"
    r"|propers passos|úlohy|úkoly|tehtävät|toimenpiteet|teendők|feladatok|görevler|sarcini|acțiuni|завдання"
    r"|задачи|задачі|할 일|액션 아이템|실행 항목"
    r"|行动项(?:目)?|行動項目?|任务|任務|待办(?:事项)?|待辦(?:事項)?"
    r"|工作分配表?|分工表?"
    r"|後續行動|アクション(?:アイテム)?|宿題|タスク|やること"
)
"""What marks an action, `Action: …`, and what a section for them is called; a pattern in any case."""
DO = (
    r"(?i:add|announce|approach|arrange|ask|assign|book|build|buy|call|cancel|change|chase|check"
    r"|circulate|clean|close"
    r"|collect|compile|complete"
    r"|consult|contact|continue|craft|create|cut|define|deploy|discuss|document|draft|email|ensure|fill"
    r"|find|finish|fix"
    r"|follow|forward|gather|get|give|handle|help|identify|implement|improve|inform|invite|investigate"
    r"|keep|liaise|look|mail|make|merge"
    r"|move|notify|open|obtain|order|organi[sz]e|pay|ping|plan|post|prepare|print|propose|pursue|provide"
    r"|publish|purchase|put"
    r"|reach|read|release"
    r"|remind|remove|report|reply|request|research|review|revise|run|schedule|send|set|share|sort|start"
    r"|submit|summari[sz]e|sync|talk|tell|test|tidy|transfer|try|update|upload|verify|work|write)"
)
"""Verbs with which tasks begin; a pattern."""
NOTHING = re.compile(
    r"(?i)[\W_]*|(?:none|nothing|n/?a|nil|no (?:new )?(?:actions?|action items?|decisions?)|tb[acd]|todo|\?+"
    r"|keine?|aucune?|ninguna?|nessun[oa]|nenhuma?|geen|inga|ingen|brak|cap|无|なし)[\W_]*|[_*(<\[]+(?:add"
    r"|list|insert|your|action|item|todo)[^\n]*[_*)>\]]"
)
"""What stands for the lack of an action, or of a decision: `None`, `n/a`."""
OWNER_COLUMN = re.compile(
    r"(?i)(?:action )?(?:owners?(?:\(s\))?|who|by whom|persons?(?: responsible)?|responsible person"
    r"|people|in charge"
    r"|integrantes?(?:\(s\))?|membros?|encarregad[oa]s?|assign(?:ed|ees?)(?: to)?|responsible|lead|负责人"
    r"|担当者?|wer|zuständig"
    r"|verantwortlich(?:e[rn]?)?|qui|responsáve(?:l|is)|responsab(?:les?|ile|ili|il|el)|quién|chi|quem"
    r"|wie|verantwoordelijke?|vem"
    r"|ansvarig|hvem|ansvarlig|kto|odpowiedzialny|qui)"
)
ACTION_COLUMN = re.compile(
    r"(?i)(?:compromiss?os?|actividad(?:es)?|atividades?|activité|work items?|next steps?)(?: ?/ ?\w+)?"
    r"|(?:action|task|what|todo|description|follow[- ]?up)s?(?: items?)?|内容|事项"
    r"|was|aufgaben?|quoi|tâches?"
    r"|actions?|qué|que|tareas?|acci[oó]n(?:es)?|cosa|azion[ei]|compit[oi]|tarefas?|ações|ação|wat|maßnahmen?"
    r"|actie(?:punt)?|vad|uppgift|åtgärd|hva|hvad|opgave|oppgave|tiltak|co|zadanie|acci[oó]|tasca"
)
