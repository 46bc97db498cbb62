"""How people ask to be met elsewhere in other languages, as they stand in a line of words (see
reading.py), or, where words are not set apart by spaces, in the flat text itself.

Only forms that ask are listed (write to me, escríbeme): what somebody did is told with other ones.
Written with their accents; they are laid flat like the text they are looked for in."""

ASKED = {
    "de": (
        r"schreib(?:e|t|en sie)? (?:mir|uns|mich)(?: \w+){0,2} (?:auf|bei|über|in|per|via) APP",
        r"(?:find(?:e|et)?|such(?:e|t)?|add(?:e|et)?|kontaktier(?:e|t)?|erreich(?:e|t)?|folg(?:e|t)?) (?:mich|mir|uns) (?:auf|bei|über|in|per|via) APP",
        r"(?:findest du|findet ihr|erreichst du|erreicht ihr) mich (?:\w+ )?(?:auf|bei|über|in|per) APP",
        r"(?:schreib|schreibt|ruf|chatten|reden|treffen)(?: (?:doch|mal|einfach|gern|wir|uns|an)){0,3} (?:auf|bei|über|in) APP",
        r"füg(?:e|t)? mich (?:\w+ ){0,2}(?:auf|bei|in) APP",
        r"(?:gleicher|selber|derselbe|gleichen|selben) (?:name|nick|nickname|namen|benutzername) (?:auf|bei|in) APP",
        r"(?:komm|kommt) (?:\w+ ){0,2}(?:in|auf|zu) (?:\w+ )?APP",
        r"(?:hast du|habt ihr|hat jemand|hat wer|bist du|seid ihr|ist jemand|ist wer|benutzt du|nutzt du) (?:auch |hier |eigentlich )?(?:auf |bei )?APP",
        r"(?:lass uns|lasst uns|wollen wir|können wir|sollen wir|wir können) (?:\w+ ){0,3}(?:auf|bei|über|in|per|via|zu) APP",
        r"meld(?:e|et)? (?:dich|euch) (?:\w+ ){0,2}(?:auf|bei|über|in|per) APP",
        r"(?:gib|gebt|schick|schickt|sag) mir (?:mal )?(?:deine|eure|dein) (?:nummer|handynummer|telefonnummer|mail|mailadresse|adresse|APP)",
        r"(?:geb|gebe|schick|schicke) (?:dir|euch) meine? (?:nummer|handynummer|telefonnummer|mail|mailadresse|adresse|APP)",
        r"(?:meine|die) (?:handynummer|telefonnummer|nummer) (?:ist|lautet) (?:die )?\d",
        r"(?:nummern|handynummern) (?:aus)?tauschen",
    ),
    "es": (
        r"(?:escríbeme|escribeme|escríbanme|escribidme|háblame|hablame|contáctame|mándame (?:\w+ )?mensaje|llámame) (?:\w+ ){0,1}(?:por|en|al|a|vía) (?:el |mi )?APP",
        r"(?:búscame|buscame|encuéntrame|agrégame|añádeme|sígueme|síganme|búsquenme|agréguenme) (?:por|en|al) (?:el )?APP",
        r"(?:mismo|igual) (?:nombre|nick|usuario) (?:por|en) APP",
        r"(?:me (?:puedes|pueden|podéis) (?:encontrar|escribir|buscar|hablar)|puedes (?:encontrarme|escribirme|buscarme|hablarme)) (?:por|en) APP",
        r"(?:tienes|tenéis|tienen|alguien tiene|usas) APP",
        r"(?:pásame|pasame|dame|mándame) tu (?:número|numero|teléfono|correo|contacto|APP)",
        r"(?:te (?:paso|doy|mando)|aquí (?:está|tienes)|este es) mi (?:número|teléfono|correo|contacto|APP)",
        r"(?:hablamos|hablemos|seguimos|sigamos|vamos) (?:mejor )?(?:por|en|al|a) APP",
        r"(?:únete|unanse|únanse|ven) (?:a|al) (?:mi |nuestro |grupo de |mi grupo de |nuestro grupo de )APP",
    ),
    "fr": (
        r"(?:écris|écrivez|parle|contacte|contactez|appelle|envoie) (?:moi|nous)(?: \w+){0,2} (?:sur|par|via|en) APP",
        r"(?:ajoute|ajoutez|retrouve|retrouvez|rejoins|rejoignez|cherche|cherchez|trouve|trouvez|suis|suivez) (?:moi|nous) (?:sur|dans|via) (?:mon |ma |le |notre )?APP",
        r"(?:même|meme) (?:pseudo|nom|nick|identifiant) (?:sur) APP",
        r"(?:tu peux|vous pouvez) (?:me|m) (?:trouver|écrire|joindre|ajouter|retrouver|contacter) (?:sur|par|via) APP",
        r"(?:tu as|t as|vous avez|as tu|avez vous|quelqu un a|c est quoi ton) APP",
        r"(?:donne|donnez|envoie|passe) (?:moi )?(?:ton|votre) (?:numéro|tel|téléphone|mail|adresse|APP)",
        r"(?:je (?:te|vous) (?:donne|passe|envoie)|voici|voilà) mon (?:numéro|tel|téléphone|mail|adresse|APP)",
        r"(?:on (?:se )?(?:parle|continue|retrouve|discute)|parlons|continuons) (?:\w+ ){0,1}(?:sur|par|via) APP",
    ),
    "pt": (
        r"(?:me )?(?:chama|chame|adiciona|adicione|procura|procure|manda|escreve|escreva|segue|encontra|acha)(?: me)? (?:\w+ )?(?:no|na|pelo|em|por) APP",
        r"chama (?:no|lá no) APP",
        r"(?:mesmo|o mesmo) (?:nome|nick|usuário) (?:no|em|na) APP",
        r"(?:você|vocês|alguém) (?:tem|têm|usa) APP",
        r"(?:me )?(?:passa|dá|manda|passe) (?:o )?(?:seu|teu) (?:número|telefone|zap|contato|APP)",
        r"(?:te|vou te|vos) (?:passo|passar|dou|mando) (?:o )?meu (?:número|telefone|contato|APP)",
        r"(?:vamos|bora) (?:conversar |falar |continuar )?(?:no|pelo|pro|para o) APP",
    ),
    "it": (
        r"(?:scrivimi|scrivetemi|cercami|cercatemi|aggiungimi|aggiungetemi|trovami|trovatemi|contattami|seguimi|chiamami) (?:\w+ )?(?:su|in|via|con|per) APP",
        r"(?:stesso|lo stesso) (?:nome|nick|nickname) su APP",
        r"(?:mi trovi|mi trovate|puoi trovarmi|puoi scrivermi) su APP",
        r"(?:hai|avete|qualcuno ha|usi) APP",
        r"(?:dammi|mandami|passami) il tuo (?:numero|telefono|contatto|indirizzo|APP)",
        r"(?:ti (?:do|mando|passo)|ecco) il mio (?:numero|telefono|contatto|indirizzo|APP)",
        r"(?:parliamo|sentiamoci|continuiamo|vediamoci) (?:\w+ )?su APP",
    ),
    "nl": (
        r"(?:app|bel|schrijf|zoek|vind|volg|contacteer|mail) (?:me|mij) (?:\w+ )?(?:op|via|in) APP",
        r"voeg (?:me|mij) (?:\w+ )?toe (?:op|via|in|aan) APP",
        r"stuur (?:me|mij) (?:\w+ ){0,2}(?:op|via|in) APP",
        r"(?:zelfde|dezelfde) (?:naam|nick) op APP",
        r"(?:heb je|hebben jullie|heeft iemand|zit je op|ben je op) APP",
        r"geef (?:me|mij) (?:je|jouw) (?:nummer|adres|APP)",
        r"je kunt (?:me|mij) vinden op APP",
    ),
    "pl": (
        r"(?:napisz|napiszcie|pisz|piszcie|odezwij się|zadzwoń) (?:do )?(?:mnie|nas|mi) (?:na|przez|w) APP",
        r"(?:dodaj|dodajcie|znajdź|znajdźcie|szukaj|złap) (?:mnie|nas) (?:na|w) APP",
        r"(?:ta sama nazwa|ten sam nick|taki sam nick) na APP",
        r"(?:masz|macie|ktoś ma|jesteś na) APP",
        r"(?:daj|podaj|wyślij) (?:mi )?(?:swój|twój) (?:numer|telefon|mail|APP)",
        r"(?:pogadajmy|pogadamy|przejdźmy|spotkajmy się) (?:\w+ )?na APP",
    ),
    "ru": (
        r"(?:на)?пиши(?:те)? (?:мне )?(?:\w+ )?(?:в|на|через|по) (?:APP|личку|личные|лс|личке)",
        r"(?:найди|найдите|ищи|ищите|добавь|добавьте|добавляй|добавляйте|набери|позвони) (?:меня |мне )?(?:в|на|по) APP",
        r"(?:добавляйся|добавляйтесь|стучи|стучись|заходи|заходите|подпишись|пошли|переходи) (?:ко мне )?(?:в|на) (?:\w+ )?APP",
        r"(?:такой же|тот же|это же) (?:ник|имя) (?:в|на) APP",
        r"(?:давай|давайте) (?:\w+ ){0,2}(?:в|на) APP",
        r"(?:дай|дайте|скинь|скиньте|кинь|пришли) (?:мне )?(?:свой|твой|ваш) (?:номер|телефон|адрес|APP)",
        r"(?:есть|ты есть|вы есть|у тебя есть|у кого есть) (?:в )?APP",
        r"(?:вот|скину|дам|держи) (?:тебе )?мой (?:номер|телефон|адрес|APP)",
        r"меня можно найти (?:в|на) APP",
    ),
    "uk": (
        r"(?:на)?пиш(?:и|іть) (?:мені )?(?:\w+ )?(?:в|у|на|через) (?:APP|приват|особисті|лс)",
        r"(?:знайди|знайдіть|додай|додайте|шукай|шукайте) (?:мене )?(?:в|у|на) APP",
        r"(?:такий самий|той самий) нік (?:в|у|на) APP",
        r"(?:давай|давайте) (?:\w+ ){0,2}(?:в|у|на) APP",
        r"(?:дай|скинь) (?:мені )?(?:свій|твій) (?:номер|телефон|APP)",
    ),
    "tr": (
        r"(?:bana |beni |benimle )?APP (?:\w{1,4} |üzerinden |hesabımdan ){0,2}(?:bana |beni |benimle )?(?:yaz|yazın|yazsana|ekle|ekleyin|ulaş|ulaşın|bul|bulun|konuşalım|mesaj at|takip et|arayın|ara)",
        r"(?:numaranı|telefonunu|numaranızı) (?:ver|verir misin|yaz|at)",
        r"APP (?:adresini|hesabını|numaranı|adını) (?:ver|yaz|at|söyle)",
        r"APP (?:\w{1,3} )?(?:var mı|kullanıyor musun|adresin ne)",
    ),
    "ar": (
        r"(?:راسلني|راسلوني|كلمني|كلموني|اضفني|أضفني|ضيفني|ضيفوني|تابعني|ابحث عني|تواصل معي|تواصلوا معي|حدثني|احكيلي|جدني)(?: \w+){0,2} (?:على|في|عبر|ع|بال|من خلال) APP",
        r"(?:عندك|لديك|هل لديك|عندكم|هل عندك) APP",
        r"(?:اعطني|أعطني|ارسل لي|هات) (?:رقمك|رقم هاتفك|حسابك)",
        r"(?:هذا|هاي) رقمي",
    ),
}
VAGUE = {
    "de": (r"schreib(?:t|e)? mir (?:später|nachher|danach|privat|mal)", r"(?:woanders|privat|unter vier augen|anderswo) (?:reden|sprechen|treffen|weiter|schreiben)"),
    "es": (r"(?:escríbeme|llámame|háblame) (?:luego|después|más tarde|mañana)", r"(?:hablamos|hablemos|hablar) (?:\w+ )?en (?:privado|otro lado|otra parte)"),
    "fr": (r"(?:écris|appelle|contacte) moi (?:plus tard|après|demain|en privé)", r"(?:parle|parler|parlons|discute|voit|continue) (?:\w+ )?(?:en privé|ailleurs)"),
    "it": (r"(?:scrivimi|chiamami) (?:dopo|più tardi|domani|in privato)", r"(?:parliamo|sentiamoci|vediamoci) (?:in privato|altrove|fuori)"),
    "pt": (r"me (?:chama|liga|escreve) (?:depois|mais tarde|no privado|amanhã)", r"(?:falar|conversar|falamos|vamos) (?:\w+ )?(?:no privado|em outro lugar)"),
    "nl": (r"(?:app|bel|schrijf|stuur) me (?:later|straks|morgen|even)", r"(?:ergens anders|privé) (?:praten|verder)"),
    "pl": (r"(?:napisz|zadzwoń|odezwij się) (?:do mnie |mi )?(?:później|potem|jutro|prywatnie)", r"(?:pogadajmy|porozmawiajmy) (?:gdzie indziej|prywatnie)"),
    "ru": (r"(?:на)?пиши(?:те)? мне (?:потом|позже|после|завтра|лично)", r"(?:поговорим|пообщаемся|встретимся) (?:в другом месте|лично|наедине|в личке)"),
    "uk": (r"(?:на)?пиш(?:и|іть) мені (?:потім|пізніше|після)", r"(?:поговоримо|зустрінемось) (?:в іншому місці|деінде|особисто)"),
    "tr": (r"(?:bana|beni) (?:sonra|daha sonra) (?:yaz|ara|mesaj at)", r"başka (?:yerde|bir yerde) (?:konuş|görüş|buluş)"),
    "ar": (r"(?:راسلني|كلمني) (?:لاحقا|بعدين|بعد)", r"(?:نتكلم|نتحدث) (?:على انفراد|في مكان اخر|خاص)"),
}
# Looked for in the flat text; APP stands for the name of a service.
UNSPACED = (
    r"(?:加|搜|找|联系)(?:我|个|一下|你)?的? ?(?:一下)?(?:APP|微|薇|v信|扣扣)",
    r"加我",
    r"(?:APP|微) ?上?(?:聊|私聊|找我|联系我|加我|见|群里聊)",
    r"在 ?(?:APP) ?(?:上)?(?:找我|加我|联系我|聊|等我)",
    r"(?:留|给|发)(?:我|个|一个|下)?(?:你的)?(?:APP|电话|手机号|联系方式|微信号|邮箱)",
    r"(?:你|谁)有 ?(?:APP)(?:吗|么)",
    r"你的? ?(?:APP|手机|电话) ?(?:号码?|帐号|账号|名字?|id)? ?(?:是|叫|呢|多少)",
    r"加群|进群|拉你进|扫码加|私我|私聊我|联系方式(?:是|给)",
    r"(?:APP) ?(?:を|は)? ?(?:やって|使って|持って|して)(?:い?る|い?ます|い?ません)か? ?[?？。!！]",
    r"(?:APP).{0,12}(?:フォローして|友達になって|追加して|連絡ください|DMして)",
    r"(?:APP) ?(?:아이디|친추|친구 ?추가|주세요|할래|알려)",
    r"(?:进|来)(?:我的|我们的)? ?(?:APP) ?群",
    r"(?:APP) ?で ?(?:話|連絡|つなが|繋が|会お|会い|送って|待って|友達|トーク|通話|やりとりしよう|やり取りしよう|フォローして)",
    r"(?:APP) ?に ?(?:連絡して|メッセージ|来て|送って|追加して)",
    r"(?:APP) ?(?:を|の)? ?(?:ID)?(?:を)? ?(?:交換|教えて|教える|追加して)",
    r"(?:電話番号|連絡先|メアド)(?:を)?(?:交換|教えて|教える)",
    r"(?:APP) ?(?:으로|로|에서) ?(?:연락|얘기|이야기|대화|만나|찾아)",
)
UNSPACED_VAGUE = (r"私信我|私聊|换个地方(?:聊|说)|别的地方(?:聊|说)", r"別の(?:場所|ところ)で(?:話|会)|(?:あとで|後で)(?:連絡|メッセージ)して")
UNSPACED_NAMES = (
    "微信 薇信 wechat weixin vx wx qq 电报 電報 telegram tg line whatsapp discord skype instagram insta facebook snapchat kakao ライン インスタ テレグラム ディスコード "
    "カカオ ツイッター twitter スカイプ 카톡 카카오톡 텔레그램 인스타 디스코드 推特 脸书 抖音 小红书"
).split()
