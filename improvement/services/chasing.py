"""Asks the owners of open steps for updates."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.calculations.updating import tidy
from improvement.models import AskedPerson, Plan, UpdateRequest
from improvement.selectors.answering import chase
from improvement.services.writing import locked_plan
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date


@transaction.atomic
def ask_for_updates(*, plan: Plan, answer_by: date, message: str, by: User) -> UpdateRequest:
    """A round of asking: everybody who answers for an open step, once, to answer by that day.

    It only stores whom to ask; `improvement.mail` mails them once this is committed. Raises ValidationError where the
    day is past, nobody can be asked, or a round for the same day was begun today.
    """
    held, today = locked_plan(plan.pk), clock.today()
    if answer_by < today:
        raise ValidationError(f"{long_date(answer_by)} is past. Type a day from today on.")
    asked = chase(held, today).people
    if not asked:
        raise ValidationError("Nobody answers for an open step. Name people for the owners first.")
    before = UpdateRequest.objects.select_related("asked_by").filter(
        plan=held, answer_by=answer_by, asked_at__date=today
    )
    if (same := before.first()) is not None:
        raise ValidationError(
            f"{same.asked_by.full_name} asked for updates by {long_date(answer_by)} today already. Mail those who have "
            "not answered again from that round."
        )
    request = UpdateRequest.objects.create(
        plan=held, answer_by=answer_by, message=tidy(message), asked_at=clock.now(), asked_by=by
    )
    AskedPerson.objects.bulk_create(AskedPerson(request=request, person=each.person) for each in asked)
    return request


@transaction.atomic
def note_mailed(*, request: UpdateRequest, people: Collection[User]) -> None:
    """Notes that the mails to these people of the round went out."""
    AskedPerson.objects.filter(request=request, person__in=people).update(is_mailed=True)
