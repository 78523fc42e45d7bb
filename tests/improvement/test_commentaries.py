"""The commentary of a day, and the small counts on which somebody has to decide before the paper goes out."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries, Settings

from improvement.models import Action, Commentary, Deadline, Plan, Priority, SmallCountDecision, Step, Theme
from improvement.reports.paper import tracker_paper
from improvement.selectors.commentaries import commentary, undecided_small_counts
from improvement.selectors.meanwhile import seen_of
from improvement.services.commentaries import CommentaryHasMoved, keep_small_count, write_commentary
from improvement.services.steps import drop_step
from tests.access.cast import TODAY
from tests.improvement.builders import add_measure, add_reading, add_update, change, make_step, paper_published
from tests.improvement.keeping import Kept
from torbay_reports.documents.html import render_screen

pytestmark = pytest.mark.django_db
FEW = "Two children waited for a placement."


def undecided(kept: Kept, as_at: date = TODAY) -> list[tuple[str, str]]:
    return [(each.step, each.sentence) for each in undecided_small_counts(kept.plan, as_at)]


def test_the_newest_commentary_that_is_not_later_than_the_paper_opens_it(kept: Kept, settings: Settings) -> None:
    write_commentary(plan=kept.plan, text=" First.\r\n\r\nSecond. ", by=kept.lead)
    settings.TODAY = date(2017, 9, 20)
    write_commentary(plan=kept.plan, text="Later.", by=kept.lead)
    texts = [(found.text if (found := commentary(kept.plan, date(2017, 9, day))) else "") for day in (4, 5, 19, 20)]
    assert texts == ["", "First.\n\nSecond.", "First.\n\nSecond.", "Later."]
    assert Commentary.objects.count() == 2


@pytest.mark.parametrize(("text", "sentence"), [(" \n ", "Write the commentary"), ("x" * 20_001, "at most 20,000")])
def test_a_commentary_that_cannot_be_says_what_to_do(kept: Kept, text: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        write_commentary(plan=kept.plan, text=text, by=kept.lead)


def test_small_counts_are_found_wherever_the_paper_prints_words(kept: Kept) -> None:
    add_update(kept.step, f"Visits went on. {FEW} All are safe.")
    second = make_step(kept.action, how="See three young people every week.")
    add_measure(second, "One child without a plan.")
    write_commentary(plan=kept.plan, text="Four children have left care.", by=kept.lead)
    assert undecided(kept) == [
        ("", "Four children have left care."),
        ("2.3/1", FEW),
        ("2.3/2", "See three young people every week."),
        ("2.3/2", "One child without a plan."),
    ]


def test_what_no_paper_of_that_day_prints_asks_nobody(kept: Kept) -> None:
    kept.write(kept.owner, text=FEW)
    assert undecided(kept) == [], "a draft is not printed"
    add_update(kept.step, FEW, recorded_on=date(2017, 9, 20))
    assert undecided(kept) == []
    assert undecided(kept, date(2017, 9, 20)) == [("2.3/1", FEW)]
    Step.objects.filter(pk=kept.step.pk).update(dropped_on=TODAY)
    assert undecided(kept, date(2017, 9, 20)) == []


def test_a_decision_holds_for_the_sentence_as_it_stands_and_for_no_other(kept: Kept) -> None:
    add_update(kept.step, FEW)
    keep_small_count(plan=kept.plan, sentence=FEW, reason="It is published in the register.", by=kept.lead)
    assert undecided(kept) == []
    add_update(kept.step, "Three children waited for a placement.")
    assert undecided(kept) == [("2.3/1", "Three children waited for a placement.")]


def test_a_sentence_is_decided_once_and_with_a_reason(kept: Kept) -> None:
    with pytest.raises(ValidationError, match="Say why nobody can recognise a child"):
        keep_small_count(plan=kept.plan, sentence=FEW, reason=" ", by=kept.lead)
    keep_small_count(plan=kept.plan, sentence=FEW, reason="Known.", by=kept.lead)
    with pytest.raises(ValidationError, match="Lee Lead plan has decided on this sentence already"):
        keep_small_count(plan=kept.plan, sentence=FEW, reason="Known too.", by=kept.lead)
    assert SmallCountDecision.objects.count() == 1


def test_as_many_queries_for_ten_steps_as_for_one(
    kept: Kept, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_update(kept.step, FEW)
    with django_assert_num_queries(13):
        assert len(undecided_small_counts(kept.plan, TODAY)) == 1
    for number in range(9):
        add_update(make_step(kept.action), f"Two children waited in home {chr(65 + number)}.")
    with django_assert_num_queries(13):
        assert len(undecided_small_counts(kept.plan, TODAY)) == 10


def few(where: str) -> str:
    return f"Two children waited in {where}."


def test_no_small_count_that_the_paper_prints_is_missed(kept: Kept) -> None:
    paper_published(kept.plan, date(2017, 8, 1), date(2017, 8, 1), kept.lead)
    Plan.objects.update(title=few("title"), notice=few("notice"))
    Theme.objects.update(title=few("theme"))
    Priority.objects.update(title=few("priority"))
    Action.objects.update(what=few("action"))
    write_commentary(plan=kept.plan, text=few("commentary"), by=kept.lead)
    step = make_step(
        kept.action,
        owners=(few("owner"),),
        how=few("how"),
        when=few("when"),
        success=few("success"),
        status_printed=few("status"),
    )
    add_reading(add_measure(step, few("measure"), "90"), "80", words=few("reading"))
    add_update(step, few("update"), stamp=few("stamp"))
    for words in ("earlier", "when"):
        Deadline.objects.create(step=step, when=few(words), set_on=date(2017, 8, 1))
    gone = make_step(kept.action, how=few("gone"))
    add_update(gone, few("its-update"))
    for before, after in (("first", "second"), ("second", "third")):
        change(gone, "how", few(before), few(after), TODAY, kept.lead)
    drop_step(step=gone, reason=few("reason"), seen=seen_of(gone), by=kept.lead)
    plan = Plan.objects.get()
    document = tracker_paper("plan/2017-09-05")
    printed = set(re.findall(r"waited in ([a-z-]+)", f"{document.title} {render_screen(document)}"))
    asked = {each.sentence.split()[-1].rstrip(".") for each in undecided_small_counts(plan, TODAY)}
    assert {"title", "notice", "owner", "stamp", "earlier", "its-update", "first", "third", "reason"} <= printed
    assert printed <= asked
    assert "second" not in asked, "it stood between two papers only"


def test_a_target_and_a_reading_in_children_are_small_counts(kept: Kept) -> None:
    add_reading(add_measure(kept.step, "Waiting", "3", unit="children"), "2", words="")
    assert undecided(kept) == [("2.3/1", "at least 3 children"), ("2.3/1", "2 children")]


def test_of_two_commentaries_at_once_the_second_writer_reads_the_first(kept: Kept) -> None:
    first = write_commentary(plan=kept.plan, text="First.", by=kept.lead, seen=0)
    assert write_commentary(plan=kept.plan, text=" First. ", by=kept.lead, seen=0) == first, "it was sent twice"
    with pytest.raises(CommentaryHasMoved) as moved:
        write_commentary(plan=kept.plan, text="Second.", by=kept.lead, seen=0)
    assert moved.value.newest == first
    assert write_commentary(plan=kept.plan, text="Second.", by=kept.lead, seen=first.pk).text == "Second."
    assert Commentary.objects.count() == 2
