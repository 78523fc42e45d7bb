"""A newer version changes the plan, and keeps its history and what people set here."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from improvement.calculations.tracker import ActionEntry, MeasureEntry, ReadingEntry
from improvement.kinds import Direction, Status
from improvement.models import (
    Action,
    Change,
    InspectionReference,
    Measure,
    Owner,
    Plan,
    Priority,
    Reading,
    Step,
    Theme,
    Update,
)
from improvement.selectors.trackers import tracker_of
from improvement.services.refusals import NothingNew, OlderVersion
from improvement.services.writing import record_change
from tests.access.cast import TODAY, person
from tests.improvement.trackers import (
    NEXT_PAPER,
    PAPER,
    WRITE,
    actions,
    changed,
    changes,
    invented,
    note,
    one_action,
    step,
    store,
    the_step,
)

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2017, 3, 31), date(2017, 4, 11)


class TestANewerVersion:
    def test_a_changed_field_is_a_change_that_counts_from_the_paper(self) -> None:
        someone, tracker = person(), invented().tracker
        store(tracker)
        newer = changed(tracker, WRITE, status=Status.IN_PROGRESS, status_printed="ONGOING")
        version = store(newer, NEXT_PAPER, by=someone)
        assert changes() == [
            ("6.1/1", "status_printed", "COMPLETED", "ONGOING"),
            ("6.1/1", "status", "done", "in_progress"),
        ]
        for each in Change.objects.all():
            assert (each.plan, each.step, each.effective_on) == (version.plan, the_step(WRITE), NEXT_PAPER)
            assert (each.made_by, each.made_at.date(), each.version) == (someone, TODAY, version)
        assert tracker_of(version.plan) == newer
        assert the_step(WRITE).revision == 1
        assert the_step("Sweep").revision == 0
        assert Plan.objects.get().revision == 2

    def test_a_moved_deadline_keeps_the_earlier_one(self) -> None:
        someone, tracker = person(), invented().tracker
        store(tracker)
        store(changed(tracker, WRITE, when="31 March 2017", due_on=MARCH), NEXT_PAPER, by=someone)
        assert list(the_step(WRITE).deadlines.values_list("when", "due_on", "set_on", "set_by")) == [
            ("Dec 2016", date(2016, 12, 31), PAPER, None),
            ("31 March 2017", MARCH, NEXT_PAPER, someone.pk),
        ]
        assert changes() == [
            ("6.1/1", "when", "Dec 2016", "31 March 2017"),
            ("6.1/1", "due_on", "2016-12-31", "2017-03-31"),
        ]

    def test_owners_change_with_their_names(self) -> None:
        tracker = invented().tracker
        store(tracker)
        newer = changed(tracker, WRITE, who="Chief Diver / Purser", owners=("Chief Diver", "Purser"))
        version = store(newer, NEXT_PAPER)
        assert ("6.1/1", "owners", "Harbour Master; Chief Diver", "Chief Diver; Purser") in changes()
        assert tracker_of(version.plan) == newer
        assert Owner.objects.filter(name="Purser").count() == 1

    def test_the_people_behind_an_owner_stay(self) -> None:
        tracker = invented().tracker
        store(tracker)
        Owner.objects.get(name="Harbour Master").people.set([person()])
        store(changed(tracker, WRITE, status=Status.STOPPED), NEXT_PAPER)
        assert Owner.objects.get(name="Harbour Master").people.count() == 1

    def test_new_updates_come_after_the_others_and_none_is_lost(self) -> None:
        tracker = invented().tracker
        store(tracker)
        kept = list(the_step(WRITE).updates.values())
        draft = Update.objects.create(
            step=the_step(WRITE),
            text="A draft.",
            position=2,
            recorded_on=TODAY,
            written_at=Update.objects.all()[0].written_at,
            written_by=person(),
        )
        version = store(changed(tracker, WRITE, updates=(note("It helps.", APRIL), note("Well."))), NEXT_PAPER)
        updates = list(the_step(WRITE).updates.values())
        assert updates[:2] == kept
        assert updates[2]["id"] == draft.pk
        assert [(each["text"], each["position"], each["recorded_on"]) for each in updates[3:]] == [
            ("It helps.", 3, NEXT_PAPER),
            ("Well.", 4, NEXT_PAPER),
        ]
        assert changes() == []
        assert version.plan.versions.count() == 2
        assert [each.how for each in Step.objects.filter(search="helps")] == [WRITE]

    def test_an_inserted_step_begins_with_the_paper_and_leaves_the_history_of_the_others_where_it_was(self) -> None:
        store(one_action(step(1, "Write", updates=(note("a"),)), step(2, "Read", updates=(note("b"),))))
        write, read = the_step("Write"), the_step("Read")
        newer = one_action(
            step(1, "Begin", when="soon"),
            step(2, "Write", updates=(note("a"),)),
            step(3, "Read", updates=(note("b"),)),
        )
        version = store(newer, NEXT_PAPER)
        assert tracker_of(version.plan) == newer
        assert [(each.pk, each.updates.count()) for each in (the_step("Write"), the_step("Read"))] == [
            (write.pk, 1),
            (read.pk, 1),
        ]
        assert changes() == [
            ("1.1/1", "added", "", "Begin"),
            ("1.1/2", "number", "1", "2"),
            ("1.1/3", "number", "2", "3"),
        ]
        begun = the_step("Begin")
        assert (begun.begun_on, begun.deadlines.get().set_on) == (NEXT_PAPER, NEXT_PAPER)
        assert Change.objects.get(field="added").step == begun

    def test_steps_that_change_places_keep_their_numbers_apart(self) -> None:
        store(one_action(step(1, "Write"), step(2, "Read"), step(3, "Sum")))
        newer = one_action(step(1, "Sum"), step(2, "Write"), step(3, "Read"))
        assert tracker_of(store(newer, NEXT_PAPER).plan) == newer

    def test_a_step_that_the_file_lacks_is_dropped_and_gives_its_number_up(self) -> None:
        store(one_action(step(1, "Write", updates=(note("a"),)), step(2, "Read")))
        newer = one_action(step(1, "Read"))
        version = store(newer, NEXT_PAPER)
        gone = the_step("Write")
        assert (gone.dropped_on, gone.number, gone.updates.count(), gone.revision) == (NEXT_PAPER, 1, 1, 1)
        assert changes() == [("1.1/1", "number", "2", "1"), ("1.1/1", "dropped", "Write", "")]
        assert Change.objects.get(field="dropped").step == gone
        assert tracker_of(version.plan) == newer

    def test_a_dropped_step_that_comes_back_goes_on_where_it_was(self) -> None:
        store(one_action(step(1, "Write", status=Status.DONE, updates=(note("a"),)), step(2, "Read")))
        store(one_action(step(1, "Read")), NEXT_PAPER)
        again = one_action(step(1, "Read"), step(2, "Write", updates=(note("a"), note("b"))))
        version = store(again, date(2017, 10, 6))
        back = the_step("Write")
        assert (back.dropped_on, back.begun_on, back.number) == (None, None, 2)
        assert [each.text for each in back.updates.all()] == ["a", "b"]
        assert changes()[2:] == [
            ("1.1/2", "added", "", "Write"),
            ("1.1/2", "number", "1", "2"),
            ("1.1/2", "status", "done", "not_stated"),
        ]
        assert tracker_of(version.plan) == again

    def test_actions_that_change_places_keep_their_references_apart(self) -> None:
        one, two = ActionEntry("1.1", "One", steps=(step(1, "a"),)), ActionEntry("1.2", "Two", steps=(step(1, "b"),))
        store(actions(one, two))
        newer = actions(replace(two, reference="1.1"), replace(one, reference="1.2"))
        version = store(newer, NEXT_PAPER)
        assert tracker_of(version.plan) == newer
        assert [each.action.reference for each in Step.objects.order_by("how")] == ["1.2", "1.1"]

    def test_what_the_file_lacks_on_every_level_is_dropped_with_its_steps_and_comes_back(self) -> None:
        tracker = invented().tracker
        store(tracker)
        less = replace(tracker, themes=tracker.themes[:1])
        version = store(less, NEXT_PAPER)
        assert tracker_of(version.plan) == less
        assert ("Theme 2", "dropped", "A tidy quay", "") in changes()
        assert ("Action 7.1", "dropped", "Sweep the quay every day", "") in changes()
        assert ("7.1/1", "dropped", "Buy brooms", "") in changes()
        version = store(tracker, date(2017, 10, 6))
        assert tracker_of(version.plan) == tracker
        assert (Theme.objects.count(), Priority.objects.count(), Action.objects.count(), Step.objects.count()) == (
            2,
            4,
            4,
            6,
        )

    def test_the_reference_of_a_dropped_action_may_be_given_to_another(self) -> None:
        store(actions(ActionEntry("1.1", "One", steps=(step(1, "a"),)), ActionEntry("1.2", "Two")))
        store(actions(ActionEntry("1.2", "Two", steps=(step(1, "b"),))), NEXT_PAPER)
        newer = actions(
            ActionEntry("1.1", "Three", steps=(step(1, "c"),)), ActionEntry("1.2", "Two", steps=(step(1, "b"),))
        )
        assert tracker_of(store(newer, NEXT_PAPER).plan) == newer
        assert Action.objects.filter(reference="1.1").count() == 2

    def test_a_step_that_is_open_again_loses_its_day_of_completion(self) -> None:
        tracker = invented().tracker
        store(tracker)
        store(changed(tracker, "Buy brooms", status=Status.IN_PROGRESS, completed_on=None), NEXT_PAPER)
        assert the_step("Buy brooms").completed_on is None
        assert ("7.1/1", "completed_on", "2017-02-10", "") in changes()

    def test_inspections_follow_the_words(self) -> None:
        tracker = invented().tracker
        store(tracker)
        store(changed(tracker, "Sweep", how="Sweep (Ofsted January 2017)"), NEXT_PAPER)
        assert set(InspectionReference.objects.values_list("step__how", "month")) == {
            (None, date(2016, 12, 1)),
            ("Sweep (Ofsted January 2017)", date(2017, 1, 1)),
        }

    def test_the_title_follows_the_file_and_the_notice_stays_where_none_is_given(self) -> None:
        tracker = invented().tracker
        store(tracker, notice="Invented.")
        plan = store(replace(tracker, title="Quay plan"), NEXT_PAPER).plan
        assert (plan.title, plan.notice) == ("Quay plan", "Invented.")
        assert changes() == [("The plan", "title", "Harbour improvement plan", "Quay plan")]


class TestWhatPeopleSetHere:
    def set_status(self, status: Status, on: date) -> Step:
        """As the lead sets it: the value, with its change."""
        found = the_step(WRITE)
        record_change(
            plan=found.action.plan,
            step=found,
            about=found.reference,
            field="status",
            before=found.status,
            after=status,
            effective_on=on,
            by=person(),
        )
        Step.objects.filter(pk=found.pk).update(status=status)
        return found

    def test_a_newer_file_counts_more_than_a_status_set_before_it(self) -> None:
        tracker = invented().tracker
        store(tracker)
        self.set_status(Status.STOPPED, date(2017, 10, 1))
        store(changed(tracker, "Sweep", status=Status.STOPPED), NEXT_PAPER)
        assert the_step(WRITE).status == Status.DONE
        assert ("6.1/1", "status", "stopped", "done") in changes()

    def test_a_status_set_for_a_day_after_the_file_stays(self) -> None:
        tracker = invented().tracker
        store(tracker)
        self.set_status(Status.STOPPED, date(2017, 10, 5))
        version = store(changed(tracker, "Sweep", how="Sweep well"), NEXT_PAPER)
        assert the_step(WRITE).status == Status.STOPPED
        assert [each.about for each in version.changes.all()] == ["7.1/2"]

    def test_a_target_that_was_decided_and_a_reading_that_was_added_stay(self) -> None:
        tracker = invented().tracker
        store(tracker)
        measure = Measure.objects.get()
        Measure.objects.filter(pk=measure.pk).update(target=95, decided_by=person())
        Reading.objects.create(measure=measure, words="93%", value=93, dated_on=TODAY, recorded_on=TODAY)
        store(changed(tracker, "Sweep", how="Sweep well"), NEXT_PAPER)
        kept = Measure.objects.get()
        assert (kept.target, [each.words for each in kept.readings.order_by("pk")]) == (
            Decimal(95),
            ["81%", "over 80%", "93%"],
        )
        assert changes() == [("7.1/2", "how", "Sweep", "Sweep well")]

    def test_measures_of_the_file_are_stored_with_new_readings(self) -> None:
        tracker = invented().tracker
        store(tracker)
        before = Measure.objects.get()
        newer = MeasureEntry(
            "95% of the moorings",
            Direction.AT_LEAST,
            Decimal(95),
            readings=(ReadingEntry("81%", MARCH, Decimal(81)), ReadingEntry("94.5%", NEXT_PAPER, Decimal("94.5"))),
        )
        store(changed(tracker, WRITE, measures=(newer, MeasureEntry("in words"))), NEXT_PAPER)
        first, second = Measure.objects.order_by("position")
        assert (first.pk, first.target, second.words) == (before.pk, Decimal(95), "in words")
        assert list(first.readings.order_by("pk").values_list("words", "recorded_on")) == [
            ("81%", PAPER),
            ("over 80%", PAPER),
            ("94.5%", NEXT_PAPER),
        ]
        assert [each[1] for each in changes()] == ["measures"]

    def test_a_measure_that_the_file_lacks_and_nobody_read_goes(self) -> None:
        store(one_action(step(1, "Write", measures=(MeasureEntry("a"), MeasureEntry("b")))))
        newer = one_action(step(1, "Write", measures=(MeasureEntry("b"),)))
        assert tracker_of(store(newer, NEXT_PAPER).plan) == newer

    def test_an_update_accepted_here_is_known_again_in_the_file(self) -> None:
        tracker = invented().tracker
        plan = store(tracker).plan
        found = the_step("Sweep")
        Update.objects.create(
            step=found,
            text="Swept.",
            dated_on=TODAY,
            stamp="(5 September 2017)",
            position=0,
            recorded_on=TODAY,
            written_at=plan.versions.get().applied_at,
        )
        with pytest.raises(NothingNew):
            store(changed(tracker, "Sweep", updates=(replace(note("Swept.", TODAY), stamp="(5.9.17)"),)), NEXT_PAPER)

    @pytest.mark.parametrize(("column", "word"), [("begun_on", "added"), ("dropped_on", "dropped")])
    def test_a_file_that_is_older_than_a_step_of_the_plan_cannot_know_of_it(self, column: str, word: str) -> None:
        tracker = invented().tracker
        store(tracker)
        Step.objects.filter(how="Sweep").update(**{column: date(2017, 10, 5)})
        with pytest.raises(OlderVersion, match=f"Step 7.1/2 was {word} here after 4 October 2017"):
            store(changed(tracker, WRITE, how="Write"), NEXT_PAPER)
