"""The plan and its levels: theme, priority, action, step; who owns the steps, and which inspections they answer.

What a newer version of the file lacks stays with its history, on every level, and says so by `dropped_on`.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from improvement.kinds import Status
from improvement.references import step_reference


class Plan(models.Model):
    """An improvement plan. `notice` is printed on every page made from it.

    `revision` grows with every change to what the file of the plan holds, so that two writers notice each other.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    notice = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("improvement:plan", args=[self.slug])


class Theme(models.Model):
    """The highest level of a plan; its number is as printed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="themes")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    position = models.PositiveIntegerField()
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "position"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Priority(models.Model):
    """What a theme sets out to do. Two may carry the same number; `is_inferred` says that none is printed."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="priorities")
    number = models.CharField(max_length=20)
    title = models.TextField()
    is_inferred = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["theme", "position"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Action(models.Model):
    """An action: `reference` places it in the plan ("1.5"), `printed` is what the source has ("5", or nothing)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="actions")
    reference = models.CharField(max_length=20)
    printed = models.CharField(max_length=20, blank=True)
    what = models.TextField()
    position = models.PositiveIntegerField()
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "reference"], condition=Q(dropped_on=None), name="improvement_action_reference_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.what}"


class Owner(models.Model):
    """Somebody who answers for steps, by the name that the plan gives (mostly a post); `people` are who hold it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="owners")
    name = models.CharField(max_length=300)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="owned_as")

    class Meta:
        ordering = ["plan", "name"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="improvement_owner_once")]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One promise: how, by whom, by when. What is printed stays as printed; beside it stands what a program can use.

    `due_on` is the day read from `when`, or set by a person; empty where there is none. `completed_on` is empty for
    what came from a file that does not say it. `begun_on` is the day it came into a plan kept here; empty for what
    was there at the first import. A step that a newer version of the file lacks stays, with `dropped_on`.
    `revision` grows with every change and every update, so that two writers notice each other.
    """

    STATUSES = [(each.value, each.label) for each in Status]

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    how = models.TextField(blank=True)
    who = models.TextField("owner as printed", blank=True)
    owners: "models.ManyToManyField[Owner, StepOwner]" = models.ManyToManyField(
        Owner, through="StepOwner", related_name="steps"
    )
    when = models.TextField("due date as printed", blank=True)
    due_on = models.DateField(null=True, blank=True)
    success = models.TextField("success measures as printed", blank=True)
    status_printed = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=STATUSES, default=Status.NOT_STATED)
    completed_on = models.DateField(null=True, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["action", "number"]
        indexes = [GinIndex(fields=["search"], name="improvement_step_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "number"], condition=Q(dropped_on=None), name="improvement_step_number_once"
            ),
            models.CheckConstraint(condition=Q(status__in=Status), name="improvement_step_status_known"),
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(status__in=[Status.DONE, Status.DONE_CONTINUING]),
                name="improvement_step_completed_is_done",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The step's own reference: "2.3/3". Reads the action where it is not at hand."""
        return step_reference(self.action.reference, self.number)


class StepOwner(models.Model):
    """One of the owners of a step, in the order in which they are named."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="step_owners")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="step_owners")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["step", "position"]
        constraints = [models.UniqueConstraint(fields=["step", "owner"], name="improvement_step_owner_once")]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.owner_id}"


class InspectionReference(models.Model):
    """An inspection that an action's or a step's words name ("Ofsted December 2016"): `month` is its first day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="inspections")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.CASCADE, related_name="inspections")
    words = models.CharField(max_length=100)
    month = models.DateField()

    class Meta:
        ordering = ["action", "step", "month"]

    def __str__(self) -> str:
        return self.words
