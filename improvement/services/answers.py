"""Stores what one person says of several steps at once: all of it or nothing."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import Step
from improvement.services.freshness import StepHasMoved
from improvement.services.updates import write_update
from torbay_reports.access.models import User


class NotAnswered(Exception):
    """Nothing was stored. `refused` has, by the steps' numbers (primary keys), why each that is at fault is."""

    def __init__(self, refused: Mapping[int, ValidationError | StepHasMoved]) -> None:
        super().__init__("Nothing was stored.")
        self.refused = refused


@transaction.atomic
def answer(*, said: Mapping[Step, Mapping[str, Any]], by: User) -> int:
    """Writes an update on each of these steps, and gives how many; the values are `write_update`'s arguments.

    Raises NotAnswered when one of them cannot be written: then none is.
    """
    refused: dict[int, ValidationError | StepHasMoved] = {}
    # In one order for everybody, so that two people who share steps never wait for each other.
    for step in sorted(said, key=lambda each: each.pk):
        try:
            write_update(step=step, by=by, **said[step])
        except (ValidationError, StepHasMoved) as fault:
            refused[step.pk] = fault
    if refused:
        raise NotAnswered(refused)
    return len(said)
