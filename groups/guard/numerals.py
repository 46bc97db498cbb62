"""Words for numbers below a hundred, as they are said one after the other in a telephone number.

By language, from nought to nine, then ten to nineteen, then the tens, in the order of counting; a
stroke parts what is said in several ways. Laid flat, they become one table of word to figures."""

from groups.guard.flat import laid_flat

COUNTING = """
    zero/oh/nought/naught/nil/ziro one/wun two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    null eins/ein zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
    cero uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve
    zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dixsept dixhuit dixneuf
    zero um/uma dois/duas três quatro cinco seis/meia sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove
    zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove
    nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien
    zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście
    ноль/нуль один/одна два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать
    нуль один два/дві три чотири пять/п'ять шість сім вісім девять/дев'ять десять одинадцять дванадцять тринадцять чотирнадцять пятнадцять шістнадцять сімнадцять вісімнадцять девятнадцять
    sıfır bir iki üç dört beş altı yedi sekiz dokuz
    صفر واحد/واحدة اثنان/اثنين/اثنا ثلاثة/ثلاث اربعة/أربعة/اربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة
    〇/零/ゼロ/洞 一/幺 二/两/兩 三 四 五 六 七 八 九
    영/공 일 이 삼 사 오 육 칠 팔 구
"""
TENS = """
    twenty thirty forty/fourty fifty sixty seventy eighty ninety
    zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig
    veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa
    vingt trente quarante cinquante soixante septante huitante/octante nonante
    vinte trinta quarenta cinquenta sessenta setenta oitenta noventa
    venti trenta quaranta cinquanta sessanta settanta ottanta novanta
    twintig dertig veertig vijftig zestig zeventig tachtig negentig
    dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt
    двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто
    двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто
    yirmi otuz kırk elli altmış yetmiş seksen doksan
"""
TIMES = {"double": 2, "dubble": 2, "doppel": 2, "doble": 2, "triple": 3, "treble": 3, "zweimal": 2, "dreimal": 3}
HUNDREDS = {"hundred": "00", "hundert": "00", "cien": "00", "cent": "00", "cento": "00", "thousand": "000", "tausend": "000", "mil": "000", "mille": "000"}
BETWEEN = set("and then dash space minus hyphen slash plus und dann y luego et puis e poi en i и потом і ve dot".split())  # said between figures


def _figures():
    table = {}
    for line in COUNTING.strip().splitlines():
        for value, words in enumerate(line.split()):
            table |= {laid_flat(word): str(value) for word in words.split("/")}
    for line in TENS.strip().splitlines():
        for value, words in enumerate(line.split(), 2):
            table |= {laid_flat(word): str(value * 10) for word in words.split("/")}
    for units, tens in (("ein zwei drei vier fünf sechs sieben acht neun", 1), ("een twee drie vier vijf zes zeven acht negen", 6)):
        names = TENS.strip().splitlines()[tens].split()
        for unit, word in enumerate(units.split(), 1):  # vierunddreissig, vierendertig
            link = "und" if tens == 1 else "en"
            table |= {laid_flat(word + link + ten): str(value * 10 + unit) for value, ten in enumerate(names, 2)}
    return table


FIGURES = _figures()
WIDE = {word for word in FIGURES if word[0] >= "\u3007"}  # written without spaces: Chinese, Japanese, Korean
