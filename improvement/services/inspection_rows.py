"""Stores which inspections the words of a plan refer to."""

from collections.abc import Iterable

from improvement.calculations.words.inspections import find_inspections
from improvement.models import Action, InspectionReference, Step
from improvement.services.arrivals import BATCH

LONGEST = 100


def store_inspections(actions: Iterable[Action], steps: Iterable[Step]) -> None:
    """Put what these actions and steps refer to now in the place of what they referred to before."""
    actions, steps = list(actions), list(steps)
    InspectionReference.objects.filter(action__in=actions, step=None).delete()
    InspectionReference.objects.filter(step__in=steps).delete()
    found = [
        InspectionReference(action=each, words=mention.words[:LONGEST], month=mention.month)
        for each in actions
        for mention in find_inspections(each.what)
    ]
    found += [
        InspectionReference(action_id=each.action_id, step=each, words=mention.words[:LONGEST], month=mention.month)
        for each in steps
        for words in (each.how, each.success)
        for mention in find_inspections(words)
    ]
    InspectionReference.objects.bulk_create(found, batch_size=BATCH)
