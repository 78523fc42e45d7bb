"""Who reads a letter, who keeps letters and findings, and who opens them."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.models import AnonymousUser

from ofsted.models import Inspection, Letter
from torbay_reports.access.decisions import Decision, holds, no_things
from torbay_reports.access.decisions import register as register_predicate
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role, ScopeKind

KEEPERS = (Role.IMPROVEMENT_LEAD,)
OPENERS = (Role.IMPROVEMENT_LEAD, Role.MONITORING_OFFICER)


def may_read_letter(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """A letter that Ofsted has published is everybody's; until then its lead, the monitoring officer and whom they
    name read it. One query besides the person's roles, none where its named readers were read with it."""
    if not isinstance(obj, Letter):
        return Decision(False, "there is no such letter")
    if not obj.is_held_back:
        return Decision(True, "Ofsted has published this letter")
    decision = _holds(person, OPENERS, obj.visit.inspection, on)
    if not decision and isinstance(person, User):
        for each in obj.named_readers.all():
            if each.person_id == person.pk:
                return Decision(True, "you are named as a reader of this letter")
    return decision


def may_keep_letters(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The lead of the plan that answers to the inspection; of any inspection where the object is none."""
    return _holds(person, KEEPERS, obj, on)


def may_open_letters(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The lead of the plan and the monitoring officer say who reads a letter that is held back, and that it is not."""
    return _holds(person, OPENERS, obj, on)


def _holds(person: User | AnonymousUser, roles: tuple[Role, ...], obj: object, on: date) -> Decision:
    if isinstance(obj, Inspection):
        return holds(person, roles, on, ScopeKind.PLAN, obj.plan.slug)
    return holds(person, roles, on)


def every_inspection() -> Iterator[tuple[str, Inspection]]:
    """Each inspection with its title; one query."""
    for inspection in Inspection.objects.select_related("plan").order_by("title"):
        yield inspection.title, inspection


def register() -> None:
    """Tell the access room who decides about letters."""
    register_predicate(Permission.READ_LETTER, may_read_letter, no_things)
    register_predicate(Permission.KEEP_LETTERS, may_keep_letters, every_inspection)
    register_predicate(Permission.OPEN_LETTERS, may_open_letters, every_inspection)
