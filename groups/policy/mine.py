"""What belongs to one person alone, asked about an account."""

from groups.policy.asking import refuse_unless


def may_erase(left_alone: int, agrees: bool) -> None:
    """Erase one's account: anybody, at any time. Where groups with other people in them would be left with
    nobody to look after them (left_alone: how many), after saying yes to their closing."""
    refuse_unless(left_alone == 0 or agrees, "group_left_alone")


def may_be_reminded_here(shared: bool) -> None:
    """Switch reminders on in a browser: not where others use the device, too, for they would go on being shown there
    after the sign-in ended by itself."""
    refuse_unless(not shared, "shared_not_reminded")


def may_keep_entries(account) -> None:
    """Keep private entries: who has seven words, because nothing else opens them."""
    refuse_unless(account.is_kept, "keep_first")
