"""Asking the owners of open steps for an update, and who has answered."""

from django.conf import settings
from django.db import models

from improvement.models.plans import Plan


class UpdateRequest(models.Model):
    """One round of asking: every owner of an open step, to answer by a day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="requests")
    answer_by = models.DateField()
    message = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="update_requests")

    class Meta:
        ordering = ["plan", "-asked_at"]

    def __str__(self) -> str:
        return f"{self.plan}, by {self.answer_by}"


class AskedPerson(models.Model):
    """One person who was asked in a round; `is_mailed` says whether the mail went out."""

    request = models.ForeignKey(UpdateRequest, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="asked_for_updates")
    is_mailed = models.BooleanField(default=False)

    class Meta:
        ordering = ["request", "person"]
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="improvement_asked_once_a_round")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.person_id}"
