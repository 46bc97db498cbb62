"""Whoever erases themselves is let go of by the reports that wait: as somebody who only spoke beside what was reported,
and as somebody who told of it."""

from collections.abc import Sequence

from sqlalchemy import select

from groups.membership.models import Membership
from groups.reports.evidence import Said, packed, unpacked, without
from groups.reports.models import Report
from groups.reports.reporting import key_of
from groups.sealing import KeyGone, Keyring


def let_go_of_bystander(session, keyring: Keyring, member: Membership) -> None:
    """Inside a change: seal the evidence of every open report of their group anew, emergency removals' too, without
    name and words of theirs. One whose key is gone opens for nobody, and stays as it is."""
    waiting = select(Report).where(
        Report.group_id == member.group_id, Report.decided_at.is_(None), Report.sealed_evidence.is_not(None)
    )
    for report in session.scalars(waiting.order_by(Report.id).with_for_update()):
        key = key_of(report.public_id)
        try:
            evidence = unpacked(keyring.open(key, report.sealed_evidence, b"evidence"))
            left = without(evidence, {member.handle})
            if left != evidence:
                report.sealed_evidence = keyring.seal(key, packed(left), b"evidence")
        except KeyGone:  # run out or decided this moment
            continue


def still_known(session, evidence: Sequence[Said]) -> list[Said]:
    """The evidence as it may be read now. A report that was being sealed while somebody erased themselves, or before
    this house took them out of it, names them still."""
    spoke = {one.handle for one in evidence}
    known = set(session.scalars(select(Membership.handle).where(Membership.handle.in_(spoke))))
    return without(evidence, spoke - known)
