"""Owners' names, with who answers for each."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from improvement.models import Owner, Plan, StepOwner
from improvement.selectors.answering import OPEN, possible_people
from torbay_reports.access.models import User


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """An owner's name, how many open steps it has, the people who answer for it, and those who can no longer."""

    owner: Owner
    open_steps: int
    people: tuple[User, ...]
    former: tuple[User, ...] = ()


def owner_lines(plan: Plan, on: date) -> list[OwnerLine]:
    """Every owner's name of the plan: those with open steps that nobody answers for on that day first; four queries."""
    steps = Counter(
        StepOwner.objects.filter(owner__plan=plan, step__status__in=OPEN, step__dropped_on=None).values_list(
            "owner_id", flat=True
        )
    )
    possible = set(possible_people(plan, on))
    people, former = defaultdict[int, list[User]](list), defaultdict[int, list[User]](list)
    links = Owner.people.through.objects.filter(owner__plan=plan).select_related("user").order_by("user__full_name")
    for link in links:
        (people if link.user in possible else former)[link.owner_id].append(link.user)
    lines = [
        OwnerLine(owner, steps[owner.pk], tuple(people[owner.pk]), tuple(former[owner.pk]))
        for owner in Owner.objects.filter(plan=plan).order_by("name")
    ]
    return sorted(lines, key=lambda line: not (line.open_steps and not line.people))
