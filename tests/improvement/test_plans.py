"""A plan that was only made to try things out goes with all that hangs on it; any other keeps its history."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from improvement.models import (
    AskedPerson,
    Commentary,
    Plan,
    SmallCountDecision,
    StepOwner,
    Update,
    UpdateDecision,
    UpdateRequest,
    WaitingImport,
)
from improvement.services.plans import remove_plan
from tests.access.cast import TODAY, person
from tests.improvement.trackers import large, rows, store, with_a_past
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db


def a_full_plan() -> Plan:
    """A plan with a row of every kind that can hang on one."""
    someone, now = person(), clock.now()
    plan = with_a_past(someone)
    asked = UpdateRequest.objects.create(plan=plan, answer_by=TODAY + timedelta(days=7), asked_at=now, asked_by=someone)
    AskedPerson.objects.create(request=asked, person=someone)
    WaitingImport.objects.create(
        plan=plan,
        slug=plan.slug,
        as_at=TODAY,
        file_name="a",
        checksum="b",
        tracker="",
        report={},
        uploaded_at=now,
        uploaded_by=someone,
    )
    plan.owners.all()[0].people.add(someone)
    return plan


def every_row() -> dict[str, list[Any]]:
    models = (UpdateDecision, Commentary, SmallCountDecision, UpdateRequest, AskedPerson, WaitingImport)
    return rows() | {each.__name__: list(each._default_manager.order_by("pk").values()) for each in models}


def test_a_plan_goes_with_everything_that_hangs_on_it_and_leaves_others_alone() -> None:
    store(large(1, 2), slug="other")
    before = every_row()
    plan = a_full_plan()
    assert all(len(every_row()[kind]) > len(before[kind]) for kind in before)
    remove_plan(plan=plan)
    assert every_row() == before


def test_afterwards_history_is_kept_for_good_again() -> None:
    other = store(large(1, 2), slug="other").plan
    with transaction.atomic():
        remove_plan(plan=a_full_plan())
        with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
            Update._base_manager.filter(step__action__plan=other)._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('improvement.plan_goes', true)")
        assert cursor.fetchone()[0] != "yes"


def test_no_other_way_deletes_a_plan() -> None:
    plan = a_full_plan()
    with pytest.raises(ProtectedError):
        plan.delete()
    StepOwner.objects.all().delete()
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        plan.delete()
    assert Plan.objects.filter(pk=plan.pk).exists()
