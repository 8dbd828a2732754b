"""The words for action items, and the verbs, owners and columns of tasks, in the languages of minutes."""

import re

WORD = (
    r"(?:new )?action(?: items?| points?)?|to[ -]?do(?:['’]?s)?|a\.?i\.?|ap|next[- ]steps?|follow[- ]?ups?"
    r"|actions? à (?:mener|faire|réaliser)|à faire|tâches?|prochaines étapes|plan d['’]actions?"
    r"|acci[oó]n(?:es)?(?: a seguir)?|tareas?|próximos pasos|pendientes|compromisos|aufgaben?(?:liste"
    r"|verteilung)?|ma(?:ß|ss)nahmen?|nächste schritte|arbeitsaufträge?|to[- ]?dos|azioni|da fare|compiti"
    r"|prossimi passi|actiepunt(?:en)?|acties|actielijst|te doen|tarefas?|ações|a fazer|encaminhamentos"
    r"|próxim[ao]s (?:passos|etapas)|siguientes pasos|volgende stappen|nästa steg|næste skridt|neste steg"
    r"|åtgärd(?:er)?|att göra|uppgifter|handlingspunkt(?:er)?|opgaver|opfølgning|aksjonspunkt(?:er)?|aksjoner"
    r"|oppgaver|oppfølging|zadani[ae]|do zrobienia|działania|kolejne kroki|tasques|accions|per fer"
    r"|propers passos|할 일|액션 아이템|실행 항목|行动项(?:目)?|任务|待办(?:事项)?"
    r"|後續行動|アクション(?:アイテム)?|宿題|タスク|やること"
)
"""What marks an action, `Action: …`, and what a section for them is called; a pattern in any case."""
DO = (
    r"(?i:add|announce|ask|assign|book|build|buy|call|cancel|change|check|clean|close|collect|complete"
    r"|contact|continue|create|cut|define|deploy|discuss|document|draft|email|ensure|fill|find|finish|fix"
    r"|follow|get|give|help|identify|implement|improve|inform|invite|investigate|keep|look|mail|make|merge"
    r"|move|notify|open|order|organi[sz]e|pay|ping|plan|post|prepare|propose|publish|put|reach|read|release"
    r"|remind|remove|report|reply|request|research|review|revise|run|schedule|send|set|share|sort|start"
    r"|submit|summari[sz]e|talk|tell|test|tidy|try|update|upload|verify|work|write)"
)
"""Verbs with which tasks begin; a pattern."""
OWNER_COLUMN = re.compile(
    r"(?i)(?:action )?(?:owners?|who|assign(?:ed|ees?)(?: to)?|responsible|lead|负责人|担当者?|wer|zuständig"
    r"|verantwortlich(?:e[rn]?)?|qui|responsab(?:le|ile|il|el)|quién|chi|quem|wie|verantwoordelijke?|vem"
    r"|ansvarig|hvem|ansvarlig|kto|odpowiedzialny|qui)"
)
ACTION_COLUMN = re.compile(
    r"(?i)(?:action|task|what|todo|description|follow[- ]?up)s?(?: items?)?|内容|事项"
    r"|was|aufgaben?|quoi|tâches?"
    r"|actions?|qué|que|tareas?|acci[oó]n(?:es)?|cosa|azion[ei]|compit[oi]|tarefas?|ações|ação|wat|maßnahmen?"
    r"|actie(?:punt)?|vad|uppgift|åtgärd|hva|hvad|opgave|oppgave|tiltak|co|zadanie|acci[oó]|tasca"
)
