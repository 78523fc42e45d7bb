"""How a plan came to be as it is: the versions that were brought in, and every change since, which is only added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from improvement.models.plans import Plan, Step
from torbay_reports.core.append_only import AppendOnly


class PlanVersion(AppendOnly):
    """A file that was brought in: `as_at` is the date of the paper it stands for, `report` what the reading found."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    as_at = models.DateField()
    file_name = models.CharField(max_length=255)
    checksum = models.CharField("SHA-256 of the file", max_length=64)
    report = models.JSONField()
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_versions"
    )

    class Meta:
        ordering = ["plan", "as_at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}, {self.as_at}"


class WaitingImport(models.Model):
    """A file that somebody has uploaded and looks at before it is applied; it goes once it is, or after a day.

    `tracker` is a TrackerEntry as JSON. `revision` is the plan's when it was compared: another one asks again.
    `plan` is empty for a plan that is to be made.
    """

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="waiting_imports")
    slug = models.SlugField(max_length=80)
    as_at = models.DateField()
    file_name = models.CharField(max_length=255)
    checksum = models.CharField(max_length=64)
    tracker = models.TextField()
    report = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waiting_imports")

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class Change(AppendOnly):
    """One change of one thing in a plan: which field, from what to what, counting from which day.

    `step` is empty for what is not about a step; `about` names the thing as a reader knows it ("Priority 6", "2.3/3").
    `field` is the model's field, or `added`, `dropped`, `owners`, `measures`. Values are text; dates ISO.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.CASCADE, related_name="changes")
    about = models.CharField(max_length=200)
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    effective_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_changes"
    )
    version = models.ForeignKey(PlanVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="changes")

    class Meta:
        ordering = ["plan", "effective_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(field=""), name="improvement_change_names_its_field")]

    def __str__(self) -> str:
        return f"{self.about}: {self.field}"


class Deadline(AppendOnly):
    """A due date that a step had from a day on; the latest is the step's own, the earlier ones are kept."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="deadlines")
    when = models.TextField("as printed", blank=True)
    due_on = models.DateField(null=True, blank=True)
    set_on = models.DateField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines_set"
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["step", "set_on", "pk"]

    def __str__(self) -> str:
        return self.when
