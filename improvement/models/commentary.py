"""What the lead says on top of the paper, and decides before it goes out."""

from django.conf import settings
from django.db import models

from improvement.models.plans import Plan
from torbay_reports.core.append_only import AppendOnly


class Commentary(AppendOnly):
    """The lead's words that open the paper; the newest that is not later than the paper's date is printed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="commentaries")
    text = models.TextField()
    written_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_commentaries"
    )

    class Meta:
        ordering = ["plan", "written_on", "pk"]
        verbose_name_plural = "commentaries"

    def __str__(self) -> str:
        return self.text[:60]


class SmallCountDecision(AppendOnly):
    """The lead's decision that a sentence counting one to four children may be published as it stands.

    `sentence` is the sentence as it stood; one that is worded differently since asks again.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="small_count_decisions")
    sentence = models.TextField()
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="small_count_decisions"
    )

    class Meta:
        ordering = ["plan", "decided_at"]

    def __str__(self) -> str:
        return self.sentence
