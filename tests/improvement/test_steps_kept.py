"""What the lead changes of a step stays written down: what it was, who changed it, when, and why it moved."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from improvement.kinds import Status
from improvement.models import Action, Change, Deadline, Owner, Step
from improvement.selectors.meanwhile import seen_of
from improvement.selectors.steps import steps_in_full
from improvement.services.freshness import StepHasMoved
from improvement.services.steps import StepWords, add_step, change_step, drop_step
from tests.access.cast import TODAY
from tests.access.services.racing import at_once
from tests.improvement.builders import brought_in
from tests.improvement.keeping import HEAD, Kept

pytestmark = pytest.mark.django_db
AS_IT_IS = StepWords(how="Plan every visit", owners=(HEAD,), when="March 2018", status=Status.IN_PROGRESS)


def changed(kept: Kept, words: StepWords, reason: str = "") -> Step:
    return change_step(step=kept.step, words=words, seen=seen_of(kept.step), by=kept.lead, reason=reason)


def changes() -> list[tuple[str, str, str]]:
    return [(each.field, each.before, each.after) for each in Change.objects.order_by("pk")]


def test_a_step_that_is_saved_as_it_is_has_not_changed(kept: Kept) -> None:
    changed(kept, AS_IT_IS)
    assert changes() == []
    assert kept.again().revision == 0


def test_each_field_that_differs_is_a_change_with_who_and_when(kept: Kept) -> None:
    changed(kept, replace(AS_IT_IS, how="Plan and do every visit", success="Nine of ten", status=Status.STOPPED))
    assert changes() == [
        ("how", "Plan every visit", "Plan and do every visit"),
        ("success", "", "Nine of ten"),
        ("status", "in_progress", "stopped"),
        ("status_printed", "", "stopped"),
    ]
    assert {(each.made_by, each.effective_on) for each in Change.objects.all()} == {(kept.lead, TODAY)}


def test_a_moved_due_date_keeps_the_earlier_one_with_the_reason(kept: Kept) -> None:
    changed(kept, replace(AS_IT_IS, when="May 2018", due_on=date(2018, 5, 31)), reason="Two posts are vacant.")
    changed(kept, replace(AS_IT_IS, when="June 2018", due_on=date(2018, 6, 30)), reason="One still is.")
    kept_dates = Deadline.objects.order_by("pk").values_list("when", "due_on", "reason", "set_by")
    assert list(kept_dates) == [
        ("May 2018", date(2018, 5, 31), "Two posts are vacant.", kept.lead.pk),
        ("June 2018", date(2018, 6, 30), "One still is.", kept.lead.pk),
    ]
    assert ("when", "March 2018", "May 2018") in changes()


def test_a_due_date_moves_with_a_reason_only(kept: Kept) -> None:
    with pytest.raises(ValidationError, match="Say why the due date moves"):
        changed(kept, replace(AS_IT_IS, how="Other words", when="May 2018"), reason=" ")
    assert changes() == []
    assert kept.again().how == "Plan every visit"


@pytest.mark.parametrize("status", [Status.DONE, Status.DONE_CONTINUING])
def test_a_step_becomes_done_by_an_update_alone(kept: Kept, status: Status) -> None:
    with pytest.raises(ValidationError, match="done by an update with its evidence"):
        changed(kept, replace(AS_IT_IS, status=status))
    assert kept.again().status == Status.IN_PROGRESS


def test_owners_change_with_what_is_printed_for_them(kept: Kept) -> None:
    Owner.objects.create(plan=kept.plan, name="Director")
    changed(kept, replace(AS_IT_IS, owners=("Director", HEAD)))
    position = steps_in_full([kept.step.pk], TODAY)[kept.step.pk]
    assert (position.owners, position.who) == (("Director", HEAD), f"Director\n{HEAD}")
    assert changes()[0] == ("owners", HEAD, f"Director; {HEAD}")


def test_a_step_is_owned_by_names_that_the_plan_knows(kept: Kept) -> None:
    with pytest.raises(ValidationError, match="The plan has no owner “Head of Servise”"):
        changed(kept, replace(AS_IT_IS, owners=("Head of Servise",)))


def test_what_a_step_was_before_can_still_be_read_as_at_that_day(kept: Kept) -> None:
    brought_in(kept.plan, date(2017, 9, 20))
    changed(kept, replace(AS_IT_IS, how="Other words", owners=()))
    (then, now) = (steps_in_full([kept.step.pk], day)[kept.step.pk] for day in (date(2017, 9, 19), date(2017, 9, 20)))
    assert (then.how, then.owners) == ("Plan every visit", (HEAD,))
    assert (now.how, now.owners) == ("Other words", ())


def test_who_saves_second_is_shown_what_the_first_changed(kept: Kept) -> None:
    seen = seen_of(kept.step)
    changed(kept, replace(AS_IT_IS, how="The first one's words"))
    with pytest.raises(StepHasMoved) as moved:
        change_step(step=kept.step, words=replace(AS_IT_IS, success="Mine"), seen=seen, by=kept.lead)
    (written,) = moved.value.written
    assert "“Plan every visit” to “The first one's words”" in written.words
    assert kept.again().success == ""


def test_a_step_is_added_at_the_end_of_its_action(kept: Kept) -> None:
    step = add_step(
        action=kept.action,
        words=StepWords(how="Check it", owners=(HEAD,), when="May 2018", due_on=date(2018, 5, 31)),
        by=kept.lead,
    )
    assert (step.reference, step.begun_on, step.status) == ("2.3/2", TODAY, Status.NOT_STATED)
    assert changes() == [("added", "", "Check it")]
    assert Deadline.objects.get().due_on == date(2018, 5, 31)
    with pytest.raises(ValidationError, match="Say what is to be done"):
        add_step(action=kept.action, words=StepWords(how=" "), by=kept.lead)


def test_a_step_that_is_dropped_keeps_its_history_and_its_number(kept: Kept) -> None:
    with pytest.raises(ValidationError, match="Say why the step leaves the plan"):
        drop_step(step=kept.step, reason=" ", seen=seen_of(kept.step), by=kept.lead)
    drop_step(step=kept.step, reason="Another step holds it.", seen=seen_of(kept.step), by=kept.lead)
    assert kept.again().dropped_on == TODAY
    assert changes() == [("dropped", "Plan every visit", "Another step holds it.")]
    assert add_step(action=kept.action, words=StepWords(how="Next"), by=kept.lead).number == 2
    with pytest.raises(ValidationError, match="has left the plan"):
        drop_step(step=kept.step, reason="Again", seen=seen_of(kept.step), by=kept.lead)


def test_a_step_is_not_added_twice_nor_to_an_action_that_has_left_the_plan(kept: Kept) -> None:
    add_step(action=kept.action, words=StepWords(how="Check it"), by=kept.lead)
    with pytest.raises(ValidationError, match="Step 2.3/2 says these very words already"):
        add_step(action=kept.action, words=StepWords(how="Check it"), by=kept.lead)
    Action.objects.filter(pk=kept.action.pk).update(dropped_on=TODAY)
    with pytest.raises(ValidationError, match="Action 2.3 has left the plan"):
        add_step(action=kept.action, words=StepWords(how="Check more"), by=kept.lead)
    assert Step.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_several_times_at_once_adds_one_step(kept: Kept) -> None:
    words = StepWords(how="Check it")
    found = at_once(lambda _: add_step(action=kept.action, words=words, by=kept.lead), 4)
    assert sum(isinstance(each, Step) for each in found) == 1
    assert Step.objects.filter(how="Check it").count() == 1
