"""The order of things on the loop, in a process that has one."""

import subprocess
import sys

from groups.settings import ROOT

LOOP = """
import warnings
warnings.filterwarnings("ignore")
import eventlet
eventlet.monkey_patch(thread=False, psycopg=False)
import socket
import threading
from groups import concurrency as loop

loop.start("eventlet")
here, there = socket.socketpair()
here.setblocking(False)
said = []
ear = loop.Ear(here, lambda: said.append(here.recv(100).decode()))

def told():
    loop.at_the_end(lambda: (said.append("sent"), there.send(b"heard")))
    said.append("told")

def tell():
    with loop.one_ring():
        loop.call_on_loop(told)
        loop.call_on_loop(loop.once_heard, lambda: said.append("and then"))

threading.Thread(target=tell).start()
eventlet.sleep(0.3)
ear.stop()
print(*said, sep=", ")
"""


def test_what_is_to_wait_for_the_news_comes_after_they_left_and_whoever_answered_was_heard():
    ran = subprocess.run([sys.executable, "-c", LOOP], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert ran.stdout.strip() == "told, sent, heard, and then"
