"""Flask-SocketIO as its documentation shows it: rooms, `emit(to=…)`, SQLAlchemy, one transaction per
message, eventlet. Speaks the few events the load speaks.

    PORT=… FILE=… PEOPLE=people.json BEFORE=50 python stock_server.py"""

import warnings

warnings.filterwarnings("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from pathlib import Path  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402
from sqlalchemy import create_engine, event, select  # noqa: E402
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column  # noqa: E402

engine = create_engine(f"sqlite:///{os.environ['FILE']}", connect_args={"timeout": 30})
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"
event.listen(engine, "connect", lambda connection, _: connection.executescript(PRAGMAS))
app = Flask(__name__)
app.config["SECRET_KEY"] = "of a server that is only measured"
socketio = SocketIO(app, async_mode="eventlet", cors_allowed_origins="*")


class Model(DeclarativeBase):
    pass


class Room(Model):
    __tablename__ = "rooms"
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Member(Model):
    __tablename__ = "members"
    room: Mapped[str] = mapped_column(primary_key=True)
    cookie: Mapped[str] = mapped_column(primary_key=True)
    silenced: Mapped[bool] = mapped_column(default=False)


class Entry(Model):
    __tablename__ = "entries"
    room: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    words: Mapped[str]
    at: Mapped[str]

    def shown(self):
        return {"number": self.number, "kind": "shared", "at": self.at, "name": self.name, "words": self.words}


def prepare():
    Model.metadata.create_all(engine)
    people, before = json.loads(Path(os.environ["PEOPLE"]).read_text()), int(os.environ["BEFORE"])
    rooms = {room for room, _ in people}
    with Session(engine) as session, session.begin():
        session.add_all(Room(name=room, number=before) for room in rooms)
        session.add_all(Member(room=room, cookie=cookie) for room, cookie in people)
        words = ("What was said before. " * 6)[:120]
        session.add_all(
            Entry(room=room, number=n, name="Somebody", words=words, at=datetime.now(UTC).isoformat())
            for room in rooms for n in range(1, before + 1)
        )


@socketio.on("connect")
def connect(auth=None):
    return "s" in request.cookies


@socketio.on("enter")
def enter(data):
    room = data["meeting"]
    with Session(engine) as session:
        if session.get(Member, (room, request.cookies["s"])) is None:
            return {"ok": False}
        last = session.scalars(select(Entry).where(Entry.room == room).order_by(Entry.number.desc()).limit(50)).all()
        join_room(room)
        return {"ok": True, "snapshot": {"entries": [entry.shown() for entry in reversed(last)]}}


@socketio.on("share")
def share(data):
    room, words = data["meeting"], data["words"]
    with Session(engine) as session, session.begin():
        member = session.get(Member, (room, request.cookies["s"]))
        if member is None or member.silenced or len(words) > 4000:
            return {"ok": False}
        place = session.get(Room, room)
        place.number += 1
        entry = Entry(room=room, number=place.number, name="Somebody", words=words, at=datetime.now(UTC).isoformat())
        session.add(entry)
        session.flush()
        shown = entry.shown()
    emit("entries", {"meeting": room, "entries": [shown]}, to=room)
    return {"ok": True, "number": shown["number"]}


if __name__ == "__main__":
    prepare()
    listener = eventlet.listen(("127.0.0.1", int(os.environ["PORT"])))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    eventlet.wsgi.server(listener, app, log_output=False, max_size=20_000)
