"""The words with which minutes tell what was settled, by language, as alternatives of regular expressions.

All are in lower case. English has more forms than a table holds: they are in `settled`.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """The words of a language; those that change their endings are given with all of them."""

    common: str
    """Frequent words, and some of meetings, parted by blanks: by these notes in the language are known."""
    matter: str
    """What is voted on, and the minutes and the agenda."""
    result: str
    """What became of it: adopted, approved, rejected, decided."""
    firm: str
    """Results that only a body gives, of whatever was before it."""
    how: str
    """How: unanimously, by a majority."""
    body: str
    """Who decides: the committee, the assembly, we."""
    decides: str
    """Verbs of the body that decides."""
    impersonal: str
    """The begin of a sentence without a body: it was decided."""
    agreement: str
    """The begin of a sentence that names the decision itself: the decision is, agreement that."""
    poll: str
    """Polls whose sides are counted."""
    sides: str
    """The sides of a poll: for, against, yes, abstained."""
    delayed: str
    """Postponed, deferred."""
    is_: str
    """The verbs before a result: is, was, will be."""
    in_favour: str
    """All were for it."""
    no_objection: str
    doubt: str
    """What makes of a sentence a condition, a wish, a question, or something that is still to come."""
    chosen: str = "(?!)"
    """Verbs of an election that also mean other things: elected or chosen, confirmed."""
    office: str = "(?!)"
    """What tells of such a verb behind it that it means an election: as the chair, for two years."""


_OFFICE = (
    r"(?:[\w.-]+ ){0,2}[\w-]*(?:vorsitz(?:ende[nrm]?)?|vorstand|präsident(?:in|en)?|kassier(?:er|erin|in)?"
    r"|kassenwart(?:in)?|schatzmeister(?:in)?|schriftführer(?:in)?|kassenprüfer(?:in|innen|n)?"
    r"|revisor(?:in|en)?"
    r"|sprecher(?:in)?|leiter(?:in)?|beisitzer(?:in)?|[\w-]*vertretung(?: in [\w ]{2,30})?"
    r"|delegierte[nrm]?|stellvertreter(?:in)?"
    r"|protokollführer(?:in)?|aktuar(?:in)?|sekretär(?:in)?)"
)
"""Whom a German meeting elects: `2. Vorsitzenden`, `Kassenwartin`."""

WORDS: dict[str, Words] = {
    "German": Words(
        common="abstimmung protokoll sitzung vorstand der die das und nicht ist wird wurde für mit eine "
        "ein den von",
        matter=r"anträge?|antrags?|vorschlag|vorlage|resolution|(?:[\w-]*)protokolls?|niederschrift"
        r"|[\w-]*(?:ordnung|satzung|haushalt(?:splan)?|etat|budget)"
        r"|tagesordnung",
        result=r"angenommen|abgelehnt|genehmigt|beschlossen|verabschiedet|zugestimmt|verworfen",
        firm=r"beschlossen|verabschiedet|zugestimmt",
        how=r"einstimmig|mehrheitlich|mit (?:\w+ )?mehrheit|ohne gegenstimmen?"
        r"|mit \d{1,4} (?:zu|gegen) \d{1,4} stimmen",
        body=r"(?:der|die|das) (?:[\w-]*(?:vorstand|rat|ausschuss|versammlung|gruppe|plenum|team|beirat|kreis"
        r"|kommission|gremium|komitee|mitglieder|runde|verein))|wir|alle",
        decides=r"beschlie(?:ß|ss)(?:t|en)|beschloss(?:en)?|beschlossen|entscheide[nt]|entschieden|entschied"
        r"|einigt(?:e|en)? sich|einigen (?:sich|uns)|genehmigt(?:e|en)?",
        impersonal=r"es (?:wurde|wird) (?:\w+ )?(?:beschlossen|vereinbart|entschieden)"
        r"|beschlossen (?:wurde|wird|ist)"
        r"|(?:man|wir|alle) (?:einigten?|einigen|verständigten?) sich",
        agreement=r"(?:die )?entscheidung (?:ist|war|lautet)|(?:der )?beschluss (?:ist|lautet)"
        r"|(?:einigung|einigkeit) (?:darauf|darüber|dass)|(?:es gibt |es besteht )?konsens,? (?:dass"
        r"|darüber)",
        poll=r"abstimmung|probeabstimmung|meinungsbild|stimmungsbild|handzeichen",
        sides=r"dafür|dagegen|ja(?:-stimmen)?|nein(?:-stimmen)?|enthaltung(?:en)?|enthalten|gegenstimmen?",
        delayed=r"vertagt|verschoben|zurückgestellt",
        is_=r"wird|wurde|werden|wurden|ist|sind",
        in_favour=r"alle (?:\w+ )?(?:dafür|einverstanden)",
        no_objection=r"keine (?:einwände|gegenstimmen)",
        doubt=r"nächstes mal|soll(?:te|ten|en|t)?|wenn|falls|ob|muss|müssen|müsste|könnte|kann|können|würde"
        r"|würden|dürfte|möchte"
        r"|noch nicht|nicht (?:beschlossen|genehmigt|entschieden|angenommen)|sobald|vielleicht|schlägt|fragt"
        r"|damals|voriges jahr|letztes jahr|noch (?:zu )?(?:beschließen|entscheiden)|bis wann|bevor"
        r"|vorgeschlagen|(?:jeweils|jährlich|alle \w+ jahre) [^\n]{0,80}gewählt",
        chosen=r"(?:wieder ?|neu )?gewählt|bestätigt",
        office=rf"(?:einstimmig|mehrheitlich|im amt|(?:zum|zur|als) {_OFFICE}(?: [^\n:.]{{1,40}})?"
        r"|in (?:den|die|das) (?:[\w-]*(?:vorstand|ausschuss|beirat|rat|gremium|präsidium|kommission))"
        r"|für (?:eine amts(?:dauer|zeit|periode)|(?:ein|zwei|drei|vier|\d) (?:weitere[s]? )?jahre?)"
        r"(?: [^\n:.]{1,30})?)",
    ),
    "French": Words(
        common="réunion bureau vote voix séance conseil le la les des est et une du pour dans que sur au",
        matter=r"motions?|propositions?|bilan|budget|conventions?|cotisations?|statuts|règlement"
        r"|résolutions?|procès[ -]verba(?:l|ux)|compte[ -]rendu|ordre du jour"
        r"|pv",
        result=r"(?:adopté|approuvé|rejeté|refusé|validé|accepté)e?s?",
        firm=r"(?:adopté|approuvé|rejeté|refusé)e?s?",
        how=r"à l['’]unanimité|à la majorité(?: \w+)?|par \d+ voix",
        body=r"l[ea] (?:bureau|comité|conseil|groupe|commission)|l['’](?:assemblée|équipe)(?: \w+)?|nous|on"
        r"|tous",
        decides=r"décide(?:nt)?|a (?:été )?décidé|avons décidé|ont décidé|décidons|approuve(?:nt)?|a approuvé"
        r"|adopte(?:nt)?|a adopté|avons adopté|a voté|vote(?:nt)?|valide(?:nt)?|a validé|avons validé"
        r"|rejett?e(?:nt)?|a rejeté",
        impersonal=r"il (?:a été|est) (?:décidé|convenu|acté)"
        r"|il (?:a été|est) résolu (?:à l['’]unanimité|à la majorité)(?= de\b| que\b| d['’])"
        r"|il (?:a été|est) résolu(?= que\b| qu['’])|(?:décidé|convenu|acté) (?:que|de|d['’])",
        agreement=r"décision (?:de|d['’])|(?:la )?décision (?:est|a été prise) (?:de|d['’]|que)"
        r"|accord (?:pour|sur le fait|que)"
        r"|consensus (?:pour|sur le fait|que)",
        poll=r"sondage|vote(?: à main levée)?|votes|scrutin|résultats? du vote",
        sides=r"pour|contre|abstentions?|oui|non|voix",
        delayed=r"reporté(?:e|s|es)?|ajourné(?:e|s|es)?|repoussé(?:e|s|es)?",
        is_=r"est|sont|a été|ont été|était|fut",
        in_favour=r"tous (?:\w+ )?pour|tout le monde (?:est )?(?:pour|d['’]accord)",
        no_objection=r"aucune objection|sans objection",
        doubt=r"la prochaine fois|si|devrai(?:t|ent)|il faut|il faudra(?:it)?|pourrai(?:t|ent)|pas encore"
        r"|n['’](?:a|ont|est|était) pas"
        r"|quand|lorsque|peut-être|propose(?:nt)?|demande|souhaite|sera|seront|doi(?:t|vent)|jadis"
        r"|l['’]an dernier|à voter",
    ),
    "Spanish": Words(
        common="reunión acta votación el la los las del y en una por se para que con",
        matter=r"moción|mociones|propuestas?|resolución|actas?|orden del día|minuta",
        result=r"(?:aprobad|rechazad|aceptad|adoptad|desestimad)[oa]s?",
        firm=r"(?:aprobad|rechazad)[oa]s?",
        how=r"por (?:unanimidad|mayoría|asentimiento)|unánimemente",
        body=r"(?:el|la|los|las) (?:comité|consejo|junta|asamblea|grupo|equipo|comisión|directiva|socios"
        r"|miembros)"
        r"|todos|nosotros",
        decides=r"decid(?:e|ió|en|ieron|imos)|ac(?:uerda|ordó|uerdan|ordaron|ordamos)|apr(?:ueba|obó|ueban"
        r"|obaron)"
        r"|resolv(?:ió|ieron)|resuelve|rechaz(?:a|ó|aron)|ha (?:decidido|acordado|aprobado)",
        impersonal=r"se (?:decid(?:e|ió)|estable(?:ce|ció)|defin(?:e|ió)|ac(?:uerda|ordó)|apr(?:ueba|obó"
        r"|ueban|obaron)|resolvió|rechazó"
        r"|rechaza)"
        r"|queda(?:n|ron)? (?:\w+ )?aprobad[oa]s?|hemos (?:decidido|acordado)",
        agreement=r"decisión de|(?:la )?decisión (?:es|fue) (?:de |que )?|(?:hay )?(?:acuerdo"
        r"|consenso) (?:en|para"
        r"|de) ?(?:que)?",
        poll=r"votación|sondeo|a mano alzada",
        sides=r"a favor|en contra|abstenci(?:ón|ones)|sí|no",
        delayed=r"(?:aplazad|pospuest|postergad|diferid)[oa]s?",
        is_=r"es|son|fue|fueron|queda|quedan|quedó|ha sido|han sido|se",
        in_favour=r"todos (?:\w+ )?a favor|todas a favor",
        no_objection=r"sin objeciones|sin objeción|nadie se opone|ninguna objeción",
        doubt=r"la próxima vez|si|debe(?:n|ría|rían)?|podría(?:n)?|aún no|todavía|no (?:se|fue|está|ha|han)"
        r"|cuando|quizás?|sugiere"
        r"|hay que|habrá|será|serán|falta|por (?:aprobar|votar|decidir)|pide|espera|hace (?:un|dos) años?",
    ),
    "Portuguese": Words(
        common="reunião ata votação os da dos uma para não foi na em pela ao com que é",
        matter=r"moção|moções|propostas?|resolução|atas?|pauta|ordem d[oe] dia",
        result=r"(?:aprovad|rejeitad|recusad|aceit|adotad|adoptad|homologad)[oa]s?|aceite",
        firm=r"(?:aprovad|rejeitad)[oa]s?",
        how=r"por (?:unanimidade|maioria|consenso|aclamação)|unanimemente",
        body=r"[oa]s? (?:comitê|comité|conselho|direção|diretoria|assembleia|grupo|equipa|equipe|comissão"
        r"|sócios"
        r"|membros)|todos|nós",
        decides=r"decid(?:e|iu|iram|imos)|aprov(?:a|ou|aram|amos)|deliber(?:a|ou|aram)|resolv(?:e|eu|eram)"
        r"|rejeit(?:a|ou|aram)",
        impersonal=r"(?:também )?(?:foi|ficou|foram) (?:decidid|definid|deliberad|aprovad|acordad"
        r"|resolvid|combinad)[oa]s?"
        r"|decidiu-se|deliberou-se|aprovou-se|definiu-se|acordou-se|decidimos",
        agreement=r"decisão de|(?:a )?decisão (?:é|foi) (?:de |que )?|(?:há )?(?:acordo|consenso) (?:em|para"
        r"|de) ?(?:que)?",
        poll=r"votação|sondagem|enquete",
        sides=r"a favor|contra|absten(?:ção|ções)|sim|não",
        delayed=r"(?:adiad|postergad)[oa]s?",
        is_=r"é|são|foi|foram|fica|ficam|ficou",
        in_favour=r"todos (?:\w+ )?a favor",
        no_objection=r"sem objeções|nenhuma objeção|sem oposição",
        doubt=r"da próxima vez|se (?:[oa]s?|for|houver)|deve(?:m|ria|riam)?|poderia(?:m)?|ainda não"
        r"|não (?:foi|é|está)|quando"
        r"|talvez|sugere|será|serão"
        r"|falta|por (?:aprovar|votar|decidir)|pede|espera|é preciso|ano passado",
    ),
    "Italian": Words(
        common="riunione verbale votazione consiglio il di che della del è una per gli si alla con la",
        matter=r"mozion[ei]|propost[ae]|risoluzion[ei]|delibera|verbal[ei]|ordine del giorno",
        result=r"(?:approvat|respint|adottat|accettat|accolt|bocciat)[oaie]",
        firm=r"(?:approvat|respint)[oaie]",
        how=r"all['’]unanimità|a maggioranza(?: \w+)?|per acclamazione",
        body=r"(?:il|la|lo) (?:consiglio|comitato|gruppo|direttivo|assemblea|commissione|giunta)"
        r"|l['’](?:assemblea|assemblea \w+)|tutti|noi",
        decides=r"decid(?:e|ono|iamo)|deci(?:so|se)|deliber(?:a|ano)|deliberato|approv(?:a|ano|ato|iamo)"
        r"|resping(?:e|ono)",
        impersonal=r"si (?:è )?(?:decide|deciso|approva|approvano|delibera|deliberato|concorda|concordato"
        r"|stabilisce|conviene|convenuto|stabilito)"
        r"|viene (?:\w+ )?(?:approvat[oa]|deciso|deliberato)",
        agreement=r"decisione di|(?:la )?decisione (?:è|è stata) (?:di |che )?|(?:c['’]è )?(?:accordo"
        r"|consenso) (?:a|su"
        r"|di|per|che)",
        poll=r"votazione|sondaggio|per alzata di mano",
        sides=r"a favore|favorevol[ei]|contrari[oa]?|astenut[oi]|astension[ei]|sì|no",
        delayed=r"(?:rinviat|rimandat|posticipat|aggiornat)[oaie]",
        is_=r"è|sono|viene|vengono|è stat[oa]|sono stat[ie]|fu",
        in_favour=r"tutti (?:\w+ )?(?:a favore|favorevoli|d['’]accordo)",
        no_objection=r"nessuna obiezione|senza obiezioni",
        doubt=r"la prossima volta|se|deve|devono|dovrebbe(?:ro)?|potrebbe(?:ro)?|non ancora|non (?:è|sono"
        r"|viene)|quando|forse|va|vanno"
        r"|sarà|saranno|da approvare|bisogna|suggerisce|chiede|l['’]anno scorso",
    ),
    "Dutch": Words(
        common="vergadering notulen bestuur het een van de en niet zijn voor wordt met op we",
        matter=r"voorstel|voorstellen|motie|moties|notulen|verslag|agenda|besluit",
        result=r"aangenomen|goedgekeurd|verworpen|afgewezen|vastgesteld|besloten",
        firm=r"goedgekeurd|verworpen",
        how=r"unaniem|met algemene stemmen|bij meerderheid|eenstemmig",
        body=r"(?:het|de) (?:bestuur|raad|groep|vergadering|team|commissie|leden|ledenvergadering"
        r"|werkgroep)|wij|we"
        r"|iedereen",
        decides=r"beslui(?:t|ten)|besloot|besloten|keur(?:t|de|den)? [^\n]{0,40}goed|neemt [^\n]{0,40}aan"
        r"|stemt in",
        impersonal=r"er (?:is|wordt|werd) (?:\w+ )?(?:besloten|afgesproken)"
        r"|(?:we|wij) hebben (?:\w+ ){0,3}(?:gekozen|besloten|afgesproken)|(?:afgesproken"
        r"|besloten) (?:is|wordt|werd|om|dat)",
        agreement=r"besluit (?:om|tot)|(?:het )?besluit (?:is|luidt)|overeenstemming (?:over|om|dat)"
        r"|consensus (?:over|om|dat)",
        poll=r"stemming|peiling|handopsteking",
        sides=r"voor|tegen|onthouding(?:en)?|blanco|ja|nee",
        delayed=r"uitgesteld|verdaagd|aangehouden|doorgeschoven",
        is_=r"is|zijn|wordt|worden|werd|werden",
        in_favour=r"(?:iedereen|allen|alle leden) (?:\w+ )?(?:voor|akkoord)",
        no_objection=r"geen bezwar(?:en|)|zonder bezwaar",
        doubt=r"volgende keer|als (?:het|de|we|wij|er)|moet(?:en)?|zou(?:den)?|kan|kunnen|nog niet"
        r"|niet (?:besloten|goedgekeurd"
        r"|aangenomen)|wanneer"
        r"|misschien|zal|zullen|vraagt|wil|vorig jaar|of we",
    ),
    "Swedish": Words(
        common="möte mötet styrelsen och att det är som en för på inte till av",
        matter=r"motion(?:en|er|erna)?|förslag(?:et|en)?|proposition(?:en)?|protokoll(?:et)?"
        r"|dagordning(?:en)?",
        result=r"godkän(?:d|t|da|ts|des|ns)|antag(?:en|et|its|na|s)|antogs|avsl(?:agen|agits|ogs|ås)"
        r"|bif(?:allen|ölls)"
        r"|bifalles|beslutad(?:e|es)?",
        firm=r"godkän(?:d|t|da)|avslagen|avslaget",
        how=r"enhälligt|enhällig|med majoritet|utan omröstning|med acklamation",
        body=r"styrelsen|mötet|årsmötet|gruppen|kommittén|rådet|stämman|vi|alla|föreningen|utskottet",
        decides=r"beslut(?:ar|ade|at)|beslöt|god(?:känner|kände|känt)|antar|antog|avsl(?:og|år)|bif(?:öll"
        r"|aller)"
        r"|enas|enades",
        impersonal=r"det (?:beslutades|beslutas|bestämdes)|beslutades|beslöts|beslutas|bestämdes",
        agreement=r"beslut (?:om|att)|beslut(?:et)? (?:är|blev)|(?:enighet|konsensus) (?:om|kring)",
        poll=r"omröstning(?:en)?|handuppräckning|votering",
        sides=r"för|emot|mot|avstår|avstod|nedlagda|ja|nej",
        delayed=r"uppskju(?:ten|tet|ts|tna|ts)|uppsköts|bordl(?:agd|agt|ades|äggs)|skjuts upp|sköts upp",
        is_=r"är|blev|blir|har|var",
        in_favour=r"alla (?:\w+ )?för",
        no_objection=r"inga invändningar|utan invändningar",
        doubt=r"nästa gång|om (?:vi|styrelsen|mötet|det|de|någon)|ska|skall|bör|borde|skulle|kan|kunde"
        r"|ännu inte|inte (?:beslutat|godkänd"
        r"|godkänt)|när|kanske|vill"
        r"|måste|i fjol|förra året|undrar",
    ),
    "Danish and Norwegian": Words(
        common="møde møte mødet møtet referat og det er ikke på blev ble som af av en til",
        matter=r"forslag(?:et|ene)?|motion(?:en)?|referat(?:et)?|protokoll(?:en|et)?|dagsorden(?:en)?"
        r"|saksliste(?:n)?"
        r"|innkalling(?:en)?",
        result=r"vedt(?:aget|agne|att|atte|ages|as|oges|oks)|godk(?:endt|endte|jent|jente|endes|jennes)"
        r"|forkast(?:et|es)|avvist|afvist|avslått|besluttet",
        firm=r"vedtaget|vedtatt|godkendt|godkjent|forkastet",
        how=r"enstemmigt?|med (?:\w+ )?flertal|ved akklamation|ved akklamasjon",
        body=r"bestyrelsen|styret|mødet|møtet|generalforsamlingen|årsmøtet|gruppen|gruppa|udvalget|utvalget"
        r"|rådet"
        r"|komiteen|vi|alle|foreningen|foreninga",
        decides=r"beslutte(?:r|de|t)|vedt(?:ager|og|aget|ar|ok|att)|godk(?:ender|endte|jenner|jente)"
        r"|forkaste(?:r|de|t)"
        r"|enes|enedes|bestemte",
        impersonal=r"det (?:blev|ble) (?:\w+ )?(?:besluttet|vedtaget|vedtatt|aftalt|bestemt)|(?:besluttet"
        r"|vedtatt|vedtaget|aftalt|bestemt) at",
        agreement=r"beslutning om|(?:beslutningen|vedtaket|konklusjonen|konklusionen) (?:er|blev|ble)"
        r"|(?:enighed|enighet) om|vi (?:kom fre?m til at|har bestemt(?: oss for)?)"
        r"|konsensus om",
        poll=r"afstemning(?:en)?|avstemning(?:en)?|håndsoprækning|håndsopprekning|votering",
        sides=r"for|imod|mod|mot|blanke?|ja|nej|nei|undlod|avholdende",
        delayed=r"udskudt|udsat|utsatt|utsettes|udsættes|udskydes",
        is_=r"er|blev|ble|bliver|blir",
        in_favour=r"alle (?:\w+ )?for",
        no_objection=r"ingen indvendinger|ingen innvendinger|uden indvendinger",
        doubt=r"n[æe]ste gang|hvis|skal|bør|burde|skulle|kan|kunne|endnu ikke|ennå ikke|ikke (?:besluttet"
        r"|vedtatt|godkendt|godkjent)"
        r"|når|måske|kanskje|vil|må|i fjor|sidste år|om vi|spurgte|spurte",
    ),
    "Polish": Words(
        common="spotkanie zebranie głosowanie zarząd i w na się jest nie do z został o za że",
        matter=r"wniosek|wnioski|propozycj[aęe]|uchwał[aęy]|protokół|porządek obrad",
        result=r"(?:przyjęt|uchwalon|odrzucon|zatwierdzon|zaakceptowan)[aeoy]|przyjęto|odrzucono"
        r"|zatwierdzono",
        firm=r"uchwalon[aeoy]|zatwierdzon[aeoy]|odrzucon[aeoy]",
        how=r"jednogłośnie|jednomyślnie|większością głosów|przez aklamację",
        body=r"(?:zarząd|zebranie|komitet|rada|grupa|zespół|komisja|walne zgromadzenie)(?: \w+)?|wszyscy|my",
        decides=r"postan(?:owił[ao]?|awia)|zdecydował[ao]?|decyduje|uchw(?:alił[ao]?|ala)|przyj(?:ął|ęł[ao]"
        r"|muje)"
        r"|zatwierdz(?:ił[ao]?|a)|odrzuc(?:ił[ao]?|a)|ustalił[ao]?|podj(?:ął|ęł[ao]|ęli) decyzję"
        r"|zgodnie (?:stwierdził[ao]?|stwierdza|uznał[ao]?|uznaje)(?=,? że należ)",
        impersonal=r"podjęto decyzję|postanowiono|zdecydowano|uchwalono|ustalono|przyjęto|zatwierdzono"
        r"|odrzucono",
        agreement=r"decyzja o|(?:decyzja|decyzją) (?:jest|to)|(?:zgoda|konsensus) (?:co do|na|że|w sprawie)",
        poll=r"głosowanie|wynik głosowania|sondaż",
        sides=r"za|przeciw(?:ko)?|wstrzymał[oay]?(?: się)?|wstrzymując\w*|wstrzymuj\w*",
        delayed=r"(?:odroczon|przełożon|przesunięt|odłożon)[aeoy]|odroczono|przełożono|odłożono",
        is_=r"jest|są|został[aoy]?|zostały|będzie",
        in_favour=r"wszyscy (?:\w+ )?za",
        no_objection=r"brak sprzeciwu|bez sprzeciwu|nikt się nie sprzeciwił",
        doubt=r"następnym razem|jeśli|jeżeli|czy|powinn\w+|może|mogą|musi|muszą|mógłby|jeszcze nie"
        r"|nie (?:został\w*|jest|podjęto)"
        r"|(?:rok|lata|lat) temu|gdy|gdyby|trzeba|należy|proponuje|zapytał\w*|w zeszłym roku|będzie",
    ),
    "Catalan": Words(
        common="reunió votació el la els les és i amb per una dels que del",
        matter=r"moció|mocions|propost(?:a|es)|resolució|act(?:a|es)|ordre del dia",
        result=r"aprova(?:t|da|ts|des)|rebutja(?:t|da|ts|des)|accepta(?:t|da|ts|des)|adopta(?:t|da|ts|des)",
        firm=r"aprova(?:t|da|ts|des)|rebutja(?:t|da|ts|des)",
        how=r"per (?:unanimitat|majoria|assentiment)|unànimement",
        body=r"(?:el|la|els) (?:comitè|consell|junta|assemblea|grup|equip|comissió|socis|membres)"
        r"|l['’]assemblea|tothom"
        r"|tots|nosaltres",
        decides=r"decid(?:eix|eixen|im)|acord(?:a|en|em)|aprov(?:a|en|em)|va (?:decidir|acordar|aprovar)"
        r"|ha (?:decidit|acordat|aprovat)"
        r"|rebutja",
        impersonal=r"s['’](?:acorda|aprova|ha acordat|ha aprovat|ha decidit|aproven)|es (?:decideix"
        r"|va decidir|rebutja)"
        r"|queda(?:en)? (?:\w+ )?aprova(?:t|da)",
        agreement=r"decisió de|(?:la )?decisió és (?:de |que )?|(?:hi ha )?(?:acord|consens) (?:en|per"
        r"|de) ?(?:que)?",
        poll=r"votació|sondeig|a mà alçada",
        sides=r"a favor|en contra|abstenci(?:ó|ons)|sí|no",
        delayed=r"ajorna(?:t|da|ts|des)|posposa(?:t|da|ts|des)",
        is_=r"és|són|ha estat|han estat|queda|queden|va ser|s['’]",
        in_favour=r"(?:tothom|tots|totes) (?:\w+ )?a favor",
        no_objection=r"sense objeccions|cap objecció",
        doubt=r"la propera vegada|si|cal|caldrà|hauria(?:n)?|haurien|podria(?:n)?|encara no|no (?:s['’]|es"
        r"|ha|han)|quan|potser|suggereix"
        r"|serà|seran|falta|demana|l['’]any passat",
    ),
}
