"""Debt and its limits: positions by date, what was borrowed between two dates, and the limits with their parts.

Both limits have two components, external borrowing and other long-term liabilities (Prudential Code); the authorised
limit is set by full Council under the Local Government Act 2003, s3.
"""

from django.db import models
from django.db.models import F, Q

from budget.models.fields import amount_field, unit_field
from budget.models.services import FinancialYear


class BorrowingPosition(models.Model):
    """What the council owed at a date; a component may be unknown."""

    year = models.ForeignKey(FinancialYear, on_delete=models.CASCADE, related_name="borrowing_positions")
    as_at = models.DateField()
    unit = unit_field()
    external_borrowing = amount_field()
    other_long_term_liabilities = amount_field(null=True, blank=True)

    class Meta:
        ordering = ["year", "as_at"]
        constraints = [models.UniqueConstraint(fields=["year", "as_at"], name="budget_position_once_a_day")]

    def __str__(self) -> str:
        return f"{self.as_at}"


class BorrowingTaken(models.Model):
    """External borrowing taken out between two days, both counted."""

    year = models.ForeignKey(FinancialYear, on_delete=models.CASCADE, related_name="borrowing_taken")
    slug = models.SlugField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()
    unit = unit_field()
    amount = amount_field()

    class Meta:
        ordering = ["year", "first_day"]
        verbose_name_plural = "borrowing taken"
        constraints = [
            models.UniqueConstraint(fields=["year", "slug"], name="budget_taken_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="budget_taken_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.slug


class BorrowingLimit(models.Model):
    """A limit in force or recommended. Its total is the sum of its parts, or stated where the parts are unknown."""

    class Kind(models.TextChoices):
        OPERATIONAL = "operational boundary", "Operational boundary"
        AUTHORISED = "authorised limit", "Authorised limit"

    class Basis(models.TextChoices):
        APPROVED = "approved", "Approved"
        RECOMMENDED = "recommended", "Recommended"

    year = models.ForeignKey(FinancialYear, on_delete=models.CASCADE, related_name="borrowing_limits")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    decided = models.CharField(max_length=100, blank=True, help_text="Who decided and when: Council, February 2017.")
    unit = unit_field()
    external_borrowing = amount_field(null=True, blank=True)
    other_long_term_liabilities = amount_field(null=True, blank=True)
    stated_total = amount_field(null=True, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["year", "slug"], name="budget_limit_once"),
            models.CheckConstraint(
                condition=Q(
                    external_borrowing__isnull=False,
                    other_long_term_liabilities__isnull=False,
                    stated_total__isnull=True,
                )
                | (
                    Q(stated_total__isnull=False)
                    & (Q(external_borrowing__isnull=True) | Q(other_long_term_liabilities__isnull=True))
                ),
                name="budget_limit_parts_or_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.basis}"
