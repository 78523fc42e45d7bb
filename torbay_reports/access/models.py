"""People, the roles they hold from a date to a date, recent failures to sign in, and the record of all that."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from torbay_reports.access.record.kinds import READS, RecordKind
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.core import clock
from torbay_reports.core.append_only import AppendOnly, AppendOnlyQuerySet
from torbay_reports.core.formatting import long_date


class UserManager(BaseUserManager["User"]):
    """Makes people. E-mail addresses are held in lower case, so that one address is one person."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The address without surrounding blanks, wholly in lower case."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this e-mail address, in whatever case it was typed."""
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        """A person without any role; without a password they cannot sign in by password."""
        person = self.model(email=self.normalize_email(email), full_name=full_name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    @transaction.atomic
    def create_superuser(self, email: str, full_name: str, password: str | None = None) -> "User":
        """The first administrator, for `manage.py createsuperuser`: a person with that role and no other power."""
        person = self.create_user(email, full_name, password, is_staff=True)
        given = RoleAssignment.objects.using(self._db).create(
            person=person, role=Role.ADMINISTRATOR, starts_on=clock.today(), given_by=None
        )
        AccessRecord.objects.using(self._db).create(
            at=clock.now(),
            kind=RecordKind.ROLE_GIVEN,
            about=f"{person.full_name}: {Role.ADMINISTRATOR.label} from {long_date(given.starts_on)}",
            key=f"role:{given.pk}",
        )
        return person


class User(AbstractBaseUser):
    """A person who can sign in. What they may do comes from their roles alone.

    There is deliberately no superuser flag and there are no Django groups: `access.decisions.may` would have to
    ignore them. `is_staff` says nothing but that Django's own tools may list the person as staff.
    """

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("full name", max_length=200)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("staff for Django's own tools", default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="access_user_email_lower_case",
                violation_error_message="An e-mail address is held in lower case.",
            ),
            models.CheckConstraint(
                condition=~Q(full_name=""),
                name="access_user_has_a_name",
                violation_error_message="A person needs a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        self.email = User.objects.normalize_email(self.email)


class RoleAssignment(models.Model):
    """A role that a person holds from a date to a date, both days included; no end means until further notice.

    The scope, where there is one, limits the role to one service, committee or plan, named by its slug: the rooms
    that hold those records are above this one, so a foreign key would turn the direction of imports round.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    scope_kind = models.CharField(max_length=20, blank=True, choices=[(kind.value, kind.value) for kind in ScopeKind])
    scope_slug = models.SlugField(max_length=100, blank=True, db_index=False)
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
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_slug}".strip() + f" of person {self.person_id}"

    def is_held_on(self, on: date) -> bool:
        """Is the role held on that day? Its first and its last day both count."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def is_for(self, scope_kind: str, scope_slug: str) -> bool:
        """Does the role cover that scope? A role without a scope covers every one."""
        return not self.scope_kind or (self.scope_kind, self.scope_slug) == (scope_kind, scope_slug)


class SignInAttempt(models.Model):
    """A try to sign in that failed, or that is being answered this moment; one that succeeds is deleted.

    Kept in the database, so that all workers count together. `at` is the database's own clock: it measures minutes
    between attempts, whatever day the demo says it is.
    """

    email = models.CharField(max_length=254)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "attempt to sign in"
        verbose_name_plural = "attempts to sign in"
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["email", "at"], name="access_attempt_email_at"),
            models.Index(fields=["address", "at"], name="access_attempt_address_at"),
            models.Index(fields=["at"], name="access_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.email} at {self.at}"


class AccessRecord(AppendOnly):
    """One entry of the record, written by `access.record.services.record`; a trigger keeps it as it was written.

    `person` is who did it; where a sign-in names nobody we know, `email` is the address as given, in lower case. An
    entry with neither is the installation's own doing. What it is about stands in words and as a key ("role:7").
    The titles of restricted papers stand nowhere in it: who may read the record may not always read the paper.
    There is no network address: nothing that the record is asked for needs one.
    """

    at = models.DateTimeField("when", db_index=True)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.label) for kind in RecordKind])
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="records")
    email = models.CharField("e-mail address as given", max_length=254, blank=True)
    about = models.TextField(blank=True)
    key = models.CharField(max_length=200, blank=True)
    reason = models.TextField("why the person might", blank=True)

    objects = AppendOnlyQuerySet["AccessRecord"].as_manager()

    class Meta:
        verbose_name = "entry of the record"
        verbose_name_plural = "entries of the record"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RecordKind]),
                name="access_record_kind_in_list",
                violation_error_message="The record has no such kind of entry.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(email=""),
                name="access_record_person_or_address",
                violation_error_message="An entry names a person or an address, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind.value for kind in READS]) | Q(person__isnull=False),
                name="access_record_read_has_a_reader",
                violation_error_message="A read of a restricted paper names who read it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
