"""Moved to `groups/formats`; kept for whoever is just writing against the old place."""

from groups.formats.fitting import LEAST_OFFER, fit, with_room_for
from groups.formats.shape import Format, Segment
from groups.formats.shipped import FORMATS

__all__ = ["FORMATS", "Format", "LEAST_OFFER", "Segment", "fit", "with_room_for"]
