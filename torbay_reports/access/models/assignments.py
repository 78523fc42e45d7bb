"""The roles that people hold from a date to a date."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from torbay_reports.access.models.people import User
from torbay_reports.access.roles import Role, ScopeKind


def held_on(on: date) -> Q:
    """Roles held on that day, first and last day included; `RoleAssignment.is_held_on` says the same of one."""
    return Q(starts_on__lte=on) & held_from(on)


def held_from(on: date) -> Q:
    """Roles held on that day or on a later one."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=on)


class RoleAssignment(models.Model):
    """A role that a person holds from a date to a date, both days included; no end means until further notice.

    The scope, where there is one, limits the role to one service, committee or plan, named by its slug: the rooms
    that hold those records are above this one, so a foreign key would turn the direction of imports round.

    A member's role is a seat: it always names its committee, Council for who sits on no other. A substitute reads
    what the members read on the days of the substitution.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    scope_kind = models.CharField(max_length=20, blank=True, choices=[(kind.value, kind.value) for kind in ScopeKind])
    scope_slug = models.SlugField(max_length=100, blank=True, db_index=False)
    is_substitute = models.BooleanField("as a substitute", default=False)
    starts_on = models.DateField("from")
    ends_on = models.DateField("to, that day included", null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="roles_given")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="roles_ended")

    class Meta:
        verbose_name = "role of a person"
        verbose_name_plural = "roles of people"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="access_role_ends_after_it_begins",
                violation_error_message="A role cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="", scope_slug="") | (~Q(scope_kind="") & ~Q(scope_slug="")),
                name="access_role_scope_both_or_neither",
                violation_error_message="A scope needs both its kind and its name, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(scope_kind__in=["", *(kind.value for kind in ScopeKind)]),
                name="access_role_scope_kind_in_list",
                violation_error_message="A role can be limited to a service, a committee or a plan.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="access_role_in_list",
                violation_error_message="There is no such role.",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ends_on__isnull=False),
                name="access_role_ended_by_needs_an_end",
                violation_error_message="Who ended a role is recorded with the day on which it ends.",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.MEMBER) | Q(scope_kind=ScopeKind.COMMITTEE),
                name="access_member_sits_on_a_committee",
                violation_error_message="A member sits on a committee: name it.",
            ),
            models.CheckConstraint(
                condition=Q(is_substitute=False) | Q(role=Role.MEMBER),
                name="access_substitute_is_a_member",
                violation_error_message="Only a member of a committee has a substitute.",
            ),
            models.CheckConstraint(
                condition=Q(is_substitute=False) | Q(ends_on__isnull=False),
                name="access_substitute_ends",
                violation_error_message="A substitute sits until a day: name it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_slug}".strip() + f" of person {self.person_id}"

    def is_held_on(self, on: date) -> bool:
        """Is the role held on that day? Its first and its last day both count."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def is_for(self, scope_kind: str, scope_slug: str) -> bool:
        """Does the role cover that scope? A role without a scope covers every one."""
        return not self.scope_kind or (self.scope_kind, self.scope_slug) == (scope_kind, scope_slug)
