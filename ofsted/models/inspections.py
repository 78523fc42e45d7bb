"""Inspections with their judgement, and the monitoring visits that follow them."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from improvement.models import Plan
from ofsted.kinds import Judgement


class Inspection(models.Model):
    """An inspection and its judgement, to which a plan answers. `judged_in` is the first day of the judgement's month.

    `notice` is printed on every page made from it.
    """

    JUDGEMENTS = [(each.value, each.label) for each in Judgement]

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="ofsted_inspections")
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    judgement = models.CharField(max_length=20, choices=JUDGEMENTS)
    judged_in = models.DateField()
    notice = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-judged_in", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(judgement__in=Judgement), name="ofsted_inspection_judgement_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ofsted:inspection", args=[self.slug])


class Visit(models.Model):
    """A monitoring visit after an inspection; it may have no letter.

    `number` is its place in the sequence where that is known. `month` is the first day of the month it began in, all
    that is known of some; `started_on` and `ended_on` its days. `is_public`: everybody may know of it
    whatever becomes of its letter, because a published paper names it.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="visits")
    slug = models.SlugField(max_length=20)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    month = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    dates_printed = models.CharField("dates as printed", max_length=100)
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["inspection", "month", F("started_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "slug"], name="ofsted_visit_slug_once"),
            models.UniqueConstraint(fields=["inspection", "number"], name="ofsted_visit_number_once"),
            models.CheckConstraint(
                condition=Q(started_on=None, ended_on=None)
                | Q(started_on__isnull=False, ended_on__gte=F("started_on"), started_on__gte=F("month")),
                name="ofsted_visit_days_in_order",
            ),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="ofsted_visit_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"visit of {self.dates_printed}"

    @property
    def latest_day(self) -> date:
        """Its last day; the last of its month where only that is known."""
        return self.ended_on or self.month.replace(day=monthrange(self.month.year, self.month.month)[1])
