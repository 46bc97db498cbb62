"""Moved to `groups/formats`; kept for whoever is just writing against the old place."""

from groups.formats.modes import RULES, Mode, Rules

__all__ = ["RULES", "Mode", "Rules"]
