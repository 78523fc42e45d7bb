"""What was said of a step: added, never overwritten. An owner's update is a draft until the lead has decided on it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from improvement.kinds import Status
from improvement.models.plans import Step
from torbay_reports.core.append_only import AppendOnly, AppendOnlyQuerySet


class UpdateQuerySet(AppendOnlyQuerySet["Update"]):
    """Updates by what has become of them."""

    def accepted(self) -> "UpdateQuerySet":
        """Those that count: what came with a file, and what the lead wrote or accepted."""
        return self.filter(Q(written_by=None) | Q(decision__is_accepted=True))

    def drafts(self) -> "UpdateQuerySet":
        """Those on which nobody has decided yet."""
        return self.filter(written_by__isnull=False, decision=None)


class Update(AppendOnly):
    """A dated note on a step. `stamp` is its date as printed; `quarter` a slug where that is all that is known.

    `recorded_on` is the day from which it counts: the date of the paper it came with, or the day it was written.
    `proposed_status` is what its writer wants the step to be; done needs `evidence`. Without `written_by` it came with
    a file.
    """

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="updates")
    text = models.TextField()
    stamp = models.CharField(max_length=100, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    quarter = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField()
    recorded_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="tracker_updates"
    )
    proposed_status = models.CharField(max_length=20, choices=Step.STATUSES, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    objects: ClassVar[UpdateQuerySet] = UpdateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["step", "position"]
        constraints = [
            models.UniqueConstraint(fields=["step", "position"], name="improvement_update_position_once"),
            models.CheckConstraint(
                condition=Q(proposed_status="") | Q(proposed_status__in=Status), name="improvement_update_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(proposed_status__in=[Status.DONE, Status.DONE_CONTINUING]) | ~Q(evidence=""),
                name="improvement_update_done_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.text[:60]}"


class UpdateDecision(AppendOnly):
    """What the lead decided on an owner's update: accepted, or returned with a reason."""

    update_decided = models.OneToOneField(Update, on_delete=models.CASCADE, related_name="decision")
    is_accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tracker_updates_decided"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""), name="improvement_decision_returned_with_reason"
            )
        ]

    def __str__(self) -> str:
        return "accepted" if self.is_accepted else "returned"
