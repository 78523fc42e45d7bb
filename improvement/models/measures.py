"""How a step's success is measured, and what was found; apart from whether the step is done."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from improvement.kinds import Bound, Direction, Judged
from improvement.models.plans import Step


class Measure(models.Model):
    """One measure of a step's success. `target` is in `unit`; empty where the words state none.

    `decided_by` is who set target and direction; empty for what was read from the words.
    """

    DIRECTIONS = [
        (Direction.AT_LEAST.value, "at least"),
        (Direction.AT_MOST.value, "at most"),
        (Direction.BASELINE.value, "against a baseline"),
        (Direction.UNKNOWN.value, "not stated"),
    ]

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="measures")
    words = models.TextField()
    direction = models.CharField(max_length=10, choices=DIRECTIONS, default=Direction.UNKNOWN)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True, default="%")
    position = models.PositiveIntegerField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="measures_decided"
    )

    class Meta:
        ordering = ["step", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction), name="improvement_measure_direction_known")
        ]

    def __str__(self) -> str:
        return self.words


class Reading(models.Model):
    """What a measure was found to be: `words` as printed, `value` in the measure's unit where one can be read.

    `dated_on` is empty where the source gives no day. The latest is the one that was dated, then added, last.
    """

    BOUNDS = [("", "exactly"), ("over", "over"), ("under", "under"), ("about", "about")]
    JUDGEMENTS = [("", "not judged"), ("at_target", "at target"), ("below", "below target")]

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    words = models.TextField()
    dated_on = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    bound = models.CharField(max_length=10, choices=BOUNDS, blank=True, default=Bound.EXACT)
    judged = models.CharField(max_length=10, choices=JUDGEMENTS, blank=True, default=Judged.NOT)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="readings_recorded"
    )

    class Meta:
        ordering = ["measure", models.F("dated_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(bound__in=Bound), name="improvement_reading_bound_known"),
            models.CheckConstraint(condition=Q(judged__in=Judged), name="improvement_reading_judged_known"),
        ]

    def __str__(self) -> str:
        return self.words
