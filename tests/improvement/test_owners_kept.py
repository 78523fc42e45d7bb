"""Who answers for an owner's name."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from improvement.models import Owner
from improvement.selectors.answering import possible_people
from improvement.selectors.history import namings_of
from improvement.selectors.owning import owner_lines
from improvement.selectors.papers import changes_since
from improvement.services.owners import add_owner, name_people
from tests.access.cast import TODAY, person
from tests.improvement.builders import make_plan, make_step, person_with_plan
from tests.improvement.keeping import HEAD, Kept
from torbay_reports.access.decisions import may
from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


def test_action_owners_of_the_plan_and_of_every_plan_can_be_named_and_nobody_else(kept: Kept) -> None:
    everywhere, closed, ended, nobody = (person(name) for name in ("All Plans", "Closed Now", "Ended Then", "No Role"))
    RoleAssignment.objects.create(person=everywhere, role=Role.ACTION_OWNER, starts_on=TODAY)
    RoleAssignment.objects.create(person=closed, role=Role.ACTION_OWNER, starts_on=TODAY)
    RoleAssignment.objects.create(person=ended, role=Role.ACTION_OWNER, starts_on="2017-01-01", ends_on="2017-09-04")
    closed.is_active = False
    closed.save()
    person_with_plan(Role.ACTION_OWNER, make_plan("other"), "Other Plan")
    assert [each.full_name for each in possible_people(kept.plan, TODAY)] == ["All Plans", "Olive Owner plan"]
    for someone in (closed, ended, nobody, kept.lead):
        with pytest.raises(ValidationError, match=f"{someone.full_name} is not action owner for this plan"):
            name_people(owner=kept.head, people=[someone], by=kept.lead)
    assert list(kept.head.people.all()) == [kept.owner]


def test_who_is_named_may_write_on_the_steps_of_the_name_and_who_was_before_may_not(kept: Kept) -> None:
    other = person_with_plan(Role.ACTION_OWNER, kept.plan, "Otto Other")
    assert not may(other, Permission.UPDATE_STEP, kept.again())
    name_people(owner=kept.head, people=[other], by=kept.lead)
    assert may(other, Permission.UPDATE_STEP, kept.again())
    assert not may(kept.owner, Permission.UPDATE_STEP, kept.again())
    name_people(owner=kept.head, people=[], by=kept.lead)
    assert not may(other, Permission.UPDATE_STEP, kept.again())


def test_who_named_whom_and_when_is_kept_for_the_lead_and_is_no_news_of_the_plan(kept: Kept) -> None:
    other = person_with_plan(Role.ACTION_OWNER, kept.plan, "Otto Other")
    name_people(owner=kept.head, people=[other], by=kept.lead)
    name_people(owner=kept.head, people=[other], by=kept.lead)
    told = [(each.on, each.by, each.words) for each in namings_of(kept.head)]
    assert told == [
        (TODAY, kept.lead.full_name, f"people who answer for it: from {kept.owner.full_name} to Otto Other")
    ]
    assert changes_since(kept.plan, datetime(2017, 1, 1, tzinfo=UTC), TODAY) == []


def test_a_name_is_added_once_whatever_its_letters(kept: Kept) -> None:
    assert add_owner(plan=kept.plan, name="  Director\n of Services ", by=kept.lead).name == "Director of Services"
    with pytest.raises(ValidationError, match="has an owner “DIRECTOR OF SERVICES” already"):
        add_owner(plan=kept.plan, name="DIRECTOR OF SERVICES", by=kept.lead)
    with pytest.raises(ValidationError, match="Type the owner's name"):
        add_owner(plan=kept.plan, name=" ", by=kept.lead)
    with pytest.raises(ValidationError, match="at most 300"):
        add_owner(plan=kept.plan, name="x" * 301, by=kept.lead)
    assert Owner.objects.filter(plan=kept.plan).count() == 2


def test_names_with_open_steps_that_nobody_answers_for_stand_first(kept: Kept) -> None:
    make_step(kept.action, owners=("Zoe's post",))
    add_owner(plan=kept.plan, name="A post without steps", by=kept.lead)
    lines = owner_lines(kept.plan, TODAY)
    assert [(line.owner.name, line.open_steps, len(line.people)) for line in lines] == [
        ("Zoe's post", 1, 0),
        ("A post without steps", 0, 0),
        (HEAD, 1, 1),
    ]


@pytest.mark.parametrize(
    ("name", "sentence"), [("Head; Deputy", "A name holds no “;”"), ("\u200b", "Type the owner's name")]
)
def test_a_name_that_cannot_be_read_back_is_refused(kept: Kept, name: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        add_owner(plan=kept.plan, name=name, by=kept.lead)


def test_who_can_no_longer_write_is_not_said_to_answer(kept: Kept) -> None:
    kept.owner.assignments.update(ends_on=date(2017, 9, 4))
    (line,) = owner_lines(kept.plan, TODAY)
    assert (line.people, line.former) == ((), (kept.owner,))
    (line,) = owner_lines(kept.plan, date(2017, 9, 4))
    assert (line.people, line.former) == ((kept.owner,), ())
