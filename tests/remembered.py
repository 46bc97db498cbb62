"""Templates that are compiled once: for every house of a process of pytest, and for every server forked beside it. A
server under test otherwise compiles anew what its first pages need, which is most of what it costs. The servers of
STARTED tests, begun by `python app.py` and nothing else, do."""

import atexit
import shutil
import tempfile
from functools import cache

from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache


@cache
def folder() -> str:
    """Where this run keeps what it compiled, until this process ends."""
    made = tempfile.mkdtemp(prefix="lamplight-templates-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def remember_in(folder: str) -> None:
    """From now on pages made in this process look there first; what is kept of a template is as good as its source."""
    kept = FileSystemBytecodeCache(folder)

    class Remembering(Environment):
        def __init__(self, app: Flask, **options):
            super().__init__(app, bytecode_cache=kept, **options)

    Flask.jinja_environment = Remembering
