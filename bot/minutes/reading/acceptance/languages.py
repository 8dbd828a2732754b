"""The languages in which the acceptance of minutes is read: one table of words for each."""

import re

from bot.minutes.reading.acceptance.joined import CHINESE, JAPANESE
from bot.minutes.reading.acceptance.words import Words
from bot.minutes.text.caseless import any_of

_ENGLISH = Words(
    noun=r"minutes|(?:meeting|previous|last|prior) (?:meeting )?notes|meeting['’]s notes",
    elsewhere=r"(?:\d+|one|two|three|four|five|ten|fifteen|twenty|thirty|deux|trois|cinq|dix|quinze|vingt"
    r"|trente|quelques|few|couple of|several|some|more|first|final)[ +-]{0,3}minutes|(?:in|within|per|for"
    r"|see|during|from) (?:(?:the|our|these|those|last|previous) ){0,2}minutes|last minutes of (?:the|this"
    r"|our)|minutes? (?:each|long|ago|late|left)|according to the minutes|draft minutes|release notes"
    r"|\d+-minutes?",
    ahead=r"(?:the|our|these|those|all|both|last|previous|prior|past|earlier|preceding|meeting|team|club"
    r"|group|general|(?:meeting|week|month|time|year)['’]s|motion to (?:approve|accept|adopt)|motion|to"
    r"|approve|accept|adopt|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|agenda and|agenda|and|&)",
    links=r"of|from|for|on|dated|held|to",
    articles=r"the|our|this|that",
    verbs=r"was|were|is|are|has|have|goes?|gets?|can|live|stay|remain|belong",
    stop=r"was|were|is|are|be|been|being|has|have|had|will|a|an|and|which|where|who|when|he|she|they|we|it"
    r"|not|you",
    between=r"were|was|are|is|have been|has been|have|been|then|also|both|unanimously|formally|duly|hereby"
    r"|now|all|already|finally|stand|stood|motion|as written|without (?:any )?(?:changes?|objections?"
    r"|comments?)|and agenda",
    done=r"approved|accepted|adopted|ratified|confirmed|agreed|signed off|carried|passed",
    active=r"(?:(?:then |and |so |today )?(?:we|everyone|everybody|all|(?:all |the |our )?(?:club|group|team"
    r"|meeting|members|participants|attendees|assembly|those present))(?: (?:have|has|all|unanimously"
    r"|formally|then|hereby))* )?(?:approved|accepted|adopted|ratified)|we (?:hereby )?(?:approve|accept"
    r"|adopt)|(?:it was |we |all )?(?:agreed|resolved|decided)(?: unanimously)? to (?:approve|accept|adopt)",
    ask=r"approv|accept|adopt|ratif|agree|confirm|sign off|signed off",
    rejected=r"reject|disapprov|turned down|voted down|refus|declin",
    tail=r"by|without|with (?:one|no|thanks|all|\d+)|unanimously|on (?:\d|\w+day|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)\S*|at|as (?:is|written|presented|read"
    r"|circulated|sent)|and|today|this|now|yesterday|earlier|last|via|per|nem|from|of|[(–—]\S*|\d+[-–:]\d\S*",
    lead=r"they|it|all|everyone|everybody|both|minutes|the minutes|these|were|was|are|is|we|been|have|has"
    r"|hereby|so|be|then|unanimously|formally|approval|acceptance|adoption|will|must|approval is|just|yet"
    r"|minutes of|and|members",
    fine=r"(?:all )?(?:ok|okay|yes|done|fine|good|all good|lgtm|aye|agreed|✅|👍|✔️?|☑️?|:\+1:"
    r"|:white_check_mark:)(?: (?:by|for|with|to) (?:all|everyone|us))?|(?:no"
    r"|without) objections?(?: (?:raised|made|heard))?|none opposed|nobody objected|no one objected"
    r"|there were no objections?|all in favou?r|everyone (?:is |was )?(?:ok|happy)",
    last=r"last|previous|prior|preceding|past",
    other=r"(?:approved|accepted|adopted) minutes[.! ]*\Z|by the (?:board|committee|council|senate)|(?:its"
    r"|their|his|her|your) (?:\w+ ){0,2}minutes|(?:board|committee|council|parent body|working group|tsc|tc"
    r"|toc|department|faculty|senate)(?:['’]?s)? (?:\w+ )?(?:minutes|(?:approved|accepted|adopted))"
    r"|(?:approved|accepted|adopted) minutes (?:are|is|will|can|get|go|were|should|live|appear|must|may"
    r"|have)|minutes of (?:the |their |its )?(?:\w+ )?(?:board|council|senate|parent body)",
    doubt=r"if|only|by mistake|erroneously|in error|withdrawn|revoked|reversed|rescinded|disputed|contested"
    r"|reopened|tb[dca]|wip|in progress|n/a|whether|unless|once|when|whenever|as soon as|after the minutes"
    r"|before|assuming|provided|in case|pending|conditionally|provisionally|tentatively|in principle"
    r"|partially|partly|in part|almost|nearly|supposedly|probably|apparently|maybe|perhaps|please|pls|plz"
    r"|kindly|remember|remind(?:er)?|forget|todo|to-do|action|ai|let['’]s|need|needs|needed|want|wants"
    r"|wanted|ask|asks|asked|request\w*|says?|said|tells?|told|reports?|reported|mention\w*|claim\w*|thinks?"
    r"|thought|believes?|believed|hopes?|hoped|expect\w*|wonder\w*|suggest\w*|propos\w*|wrote|writes"
    r"|according|heard|assum\w*|guess\w*|recommend\w*|wish\w*|plan(?:s|ned)? to|forgot|who|how|why|example"
    r"|e\.g\.|instead|rather than|would have|used to|normally|usually|always|typically|every|each|unclear"
    r"|unsure|not sure|do we|did we|can we|shall we|are the|were the|have the|except|so far|motion fail\w*"
    r"|template|or",
    modal=r"until|till|should|would|could|(?<!\d )may(?! \d)|might|can|must|shall|will|to be|going to|ought"
    r"|due|ready|waiting|want|moved to|moved that|seconded|aim\w*|try|trying|draft|about to|not yet|yet"
    r"|awaiting|await|subject to|open for|vote on|for approval|has to|have to",
    negation=r"not|\w+n['’]t|cannot|never|nobody|no one|no-one|none|neither|nor|no|without|fail(?:ed|s)?"
    r"|unable|un(?:approved|accepted)|reject\w*|disapprov\w*|refus\w*|declin\w*|voted down|turned down"
    r"|lack\w*|hardly",
    safe=r"(?:with(?:out)?|no|there (?:were|are|being) no)(?: (?:any|no|further|other))* (?:objections?"
    r"|changes?|comments?|corrections?|remarks|amendments?|modifications?|edits|discussion|opposition"
    r"|dissent|abstentions?)|nobody objected|no one objected|none opposed|no votes against|nem\.? con",
    changes=r"(?:with|after|following|subject to|including|incorporating) (?!no "
    r"|out )(?:[^\s,;:]+ ){0,4}?(?:changes?|corrections?|amendments?|edits?|modifications?|fix(?:es)?)"
    r"|after (?:fixing|correcting|changing|adding|removing)|as (?:amended|corrected|modified|edited|changed)",
    deferred=r"to (?:approve|accept|adopt) .{0,60}by e-?mail|(?:at|in|during) the (?:following|next|coming"
    r"|subsequent) (?:meeting|session|call|one)|(?:are|is|gets?) (?:approved|accepted"
    r"|adopted) (?:on )?(?:\w+day|tomorrow|next)|postpon\w*|defer(?:red|s|ring)?|tabled|adjourned|held over"
    r"|carried (?:over|forward)|(?:moved|left|pushed|delayed) (?:to|for|until|till) (?:the )?(?:next|later"
    r"|another|\d)\S*|will (?:only |then |all )?be (?:\w+ )?(?:approved|accepted|adopted)|to be (?:approved"
    r"|accepted|adopted) (?:at|on|by|in|next|later|during|via)|(?:we|they) will (?:approve|accept|adopt)"
    r"|on hold|delayed|put off",
    put_off=r"postpon|defer|tabled|adjourn|held over|carried (?:over|forward)|on hold|delayed|put off"
    r"|we(?:'ll| will) do (?:it|this|that) |next (?:meeting|time|week|call)|(?:moved|left|pushed) (?:to|for"
    r"|until) |will (?:\w+ )?be (?:approved|accepted|adopted)|by e?-?mail\Z|later\Z",
    wrong=r"wrong\w*|incorrect\w*|missing|misses|mistakes?|errors?|typos?|should (?:be|read|say|have)"
    r"|needs? (?:fixing|to be|correct\w+|chang\w+)|not (?:correct|right|what|accurate)|corrections?"
    r"|misspel\w+|inaccura\w+|objects?|objected|objections?|disagree\w*|left out|omitted|isn['’]t (?:correct"
    r"|right)|never said|was not there|was absent",
    decision=r"(?:decisions?|decided|resolved?|resolution|agreed|outcome|result|conclusion|consensus|motion"
    r"|vote|(?:item|point|agenda|topic|agenda item)? ?#?\d{1,2}|minutes|status|approvals?|housekeeping"
    r"|formalities)",
)
_GERMAN = Words(
    noun=r"(?:sitzungs|ergebnis|besprechungs)?protokoll(?:s|es|e)?|niederschrift",
    elsewhere=r"(?:laut|im|gemäß|nach|zum|ins|beim|protokoll:) (?:dem |letzten )?(?:sitzungs)?protokoll"
    r"|protokolls?(?= (?:führt|führen|schreibt))|protokollentwurf|netzwerkprotokoll",
    ahead=r"das|die|der|des|dem|den|letzte[ns]?|vorige[ns]?|vergangene[ns]?|vorherige[ns]?|alle|unser|wir"
    r"|haben|hat|es|wurde|wird|ist|die versammlung|die runde|einstimmig|damit|somit|verein|gruppe|top|danach"
    r"|zu|beide|sind|werden|wurden|hiermit|anschließend",
    links=r"vom|von|der|des|aus|über|zur|zum|am",
    articles=r"die|das|den|dem|unserer?|letzten|vorigen|vergangenen|vorherigen",
    verbs=r"ist|sind|wird|werden|war|waren|hat|haben|liegt|liegen|stehen|kommen",
    stop=r"ist|wurde|wurden|wird|werden|war|sind|hat|haben|nicht|dass|und|das|die|er|sie|wir|ein|eine|kein"
    r"|in|welche[rsnm]?|gilt",
    between=r"wurde|wurden|wird|werden|ist|sind|war|hat|haben|gilt|gelten|als|damit|somit|hiermit|einstimmig"
    r"|mehrheitlich|so|auch|dann|von allen|ohne (?:änderung(?:en)?|einwände|einwand|gegenstimmen?"
    r"|anmerkungen|diskussion)|in dieser form|in der vorliegenden form|bei \d+ enthaltungen?|bereits|formal"
    r"|wir|alle",
    done=r"genehmigt|angenommen|verabschiedet|akzeptiert|abgenommen|bestätigt|freigegeben|beschlossen"
    r"|gebilligt",
    active=r"(?:wir|alle|die versammlung|die runde)? ?(?:genehmigt|angenommen|verabschiedet|genehmigen"
    r"|verabschieden)(?: wurde| wird| ist)?",
    ask=r"genehm|angenommen|annahme|annehm|verabschied|akzeptier|abnahme|abgenommen|abzunehm|bestätig"
    r"|freiga?e?b|freigegeben|gebilligt|billig|beschlossen",
    rejected=r"abgelehnt|ablehnung|zurückgewiesen",
    tail=r"mit|ohne|von|durch|am|bei|und|heute|per|einstimmig|worden|[(–—]\S*|in dieser form|\d\S*",
    lead=r"es|wurde|wird|ist|sind|alle|einstimmig|so|von allen|damit|somit|wir|haben|hat|mehrheitlich"
    r"|hiermit|protokoll|das protokoll|noch|wurden|werden|ohne (?:änderung(?:en)?|einwände|einwand"
    r"|gegenstimmen?|anmerkungen)|genehmigung|abnahme|bereits|bei \d+ enthaltungen?",
    fine=r"ok|okay|ja|erledigt|passt|in ordnung|einverstanden|alle einverstanden|erfolgt|keine einwände"
    r"|keine gegenstimmen?|ohne einwände|kein einwand|kein widerspruch",
    last=r"letzte[nrs]?|vorige[nrs]?|vergangene[nrs]?|vorherige[nrs]?",
    other=r"(?:ihr|sein|deren|dessen) (?:\w+ )?protokoll|protokolle? (?:des|der) (?:vorstands|vorstandes"
    r"|aufsichtsrats|beirats|ausschusses)|(?:der )?(?:vorstand|beirat|aufsichtsrat|ausschuss) (?:hat"
    r"|genehmigt)|genehmigte protokolle?",
    doubt=r"wenn|nur|irrtümlich|versehentlich|zurückgezogen|widerrufen|strittig|falls|sofern|ob|sobald"
    r"|nachdem|bevor|bitte|vorbehaltlich|vorläufig|grundsätzlich|teilweise|fragt\w*|sagt\w*|meint\w*"
    r"|berichte\w*|glaubt\w*|hofft|denkt|schlägt|vorschlag|laut|angeblich|vermutlich|wohl|vielleicht"
    r"|eventuell|erinnert|erinnerung|vergessen|todo|aufgabe|dass|gefragt|oder|außer|bittet|beantragt|wünscht"
    r"|üblicherweise|immer|jede[rsnm]?|normalerweise|wer|wie|warum|unklar|unter der bedingung"
    r"|unter vorbehalt|erwähnt\w*|behauptet\w*|erst|wann|soweit",
    modal=r"bis|muss|müssen|soll\w*|kann|können|könnte\w*|darf|dürfen|würde\w*|möchte\w*|zu (?:genehmigen"
    r"|verabschieden|bestätigen|akzeptieren)|noch|ausstehend|steht aus|offen|entwurf|anzunehmen|abzunehmen"
    r"|wollen|will|liegt zur",
    negation=r"nicht|kein\w*|niemand\w*|nie|niemals|ohne|weder|abgelehnt|ablehnung|fehlende\w*|mangels"
    r"|zurückgewiesen|unmöglich|nein",
    safe=r"ohne (?:\w+ )?(?:änderung(?:en)?|einwände|einwand|gegenstimmen?|anmerkungen|diskussion"
    r"|enthaltung(?:en)?|widerspruch)|keine? (?:einwände|einwand|gegenstimmen?|anmerkungen|enthaltungen"
    r"|änderungen|widerspruch)|niemand (?:widerspricht|widersprach)",
    changes=r"(?:mit|nach|inklusive|einschließlich) (?:\S+ ){0,4}?(?:änderung(?:en)?|korrektur(?:en)?"
    r"|ergänzung(?:en)?|anpassung(?:en)?|berichtigung(?:en)?)|in (?:der )?(?:geänderter|geänderten"
    r"|korrigierter|korrigierten) (?:form|fassung)",
    deferred=r"vertagt|verschoben|verschieben|zurückgestellt|aufgeschoben|vertagen|(?:wird|werden"
    r"|genehmigung) (?:\S+ ){0,4}?(?:per (?:e-?)?mail|schriftlich|im umlauf(?:verfahren)?)|(?:wird"
    r"|werden) (?:\S+ ){0,4}?(?:nächste[nrs]?|später|morgen|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|nachträglich) (?:\S+ ){0,3}?(?:genehmigt|verabschiedet|angenommen)|auf die nächste",
    put_off=r"vertagt|verschoben|zurückgestellt|aufgeschoben|(?:auf|beim|am|in|bei) (?:der |die |das "
    r"|dem )?nächste|nachgeholt|auf (?:die |das )?nächste|nächste[sn]? (?:mal|sitzung|treffen)|später"
    r"|per (?:e-?)?mail\Z",
    wrong=r"falsch\w*|fehler\w*|fehlt|fehlen|stimmt nicht|nicht (?:richtig|korrekt)|korrekturen?|einspruch"
    r"|einwand|einwände|widerspr\w+|tippfehler|unrichtig\w*|muss heißen|müsste",
    decision=r"(?:beschluss|entscheidung|ergebnis|beschlossen|fazit|(?:top|punkt)? ?\d{1,2}\.?|formalia"
    r"|regularien|abstimmung)",
)
_FRENCH = Words(
    noun=r"comptes?[ -]rendus?|procès[ -]verba(?:l|ux)|pv|cr",
    elsewhere=r"(?:selon|dans|d' après|au|suivant) (?:le |l' |les )?(?:dernier )?(?:compte[ -]rendu"
    r"|procès[ -]verbal|pv|cr)|(?:compte[ -]rendu|procès[ -]verbal|pv|cr) (?:indique|montre|dit|précise"
    r"|mentionne|rapporte)\w*|(?:projet|brouillon) de (?:compte[ -]rendu|procès[ -]verbal|pv)",
    ahead=r"le|les|l'|la|dernier|derniers|précédent|précédents|nous|avons|on|a|ont|tous|aussi|enfin|ainsi"
    r"|est|deux|notre",
    links=r"de|du|des|d'|précédente?s?|dernière?s?",
    articles=r"la|le|les|l'|notre",
    verbs=r"est|sont|a|ont|était|étaient|vont|restent",
    stop=r"est|sont|a|ont|été|sera|seront|n'|que|qui|et|où|il|elle|nous|on|pas|un|une|dans",
    between=r"est|sont|a|ont|été|précédents?|dernier|approuvé et|donc|ainsi|aussi|finalement|à l' unanimité"
    r"|sans (?:modifications?|objections?|changements?|réserves?|remarques?)|unanimement|déjà|tous|bien",
    done=r"(?:approuvé|adopté|accepté|validé|ratifié|entériné)e?s?",
    active=r"(?:nous approuvons|on approuve|(?:tous )?les membres (?:approuvent|adoptent)"
    r"|l' assemblée (?:générale )?(?:approuve|adopte))|(?:nous avons|on a|l' assemblée a|le groupe a"
    r"|l' équipe a|tous ont|les membres ont) (?:approuvé|adopté|accepté|validé)|(?:approuvé|adopté)s?",
    ask=r"appro[bu]|adopt|accept|valid|ratifi|entérin",
    rejected=r"reje|refus",
    tail=r"à l'|par|sans|avec|le|ce|en|et|aujourd'hui|aujourd' hui|[(–—]\S*|tel quel|\d\S*",
    lead=r"il|elle|est|sont|a|été|ils|tous|tout|à l' unanimité|nous|avons|on|sans (?:modifications?"
    r"|objections?|réserves?|remarques?)|donc|n'|ont|approbation|adoption|le cr|le pv",
    fine=r"ok|oui|fait|d' accord|tous d' accord|c' est bon|(?:aucune|pas d'|sans) ?objections?"
    r"|aucune opposition",
    last=r"dernière?s?|précédente?s?",
    other=r"(?:son|leur|ses|leurs) (?:\w+ )?(?:compte[ -]rendu|procès[ -]verbal|pv|cr)|(?:compte[ -]rendu"
    r"|procès[ -]verbal|pv|cr) (?:du|de la|de l') (?:conseil|comité|direction|bureau|commission)|(?:le "
    r"|la )(?:conseil|comité|bureau|commission) a|(?:comptes[ -]rendus|procès[ -]verbaux|pv) (?:approuvés"
    r"|adoptés|validés) (?:sont|seront)",
    doubt=r"si|seulement|par erreur|retirée?s?|annulée?s?|contestée?s?|s'|dès|quand|lorsque|une fois"
    r"|après que|avant|merci|veuillez|prière|svp|s'il vous plaît|demand\w*|dit|dire|affirme\w*|pense\w*"
    r"|croit|rapporte\w*|signale\w*|espère\w*|propose\w*|suggère\w*|sauf|sous réserve|provisoirement"
    r"|en principe|partiellement|peut-être|rappel\w*|oublie\w*|n' oubliez|pourvu|à condition|est-il|est-ce"
    r"|sont-ils|ou|selon|toujours|chaque|habituellement|souhaite\w*|qui|comment|pourquoi|faut|sinon|action"
    r"|tâche|que",
    modal=r"jusqu'\w*|doit|doivent|devrait|devra|peut|pourra|pourrait|sera|seront|serait|à (?:approuver"
    r"|adopter|valider|accepter)|va|vont|reste|en attente|attend\w*|pour approbation|proposé\w*|projet"
    r"|d' approuver",
    negation=r"pas|jamais|personne|aucune?|ni|sans|non|rejeté\w*|refus\w*|n'|faute",
    safe=r"(?:sans|aucune?|pas de|pas d'|il n' y a (?:pas|aucune?)) ?(?:\w+ )?(?:modifications?|objections?"
    r"|changements?|réserves?|remarques?|oppositions?|commentaires?|abstentions?)",
    changes=r"(?:avec|après|moyennant|sous réserve d[eu']?s?) (?:\S+ ){0,4}?(?:modifications?|corrections?"
    r"|changements?|amendements?|rectifications?)|tels? que (?:modifié|corrigé|amendé)s?|modifié et",
    deferred=r"réunion suivante|prochaine (?:réunion|séance)|report[ée]\w*|reportera|remise? à|différée?s?"
    r"|ajournée?s?|(?:sera|seront) (?:\w+ )?(?:approuvé|adopté|validé|accepté)e?s?|à (?:approuver|adopter"
    r"|valider) (?:par|lors|à la|le|au)",
    put_off=r"report[ée]|différée?s?|ajourn|remise? à|(?:à la )?prochaine (?:réunion|fois)|par (?:courriel"
    r"|mail|e-mail)\Z|(?:sera|seront) (?:approuvé|adopté|validé)|plus tard",
    wrong=r"erreurs?|erronée?s?|faux|fausse|incorrecte?s?|manqu\w+|inexacte?s?|mauvaise?|corriger|à corriger"
    r"|objection|s' oppose|coquilles?|oubli|oublié\w*|n' est pas (?:correcte?|exacte?|juste)",
    decision=r"(?:décisions?|décidé|résolution|résultat|conclusion|vote|(?:point)? ?\d{1,2}\.?)",
)
_SPANISH = Words(
    noun=r"actas?|minuta",
    elsewhere=r"(?:en|según|conforme a) (?:el |la |las )?(?:última )?(?:acta|actas|minuta)|(?:borrador"
    r"|proyecto) del? acta|(?:actas?|minuta) (?:indica|dice|recoge|menciona|señala)",
    ahead=r"el|la|las|los|última|anterior|se|fue|queda|nuestra|ambas|todas|hemos|aprobado",
    links=r"del?|correspondiente|anterior|anteriores|pasada",
    articles=r"la|el|las|los|nuestra|a la",
    verbs=r"fue|fueron|es|son|está|están|ha|han|van",
    stop=r"fue|fueron|es|son|está|están|se|queda|quedan|ha|han|sido|será|que|y|no|un|una|donde|cual"
    r"|figura\w*|consta\w*|en",
    between=r"fue|fueron|es|está|queda|quedan|se|ha|han|sido|anterior|también|así|por unanimidad"
    r"|unánimemente|sin (?:cambios|objeciones|modificaciones|observaciones|correcciones)|ya|hoy|por todos"
    r"|por mayoría",
    done=r"aprobad[ao]s?|aceptad[ao]s?|ratificad[ao]s?|adoptad[ao]s?|aprueban?|aprobó|aprobaron|aceptan?"
    r"|aceptó",
    active=r"(?:se|queda|quedan|fue|fueron|hemos|la asamblea|el grupo|el equipo"
    r"|todos) (?:por unanimidad )?(?:aprueban?|aprobó|aprobaron|aprobad[ao]s?|acepta|aceptó|ratifica"
    r"|aprobamos)|aprobad[ao]s?|aprobamos|aprobaron",
    ask=r"aprob|aprueb|acept|ratific|adopt",
    rejected=r"rechaz",
    tail=r"por|sin|con|el|hoy|en|y|tal como|[(–—]\S*|\d\S*",
    lead=r"se|fue|queda|es|está|ha|sido|todos|todas|por unanimidad|así|sin (?:cambios|objeciones"
    r"|modificaciones|observaciones|correcciones)|aprobación|la aprobación|hemos",
    fine=r"ok|sí|hecho|de acuerdo|todos de acuerdo|conforme|conformes|(?:sin|ninguna|no hay"
    r"|no hubo) (?:objeción|objeciones)|nadie se opone",
    last=r"última|anterior|anteriores|pasada|previa",
    other=r"sus? (?:\w+ )?actas?|actas? (?:del|de la) (?:consejo|junta|comité|comisión|directiva)|(?:el"
    r"|la) (?:consejo|junta|comité|comisión|directiva) (?:aprobó|aprueba|ha)|actas aprobadas (?:se|están"
    r"|son)",
    doubt=r"si|s[oó]lo|solamente|por error|retirad[ao]s?|anulad[ao]s?|impugnad[ao]s?|cuando|una vez"
    r"|después de que|antes|por favor|favor|pregunt\w*|dice\w*|dijo|afirm\w*|cree\w*|piensa\w*|inform\w*"
    r"|espera\w*|propon\w*|propuso|propuesta|sugier\w*|salvo|excepto|cada|siempre|provisional\w*"
    r"|en principio|parcial\w*|quizás?|tal vez|record\w*|olvid\w*|a condición|pendiente de|según|quién|cómo"
    r"|tarea|acción|aprobad (?:el|las?|los)|aprueben|aprobemos|que|pid\w+|solicit\w*|o",
    modal=r"hasta|debe\w*|puede\w*|podrí\w*|será\w*|serán|aprobará\w*|por aprobar|para (?:su )?aprobación"
    r"|hay que|va a|pendientes?|falta aprobar|habrá|tiene que|borrador|aprobar(?:emos|á|án)",
    negation=r"no|nunca|nadie|ninguna?|ningún|tampoco|sin|rechazad[ao]s?|rechaz\w*|ni|falta",
    safe=r"(?:sin|no hay|no hubo|ninguna) (?:\w+ )?(?:cambios|objeci(?:ones|ón)|modificaci(?:ones|ón)"
    r"|observaciones|correcciones|abstenciones|comentarios)|nadie se opone",
    changes=r"(?:con|tras|incluyendo|después de) (?:\S+ ){0,4}?(?:cambios?|correcci(?:ones|ón)"
    r"|modificaci(?:ones|ón)|enmiendas?|rectificaci(?:ones|ón))|con las enmiendas",
    deferred=r"aplaz\w*|pospon\w*|pospuest[ao]s?|posterg\w*|difier\w*|diferid[ao]s?|se (?:aprobará|aprobarán"
    r"|aceptará)|será[n]? (?:aprobada|aceptada)s?|(?:próxima|siguiente) (?:reunión|sesión)|(?:reunión"
    r"|sesión) siguiente",
    put_off=r"aplaz|pospon|pospuest|posterg|diferid|(?:a |en |para )?la próxima|próxima (?:reunión|sesión)"
    r"|se aprobará|será aprobada|por correo\Z|más tarde",
    wrong=r"incorrect[ao]s?|errore?s?|erróne[ao]s?|error|falta|faltan|equivocad[ao]s?|mal escrit[ao]"
    r"|corregir|corrección|objeción|objeta|se opone|no es (?:correct[ao]|así)|errata",
    decision=r"(?:decisión|decisiones|acuerdos?|resolución|resultado|conclusión|votación"
    r"|(?:punto)? ?\d{1,2}\.?)",
)
_PORTUGUESE = Words(
    noun=r"atas?",
    elsewhere=r"(?:na|nas|segundo a|conforme a|de acordo com a) (?:última )?atas?|(?:rascunho|minuta) da ata"
    r"|atas? (?:indica|diz|menciona|refere)",
    ahead=r"a|as|da|última|anterior|foi|se|nossa|ambas|todas|por unanimidade",
    links=r"d[aeo]s?|anterior|anteriores|passada|referente",
    articles=r"nossa|à|última",
    verbs=r"foi|foram|é|são|está|estão|tem|têm|vão",
    stop=r"foi|foram|é|são|está|estão|fica|ficou|se|tem|têm|sido|será|que|e|não|uma?|onde|qual|consta\w*|em",
    between=r"foi|foram|é|são|está|fica|ficou|se|tem|sido|anterior|também|assim|por unanimidade|unanimemente"
    r"|sem (?:alterações|objeções|ressalvas|correções|mudanças)|já|hoje|por todos|por maioria|lida e",
    done=r"aprovad[ao]s?|aceit[ae]s?|ratificad[ao]s?|adotad[ao]s?",
    active=r"(?:foi|fica|ficou|foram|aprovou-se|a assembleia|o grupo|a equipe|a equipa|todos"
    r"|nós)(?: (?:aprovad[ao]s?|aprovou|aprovaram|aceitou|aprovamos))?(?: por unanimidade)?|aprovad[ao]s?"
    r"|aprovamos|aprovámos|aprovaram",
    ask=r"aprov|aceit|ratific|adot",
    rejected=r"rejeit|recus",
    tail=r"por|sem|com|hoje|em|e|tal como|pelos?|pelas?|[(–—]\S*|\d\S*",
    lead=r"foi|é|fica|está|tem|sido|todos|todas|por unanimidade|assim|sem (?:alterações|objeções|ressalvas"
    r"|correções)|aprovação|a aprovação",
    fine=r"ok|sim|feito|de acordo|todos de acordo|(?:sem|nenhuma|não há|não houve) (?:objeção|objeções"
    r"|oposição)|ninguém se opôs",
    last=r"última|anterior|anteriores|passada|prévia",
    other=r"(?:sua|suas) (?:\w+ )?atas?|atas? (?:do|da) (?:conselho|comitê|comité|diretoria|direção"
    r"|comissão)|(?:o|a) (?:conselho|comitê|comité|diretoria|direção|comissão) aprovou|atas aprovadas (?:são"
    r"|estão|ficam)",
    doubt=r"(?<!-)se|só|somente|apenas|por engano|retirad[ao]s?|anulad[ao]s?|contestad[ao]s?|caso|quando"
    r"|assim que|depois que|antes|por favor|favor|pergunt\w*|diz|disse\w*|afirm\w*|acha\w*|acredita\w*"
    r"|inform\w*|relat\w*|espera\w*|prop[õo]\w*|proposta|suger\w*|salvo|exceto|cada|sempre|provisori\w*"
    r"|em princípio|parcial\w*|talvez|lembr\w*|esque\w*|desde que|segundo|quem|como|tarefa|ação|aprovem|que"
    r"|ped\w+|solicit\w*|ou|condicionad[ao]",
    modal=r"até|deve\w*|pode\w*|será|serão|aprovará|por aprovar|para aprovação|a aprovar|vai|vão|pendentes?"
    r"|falta aprovar|tem de|tem que|rascunho|precisa\w*|aguarda\w*",
    negation=r"não|nunca|ninguém|nenhuma?|nem|tampouco|sem|rejeitad[ao]s?|rejeit\w*|recus\w*|falta",
    safe=r"(?:sem|não há|não houve|nenhuma) (?:\w+ )?(?:alteraç(?:ões|ão)|objeç(?:ões|ão)|ressalvas"
    r"|correç(?:ões|ão)|mudanças|abstenç(?:ões|ão)|oposição|comentários)|ninguém se opôs",
    changes=r"(?:com|após|incluindo) (?:\S+ ){0,4}?(?:alteraç(?:ões|ão)|correç(?:ões|ão)|mudanças?|emendas?"
    r"|retificaç(?:ões|ão)|ressalvas?|modificaç(?:ões|ão))",
    deferred=r"adiad[ao]s?|adia(?:r|mos)?|posterg\w*|remetid[ao]s?|ser(?:á|ão) (?:aprovad|aceit)[ao]s?"
    r"|(?:próxima|seguinte) (?:reunião|sessão)|(?:reunião|sessão) seguinte|transferid[ao]s?",
    put_off=r"adiad|posterg|transferid|(?:para )?a próxima|próxima reunião|ser(?:á|ão) aprovad|por e-?mail\Z"
    r"|mais tarde",
    wrong=r"incorret[ao]s?|erros?|errad[ao]s?|falta|faltam|faltou|equivocad[ao]s?|corrigir|correção|objeção"
    r"|opõe|não est(?:á|ava) (?:corret[ao]|cert[ao])|errata",
    decision=r"(?:decisão|decisões|deliberação|resolução|resultado|conclusão|votação|acordo"
    r"|(?:ponto)? ?\d{1,2}\.?)",
)
_DUTCH = Words(
    noun=r"notulen|(?:vergader)?verslag(?:en)?",
    elsewhere=r"(?:volgens|in|uit) (?:de |het )?(?:vorige )?(?:notulen|verslag)|concept-?(?:notulen|verslag)"
    r"|(?:jaar|financieel |reis)verslag",
    ahead=r"de|het|alle|vorige|laatste|onze|we|wij|hebben|heeft|beide|vergadering|zijn|is|worden|wordt"
    r"|unaniem|hierbij|daarmee",
    links=r"van|over|op|d\.d\.",
    articles=r"de|het|onze",
    verbs=r"is|zijn|was|waren|heeft|hebben|staat|staan|gaan",
    stop=r"is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|niet|dat|en|die|hij|zij|wij|we|een|geen"
    r"|in|waarin",
    between=r"is|zijn|was|waren|wordt|worden|werd|werden|hebben|heeft|we|wij|unaniem|hierbij|ook|dan|daarmee"
    r"|reeds|al|met algemene stemmen|zonder (?:wijzigingen|op- of aanmerkingen|opmerkingen|bezwaar"
    r"|aanpassingen)|ongewijzigd|door iedereen",
    done=r"goedgekeurd|vastgesteld|geaccepteerd|aangenomen|akkoord(?: bevonden)?|bekrachtigd",
    active=r"(?:goedgekeurd|vastgesteld|akkoord met)",
    ask=r"goedkeur|goedgekeurd|goed te keuren|vaststel|vastgesteld|vast te stellen|accept|geaccepteerd"
    r"|aangenomen|akkoord|bekrachtig|stel\w* vast|keur\w* goed",
    rejected=r"afgekeurd|verworpen|afgewezen",
    tail=r"met|zonder|door|op|en|vandaag|per|unaniem|[(–—]\S*|\d\S*",
    lead=r"is|zijn|worden|wordt|iedereen|allen|allemaal|we|unaniem|notulen|zonder (?:wijzigingen|opmerkingen"
    r"|bezwaar)|goedkeuring|ongewijzigd|ze|nog",
    fine=r"ok|oké|ja|gedaan|in orde|iedereen akkoord|akkoord|(?:geen|zonder) (?:bezwaren|bezwaar"
    r"|opmerkingen en akkoord)|niemand heeft bezwaar",
    last=r"vorige|laatste|voorgaande",
    other=r"(?:hun|haar|zijn eigen) (?:\w+ )?(?:notulen|verslag)|(?:notulen|verslag) van (?:het "
    r"|de )?(?:bestuur|raad|directie|commissie)|(?:het|de) (?:bestuur|raad|directie|commissie) (?:heeft"
    r"|keurde)|goedgekeurde notulen|door (?:het |de )?(?:bestuur|raad|directie|commissie)",
    doubt=r"als|alleen|slechts|per ongeluk|ingetrokken|herroepen|betwist|indien|mits|tenzij|of|zodra|nadat"
    r"|wanneer|voordat|totdat|graag|alsjeblieft|aub|a\.u\.b|svp|vraagt|vroeg|zegt|zei|meldt|meldde|denkt"
    r"|dacht|gelooft|hoopt|verzoek\w*|stelt voor|voorstel|volgens|misschien|wellicht|herinner\w*|vergeet"
    r"|vergeten|todo|actie|dat|voorlopig|in principe|gedeeltelijk|behoudens|onder voorbehoud|behalve|altijd"
    r"|elke|iedere|meestal|wie|hoe|waarom|wil|willen",
    modal=r"moet\w*|kan|kunnen|zal|zullen|zou\w*|mag|mogen|te (?:keuren|accepteren)|goed te keuren"
    r"|vast te stellen|ter goedkeuring|ter vaststelling|nog|concept|wachten|openstaand|dient|dienen",
    negation=r"niet|geen|niemand|nooit|zonder|noch|afgekeurd|afgewezen|verworpen|nee",
    safe=r"(?:geen|zonder) (?:\w+ )?(?:bezwaren|bezwaar|wijzigingen|opmerkingen|aanpassingen"
    r"|op- of aanmerkingen|correcties)|niemand heeft bezwaar",
    changes=r"(?:met|na|inclusief|onder) (?:\S+ ){0,4}?(?:wijziging(?:en)?|correcties?|aanpassing(?:en)?"
    r"|aanvulling(?:en)?|verbetering(?:en)?)",
    deferred=r"uitgesteld|uitstellen|verschoven|doorgeschoven|aangehouden|(?:wordt|worden"
    r"|goedkeuring) (?:\S+ ){0,4}?(?:per e-?mail|schriftelijk)|(?:worden|wordt|zal"
    r"|zullen) (?:\S+ ){0,3}?(?:volgende|later|morgen|maandag|dinsdag|woensdag|donderdag"
    r"|vrijdag) (?:\S+ ){0,3}?(?:goedgekeurd|vastgesteld)",
    put_off=r"uitgesteld|verschoven|doorgeschoven|aangehouden|(?:naar de )?volgende (?:vergadering|keer"
    r"|week)|later\Z|per e-?mail\Z",
    wrong=r"klopt niet|kloppen niet|fout|fouten|onjuist\w*|verkeerde?|ontbreekt|ontbreken|bezwaar"
    r"|niet (?:juist|correct|goed)|correctie|typefout|moet zijn|vergeten",
    decision=r"(?:besluit|besluiten|besloten|resultaat|conclusie|stemming|(?:agendapunt|punt)? ?\d{1,2}\.?)",
)


LANGUAGES = (
    *(words.compiled() for words in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _DUTCH)),
    CHINESE,
    JAPANESE,
)
"""The languages that are tried, each on every text."""
NOUN = re.compile(
    r"\b(?:minutes|notes|\w*protokoll|niederschrift|comptes?[ -]rendu|procès|pv|cr|actas?|minuta|atas?"
    r"|notulen|\w*verslag)|纪要|会议记录|紀要|會議記錄|議事録"
)
"""A word for minutes in one of the languages."""
MAY_NAME = any_of(
    r"minutes|notes|protokoll|niederschrift|comptes?[\s-]rendu|procès|pv\b|cr\b|actas?\b|minuta\b|atas?\b"
    r"|notulen|verslag|纪要|会议记录|紀要|會議記錄|議事録"
)
"""A quick search for `NOUN` in small letters, in a text with its markup."""
