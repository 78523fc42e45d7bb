"""What is reported each quarter: forecasts, what budget holders say of them, risks and write-offs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budget.models.fields import amount_field, unit_field
from budget.models.services import FinancialYear, Service
from torbay_reports.core import periods
from torbay_reports.core.history import tracked


@tracked()
class Quarter(models.Model):
    """A quarter of a financial year that is reported on. Open until the head of finance signs it; then locked.

    `signed_by` is empty for a quarter that was signed before it came into these books.
    """

    year = models.ForeignKey(FinancialYear, on_delete=models.CASCADE, related_name="quarters")
    number = models.PositiveSmallIntegerField()
    returns_due = models.DateField(null=True, blank=True, help_text="The last day for budget holders' returns.")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["year__start_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="budget_quarter_once_a_year"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=4), name="budget_quarter_one_to_four"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(signed_at__isnull=False), name="budget_quarter_signed_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> periods.Quarter:
        return periods.Quarter(self.year.period, self.number)

    @property
    def subject(self) -> str:
        """The quarter as the report registry knows it: 2017-18/q1."""
        return f"{self.year.period.slug}/q{self.number}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


@tracked()
class Forecast(models.Model):
    """A service's forecast full-year net, made at a quarter's end, in the year's unit.

    The variance is never stored: it is this less the service's current net budget at the quarter's end.
    """

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="forecasts")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="forecasts")
    net = amount_field()

    class Meta:
        ordering = ["quarter", "service"]
        constraints = [models.UniqueConstraint(fields=["quarter", "service"], name="budget_forecast_once_a_quarter")]

    def __str__(self) -> str:
        return f"{self.service}, {self.quarter}"


@tracked()
class Actual(models.Model):
    """A service's net spending from 1 April to the ledger's date, in the year's unit; net income is negative."""

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="actuals")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="actuals")
    net = amount_field()
    ledger_date = models.DateField()

    class Meta:
        ordering = ["quarter", "service"]
        constraints = [models.UniqueConstraint(fields=["quarter", "service"], name="budget_actual_once_a_quarter")]

    def __str__(self) -> str:
        return f"{self.service}, {self.ledger_date}"


class ServiceNarrative(models.Model):
    """What explains a line's variance, in bound prose. `heading` replaces the line's name where it differs."""

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="narratives")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="narratives")
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["quarter", "position"]
        verbose_name_plural = "service narratives"
        constraints = [models.UniqueConstraint(fields=["quarter", "service"], name="budget_narrative_once_a_quarter")]

    def __str__(self) -> str:
        return self.heading or self.service.name


class Risk(models.Model):
    """A financial risk with its impact and what is done about it."""

    class Impact(models.TextChoices):
        HIGH = "High", "High"
        MEDIUM = "Medium", "Medium"
        LOW = "Low", "Low"

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="risks")
    risk = models.TextField()
    impact = models.CharField(max_length=6, choices=Impact.choices)
    mitigation = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["quarter", "position"]

    def __str__(self) -> str:
        return self.risk


class WriteOff(models.Model):
    """Debts given up in a quarter in one stream: how many records, what value, how many over £5,000."""

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="write_offs")
    stream = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    value = amount_field()
    unit = unit_field()
    over_5000 = models.PositiveIntegerField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["quarter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quarter", "stream"], name="budget_write_off_once_a_stream"),
            models.CheckConstraint(condition=Q(over_5000__lte=F("number")), name="budget_write_off_over_within_number"),
            models.CheckConstraint(condition=Q(value__gte=0), name="budget_write_off_value_not_negative"),
        ]

    def __str__(self) -> str:
        return self.stream
