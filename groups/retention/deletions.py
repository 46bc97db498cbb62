"""What must stay deleted when a backup is put back."""


def remember_deleted(session, kind: str, name: str) -> None:
    """Inside a change: the thing of this kind and name was deleted for good."""
