"""Somebody to talk to: the page is there logged out and in, without script, and without a database."""

import re
from dataclasses import replace
from html import unescape

import pytest

from groups import create_app, db
from groups.accounts.sessions import COOKIE
from groups.crisis.countries import countries, digits
from tests.conftest import settings_for
from tests.doors.asking import cookie
from tests.doors.reading import reads_by, text_of


@pytest.fixture
def without_database(tmp_path):
    """The pages over a database that does not answer, to somebody whose browser brings a cookie."""
    app = create_app(replace(settings_for(tmp_path), database_url=f"sqlite:///{tmp_path}/nowhere/lamplight.db"))
    browser = app.test_client()
    browser.set_cookie(COOKIE, "of-somebody-signed-in")
    yield browser
    app.extensions["ledger"].stop()
    db.engine().dispose()


@pytest.mark.parametrize("name", ["visitor", "tom"])
def test_it_is_the_same_for_everybody_and_sets_no_cookie(request, visitor, name):
    person = request.getfixturevalue(name)
    for address in ("/lines", "/lines?country=GB", "/lines.txt"):
        answer = person.get(address)
        assert answer.status_code == 200 and answer.text == visitor.get(address).text
        assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"


def test_no_script_but_those_of_leaving_quickly_and_nothing_from_elsewhere(visitor):
    page = visitor.get("/lines").text
    assert re.findall(r'<script\b[^>]*src="([^?"]*)', page) == ["/static/js/not-back.js", "/static/js/away.js"]
    assert "style=" not in page and "csrf" not in page
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.split("<body>")[0]):
        assert address.startswith("/static/"), address
    assert re.search(r'<a class="exit" href="/away"', page)


def test_every_country_has_its_place_and_every_number_can_be_touched(visitor):
    page = visitor.get("/lines").text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for country in countries().values():
        assert country.code.lower() in ids and f'href="#{country.code.lower()}"' in page, country.name
        for line in country.lines:
            for number in line.phones:
                assert f'href="tel:{digits(number)}">{number}</a>' in page, number
            if line.text:
                assert f'href="sms:{digits(line.text.number)}"' in page, line.name


def test_one_country_alone(visitor):
    page = visitor.get("/lines?country=gb")
    text = text_of(page)
    assert "116 123" in text and "999" in text and "3114" not in text
    assert 'value="GB" selected' in page.text and 'href="/lines.txt?country=GB"' in page.text
    assert "Checked in" in text and "samaritans.org" in text


@pytest.mark.parametrize("asked", ["XX", "Atlantis", "<b>", "g" * 500, "%00"])
def test_a_country_we_do_not_have_is_said_kindly_and_every_other_is_there(visitor, asked):
    page = visitor.get(f"/lines?country={asked}")
    assert page.status_code == 404 and "We have no numbers for that country yet." in page.text
    assert 'id="gb"' in page.text and "<b>" not in page.text.split("<main")[1]


def test_the_country_of_ones_clock_stands_first_and_says_why(visitor):
    page = reads_by(visitor, "Europe/Vienna").get("/lines")
    assert "Your clock is set to a place in Austria" in page.text
    assert page.text.index("tel:142") < page.text.index('id="every"') < page.text.index('id="ar"')
    assert "Your clock" not in reads_by(visitor, "Antarctica/Troll").get("/lines").text


def test_the_list_to_keep(visitor):
    answer = visitor.get("/lines.txt?country=de")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("Somebody to talk to\n") and "0800 111 0 111" in answer.text and "116 016" in answer.text


def test_nothing_else_is_behind_the_address(visitor):
    assert visitor.post("/lines").status_code == 404 and visitor.get("/lines/").status_code == 404


def test_without_a_database_it_is_there_all_the_same(without_database):
    for address in ("/lines", "/lines?country=GB", "/lines.txt"):
        answer = without_database.get(address)
        assert answer.status_code == 200 and "116 123" in answer.text and "Set-Cookie" not in answer.headers


def test_without_a_database_every_other_page_is_calm_and_leads_there(without_database):
    without_database.application.config["PROPAGATE_EXCEPTIONS"] = False
    for address in ("/", "/me", "/nowhere"):
        answer = without_database.get(address)
        assert answer.status_code == 503 and 'href="/lines"' in answer.text, address
        assert "Set-Cookie" not in answer.headers, "who was signed in still is, once it is back"


def test_leaving_quickly_works_without_a_database(without_database):
    answer = without_database.get("/away")
    assert (answer.status_code, answer.location) == (302, "https://www.wikipedia.org/")
    assert without_database.get_cookie(COOKIE) is None and "storage" in answer.headers["Clear-Site-Data"]


def test_it_is_linked_on_every_page(visitor, tom, harbour):
    for page in (visitor.get("/"), visitor.get("/nowhere"), tom.get("/me"), tom.get(f"/g/{harbour.slug}")):
        assert 'href="/lines"' in page.text
    assert cookie(tom)


# --- out of the house -----------------------------------------------------------------------------


def ways_out(visitor):
    return sorted(set(re.findall(r'href="(/lines/out/[^"]+)"', visitor.get("/lines").text)))


def test_every_way_out_stops_at_a_page_of_ours_that_says_where_it_leads_and_drops_where_from(visitor):
    chats = {line.chat for country in countries().values() for line in country.lines if line.chat}
    led_to = set()
    for address in ways_out(visitor):
        page = visitor.get(address)
        assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer", address
        [way] = re.findall(r'<a class="button" href="(https://[^"]+)" rel="noreferrer noopener">Go to ([^<]+)</a>', page.text)
        assert f"//{way[1]}" in way[0]
        led_to.add(unescape(way[0]))
    assert led_to == chats and len(chats) > 10
    assert not re.findall(r'href="https?:', visitor.get("/lines").text), "nothing else leads out"


@pytest.mark.parametrize("address", ["/lines/out/GB/0", "/lines/out/GB/999", "/lines/out/XX/1", "/lines/out/https:%2f%2felsewhere.example/1"])
def test_a_way_out_that_is_not_ours_leads_back_to_the_numbers(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code in (303, 404) and answer.headers.get("Location", "/lines") == "/lines"


def test_the_way_out_is_there_without_a_database(without_database, visitor):
    assert all(without_database.get(address).status_code == 200 for address in ways_out(visitor)[:2])
