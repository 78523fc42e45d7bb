"""Virements: dated, approved movements of budget between services. They add up to nil."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.fields import amount_field
from budget.models.services import BudgetLine, FinancialYear, Service
from torbay_reports.core.history import tracked


@tracked()
class Virement(models.Model):
    """One approved movement. It counts from `dated` on, so that a quarter that ended before keeps its budget."""

    year = models.ForeignKey(FinancialYear, on_delete=models.CASCADE, related_name="virements")
    dated = models.DateField()
    approved_on = models.DateField()
    approved_by = models.CharField(
        max_length=200, help_text="The person or body, and the delegation: Cabinet, minute 31."
    )
    why = models.TextField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "dated", "pk"]

    def __str__(self) -> str:
        return f"{self.dated}: {self.why}"


@tracked()
class VirementLine(models.Model):
    """What the movement does to one side of one service: positive adds to its net budget, in the year's unit.

    More income is negative, as everywhere.
    """

    virement = models.ForeignKey(Virement, on_delete=models.CASCADE, related_name="lines")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="virement_lines")
    kind = models.CharField(max_length=12, choices=BudgetLine.Kind.choices)
    amount = amount_field()

    class Meta:
        ordering = ["virement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["virement", "service", "kind"], name="budget_virement_line_once_a_side"),
            models.CheckConstraint(condition=~Q(amount=0), name="budget_virement_line_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.amount}"
