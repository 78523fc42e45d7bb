"""Who is asked, for which steps nobody can be, and who has answered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries, Settings

from improvement.kinds import Status
from improvement.models import AskedPerson, Step, StepOwner, UpdateRequest
from improvement.selectors.answering import answers, chase
from improvement.services.chasing import ask_for_updates, note_mailed
from tests.access.cast import TODAY
from tests.improvement.builders import make_step, person_with_plan
from tests.improvement.keeping import HEAD, Kept
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


def asked(kept: Kept, answer_by: date = date(2017, 9, 12)) -> UpdateRequest:
    return ask_for_updates(plan=kept.plan, answer_by=answer_by, message=" Please. ", by=kept.lead)


def test_everybody_who_answers_for_an_open_step_is_asked_once(kept: Kept) -> None:
    make_step(kept.action, owners=(HEAD, "Director"))
    make_step(kept.action, owners=(HEAD,), status=Status.DONE)
    make_step(kept.action, owners=(HEAD,), status=Status.STOPPED)
    make_step(kept.action, owners=(HEAD,), dropped_on=TODAY)
    director = StepOwner.objects.get(owner__name="Director").owner
    director.people.add(kept.owner, kept.second_owner())
    known = chase(kept.plan, TODAY)
    assert [(each.person.full_name, len(each.steps)) for each in known.people] == [
        ("Olive Owner plan", 2),
        ("Otto Other", 2),
    ]
    assert known.unasked == 0
    request = asked(kept)
    assert [each.person.full_name for each in request.asked.order_by("person__full_name")] == [
        "Olive Owner plan",
        "Otto Other",
    ]
    assert (request.message, request.asked.filter(is_mailed=True).count()) == ("Please.", 0)


def test_steps_for_which_nobody_can_be_asked_are_counted_by_their_owners(kept: Kept) -> None:
    make_step(kept.action)
    make_step(kept.action, owners=("Director", "Chair"))
    make_step(kept.action, owners=("Director", HEAD))
    known = chase(kept.plan, TODAY)
    assert [(each.name, each.steps) for each in known.silent] == [("Chair / Director", 1)]
    assert (known.without_owner, known.unasked) == (1, 2)


def test_who_can_no_longer_write_is_not_asked(kept: Kept) -> None:
    kept.owner.assignments.update(ends_on=date(2017, 9, 4))
    known = chase(kept.plan, TODAY)
    assert known.people == ()
    assert [(each.name, each.steps) for each in known.silent] == [(HEAD, 1)]
    with pytest.raises(ValidationError, match="Nobody answers for an open step"):
        asked(kept)
    assert not UpdateRequest.objects.exists()


def test_a_day_that_is_past_is_refused_and_today_is_not(kept: Kept) -> None:
    with pytest.raises(ValidationError, match="4 September 2017 is past"):
        asked(kept, date(2017, 9, 4))
    assert asked(kept, TODAY).answer_by == TODAY


def test_two_leads_do_not_ask_for_the_same_day_twice(kept: Kept) -> None:
    asked(kept)
    with pytest.raises(ValidationError, match="Lee Lead plan asked for updates by 12 September 2017 today already"):
        asked(kept)
    assert AskedPerson.objects.count() == 1


def test_a_round_shows_who_has_written_on_a_step_of_theirs_since(kept: Kept, settings: Settings) -> None:
    other, third = kept.second_owner(), kept.second_owner("Thea Third")
    kept.write(other, text="Before the round.")
    request = asked(kept)
    note_mailed(request=request, people=[kept.owner, other])
    settings.TODAY = date(2017, 9, 6)
    kept.write(kept.owner, text="After it.")
    stranger = make_step(kept.action, owners=("Director",))
    kept.step = stranger
    kept.write(third, text="On a step that is not theirs.")
    lines = {line.person.full_name: line for line in answers(request, date(2017, 9, 6))}
    assert [(name, line.answered_at is not None, line.is_owed) for name, line in lines.items()] == [
        ("Olive Owner plan", True, False),
        ("Otto Other", False, True),
        ("Thea Third", False, True),
    ]
    assert [line.asked.is_mailed for line in lines.values()] == [True, True, False]


def test_who_has_no_open_step_any_more_owes_nothing(kept: Kept) -> None:
    request = asked(kept)
    Step.objects.update(status=Status.DONE)
    (line,) = answers(request, TODAY)
    assert (line.steps, line.is_owed) == (0, False)


def test_as_many_queries_for_ten_people_as_for_one(
    kept: Kept, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = asked(kept)
    with django_assert_num_queries(6):
        answers(request, TODAY)
    for number in range(9):
        someone = person_with_plan(Role.ACTION_OWNER, kept.plan, f"Owner {number}")
        make_step(kept.action, owners=(f"Post {number}",)).owners.get().people.add(someone)
        AskedPerson.objects.create(request=request, person=someone)
    with django_assert_num_queries(6):
        assert sum(line.is_owed for line in answers(request, TODAY)) == 10
