"""Backups: a copy of what the house needs to go on, which the machine that makes it cannot open; and the way
back, in which what was deleted meanwhile stays deleted. For whoever runs the server: `docs/backups.md`."""
