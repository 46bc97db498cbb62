"""The files in deploy/ keep the house's promises, and speak of settings there are."""

import re

import pytest

from groups.settings import KNOWN, ROOT

DEPLOY = ROOT / "deploy"
PROXIES = ("nginx.conf", "haproxy.cfg")
OF_THE_BALANCER = {"LAMPLIGHT_BIND", "LAMPLIGHT_1", "LAMPLIGHT_2", "LAMPLIGHT_3", "LAMPLIGHT_4", "LAMPLIGHT_"}


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_setting_named_is_one(file):
    if file.is_file():
        assert set(re.findall(r"\bLAMPLIGHT_[A-Z0-9_]*", file.read_text())) <= KNOWN | OF_THE_BALANCER


@pytest.mark.parametrize("file", PROXIES)
def test_a_proxy_writes_down_nobody(file):
    said = "\n".join(line.split("#")[0] for line in (DEPLOY / file).read_text().splitlines())
    told = "proxy_set_header X-Forwarded-For $remote_addr;"
    assert said.count(told) == (file == "nginx.conf"), "our own front door is told, in a header that is overwritten"
    said = said.replace(told, "")
    for of_somebody in ("remote_addr", "$request_uri ", "http_user_agent", "http_referer", "$request ", "forwarded_for", "option forwardfor", "option httplog"):
        assert of_somebody not in said
    assert "access_log off;" in said if file == "nginx.conf" else "no log" in said


@pytest.mark.parametrize("file", PROXIES)
def test_a_proxy_takes_off_what_a_visitor_claims_and_says_one_thing_itself(file):
    said = (DEPLOY / file).read_text().lower()
    for header in ("x-forwarded-", "x-real-ip", "forwarded"):
        assert re.search(rf'(del-header {header}|proxy_set_header {header}\S* +"")', said), header
    assert re.search(r"x-forwarded-proto (\$scheme|https if)", said)
    assert "/health" in said and "/ready" in said, "these are not for visitors"


@pytest.mark.parametrize("file", ["postgresql.conf", "compose.yaml"])
def test_the_database_logs_no_statement_and_no_value(file):
    said = re.sub(r" *= *", "=", (DEPLOY / file).read_text())
    for setting in ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none"):
        assert setting in said


def test_a_process_that_ended_is_started_again_at_once_and_every_time():
    said = (DEPLOY / "lamplight@.service").read_text()
    assert "\nRestart=always\n" in said and "\nRestartSec=100ms\n" in said and "\nStartLimitIntervalSec=0\n" in said
