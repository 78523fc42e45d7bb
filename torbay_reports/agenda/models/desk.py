"""What clerks did to a meeting's agenda, and what one person asked that another has to confirm."""

from django.conf import settings
from django.db import models

from torbay_reports.agenda.models.meetings import Meeting
from torbay_reports.agenda.models.papers import Paper
from torbay_reports.core.append_only import AppendOnly


class DeskEntry(AppendOnly):
    """One more thing that was done to a meeting's agenda, in a sentence that names no restricted paper's title."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="desk_entries")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="desk_entries")
    says = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "desk entries"
        constraints = [models.CheckConstraint(condition=~models.Q(says=""), name="agenda_deskentry_says_something")]

    def __str__(self) -> str:
        return f"Desk entry {self.pk}"


class OpeningAsked(models.Model):
    """That somebody asks to turn a restricted paper into a public one: another person has to confirm it.

    `upload` is the key of the file that the asking person saw. It goes when it is confirmed, declined or withdrawn.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="opening_asked")
    upload = models.BigIntegerField()
    why = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings_asked")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(why=""), name="agenda_openingasked_says_why")]

    def __str__(self) -> str:
        return f"Opening of paper {self.paper_id}"
