"""What belongs to one person alone, asked about an account."""

from groups.policy.asking import refuse_unless


def may_erase(left_alone: int, agrees: bool) -> None:
    """Erase one's account: anybody, at any time. Where groups with other people in them would be left with
    nobody to look after them (left_alone: how many), after saying yes to their closing."""
    refuse_unless(left_alone == 0 or agrees, "group_left_alone")


def may_keep_entries(account) -> None:
    """Keep private entries: who has seven words, because nothing else opens them."""
    refuse_unless(account.is_kept, "keep_first")
