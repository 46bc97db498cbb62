"""A program that knows nothing but the OpenAPI document tries the running server with it: every question
the document allows, many that it does not, and every answer held against it."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from groups import clock
from groups.db import reading
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.actions import schedule_series
from tests.evenings import EVENING
from tests.hours import plan

# The same questions each time. Most of them ask for each time zone there is.
HOW = ("--phases=coverage,fuzzing", "--max-examples=10", "--generation-deterministic", "--no-color")


def test_every_answer_is_as_the_document_says(house, tmp_path):
    plan(begins_in=30)
    with reading() as session:
        maya = session.scalar(select(Membership).where(Membership.name == "Maya"))
        quay = session.scalar(select(Room).where(Room.name == "The Quay"))
    other = clock.now() + timedelta(hours=24 + 12)  # at another hour than that one
    every_day = replace(EVENING, rule="FREQ=DAILY", first_day=other.date(), wall_time=other.time(), zone="UTC", pauses="02-28/03-01")
    schedule_series(maya, quay, every_day)
    program = Path(sys.executable).with_name("schemathesis")  # its pytest plugin stays out of our own tests
    ran = subprocess.run(
        [str(program), "run", f"{house.url}/api/v1/openapi.json", *HOW], cwd=tmp_path, capture_output=True, text=True, timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert "No issues found" in ran.stdout
