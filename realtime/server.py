"""The Socket.IO server object. Imports nothing of ours, so that everything of ours may import it."""

from flask_socketio import SocketIO

socketio = SocketIO()
