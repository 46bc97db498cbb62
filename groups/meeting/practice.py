"""The exercise everybody does together in this part of the hour, as a page draws it. Pure."""

from datetime import datetime

from groups.formats.exercises import exercise_of, steps_of


def practice(view: dict | None, now: datetime) -> dict:
    """What `templates/meeting/_exercise.html` needs, from the floor's view: the exercise and its steps,
    laid out once for the time the part was given; empty where there is none. A minute added later
    keeps every step where it was."""
    segment = (view or {}).get("segment") or {}
    if not segment.get("exercise") or view["phase"] not in ("open", "closing"):
        return {}
    key = segment["exercise"]
    return {
        "exercise": exercise_of(key), "steps": steps_of(key, view["segment_seconds"]), "index": view["index"],
        "begins": view["segment_began_at"], "ends": view["segment_ends_at"], "paused": view["paused_at"], "now": now,
    }
