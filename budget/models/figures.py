"""Figures that are no budget line, and events after the period: what prose may cite besides the tables."""

from django.db import models
from django.db.models import Q

from budget.models.fields import amount_field, unit_field
from budget.models.quarters import Quarter
from torbay_reports.core.money import Unit


class NamedFigure(models.Model):
    """A sum or a number with a name: its unit, its date, where it comes from, and the parts that must cast to it."""

    UNITS = [(each, each) for each in (*Unit, "posts", "percent", "count")]

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="named_figures")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    value = amount_field()
    unit = models.CharField(max_length=12, choices=UNITS)
    as_at = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")

    class Meta:
        ordering = ["quarter", "slug"]
        constraints = [models.UniqueConstraint(fields=["quarter", "slug"], name="budget_named_figure_once")]

    def __str__(self) -> str:
        return self.name


class LaterEvent(models.Model):
    """Something that happened after the period's end, and whether the forecast already counts on it."""

    class InForecast(models.TextChoices):
        INCLUDED = "included", "Included"
        NOT_INCLUDED = "not included", "Not included"
        NOT_STATED = "not stated", "The source does not say"

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="later_events")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    happened = models.CharField(max_length=60, help_text="As precisely as it is known: July 2017.")
    amount = amount_field(null=True, blank=True)
    unit = unit_field(blank=True)
    in_forecast = models.CharField(max_length=12, choices=InForecast.choices)
    source = models.CharField(max_length=200)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["quarter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "slug"], name="budget_later_event_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="") | (Q(amount__isnull=False) & ~Q(unit="")),
                name="budget_later_event_amount_with_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name
