"""Keeping rooms safe: the ladder, reports, appeals, the log, asked about a *membership*."""
