"""What makes a sentence that names a service an invitation: something in it asks, nothing in it tells.

The listed phrases (english.py, languages.py) are certain by themselves; these cues are for all the ways
nobody listed. Each language has its own: telling in German does not excuse asking in English."""

ASKING = {
    "en": r"let (?:s|us)|we (?:could|can|should|might|ll|will)|you (?:can|could|ll|will find|may|should)|(?:are|do|does|can|could|will|would|have|shall) (?:you|u|ya|any of you|anyone|anybody|someone|we)"
          r"|(?:anyone|anybody|who|whos)(?: s| is| else| of you)? (?:up|wants|want|on|fancy|for|keen|down|interested|in|here|has|uses)|hop on|hmu|slide|my dms|(?:send|give|drop|shoot|hit|ping|buzz|poke|tag) (?:me|us)"
          r"|(?:find|add|text|message|msg|write|dm|pm|contact|call|follow|reach|catch|chat|talk|meet|join|see|get)(?: to| with)? (?:me|us)|(?:add|follow|join|try|check|use|visit) (?:my|our)|come (?:to|over|on|find|join|and)"
          r"|(?:you|u|ya|your)(?: \w+){0,3} (?:on|over|via|through|in) (?:the |my |our )?[#%]|wanna|want to (?:talk|chat|meet|join|move)|if you (?:want|like|need|wish|feel|are|re)|ask me|the link|an invite|setting up|i (?:made|run|host|am making|m making|am starting|m starting) an?|(?:with|for|to) you(?: all| guys)?|for (?:us|all of us)|carry on|reachable|i (?:can|will|ll|could) (?:call|text|message|add|write|send|dm) (?:you|u)|which of you|who here|request|subscribe to|check me out|connect with me|my (?:dms|inbox|door)|we (?:all )?(?:hang out|hang|chat|talk|meet)(?: \w+){0,2} (?:on|in|over) (?:the )?[#%]|your [#%]",
    "de": r"lasst? (?:uns|mal)|(?:dir|dich|euch|du)(?: \w+){0,3} (?:auf|bei|über|per|in) [#%]|wollen wir|(?:hast|bist|kannst|willst|magst|nutzt|findest|erreichst) du|(?:hat|will|mag) (?:wer|jemand)|(?:habt|seid|könnt|wollt|findet) ihr|schreibt? (?:mir|mich|uns)|melde?t? (?:dich|euch)|finde?t? mich|kommt?|adde?t? mich|sucht? mich"
          r"|fügt? mich|wer (?:hier |von euch |noch )?(?:hat|will|ist|mag|nutzt|benutzt)|deinen?|eure|mit (?:dir|euch)|folgt? mir|(?:als|unter) demselben namen|privat|gehen wir",
    "es": r"(?:escri|busca|agrega|añade|contacta|habla|llama|sigue|manda|encuentra|pasa)\w{0,3}me|(?:te|les|os) (?:doy|paso|mando|agrego|escribo|busco|espero|dejo)|tu [#%]|(?:te|les|os|tú|ustedes)(?: \w+){0,2} (?:en|por|al) [#%]|tienes|tienen|tenéis|usas|quién(?:es)? (?:de ustedes |de vosotros )?(?:tiene|tienen|quiere|usa|está|están)|hablamos|hablemos|sigamos|seguimos|vamos|nos vemos|únete|únanse|charlamos",
    "fr": r"(?:écris|écrivez|ajoute|ajoutez|trouve|retrouve|retrouvez|rejoins|rejoignez|contacte|contactez|appelle|parle|cherche|suis|envoie) (?:moi|nous)|tu (?:me|m|peux|as|es|veux)|vous (?:me|m|pouvez|avez|êtes)|(?:ton|votre) [#%]|(?:te|t|vous|toi)(?: \w+){0,2} (?:sur|par|via) [#%]|on (?:se|continue|parle|discute|peut|pourrait|s)|qui (?:ici |parmi vous |d entre vous )?(?:a|est|veut|utilise)|viens|venez|voici|je (?:te|vous)",
    "it": r"(?:scrivi|cerca|aggiungi|trova|contatta|segui|chiama|manda|passa)(?:te)?(?:mi|ci)|ci (?:sentiamo|vediamo|scriviamo|troviamo)|hai|avete|sei|siete|usi|chi (?:di voi |qui )?(?:ha|vuole|usa|e)|(?:ti|vi|ci)(?: \w+){0,2} su [#%]|ti (?:do|mando|passo|scrivo|aggiungo|aspetto)|tuo [#%]|vieni|venite|parliamo|sentiamoci|spostiamoci",
    "pt": r"(?:te|você|vocês)(?: \w+){0,2} (?:no|na|pelo) [#%]|me (?:ajoute|adicione|procure|escreva|mande|ligue|siga|chame|chama|add|adiciona|procura|acha|segue|manda|escreve|encontra|liga)|chama|vamos|bora|(?:você|vocês|alguém|quem|quem aqui|quem de vocês) (?:tem|usa|está|quer)|te (?:chamo|mando|passo|adiciono|espero)|(?:seu|teu) [#%]|vem|entra",
    "nl": r"(?:app|bel|schrijf|zoek|vind|volg|stuur|voeg|contacteer) (?:me|mij)|(?:heb|ben|zit|kun|wil|gebruik) je|(?:hebben|zijn|zitten) jullie|wie (?:hier |van jullie )?(?:heeft|wil|zit)|laten we|zullen we|(?:je|jouw) [#%]|kom|met (?:jou|jullie)|(?:je|jullie)(?: \w+){0,2} op [#%]|je vindt me",
    "pl": r"(?:napisz|pisz|dzwoń|zagadaj|zapraszam|dodaj|znajdź|szukaj|zadzwoń|dawaj|chodź|wbijaj|podaj|odezwij)(?:cie)?|(?:ci|cię|was|wam)(?: \w+){0,2} na [#%]|masz|macie|jesteś|kto (?:z was |tu )?(?:ma|jest|chce)|pogadajmy|pogadamy|spotkajmy|twój",
    "ru": r"(?:на)?пиши(?:те)?|найди(?:те)?|ищи(?:те)?|добав(?:ь|ьте|ляи\w*)|стучи\w*|(?:тебя|тебе|тобой|вас|вам)(?: \w+){0,2} (?:в|на) [#%]|давай(?:те)?|го|погнали|пошли|заходи(?:те)?|переходи\w*|(?:у кого|кто|кто из вас|кто тут|ты|вы) (?:есть|сидит|хочет)|скин(?:ь|ьте)|кинь|жду|спишемся|созвонимся|поговорим|пообщаемся|твой|ваш",
    "uk": r"(?:на)?пиш(?:и|іть)|знайд(?:и|іть)|додай(?:те)?|шукай(?:те)?|давай(?:те)?|заходь(?:те)?|скинь|поговорімо|поговоримо|твій",
    "tr": r"yaz(?:ın|sana)?|ekle(?:yin)?|ulaş\w{0,3}|bul(?:un)?|konuşalım|gel(?:in)?|var mı|görüşelim|takip et",
    "ar": r"راسل(?:ني|وني)|كلم(?:ني|وني)|تعال\w*|نتكلم|خلين\w*|اضف\w+|ضيف\w*|تواصل\w*|ابحث|عندك\w*|لديك|حسابي|نتواصل|تابع\w*",
}
TELLING = {
    "en": r"he|she|they|him|her|his|hers|their|them|people|women|men|man|woman|guys|husband|wife|kids?|daughter|son|mother|father|sister|brother|friends?(?! request| on| with)|stranger|strangers|someone|somebody|was|were|had|did|used to|told|said|asked|wrote|found|left|lost|gave|hid|saw|met|went|kept|got|felt|thought|knew|made me|never|not|t|no|nobody|stop|quit|without|cannot|since|until|ago|yesterday|(?:last|every|each) (?:night|time|week|month|year|one)|(?!need)\w{2,}ed|afraid|scared|urges?|triggers?|addict\w*|therapist|sponsor|myself",
    "de": r"er|sie|ihm|mann|frau|hat mir|hatte|war|waren|habe|hab|wurde|ge\w{2,}(?:t|en)|nicht|keine?n?|nie|immer|früher|damals|seit|sponsor",
    "es": r"él|ella|ellas|ellos|esposo|esposa|marido|mujeres|borré|era|estaba|fue|había|no|nunca|desde|siempre|\w{3,}aba|solo|padrino",
    "fr": r"il|elle|ils|elles|mari|femmes?|ai|avait|était|jamais|ne|n|pas|depuis|supprimé|parrain",
    "it": r"lui|lei|marito|moglie|ho|aveva|era|non|mai|scriveva|sponsor",
    "pt": r"ele|ela|marido|esposa|não|nunca|apaguei|era|estava|tinha|atenção",
    "nl": r"hij|zij|man|vrouw|heeft|had|was|niet|geen|nooit|ge\w{3,}d|verwijderd",
    "pl": r"on|ona|mąż|żona|miał|miała|pisał|usun\w+|nie|nigdy|było|był",
    "ru": r"он|она|они|муж|жена|удали\w+|был\w*|писал\w*|не|никогда|сидел\w*|спонсор\w*",
    "uk": r"він|вона|чоловік|дружина|видал\w+|був|була|писав|не|ніколи",
    "tr": r"kocam|karım|\w+(?:d[ıiuü]m|t[ıiuü]m|yordu|yordum)",
    "ar": r"كان\w*|زوجي|زوجتي|حذفت|كنت|لا|لم",
}
# A question that names a service asks, unless somebody tells or asks it of themselves, or of staying away.
TO_ONESELF = r"i|me|my|ich|mich|yo|mi|je|moi|mon|io|eu|ik|я|мне|ben|why|how|off|delete\w*|deleting|block\w*|without|away|slip|app|feel|sick|quit|stop|hate|afraid|addicted|after|warum|wie|por qué|pourquoi|perché|miss|helps?"
# Your number, give me a number: by themselves, whatever else is said.
YOURS = (
    r"(?:your|ur) (?:phone |cell |mobile |private )?(?:number|socials|username|email|e mail|insta)(?! (?:one|two|is up|came))",
    r"(?:deine|deiner|tu|su|ton|teu|seu|tuo|je|jouw|twój|swój|твой|свой|твій|свій) (?:phone |cell |handy)?(?:nummer|handynummer|telefonnummer|número|telefonnr|numéro|telefono|teléfono|telefone|numero|numer|telefoon|номер|телефон|contato|contacto|contatto)(?! (?:one|two|de d|uno|de j))",
    r"(?:gib|schick|dame|pásame|donne|passa|passe|podaj|daj|wyślij|dawaj|дай|кинь|скинь|пришли|stuur|geef|ver) (?:mal |mi |me |moi |mir |мне |il |o |le |un )?(?:nummer|numero|número|numéro|numer|номер|телефон|nummertje)",
    r"(?:numaranı|numaranızı|رقمك|رقم هاتفك|حسابك)",
    r"(?:nach|por|per|voor|o|um) (?:meiner|mi|mon|mio|meu|mijn|mój) (?:nummer|handynummer|telefonnummer|número|numéro|numero|numer)",
)
