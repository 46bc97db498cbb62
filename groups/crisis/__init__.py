"""Somebody to talk to, now: lines by country, from files in this folder. Nothing here knows a session,
a database or a socket, so that the page is there when everything else is not."""
