"""The files in deploy/ keep the house's promises, and speak of settings there are."""

import os
import re
import shutil
import subprocess

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


def test_the_balancers_settings_stand_where_it_says_they_do_and_it_takes_them(tmp_path):
    said = (DEPLOY / "lamplight.env.example").read_text()
    given = dict(re.findall(r'^# ((?:LAMPLIGHT_(?:BIND|[1-4])))="?([^"\n]+)"?$', said, re.M))
    assert set(given) == OF_THE_BALANCER - {"LAMPLIGHT_"} and "/etc/default/haproxy" in said
    program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no haproxy here: apt-get install haproxy")
    given["LAMPLIGHT_BIND"] = "127.0.0.1:8443"  # there is no certificate
    for named in ({}, {"LAMPLIGHT_1": "not-there-yet:8000"}):
        ask = [program, "-c", "-q", "-f", DEPLOY / "haproxy.cfg"]
        subprocess.run(ask, env=os.environ | given | named, check=True, capture_output=True, timeout=30)


def test_what_needs_root_is_no_part_of_what_anybody_can_start():
    assert not re.search(r"^\s+(user|group|stats socket) ", (DEPLOY / "haproxy.cfg").read_text(), re.M)
    assert re.search(r"^\s+stats socket \S+ mode 600 ", (DEPLOY / "haproxy-service.cfg").read_text(), re.M)


@pytest.mark.parametrize("file", ["postgresql.conf", "compose.yaml"])
def test_the_database_logs_no_statement_and_no_value(file):
    said = re.sub(r" *= *", "=", (DEPLOY / file).read_text())
    for setting in ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none"):
        assert setting in said


def test_a_process_that_ended_is_started_again_at_once_and_every_time():
    said = (DEPLOY / "lamplight@.service").read_text()
    assert "\nRestart=always\n" in said and "\nRestartSec=100ms\n" in said and "\nStartLimitIntervalSec=0\n" in said
