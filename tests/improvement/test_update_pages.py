"""Writing an update on screen, alone and while somebody else writes, and the short form with all of one's steps."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from improvement.kinds import Status
from improvement.models import Step, StepOwner, Update
from improvement.services.chasing import ask_for_updates
from improvement.services.updates import decide_update
from tests.access.cast import TODAY
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import add_update, make_action, make_step
from tests.improvement.keeping import HEAD, Kept, browser_of, form_values, typed

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/plan/steps/2.3/1/update/"
FORM = "/plans/plan/answer/"
MOVED = "Somebody wrote on step 2.3/1 while you did. Read what they wrote, look at yours, and send it again."


def test_an_owner_writes_an_update_and_reads_that_it_waits(kept: Kept, owner: Client) -> None:
    add_update(kept.step, "Visits were counted.")
    words = sentences(owner, ADDRESS)
    assert "Plan every visit" in words
    assert "Visits were counted." in words
    assert "It counts once they have accepted it." in words
    address, said = done(owner, ADDRESS, **typed(owner, ADDRESS, text="Every visit is planned."))
    assert address == "/plans/plan/steps/2.3/1/"
    assert said == ["Your update on 2.3/1 waits for the lead. It counts once they have accepted it."]
    assert Update.objects.drafts().get().text == "Every visit is planned."


def test_the_leads_update_counts_at_once(kept: Kept) -> None:
    lead = browser_of(kept.lead)
    _, said = done(lead, ADDRESS, **typed(lead, ADDRESS, text="Seen.", proposed_status="done", evidence="Audit of May"))
    assert said == ["Your update on 2.3/1 counts from now on."]
    assert kept.again().status == Status.DONE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": " "}, "Write what was done, or what came of it."),
        (
            {"text": "x", "dated_on": "6/9/2017"},
            "6 September 2017 is still to come. Type the day by which this was so.",
        ),
        ({"text": "x", "dated_on": "last week"}, "“On the day” is no day that can be read."),
        ({"text": "x", "proposed_status": "done"}, "A step is done only with evidence."),
        ({"text": "x", "proposed_status": "nearly"}, "“Status” has no such choice. Choose one from the list."),
        ({"text": "x", "completed_on": "1/9/2017"}, "Only a step that is done has a day on which it was."),
        ({"text": "x", "seen": "tampered"}, "This form was changed on its way. Open the page again."),
    ],
)
def test_what_cannot_be_sent_stays_typed_with_what_to_do(owner: Client, given: dict[str, str], sentence: str) -> None:
    data = typed(owner, ADDRESS, **given)
    (said,) = refused(owner, ADDRESS, **data)
    assert said.startswith(sentence)
    assert not Update.objects.exists()
    again = form_values(tree_of(owner.post(ADDRESS, data).content))
    assert again["text"].strip() == given["text"].strip()


def test_the_second_of_two_sees_what_the_first_wrote_and_loses_nothing(kept: Kept, owner: Client) -> None:
    other = kept.second_owner()
    second = browser_of(other)
    open_form = typed(second, ADDRESS, text="The second one's words.", evidence="A letter")
    done(owner, ADDRESS, **typed(owner, ADDRESS, text="The first one's words."))
    answer = second.post(ADDRESS, open_form)
    tree = tree_of(answer.content)
    assert errors_on(tree) == [MOVED]
    assert "Update: The first one's words." in text_of(tree)
    assert "Olive Owner plan" in text_of(tree)
    again = form_values(tree)
    assert (again["text"].strip(), again["evidence"].strip()) == ("The second one's words.", "A letter")
    assert [each.text for each in Update.objects.all()] == ["The first one's words."]
    done(second, ADDRESS, **again)
    assert {each.text for each in Update.objects.all()} == {"The first one's words.", "The second one's words."}


def test_a_draft_of_somebody_else_does_not_stand_on_the_page_before_one_sends(kept: Kept) -> None:
    kept.write(kept.owner, text="Not for everybody yet.")
    assert "Not for everybody yet." not in sentences(browser_of(kept.second_owner()), ADDRESS)
    assert "Not for everybody yet." in sentences(browser_of(kept.owner), ADDRESS)
    assert "Not for everybody yet." in sentences(browser_of(kept.lead), ADDRESS)


def test_what_the_lead_returned_stands_with_the_reason_for_its_writer(kept: Kept, owner: Client) -> None:
    update = kept.write(kept.owner)
    decide_update(update=update, is_accepted=False, by=kept.lead, reason="Which visits?")
    assert "Lee Lead plan, 5 September 2017: “Which visits?”" in sentences(owner, ADDRESS)
    assert "Which visits?" not in sentences(browser_of(kept.second_owner()), ADDRESS)


def test_a_step_of_other_owners_is_not_found(kept: Kept, owner: Client) -> None:
    make_step(kept.action, owners=("Somebody else",))
    assert owner.get("/plans/plan/steps/2.3/2/update/").status_code == 404
    assert owner.get("/plans/plan/steps/9.9/1/update/").status_code == 404
    Step.objects.filter(pk=kept.step.pk).update(dropped_on=TODAY)
    assert owner.get(ADDRESS).status_code == 404


def field(step: Step, name: str) -> str:
    return f"step-{step.pk}-{name}"


def test_one_form_holds_all_open_steps_of_the_person_and_no_other(kept: Kept, owner: Client) -> None:
    make_step(kept.action, owners=(HEAD,), how="Done already", status=Status.DONE)
    make_step(kept.action, owners=("Somebody else",), how="Not theirs")
    second = make_step(kept.action, owners=(HEAD,), how="Train everybody", status=Status.NOT_STATED)
    words = sentences(owner, FORM)
    assert "2 steps." in words
    assert "2.3/1: Plan every visit" in words
    assert "2.3/4: Train everybody" in words
    assert "Done already" not in words
    assert "Not theirs" not in words
    data = typed(owner, FORM, **{field(second, "text"): "Half are trained.", field(second, "proposed_status"): "done"})
    assert refused(owner, FORM, **data) == [
        "2.3/4: A step is done only with evidence. Say what shows it, or choose another status."
    ]
    data[field(second, "evidence")] = "The list of those trained"
    address, said = done(owner, FORM, **data)
    assert address == FORM
    assert said == ["1 update is saved. The lead of the plan reads what you wrote before it counts."]
    update = Update.objects.get()
    assert (update.step, update.text, update.proposed_status) == (second, "Half are trained.", Status.DONE)


def test_a_form_on_which_nothing_is_said_says_so(owner: Client) -> None:
    (said,) = refused(owner, FORM, **typed(owner, FORM))
    assert said.startswith("You have said nothing yet.")


def test_of_several_answers_all_are_stored_or_none(kept: Kept, owner: Client) -> None:
    second = make_step(kept.action, owners=(HEAD,))
    data = typed(owner, FORM, **{field(kept.step, "text"): "First.", field(second, "text"): "Second."})
    kept.write(kept.second_owner(), text="Meanwhile.")
    tree = tree_of(owner.post(FORM, data).content)
    assert errors_on(tree) == [f"2.3/1: {MOVED}"]
    assert "Update: Meanwhile." in text_of(tree)
    assert [each.text for each in Update.objects.all()] == ["Meanwhile."]
    again = form_values(tree)
    assert again[field(second, "text")].strip() == "Second."
    _, said = done(owner, FORM, **again)
    assert said[0].startswith("2 updates are saved.")
    assert {each.text for each in Update.objects.all()} == {"Meanwhile.", "First.", "Second."}


def test_an_answer_to_a_step_that_was_done_meanwhile_is_not_lost(kept: Kept, owner: Client) -> None:
    data = typed(owner, FORM, **{field(kept.step, "text"): "Still going on."})
    kept.write(kept.lead, text="It is finished.", proposed_status="done", evidence="Audit")
    tree = tree_of(owner.post(FORM, data).content)
    assert errors_on(tree) == [f"2.3/1: {MOVED}"]
    assert "It is finished." in text_of(tree)
    done(owner, FORM, **form_values(tree))
    assert Update.objects.drafts().get().text == "Still going on."


def test_an_answer_to_a_step_that_was_given_away_is_shown_and_not_stored(kept: Kept, owner: Client) -> None:
    second = make_step(kept.action, owners=(HEAD,))
    data = typed(owner, FORM, **{field(second, "text"): "Words of mine.", field(kept.step, "text"): "Others."})
    StepOwner.objects.filter(step=second).delete()
    (said,) = refused(owner, FORM, **data)
    assert said.startswith("You no longer answer for one of these steps.")
    assert "“Words of mine.”" in said
    assert not Update.objects.exists()


def test_the_form_says_who_asked_and_by_when(kept: Kept, owner: Client) -> None:
    assert "asks for answers" not in sentences(owner, FORM)
    ask_for_updates(plan=kept.plan, answer_by=TODAY, message="Short is fine.", by=kept.lead)
    words = sentences(owner, FORM)
    assert "Lee Lead plan asks for answers by 5 September 2017." in words
    assert "Short is fine." in words


def test_what_waits_stands_above_its_own_box_for_its_writer_alone(kept: Kept, owner: Client) -> None:
    make_step(kept.action, owners=(HEAD,))
    data = typed(owner, FORM, **{field(kept.step, "text"): "All is planned."})
    done(owner, FORM, **data)
    waits = "Your update of 5 September 2017 waits for the lead: “All is planned.”"
    first, second = page(owner, FORM).cssselect("main fieldset")
    assert (waits in text_of(first), "waits for the lead:" in text_of(second)) == (True, False)
    assert "waits for the lead:" not in sentences(browser_of(kept.second_owner()), FORM)
    decide_update(update=Update.objects.get(), is_accepted=True, by=kept.lead)
    assert "waits for the lead:" not in sentences(owner, FORM)


def test_who_owns_no_open_step_reads_so(kept: Kept) -> None:
    assert "You have no open steps in this plan." in sentences(browser_of(kept.lead), FORM)


def test_the_form_takes_as_many_queries_for_twelve_steps_as_for_one(
    kept: Kept, owner: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(16):
        owner.get(FORM)
    other = make_action(kept.plan, "2.4")
    for number in range(11):
        step = make_step(other, owners=(HEAD,))
        add_update(step, f"Update {number}")
    with django_assert_num_queries(16):
        assert text_of(tree_of(owner.get(FORM).content)).count("What was done, or what came of it") == 12


def test_more_steps_than_one_request_can_hold_stand_on_several_pages(kept: Kept, owner: Client) -> None:
    head, other = kept.head, make_action(kept.plan, "2.4")
    steps = Step.objects.bulk_create(
        Step(action=other, number=n, how=f"Do {n}", status="in_progress") for n in range(1, 220)
    )
    StepOwner.objects.bulk_create(StepOwner(step=step, owner=head, position=0) for step in steps)
    assert "220 steps, 100 of them on this page. Save each page before you turn to the next." in sentences(owner, FORM)
    last = f"{FORM}?page=3"
    where, (said,) = done(owner, last, **typed(owner, last, **{f"step-{steps[-1].pk}-text": "The last one."}))
    assert where == last
    assert said.startswith("1 update is saved.")
    assert Update.objects.get().step == steps[-1]
