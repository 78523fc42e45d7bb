"""The history of a letter goes with its letter and in no other way."""

from typing import Any

from django.db import connection
from django.db.models.signals import pre_delete

from ofsted.models import Letter


def register() -> None:
    """Let the trigger that keeps the history know when a whole letter goes."""
    pre_delete.connect(_announce, sender=Letter, dispatch_uid="history of a letter that goes")


def _announce(**told: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ofsted.letter_goes', 'yes', true)")
