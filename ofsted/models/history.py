"""What was done with a letter: only added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ofsted.models.letters import Letter
from torbay_reports.core.append_only import AppendOnly


class LetterEntry(AppendOnly):
    """One thing that a person did with a letter or one of its findings.

    `says` may tell what the letter says, so that it stands here and not in the record. It goes with its letter.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ofsted_entries")
    says = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "entry about a letter"
        verbose_name_plural = "entries about letters"
        constraints = [
            models.CheckConstraint(condition=~Q(says=""), name="ofsted_letterentry_says_something"),
        ]

    def __str__(self) -> str:
        return f"Entry about letter {self.letter_id}"
