"""Who may read what hangs on a meeting: open papers everybody, restricted ones the committee and its officers."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, holds, holds_for_all, no_things
from torbay_reports.access.decisions import register as register_predicate
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Committee, Meeting, Paper
from torbay_reports.agenda.published import is_out
from torbay_reports.agenda.readers import may_read_restricted

OFFICERS = (Role.CLERK, Role.MONITORING_OFFICER)


def may_read_paper(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """A published open paper is everybody's; who reads another one depends on its grounds (`readers`).

    A paper is published with the pack that holds it; until then, and once it is withdrawn, its officers alone read it.
    """
    if not isinstance(obj, Paper) or not obj.is_there:
        return Decision(False, "this paper is not published")
    if not is_out(obj):
        return may_withdraw(person, obj.item.meeting, on)
    if not obj.is_restricted:
        return Decision(True, "this paper is open to everybody")
    return may_read_restricted(person, obj, on)


def may_read_restricted_pack(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The clerk and the monitoring officer, of this committee or of all, and its members with their substitutes.

    On that day, not on the meeting's: who joins the committee reads its earlier papers, who has left it reads none.
    """
    if not isinstance(obj, Meeting):
        return Decision(False, "there is no such meeting")
    return holds(person, (*OFFICERS, Role.MEMBER), on, "committee", obj.committee.slug)


def is_clerk_of(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The meeting's clerk: of this committee, or of all."""
    if not isinstance(obj, Meeting):
        return Decision(False, "there is no such meeting")
    return holds(person, (Role.CLERK,), on, "committee", obj.committee.slug)


def keeps_committees(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The administrator, who gives the seats on them; one whose role is limited keeps none."""
    return holds_for_all(person, (Role.ADMINISTRATOR,), on)


def is_monitoring_officer_for(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The proper officer, who decides what public and members may be refused; of any meeting where none is given."""
    if obj is None:
        return holds(person, (Role.MONITORING_OFFICER,), on)
    if not isinstance(obj, Meeting):
        return Decision(False, "there is no such meeting")
    return holds(person, (Role.MONITORING_OFFICER,), on, "committee", obj.committee.slug)


def may_withdraw(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """One person alone stops a mistake: the meeting's clerk or the monitoring officer."""
    if not isinstance(obj, Meeting):
        return Decision(False, "there is no such meeting")
    return holds(person, OFFICERS, on, "committee", obj.committee.slug)


def newest_meetings() -> Iterator[tuple[str, Meeting]]:
    """Each committee's name with its newest meeting, or with one to come where it has not met; two queries."""
    newest = Meeting.objects.order_by("committee_id", "-held_on").distinct("committee_id")
    by_committee = {meeting.committee_id: meeting for meeting in newest}
    for committee in Committee.objects.all():
        meeting = by_committee.get(committee.pk, Meeting())
        meeting.committee = committee
        yield committee.name, meeting


def register() -> None:
    """Tell the access room who decides about papers and packs."""
    register_predicate(Permission.READ_PUBLICATION, may_read_paper, no_things)
    register_predicate(Permission.READ_RESTRICTED_PACK, may_read_restricted_pack, newest_meetings)
    register_predicate(Permission.KEEP_PAPERS, is_clerk_of, newest_meetings)
    register_predicate(Permission.KEEP_COMMITTEES, keeps_committees, no_things)
    register_predicate(Permission.BUILD_PACK, is_clerk_of, newest_meetings)
    register_predicate(Permission.WITHDRAW_PAPER, may_withdraw, newest_meetings)
    register_predicate(Permission.DECIDE_EXEMPTIONS, is_monitoring_officer_for, newest_meetings)
