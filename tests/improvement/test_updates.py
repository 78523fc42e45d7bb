"""An owner's update is a draft until the lead accepts it; two who write at once lose nothing."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from improvement.kinds import Status
from improvement.models import Change, Step, Update, UpdateDecision
from improvement.selectors.meanwhile import Seen, seen_of
from improvement.selectors.waiting import drafts, drafts_for, returned_to
from improvement.services.freshness import StepHasMoved
from improvement.services.updates import decide_update, write_update
from tests.access.cast import TODAY
from tests.access.services.racing import at_once
from tests.improvement.keeping import Kept

pytestmark = pytest.mark.django_db


def refusal(kept: Kept, **more: object) -> str:
    with pytest.raises(ValidationError) as refused:
        kept.write(kept.owner, **more)  # type: ignore[arg-type]
    assert not Update.objects.exists()
    assert kept.again().revision == 0
    return " ".join(refused.value.messages)


def test_an_owners_update_is_a_draft_that_changes_nothing(kept: Kept) -> None:
    update = kept.write(kept.owner, proposed_status=Status.DONE, evidence="The audit of May.")
    assert list(Update.objects.drafts()) == [update]
    assert not Update.objects.accepted().exists()
    assert (kept.again().status, kept.again().revision) == (Status.IN_PROGRESS, 1)
    kept.plan.refresh_from_db()
    assert kept.plan.revision == 0, "a draft is nothing that the file of the plan holds"


def test_an_update_carries_its_day_as_print_has_it(kept: Kept) -> None:
    update = kept.write(kept.owner, text="  First line.\r\nSecond line. ", dated_on=date(2017, 8, 31))
    assert (update.text, update.stamp) == ("First line.\nSecond line.", "(31 August 2017)")
    assert (update.recorded_on, update.position) == (TODAY, 0)


def test_the_leads_own_update_counts_at_once(kept: Kept) -> None:
    update = kept.write(kept.lead, proposed_status=Status.DONE, evidence="The audit.", completed_on=date(2017, 8, 31))
    assert list(Update.objects.accepted()) == [update]
    assert update.decision.decided_by == kept.lead
    step = kept.again()
    assert (step.status, step.status_printed, step.completed_on) == (Status.DONE, "done", date(2017, 8, 31))


def test_accepting_applies_the_status_and_writes_down_who_and_when(kept: Kept) -> None:
    update = kept.write(kept.owner, proposed_status=Status.DONE_CONTINUING, evidence="The audit.")
    decide_update(update=update, is_accepted=True, by=kept.lead)
    assert kept.again().status == Status.DONE_CONTINUING
    changes = Change.objects.filter(step=kept.step).order_by("pk")
    assert [(each.field, each.before, each.after) for each in changes] == [
        ("status", "in_progress", "done_continuing"),
        ("status_printed", "", "done, continuing"),
    ]
    assert {(each.made_by, each.effective_on) for each in changes} == {(kept.lead, TODAY)}
    kept.plan.refresh_from_db()
    assert kept.plan.revision > 0


def test_a_step_that_is_opened_again_loses_its_day_of_completion(kept: Kept) -> None:
    kept.write(kept.lead, proposed_status=Status.DONE, evidence="The audit.", completed_on=date(2017, 8, 31))
    kept.write(kept.lead, text="It was not enough.", proposed_status=Status.IN_PROGRESS)
    assert (kept.again().status, kept.again().completed_on) == (Status.IN_PROGRESS, None)
    assert Change.objects.get(field="completed_on", after="").before == "2017-08-31"


def test_a_done_step_that_goes_on_keeps_its_day_of_completion(kept: Kept) -> None:
    kept.write(kept.lead, proposed_status=Status.DONE, evidence="The audit.", completed_on=date(2017, 8, 31))
    kept.write(kept.lead, proposed_status=Status.DONE_CONTINUING, evidence="It goes on.")
    assert kept.again().completed_on == date(2017, 8, 31)


def test_a_returned_update_never_counts_and_its_writer_reads_why(kept: Kept) -> None:
    update = kept.write(kept.owner, proposed_status=Status.DONE, evidence="I say so.")
    decide_update(update=update, is_accepted=False, by=kept.lead, reason="What shows it?")
    assert kept.again().status == Status.IN_PROGRESS
    assert not Update.objects.accepted().exists()
    assert not Update.objects.drafts().exists()
    assert [each.decision.reason for each in returned_to(kept.step, kept.owner)] == ["What shows it?"]
    assert not returned_to(kept.step, kept.lead).exists()


def test_an_update_is_returned_with_a_reason_only(kept: Kept) -> None:
    update = kept.write(kept.owner)
    with pytest.raises(ValidationError, match="Say why you return it"):
        decide_update(update=update, is_accepted=False, by=kept.lead, reason="  ")
    assert not UpdateDecision.objects.exists()


def test_a_second_decision_says_who_decided(kept: Kept) -> None:
    update = kept.write(kept.owner)
    decide_update(update=update, is_accepted=True, by=kept.lead)
    with pytest.raises(ValidationError, match=r"Lee Lead plan accepted this update already, on 5 September 2017\."):
        decide_update(update=update, is_accepted=False, by=kept.lead, reason="No.")
    assert UpdateDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "  "}, "Write what was done"),
        ({"text": "x" * 10_001}, "at most 10,000 characters"),
        ({"dated_on": date(2017, 9, 6)}, "6 September 2017 is still to come"),
        ({"proposed_status": "done"}, "A step is done only with evidence"),
        ({"proposed_status": "done", "evidence": " "}, "A step is done only with evidence"),
        ({"proposed_status": "done_continuing"}, "A step is done only with evidence"),
        ({"proposed_status": "nearly"}, "There is no such status"),
        ({"proposed_status": "not_stated"}, "cannot be said to have no status"),
        ({"completed_on": date(2017, 8, 1)}, "Only a step that is done has a day"),
        (
            {"proposed_status": "in_progress", "completed_on": date(2017, 8, 1)},
            "Only a step that is done has a day",
        ),
        (
            {"proposed_status": "done", "evidence": "Audit.", "completed_on": date(2017, 9, 6)},
            "6 September 2017 is still to come",
        ),
    ],
)
def test_what_no_update_can_be_says_what_to_do(kept: Kept, given: dict[str, object], sentence: str) -> None:
    assert sentence in refusal(kept, **given)


def test_a_step_that_has_left_the_plan_takes_no_update(kept: Kept) -> None:
    Step.objects.filter(pk=kept.step.pk).update(dropped_on=TODAY)
    assert "Step 2.3/1 has left the plan" in refusal(kept)


def test_drafts_are_seen_by_the_lead_and_their_writer_alone(kept: Kept) -> None:
    update, other = kept.write(kept.owner), kept.second_owner()
    assert list(drafts(kept.plan)) == [update]
    assert list(drafts_for(kept.step, kept.lead, is_keeper=True)) == [update]
    assert list(drafts_for(kept.step, kept.owner, is_keeper=False)) == [update]
    assert not drafts_for(kept.step, other, is_keeper=False).exists()


def test_who_writes_second_is_shown_what_the_first_wrote_and_nothing_of_theirs_is_stored(kept: Kept) -> None:
    other, seen = kept.second_owner(), seen_of(kept.step)
    write_update(step=kept.step, text="The first one's words.", by=kept.owner, seen=seen)
    with pytest.raises(StepHasMoved) as moved:
        write_update(step=kept.step, text="The second one's words.", by=other, seen=seen)
    assert [(each.by, each.words) for each in moved.value.written] == [
        ("Olive Owner plan", "Update: The first one's words.")
    ]
    assert [update.text for update in Update.objects.all()] == ["The first one's words."]
    write_update(step=kept.step, text="The second one's words.", by=other, seen=moved.value.seen)
    assert [(each.text, each.position) for each in Update.objects.order_by("position")] == [
        ("The first one's words.", 0),
        ("The second one's words.", 1),
    ]


def test_what_the_lead_decided_meanwhile_is_shown_too(kept: Kept) -> None:
    draft = kept.write(kept.owner, proposed_status=Status.DONE, evidence="The audit.")
    seen = seen_of(kept.step)
    decide_update(update=draft, is_accepted=True, by=kept.lead)
    with pytest.raises(StepHasMoved) as moved:
        write_update(step=kept.step, text="More.", by=kept.owner, seen=seen)
    words = [each.words for each in moved.value.written]
    assert "Accepted the update: Every visit is planned." in words
    assert any("in progress" in each and "done" in each for each in words)


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_the_same_moment_are_one_after_the_other(kept: Kept) -> None:
    people, seen = (kept.owner, kept.second_owner()), seen_of(kept.step)

    def send(number: int) -> Update | StepHasMoved:
        try:
            return write_update(step=kept.step, text=f"Words of {number}.", by=people[number], seen=seen)
        except StepHasMoved as moved:
            return moved

    results = at_once(send, 2)
    (moved,) = [each for each in results if isinstance(each, StepHasMoved)]
    (written,) = [each for each in results if isinstance(each, Update)]
    assert [each.words for each in moved.written] == [f"Update: {written.text}"]
    assert Update.objects.get() == written


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_the_same_moment_one_counts(kept: Kept) -> None:
    update = kept.write(kept.owner)

    def decide(number: int) -> UpdateDecision:
        return decide_update(update=update, is_accepted=number == 0, by=kept.lead, reason="No." if number else "")

    results = at_once(decide, 2)
    assert sum(isinstance(each, UpdateDecision) for each in results) == 1
    (refused,) = [each for each in results if isinstance(each, ValidationError)]
    assert "this update already" in refused.messages[0]


@pytest.mark.parametrize("text", ["", "1-2-3", "1-2-3-x", "1-2-3-4-5", "-1-2-3-4", "9" * 30 + "-1-1-1"])
def test_a_mark_that_was_tampered_with_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no mark"):
        Seen.parse(text)


def test_a_mark_reads_back_as_it_was_written() -> None:
    assert Seen.parse(str(Seen(3, 14, 15, 92))) == Seen(3, 14, 15, 92)


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060 \ufeff", "\u00ad\n", "\u3164", "\u2800", "\u0301", "\u202e"])
def test_what_nobody_can_see_is_no_text_no_evidence_and_no_reason(kept: Kept, nothing: str) -> None:
    assert "Write what was done" in refusal(kept, text=nothing)
    assert "A step is done only with evidence" in refusal(kept, proposed_status="done", evidence=nothing)
    with pytest.raises(ValidationError, match="Say why you return it"):
        decide_update(update=kept.write(kept.owner), is_accepted=False, by=kept.lead, reason=nothing)
    assert kept.write(kept.owner, text=f"Fam{nothing}ilies met.").text == f"Fam{nothing}ilies met."


def test_a_decision_is_told_by_the_day_that_the_council_had(kept: Kept) -> None:
    update = kept.write(kept.owner)
    UpdateDecision.objects.create(
        update_decided=update,
        is_accepted=True,
        decided_at=datetime(2017, 9, 4, 23, 30, tzinfo=UTC),
        decided_by=kept.lead,
    )
    with pytest.raises(ValidationError, match=r"already, on 5 September 2017\."):
        decide_update(update=update, is_accepted=True, by=kept.lead)
