"""What must be true whatever breaks."""

NEVER = ("lost", "doubled", "misordered", "transcripts_differing", "holes", "stored_beyond_acked")


def kept(measured: dict) -> bool:
    """Whether every acknowledged share is there, once, in order, for everybody; fails saying what is not."""
    broken = {name: measured[name] for name in NEVER if measured[name]}
    assert not broken, f"{broken} of {measured['acked']} acknowledged"
    return True
