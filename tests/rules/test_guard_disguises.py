"""Each disguise by itself, what it is found as, and what looks like one and passes."""

import pytest

from groups.guard.finding import KINDS, LABELS, STRICTNESS, find
from groups.guard.flat import flatten


def kinds(words, strictness="usual"):
    return {one.kind for one in find(words, strictness)}


@pytest.mark.parametrize("written, flat", [
    ("Ｔｅｌｅｇｒａｍ", "telegram"), ("𝓽𝓮𝓵𝓮𝓰𝓻𝓪𝓶", "telegram"), ("ⓣⓔⓛⓔ", "tele"), ("🅸🅽🆂🆃🅰", "insta"), ("ᴛᴇʟᴇ", "tele"), ("tëlégràm", "telegram"),
    ("te\u200ble\u2060gram", "telegram"), ("t\u0336e\u0336l\u0336e\u0336", "tele"), ("Τelegram", "telegram"), ("chаtrооm.соm", "chatroom.com"), ("٠٧٧٠", "0770"),
    ("०७७०", "0770"), ("⓪⑦❼", "077"), ("0️⃣7️⃣", "07"), ("t e l e g r a m", "telegram"), ("t-e-l-e", "tele"), ("f i n d  m e", "find me"), ("a。com", "a.com"),
    ("insta👉tom", "insta:tom"), ("a🙂b", "a b"), ("Мой ник", "мои ник"), ("0 7 7 0", "0 7 7 0"), ("1-2-3-4", "1-2-3-4"), ("", ""), ("\u200b", ""), ("ガ", "ガ"),
])
def test_a_text_is_laid_flat(written, flat):
    laid = flatten(written)
    assert laid.text == flat
    assert len(laid.places) == len(laid.text)


@pytest.mark.parametrize("words, kind", [
    ("see https://example.org/x", "link"), ("hxxp://example[.]org", "link"), ("www.example.org", "link"), ("example dot org", "link"), ("example (dot) com", "link"),
    ("example punkt de", "link"), ("example ポ example ドット com", "link"), ("t.me/tom_k", "link"), ("discord.gg/x8f", "link"), ("e x a m p l e . c o m", "link"),
    ("tom@example.org", "email"), ("tom at gmail dot com", "email"), ("tom[at]gmail[dot]com", "email"), ("tom arroba hotmail punto com", "email"),
    ("tom klammeraffe gmx punkt de", "email"), ("том собака яндекс точка ру", "email"), ("moc.liamg@mot", "email"), ("tom@gm\u200bail.com", "email"),
    ("07700 900123", "phone"), ("0 7 7 0 0 9 0 0 1 2 3", "phone"), ("٠٧٧٠٠٩٠٠١٢٣", "phone"), ("oh double seven double oh nine double oh one two three", "phone"),
    ("O77OO 9OO l23", "phone"), ("0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣", "phone"), ("null eins sieben sechs null null vier null null", "phone"), ("07700\n900\n123", "phone"),
    ("幺三八零零五五五零一四三", "phone"), ("+1 202 555 0143", "phone"), ("(202) 555-0143", "phone"), ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "phone"),
    ("@quiet_tom77", "handle"), ("insta: quiettom", "handle"), ("my telegram is quiettom", "handle"), ("quiettom#4821", "handle"), ("мой телеграм quiettom", "handle"),
    ("微信号 quiettom99", "handle"), ("my 1nst4 is quiettom", "handle"), ("u/quiet_tom", "handle"), ("mein Insta ist quiettom", "handle"),
    ("find me on Telegram", "elsewhere"), ("f!nd m3 0n t3l3gr4m", "elsewhere"), ("add me on tele gram", "elsewhere"), ("same nick on discord", "elsewhere"),
    ("schreib mir auf WhatsApp", "elsewhere"), ("escríbeme por Telegram", "elsewhere"), ("ajoute-moi sur Snap", "elsewhere"), ("me chama no zap", "elsewhere"),
    ("scrivimi su Telegram", "elsewhere"), ("voeg me toe op Snapchat", "elsewhere"), ("napisz do mnie na WhatsAppie", "elsewhere"), ("напиши мне в телеграм", "elsewhere"),
    ("напиши мені в телеграм", "elsewhere"), ("راسلني على واتساب", "elsewhere"), ("bana WhatsApp'tan yaz", "elsewhere"), ("加我微信", "elsewhere"),
    ("LINE交換しませんか", "elsewhere"), ("give me your number", "elsewhere"), ("find 🙂 me 🙂 on 🙂 telegram", "elsewhere"), ("find\nme\non\ntelegram", "elsewhere"),
])
def test_a_disguise_is_seen_through(words, kind):
    assert kind in kinds(words)


@pytest.mark.parametrize("words", [
    "19:30-20:30", "at 7 pm, e.g. 7.15 p.m.", "2023-04-17 and 2024-04-17", "17.04.2023", "03/11/2024", "2019 2020 2021", "Steps 1-12", "step 4, tradition 12", "pp. 417-420",
    "Psalm 139:1-18", "1 Corinthians 10:13", "$12,000", "1.250.000,00 €", "2 000 000 yen", "97.5 %", "6/10, 4/10", "5-4-3-2-1", "10 9 8 7 6 5 4 3 2 1", "one two three four five six seven",
    "1 2 3 4 5 6 7 8 9 10", "988", "116 123", "988 or 116 123", "0800 111 0 111", "13 11 14", "1-800-273-8255", "1-833-456-4566", "0120-783-556", "112 911 999",
    "Mr. Smith", "J. R. R. Tolkien", "H.A.L.T.", "home.I was", "no.No", "day.It is", "work.So I", "Fin.De todos modos", "I deleted Instagram", "my husband found his messages on Telegram",
    "she found me on Tinder", "he used to find me on Instagram", "My Instagram is deleted", "the signal is bad", "I crossed a line", "@Maya thank you", "Call me Tom", "add me to the list",
    "You will find me at the Tuesday meeting", "the dot com years", "at this point com- pounds", "Je suis sur Paris", "Мой муж писал ей в телеграме", "在微信上和别人聊天",
])
@pytest.mark.parametrize("strictness", ["usual", "strict"])
def test_what_is_ordinary_passes(words, strictness):
    assert find(words, strictness) == ()


@pytest.mark.parametrize("words", ["text me later", "find me elsewhere", "same name over there", "schreib mir später"])
def test_a_vague_hint_is_held_by_the_strict_guard_only(words):
    assert kinds(words) == set()
    assert kinds(words, "strict") == {"elsewhere"}


@pytest.mark.parametrize("words, shown", [
    ("I am Tom. Write to tom@example.org please", "tom@example.org"), ("so call 07700 900123 tonight", "07700 900123"), ("so, find me on T\u200belegram now", "find me on T\u200belegram"),
    ("r o o m . c o m is it", "r o o m . c o m"), ("ring 0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣ ok", "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0"),
])
def test_a_page_can_point_at_what_was_found(words, shown):
    first = find(words)[0]
    assert words[first.start : first.end] == shown


def test_several_are_found_in_the_order_they_stand():
    found = find("find me on Telegram, or tom@example.org, or 07700 900123")
    assert [one.kind for one in found] == ["elsewhere", "email", "phone"]


def test_every_kind_has_its_words_and_a_wrong_strictness_is_said_so():
    assert tuple(LABELS) == KINDS and all(label.startswith(("a ", "an ")) for label in LABELS.values())
    assert STRICTNESS == ("off", "usual", "strict")
    with pytest.raises(ValueError):
        find("x", "harsh")
