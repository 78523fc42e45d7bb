"""The financial year's budget: a tree of services of any depth, and each service's budget lines."""

from django.db import models
from django.db.models import F, Q
from tree_queries.models import TreeNode

from budget.models.fields import amount_field, unit_field
from torbay_reports.core import periods
from torbay_reports.core.history import tracked


class FinancialYear(models.Model):
    """A year, 1 April to 31 March, and the unit in which its budget is held."""

    start_year = models.PositiveSmallIntegerField(unique=True)
    unit = unit_field()

    class Meta:
        ordering = ["start_year"]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> periods.FinancialYear:
        return periods.FinancialYear(self.start_year)


@tracked()
class Service(TreeNode):
    """A line of the budget: a service with budget lines of its own, or a group whose figures are its children's sum.

    `kind` says how the line is printed and what it is called; the sums follow the tree alone.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", "Service"
        DIRECTORATE = "directorate", "Directorate"
        GROSS = "gross", "Gross revenue budget"
        FUNDING = "funding", "Sources of funding"
        NET = "net", "Net revenue budget"

    year = models.ForeignKey(FinancialYear, on_delete=models.CASCADE, related_name="services")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    position = models.PositiveIntegerField(help_text="Place among the lines of the same group.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["year", "slug"], name="budget_service_slug_once_a_year"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="budget_service_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class BudgetLine(models.Model):
    """A line of one side of a service's budget, in the year's unit: expenditure positive, income negative.

    A service has one line a side, or as many as the ledger has codes (a cost centre, an account); `code` is empty for
    the one. `opening` is the budget with which these books open: the original one, or the then current one where
    earlier movements came with it; `original` is empty where it is not known. The current budget is never stored: it
    is `opening` plus the virements recorded since.
    """

    class Kind(models.TextChoices):
        EXPENDITURE = "expenditure", "Expenditure"
        INCOME = "income", "Income"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="budget_lines")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=60, blank=True, help_text="The ledger's code, such as 10234/4100.")
    name = models.CharField(max_length=200, blank=True)
    original = amount_field(null=True, blank=True)
    opening = amount_field()

    class Meta:
        ordering = ["service", "kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["service", "kind", "code"], name="budget_line_once_a_code"),
            models.CheckConstraint(
                condition=~Q(kind="income") | (Q(opening__lte=0) & (Q(original__isnull=True) | Q(original__lte=0))),
                name="budget_line_income_is_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.get_kind_display()}"
