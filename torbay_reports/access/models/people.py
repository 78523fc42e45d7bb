"""People, and the invitations by which they first sign in."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.core import clock
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
        given = (
            apps.get_model("access", "RoleAssignment")
            .objects.using(self._db)
            .create(person=person, role=Role.ADMINISTRATOR, starts_on=clock.today(), given_by=None)
        )
        apps.get_model("access", "AccessRecord").objects.using(self._db).create(
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

    Nobody whose name stands in history is deleted. An account that is closed keeps its day (`closed_on`); once it
    has been closed for a set time what is personal goes and the name alone stays (`forgotten_on`).
    """

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("full name", max_length=200)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("staff for Django's own tools", default=False)
    closed_on = models.DateField("account closed on", null=True, blank=True)
    forgotten_on = models.DateField("personal data removed on", null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(is_active=False),
                name="access_user_closed_cannot_sign_in",
                violation_error_message="Who may sign in has no day on which the account was closed.",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_on__isnull=True) | Q(closed_on__isnull=False),
                name="access_user_forgotten_is_closed",
                violation_error_message="Personal data is removed after an account is closed, not before.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        self.email = User.objects.normalize_email(self.email)


class Invitation(models.Model):
    """A mailed link by which a person first signs in, once, before it expires.

    Of the link's secret only the SHA-256 is kept, so that who reads the table cannot use it. A newer invitation of the
    same person withdraws the older one.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="invitations_made")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="access_invitation_expires_after_it_is_made",
                violation_error_message="An invitation expires after it is made.",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="access_invitation_used_or_withdrawn",
                violation_error_message="An invitation is used or withdrawn, not both.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="access_invitation_one_open_a_person",
                violation_error_message="A person has one open invitation.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of person {self.person_id}"
