"""Words around the names of people: labels that are not for attendance, and ways to take part."""

import re

OTHER = re.compile(
    r"(?i)(?:co-?)?chair\w*|conven[eo]rs?|clerk|rapporteur|(?:recording|minutes?) secretary|(?:note"
    r"|minute)s?[ -]?(?:takers?|taking)?|scribes?|secretary|recorders?"
    r"|facilitators?|moderators?|hosts?|leads?|leader|bosun|organi[sz]ers?|speakers?|presenters?|shepherd"
    r"|timekeeper|agenda|topics?|goals?|references?|links?|recordings?|video|slides|date|time|when|where"
    r"|location|place|venue|next\b.*|(?:prochaine?|nächste[rs]?|próxim[oa]|prossim[oa]|volgende|nästa"
    r"|neste|næste)\b.*|previous\b.*|last\b.*|subject|title|actions?.*|quorum|total"
    r"|(?:notes?|minutes|written|recorded|taken) by|duration|mode|format|languages?|platform"
    r"|meeting (?:link|room|id)|notes|minutes|durée|lieu|heure|ordre du jour|animation|secrétaire|président"
    r"|preside(?:nt[ea])?|presid(?:ed|ing)(?: by)?|facilita(?:dora?|tore|trice)?|modera(?:dora?|tore|trice)?"
    r"|datum|dátum|čas|miesto|zapisovateľ|místo|zapisovatel|uhrzeit|dauer|ort|sprache"
    r"|protokoll(?:ant(?:in)?)?|moderation|leitung|sitzungsleitung"
    r"|fecha|hora|lugar|secretari[oa]|data|luogo|local|plats|sted|miejsce"
    r"|主持人?|记录人?|地点|主题|言語|場所|議題|日時|司会|書記|記録者?|语言|时间|日期|议题"
)
"""Labels in the header of minutes that are not for attendance."""
REMOTE = re.compile(
    r"(?i)remote(?:ly)?|online|virtual(?:ly)?|in[- ]person|on[- ]?site|dial[- ]?in"
    r"|(?:(?:on|by|via|over)(?: the)? )?(?:zoom|(?:tele)?phone|teams|video)"
    r"|(?:zoom|teams|meet|phone|video|conference)[- ]?(?:call|conference)"
    r"|en (?:visio(?:conférence)?|ligne|présentiel|línea|persona|remoto)|à distance|sur place|vor ort|digital"
    r"|per video|zugeschaltet|(?:da |em )?remoto|a distancia|à distância|presencial(?:mente)?|in presenza"
    r"|op afstand|op locatie|på distans|på plats|digitalt|fysiskt?|zdalnie|stacjonarnie"
)
"""Ways to take part in a meeting."""
GUESTS = re.compile(
    r"(?i)(?:(?:other|invited|non-?voting) )?(?:guests?|observers?|visitors?|attendees|others?)"
    r"(?: present| attending| in attendance)?|also (?:present|attending)|invité(?:·?e)?(?:·?s)?|gäste?"
    r"|gast|invitad[oa]s?|convidad[oa]s?|ospit[ei]|gasten|gäster"
    r"|gæster?|gjester?|goście|convidats"
)
"""What guests are called in labels."""
OF_HEADER = re.compile(
    r"(?i)[\W_]*(?:who\b(?!['’])|here|people|missing|sorry|away|(?:in|on) (?:the |this )?(?:room|office"
    r"|meeting|call|line|zoom|teams)|(?:on|by|via) (?:the )?(?:(?:tele)?phone|video|zoom|teams|skype|jitsi)"
    r"|on leave|out of|(?:\d{1,2}[.)] )?\w{6,} (?:d[aeo]s?|del|de la|du|des|di|della|der|des|vom|von|van))\b"
)
"""How labels begin that are for attendance only in the header: elsewhere they may be about other things."""
_SIGN = r"(?:[ ]*[-–—:|,][ ]+|[ ]+(?:is |was )?|[ ]*[(\[])"
_ABSENT = (
    r"absent|excused|regrets?|apologies|not (?:present|here|there|attending|able)|no[- ]?show|unable|declined"
    r"|sick|on (?:leave|vacation|holiday)|pto|ooo|away|abwesend|entschuldigt|excusée?s?|absente?s?|ausente"
    r"|justificad[oa]|assente|afwezig|frånvarande|fraværende|nieobecn[ya]|ospravedlnen[ýá]|neprítomn[ýá]"
    r"|omluven[aý]?|nepřítom(?:en|na)|poissa|hiányzik|缺席|请假|欠席"
)
_PRESENT = r"present|attended|attending|arrived|joined|came later|anwesend|présente?|presente|aanwezig"
r"|närvarande|obecn[ya]|出席|到"
ABSENT_REMARK = re.compile(
    rf"(?i)[(\[](?:{_ABSENT})[)\]][ ]+\w.*|.{{0,60}}\w[)\]]?{_SIGN}(?:{_ABSENT})\b(?!.*\b(?:late|joined"
    rf"|here|until|from|first"
    rf"|second)\b)[^,;]*|.{{0,60}}[(][^()]{{0,40}}\bcould(?: ?no|n['’])t (?:join|attend|come"
    rf"|make it)\b[^()]*[)]"
)
"""A person with the remark that they were not there: `Ada Webb (excused)`."""
PRESENT_REMARK = re.compile(rf"(?i)(?P<name>.*\w[)\]]?){_SIGN}(?:{_PRESENT})\b[^,;]*")
"""A person with the remark that they were there: `Ada Webb - present`."""
