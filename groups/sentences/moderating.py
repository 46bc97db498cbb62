"""Keeping rooms safe: steps of the ladder, reports, holds, appeals, the group's log."""

SENTENCES: dict[str, str] = {}
