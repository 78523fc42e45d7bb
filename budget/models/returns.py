"""The close: what each budget holder returned for the quarter, how far it is, and every step of it for good."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.quarters import Quarter
from budget.models.services import Service
from torbay_reports.core.append_only import AppendOnly, AppendOnlyQuerySet
from torbay_reports.core.history import tracked


@tracked()
class ServiceReturn(models.Model):
    """A service's return for a quarter. Without a row, or as a draft without a forecast, nothing is in."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        AGREED = "agreed", "Agreed"

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="returns")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="returns")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.TextField(blank=True, help_text="What explains the variance, as the budget holder puts it.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["quarter", "service"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "service"], name="budget_return_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True, submitted_by__isnull=True)
                | (~Q(state="draft") & Q(submitted_at__isnull=False, submitted_by__isnull=False)),
                name="budget_return_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=(~Q(state="agreed") & Q(agreed_at__isnull=True, agreed_by__isnull=True))
                | Q(state="agreed", agreed_at__isnull=False, agreed_by__isnull=False),
                name="budget_return_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.quarter}: {self.get_state_display()}"


class CloseStep(AppendOnly):
    """One step of a quarter's close, of one service or of the whole quarter, by a person and, going back, with why."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened"
        REMINDED = "reminded", "Reminded"
        SUBMITTED = "submitted", "Submitted"
        TAKEN_BACK = "taken back", "Taken back by who submitted it"
        SENT_BACK = "sent back", "Sent back"
        AGREED = "agreed", "Agreed"
        CHANGED = "changed", "Changed after it was agreed"
        SIGNED = "signed", "Signed"
        REOPENED = "reopened", "Reopened"

    GOES_BACK = (Kind.SENT_BACK, Kind.REOPENED)
    OF_THE_QUARTER = (Kind.OPENED, Kind.SIGNED, Kind.REOPENED)

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="close_steps")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="close_steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["quarter", "pk"]
        triggers = [pgtrigger.Protect(name="step_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=("sent back", "reopened")) | ~Q(why=""), name="budget_close_step_back_says_why"
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=True, kind__in=("opened", "signed", "reopened"))
                | (Q(service__isnull=False) & ~Q(kind__in=("opened", "signed", "reopened"))),
                name="budget_close_step_of_quarter_or_service",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.get_kind_display()}"
