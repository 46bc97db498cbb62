"""Where people are invited to: services by the names they go by, and providers of mail.

The names in NAMES are names and nothing else. Those in WORDS are ordinary words or letters as well (a
signal, a line), so they count only where a phrase leaves no doubt."""

NAMES = """
    telegram telegramm telegrama telega tlgrm whatsapp whatsap watsapp watsap wattsapp whatsup wassap wasap wpp zapzap snapchat snapch snapie snapa instagram insta
    facebook fbook messenger discord skype viber wechat weixin kik kikmessenger threema facetime imessage hangouts tiktok twitter reddit tumblr vkontakte
    onlyfans grindr tinder bumble feeld fetlife omegle kakaotalk kakao zalo icq teamspeak twitch steam whisperapp wickr wickrme
    qq wx vx vk fb youtube linkedin pinterest
    телеграм телеграмм телеграмме телега телегу телеге телегe тг тгшка инст инстаграм инстаграмм инстаграме инста инсту инсте ватсап вотсап ватсапп вацап вайбер вайбере
    дискорд скайп снапчат снап вк вконтакте вконтакті фейсбук директ тикток телеграмі інстаграм інсту інста вотсапп вайбері
    واتساب واتس الواتساب الواتس تلغرام تلجرام تيليجرام تليجرام التلغرام التيليجرام انستغرام انستقرام انستا الانستا انستجرام سناب سنابشات السناب ديسكورد فيسبوك مسنجر
    微信 薇信 威信 电报 電報 飞机号 小红书 抖音 推特 脸书 ライン インスタ テレグラム ディスコード カカオ カカオトーク ツイッター スナチャ 카톡 카카오톡 텔레그램 인스타 디스코드
""".split()
WORDS = "signal line snap zoom wire session element matrix threads ig tg dc wa whats zap teams meta x gram tele sc".split()
PICTURED = (  # an app by its picture: the bird app, the green app
    "bird ghost plane paper camera green blue yellow purple pink red little other well known you know which airplane rocket phone speech bubble".split()
)
PROVIDERS = (
    "gmail googlemail hotmail outlook yahoo ymail icloud proton protonmail gmx aol zoho tutanota tuta mailru yandex wp onet libero orange laposte "
    "posteo mailbox fastmail яндекс гмейл гмаил".split()
)
# Words that stand after the name of a service in ordinary talk, and are nobody's name there.
ORDINARY = set("""
    a an and or but the it its is was were are am be been being i me my mine you your he him his she her hers they them their we us our this that these those there here
    gone deleted blocked off on out in at to for of by with from into about after before until since because so if when while where who what why how than then
    now never always still not no yes again too also only just even more most less very full empty closed open locked private public always again already
    all every each some any nothing everything something anything none one two three four five ten half once twice first last next
    night day days week month year today yesterday tonight tomorrow morning evening work home school times time hours hour minutes
    account accounts app apps page pages profile password passwords name names message messages messaging group groups chat chats chatting photo photos video videos story stories
    addiction problem problems habit trigger triggers use user users using scrolling people women men girls boys strangers friends wife husband
    makes made make makes shows showed gives gave took takes took keeps kept got gets has had have does did do will would can could should may might must
    deleting leaving left open opened opening installed uninstalled hurts hurt scares scared feels felt helps helped sounds seems lets
    or und oder aber ist war sind bin bei auf aus weg geloescht gelöscht geloscht y o pero es era fue esta con sin no ya et ou mais est etait c etait fini e ou mas era ed ma non era
    i или и а но это был была было удалил удалила нет в на с не и або але це було не من في على كان و لا ثم
    och en maar niet i ale nie jest bylo byl ve da degil cok bir
    later please course thing things bad good better worse best enough fine great hard easy dangerous safe
""".split())
