"""The columns that hold sums of money, alike in every table."""

from typing import Any

from django.db import models

from torbay_reports.core.money import Unit

UNIT_CHOICES = [(unit.value, unit.value) for unit in Unit]


def amount_field(**options: Any) -> Any:
    """A sum in the unit that its row or its year names, exact to two decimals of that unit."""
    return models.DecimalField(max_digits=18, decimal_places=2, **options)


def unit_field(**options: Any) -> Any:
    """The unit in which the sums beside it are known."""
    return models.CharField(max_length=12, choices=UNIT_CHOICES, **options)
