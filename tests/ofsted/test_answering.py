"""The rules of findings against steps, on invented positions: the order, what contradicts, what nobody answers."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count as numbers

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.position import StepPosition
from improvement.kinds import Direction, Status
from ofsted.calculations.answer_words import (
    makeup_words,
    relation_words,
    since_words,
    told,
    unanswered_words,
)
from ofsted.calculations.answering import (
    FindingPosition,
    LetterPosition,
    LinkedStep,
    Rank,
    by_rank,
    contradicted_steps,
    worst_first,
)
from ofsted.calculations.citing import Citation, VisitPosition, without_finding
from ofsted.calculations.figures import QuotedFigure, figure_sentences
from ofsted.calculations.narrowing import Order, WantedFindings, Wish, grouped
from ofsted.kinds import Polarity, Relation, SinceLast
from tests.improvement.papers import a_done_step

VISIT_ENDED, DATED = date(2017, 7, 26), date(2017, 8, 24)
LETTER = LetterPosition(1, "2017-07", "25 and 26 July 2017", VISIT_ENDED, DATED)
LATER = LetterPosition(2, "2017-11", "14 November 2017", date(2017, 11, 14), date(2017, 12, 5))


def a_link(
    relation: Relation = Relation.ANSWERS,
    status: Status = Status.DONE,
    *,
    completed_on: date | None = None,
    left_on: date | None = None,
    pk: int = 1,
    letter: LetterPosition = LETTER,
) -> LinkedStep:
    step = a_done_step(pk=pk, reference=f"2.3/{pk}", number=pk, status=status, completed_on=completed_on)
    return LinkedStep(step, 1, relation, "", letter.visit_ended_on, left_on)


def a_finding(
    *links: LinkedStep, pk: int = 1, polarity: Polarity = Polarity.WEAKNESS, letter: LetterPosition = LETTER
) -> FindingPosition:
    return FindingPosition(
        pk=pk,
        letter=letter,
        section="Overview",
        number=2,
        place=(pk, 1),
        words=f"Audits {pk} are too kind.",
        theme="Audits",
        theme_slug="audits",
        polarity=polarity,
        links=links,
    )


CONTRADICTED = Relation.CONTRADICTED


class TestContradiction:
    @pytest.mark.parametrize(
        ("link", "expected"),
        [
            (a_link(CONTRADICTED), True),
            (a_link(CONTRADICTED, Status.DONE_CONTINUING), True),
            (a_link(CONTRADICTED, completed_on=VISIT_ENDED), True),
            (a_link(CONTRADICTED, completed_on=VISIT_ENDED + timedelta(days=1)), False),
            (a_link(CONTRADICTED, Status.IN_PROGRESS), False),
            (a_link(CONTRADICTED, Status.STOPPED), False),
            (a_link(CONTRADICTED, left_on=DATED), False),
            (a_link(Relation.ANSWERS), False),
            (a_link(Relation.CONFIRMED), False),
        ],
    )
    def test_it_wants_a_completed_step_and_a_later_finding(self, link: LinkedStep, expected: bool) -> None:
        assert link.is_contradiction is expected

    def test_its_sentence_tells_both(self) -> None:
        assert (
            relation_words(a_link(CONTRADICTED), LETTER) == "Completed. The finding of 24 August 2017 says otherwise."
        )

    @pytest.mark.parametrize(
        ("link", "sentence"),
        [
            (a_link(), "The step is meant to put it right."),
            (a_link(Relation.CONFIRMED), "The finding bears the step out."),
            (
                a_link(CONTRADICTED, Status.IN_PROGRESS),
                "The finding of 24 August 2017 says otherwise. The step is in progress.",
            ),
            (
                a_link(CONTRADICTED, completed_on=date(2017, 8, 1)),
                "The finding of 24 August 2017 says otherwise. The step was completed later, on 1 August 2017.",
            ),
            (a_link(left_on=date(2017, 9, 1)), "It left the plan on 1 September 2017 and answers nothing any more."),
        ],
    )
    def test_every_other_relation_has_a_sentence(self, link: LinkedStep, sentence: str) -> None:
        assert relation_words(link, LETTER) == sentence

    def test_a_step_that_two_findings_contradict_is_there_once_with_the_newest_finding_first(self) -> None:
        first = a_finding(a_link(CONTRADICTED), pk=1)
        second = a_finding(a_link(CONTRADICTED, letter=LATER), pk=2, letter=LATER)
        (step,) = contradicted_steps([first, second])
        assert [each.pk for each in step.findings] == [2, 1]


class TestRank:
    @pytest.mark.parametrize(
        ("finding", "rank"),
        [
            (a_finding(a_link(), a_link(CONTRADICTED, pk=2)), Rank.CONTRADICTED),
            (a_finding(), Rank.UNANSWERED),
            (a_finding(a_link(left_on=DATED)), Rank.UNANSWERED),
            (a_finding(a_link(), a_link(status=Status.STOPPED, pk=2)), Rank.NOTHING_OPEN),
            (a_finding(a_link(), a_link(status=Status.IN_PROGRESS, pk=2)), Rank.UNDER_WAY),
            (a_finding(a_link(status=Status.NOT_STATED)), Rank.UNDER_WAY),
            (a_finding(polarity=Polarity.PROGRESS), Rank.PROGRESS),
            (a_finding(polarity=Polarity.NOT_MARKED), Rank.NOT_MARKED),
            (a_finding(polarity=Polarity.STRENGTH), Rank.STRENGTH),
        ],
    )
    def test_a_finding_has_the_rank_of_its_steps(self, finding: FindingPosition, rank: Rank) -> None:
        assert finding.rank is rank

    def test_of_one_rank_the_newest_letter_stands_first_then_the_order_of_the_letter(self) -> None:
        found = [a_finding(pk=3), a_finding(pk=1), a_finding(pk=2, letter=LATER)]
        assert [each.pk for each in worst_first(found)] == [2, 1, 3]


class TestWords:
    def test_where_it_stands(self) -> None:
        assert a_finding().where == "Overview, paragraph 2"
        assert replace(a_finding(), section="", number=1).where == "Opening, paragraph 1"

    @pytest.mark.parametrize(
        ("finding", "sentence"),
        [
            (a_finding(), "No step answers this finding."),
            (a_finding(polarity=Polarity.STRENGTH), "A strength needs no step."),
            (a_finding(polarity=Polarity.PROGRESS), "No step is linked to this finding."),
            (a_finding(a_link()), ""),
        ],
    )
    def test_what_no_step_answers_says_so(self, finding: FindingPosition, sentence: str) -> None:
        assert unanswered_words(finding) == sentence

    @pytest.mark.parametrize(
        ("measure", "sentence"),
        [
            (
                QuotedFigure("half are NEET", Decimal(52), None, "%", "care leavers", Direction.AT_MOST, Decimal(40)),
                "Half are NEET. 52% of care leavers; at most 40% was the target: missed.",
            ),
            (
                QuotedFigure("most.", Decimal(90), None, "%", "", Direction.AT_LEAST, Decimal(90)),
                "Most. 90%; at least 90% was the target: reached.",
            ),
            (
                QuotedFigure("four were kind", Decimal(4), 6, "audits", "audits done", Direction.UNKNOWN, None),
                "Four were kind. 4 of 6 audits done.",
            ),
            (
                QuotedFigure("few", Decimal(4), 6, "", "young people", Direction.UNKNOWN, None),
                "Few. 4 of 6 young people.",
            ),
        ],
    )
    def test_a_figure_is_a_sentence(self, measure: QuotedFigure, sentence: str) -> None:
        assert figure_sentences(measure) == sentence

    def test_what_changed_since_the_last_visit(self) -> None:
        better = replace(a_finding(), since_last=SinceLast.BETTER)
        assert since_words(a_finding()) == ""
        assert since_words(better) == "Better than at the last visit."
        assert since_words(replace(better, since_last_words="More plans.")) == (
            "Better than at the last visit: More plans."
        )

    def test_nothing_wrong_is_said_in_words(self) -> None:
        strength = a_finding(polarity=Polarity.STRENGTH)
        assert [each.sentence for each in told([strength], [])] == [
            "No completed step is contradicted by a later finding.",
            "No weakness is without a step.",
        ]

    def test_one_is_said_as_one(self) -> None:
        found = [a_finding(a_link(CONTRADICTED), pk=1), a_finding(pk=2)]
        assert [each.sentence for each in told(found, [])] == [
            "1 completed step is contradicted by a later finding.",
            "No step answers 1 weakness.",
        ]
        assert makeup_words(found) == "2 findings of 1 letter: 2 weaknesses."


VISITS = (
    VisitPosition(1, "2016-12", "December 2016", date(2016, 12, 1), date(2016, 12, 1)),
    VisitPosition(2, "2017-06", "29 June to 4 July 2017", date(2017, 6, 1), date(2017, 7, 4), LETTER),
)


def a_citation(month: date, *, action: int = 1, step: int | None = None) -> Citation:
    return Citation("Ofsted then", month, action, "2.3", step, "Act", (("2.3/1", 1),))


class TestCitations:
    def test_a_visit_without_a_letter_one_with_another_finding_and_no_visit_are_groups_of_their_own(self) -> None:
        citations = [a_citation(date(2015, 3, 1)), a_citation(date(2017, 7, 1)), a_citation(date(2016, 12, 1))]
        found = without_finding(citations, VISITS, [a_finding()])
        assert [each.visit.pk if each.visit else None for each in found] == [1, 2, None]
        assert [each.citations[0].month.year for each in found] == [2016, 2017, 2015]

    @pytest.mark.parametrize(
        ("citation", "left"),
        [
            (a_citation(date(2017, 6, 1)), 0),
            (a_citation(date(2017, 7, 1), step=1), 0),
            (a_citation(date(2017, 7, 1), step=2), 1),
            (a_citation(date(2017, 7, 1), action=2), 1),
            (a_citation(date(2016, 12, 1)), 1),
        ],
    )
    def test_a_finding_of_that_visit_that_is_linked_to_the_step_or_action_stands_behind_it(
        self, citation: Citation, left: int
    ) -> None:
        assert len(without_finding([citation], VISITS, [a_finding(a_link(pk=1))])) == left

    def test_a_link_to_a_step_that_left_the_plan_does_not(self) -> None:
        gone = a_finding(a_link(left_on=DATED))
        assert without_finding([a_citation(date(2017, 7, 1))], VISITS, [gone])


class TestNarrowing:
    FOUND = (
        a_finding(a_link(CONTRADICTED), pk=1),
        a_finding(pk=2, letter=LATER),
        replace(a_finding(pk=3, polarity=Polarity.STRENGTH), theme="", theme_slug="", words="Advice is good."),
    )

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            (WantedFindings(), [1, 2, 3]),
            (WantedFindings(words="AUDITS kind"), [1, 2]),
            (WantedFindings(words="visit 2.3/1"), [1]),
            (WantedFindings(theme="audits"), [1, 2]),
            (WantedFindings(polarity=Polarity.STRENGTH), [3]),
            (WantedFindings(visit="2017-11"), [2]),
            (WantedFindings(wish=Wish.CONTRADICTED), [1]),
            (WantedFindings(wish=Wish.UNANSWERED), [2]),
            (WantedFindings(wish=Wish.UNANSWERED, words="advice"), []),
        ],
    )
    def test_a_finding_has_to_be_all_that_is_asked_for(self, wanted: WantedFindings, expected: list[int]) -> None:
        assert [each.pk for each in self.FOUND if wanted.has(each)] == expected

    @pytest.mark.parametrize(
        ("order", "headings"),
        [
            (
                Order.WORST_FIRST,
                ["Weaknesses that contradict a completed step", "Weaknesses that no step answers", "Strengths"],
            ),
            (Order.LETTER, ["Letter of 5 December 2017", "Letter of 24 August 2017"]),
            (Order.THEME, ["Audits", "Without a theme"]),
        ],
    )
    def test_they_are_grouped_in_the_order_asked_for(self, order: Order, headings: list[str]) -> None:
        assert [each.heading for each in grouped(self.FOUND, order)] == headings


@st.composite
def invented(draw: st.DrawFn) -> list[FindingPosition]:
    """Findings of two letters, each with some of a few steps, whose statuses agree wherever they stand."""
    steps: dict[int, StepPosition] = {}
    for pk in range(1, 6):
        status = draw(st.sampled_from(Status))
        completed = draw(st.sampled_from([None, VISIT_ENDED, date(2017, 9, 1)])) if status.is_done else None
        steps[pk] = a_done_step(pk=pk, reference=f"2.3/{pk}", number=pk, status=status, completed_on=completed)
    keys = numbers(1)
    found = []
    for letter in draw(st.lists(st.sampled_from([LETTER, LATER]), max_size=12)):
        links = tuple(
            LinkedStep(
                steps[pk],
                1,
                draw(st.sampled_from(Relation)),
                "",
                letter.visit_ended_on,
                draw(st.sampled_from([None, None, DATED])),
            )
            for pk in draw(st.lists(st.sampled_from(sorted(steps)), unique=True, max_size=4))
        )
        found.append(a_finding(*links, pk=next(keys), polarity=draw(st.sampled_from(Polarity)), letter=letter))
    return draw(st.permutations(found))


class TestWhateverThereIs:
    @given(invented())
    def test_the_order_is_total_the_worst_first_and_does_not_hang_on_how_they_came(
        self, findings: list[FindingPosition]
    ) -> None:
        ordered = worst_first(findings)
        assert list(ordered) == list(worst_first(reversed(findings)))
        assert [each.rank for each in ordered] == sorted(each.rank for each in findings)

    @given(invented(), st.sampled_from(Order))
    def test_every_finding_appears_once_with_all_its_links(self, findings: list[FindingPosition], order: Order) -> None:
        shown = [each for group in grouped(findings, order) for each in group.findings]
        assert sorted(each.pk for each in shown) == sorted(each.pk for each in findings)
        assert sum(len(each.links) for each in shown) == sum(len(each.links) for each in findings)

    @given(invented())
    def test_the_counts_in_the_sentences_are_the_lengths_of_the_lists(self, findings: list[FindingPosition]) -> None:
        said = {each.about: each.number for each in told(findings, [])}
        ranked = by_rank(findings)
        assert said["contradicted"] == len(contradicted_steps(findings))
        assert said["unanswered"] == len(ranked.get(Rank.UNANSWERED, ()))
        for rank in (Rank.NOTHING_OPEN, Rank.UNDER_WAY, Rank.NOT_MARKED):
            assert said.get(f"rank_{rank.value}", 0) == len(ranked.get(rank, ()))

    @given(invented())
    def test_a_weakness_is_unanswered_just_where_its_words_say_so(self, findings: list[FindingPosition]) -> None:
        for each in findings:
            is_said = unanswered_words(each) == "No step answers this finding."
            assert is_said is (each.rank is Rank.UNANSWERED)
