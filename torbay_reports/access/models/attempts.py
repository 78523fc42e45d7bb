"""Recent failures to sign in, and codes that were used a moment ago."""

from django.db import models

from torbay_reports.access.models.people import User


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


class SpentCode(models.Model):
    """A code of an authenticator app that was used, for as long as it could be typed again.

    A row and not an entry of the cache, which forgets when it is full.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "used code"
        verbose_name_plural = "used codes"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="access_code_spent_once")]
        indexes = [models.Index(fields=["at"], name="access_spent_code_at")]

    def __str__(self) -> str:
        return f"code of person {self.person_id} at {self.at}"
