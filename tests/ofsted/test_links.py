"""A person links findings with steps of the plan, and takes links away; the history keeps both."""

import pytest
from django.core.exceptions import ValidationError

from ofsted.kinds import Relation
from ofsted.models import StepLink
from ofsted.services.links import link_step, unlink_step
from tests.access.cast import TODAY
from tests.access.services.racing import at_once
from tests.improvement.builders import make_action, make_plan, make_step
from tests.ofsted.builders import a_finding, a_letter
from tests.ofsted.keeping import KeptLetter, told

pytestmark = pytest.mark.django_db


def link(kept: KeptLetter, relation: Relation = Relation.CONTRADICTED, why: str = "") -> StepLink:
    return link_step(finding=kept.finding(), step=kept.step, relation=relation, why=why, by=kept.lead)


def test_a_link_says_who_made_it_how_and_why(kept: KeptLetter) -> None:
    made = link(kept, why=" audits are  over-optimistic ")
    assert (made.linked_by, made.relation, made.why) == (kept.lead, "contradicted", "audits are over-optimistic")
    assert made.linked_at is not None
    assert made.linked_at.date() == TODAY
    assert kept.history()[-1] == (
        "Linked step 13.2/1 with Overview, paragraph 1: the step is contradicted by it, because “audits are "
        "over-optimistic”."
    )
    assert kept.revision == 2


def test_a_link_is_taken_away_and_the_history_keeps_it(kept: KeptLetter) -> None:
    unlink_step(link=link(kept), by=kept.lead)
    assert not StepLink.objects.exists()
    assert kept.history()[-1] == (
        "Removed the link of step 13.2/1 with Overview, paragraph 1: the step is contradicted by it."
    )


def test_the_demonstration_links_without_a_person() -> None:
    letter = a_letter()
    step = make_step(make_action(letter.visit.inspection.plan))
    made = link_step(finding=a_finding(letter), step=step, relation=Relation.ANSWERS, why="", by=None)
    assert (made.linked_at, made.linked_by) == (None, None)
    assert not letter.entries.exists()


def test_a_second_link_of_the_same_step_is_refused(kept: KeptLetter) -> None:
    link(kept)
    with pytest.raises(ValidationError, match=r"Step 13\.2/1 is linked with this finding already\."):
        link(kept, Relation.ANSWERS)


def test_a_step_of_another_plan_and_one_that_has_left_are_refused(kept: KeptLetter) -> None:
    other = make_step(make_action(make_plan("other")))
    with pytest.raises(ValidationError, match="is not of the plan that answers to this inspection"):
        link_step(finding=kept.finding(), step=other, relation=Relation.ANSWERS, why="", by=kept.lead)
    kept.step.dropped_on = TODAY
    kept.step.save()
    with pytest.raises(ValidationError, match="has left the plan"):
        link(kept)
    assert not StepLink.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_link_the_same_step_at_once_one_is_told() -> None:
    kept = KeptLetter()
    assert set(at_once(lambda _: told(lambda: link(kept)), 2)) == {None, ValidationError}
    assert StepLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_link_away_at_once_one_finds_it_gone() -> None:
    kept = KeptLetter()
    made = link(kept)
    refused = at_once(lambda _: told(lambda: unlink_step(link=made, by=kept.lead)), 2)
    assert set(refused) == {None, StepLink.DoesNotExist}
    assert len(kept.history()) == 3
