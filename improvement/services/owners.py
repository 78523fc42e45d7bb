"""Names the people who answer for an owner's name, and adds such names."""

from collections.abc import Collection, Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.calculations.updating import tidy
from improvement.calculations.versions.change_words import NAMES_APART
from improvement.models import Owner, Plan
from improvement.selectors.answering import possible_people
from improvement.selectors.history import PEOPLE
from improvement.services.writing import locked_plan, unsaved_change
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.formatting import listed

LONGEST_NAME: Final = 300


@transaction.atomic
def name_people(*, owner: Owner, people: Collection[User], by: User) -> Owner:
    """Makes these people the ones who answer for the owner's name, and nobody else; who did so and when is kept.

    Raises ValidationError for somebody who is not action owner for the plan today.
    """
    plan = locked_plan(owner.plan_id)
    possible = set(possible_people(plan, clock.today()))
    impossible = [each.full_name for each in people if each not in possible]
    if impossible:
        raise ValidationError(
            [f"{name} is not action owner for this plan. The administrator gives that role." for name in impossible]
        )
    before = _names(owner.people.all())
    owner.people.set(people)
    after = _names(people)
    if before != after:
        unsaved_change(
            plan=plan,
            step=None,
            about=owner.name,
            field=PEOPLE,
            before=before,
            after=after,
            effective_on=clock.today(),
            made_at=clock.now(),
            by=by,
            version=None,
        ).save()
    return owner


def _names(people: Iterable[User]) -> str:
    return listed(sorted(each.full_name for each in people))


@transaction.atomic
def add_owner(*, plan: Plan, name: str, by: User) -> Owner:
    """Adds a name under which steps can be owned. Raises ValidationError where there is none or it is there already."""
    held = locked_plan(plan.pk)
    wanted = " ".join(tidy(name).split())
    if not wanted:
        raise ValidationError("Type the owner's name, mostly a post such as “Head of Service”.")
    if len(wanted) > LONGEST_NAME:
        raise ValidationError(f"That name is too long. Type at most {LONGEST_NAME} characters.")
    if (apart := NAMES_APART.strip()) in wanted:
        raise ValidationError(f"A name holds no “{apart}”: it stands between names. Add the owners one by one.")
    if Owner.objects.filter(plan=held, name__iexact=wanted).exists():
        raise ValidationError(f"The plan has an owner “{wanted}” already.")
    return Owner.objects.create(plan=held, name=wanted)
