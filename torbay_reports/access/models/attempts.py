"""Recent failures to sign in."""

from django.db import models


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
