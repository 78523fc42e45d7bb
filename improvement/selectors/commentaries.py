"""What opens the paper, and the sentences in it that count so few children that the lead has to decide on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import QuerySet

from improvement.calculations.position import MeasurePosition, PlanPosition, StepPosition
from improvement.calculations.wording import reading_words, target_words
from improvement.calculations.words.small_counts import small_count_sentences
from improvement.models import Commentary, Plan, SmallCountDecision
from improvement.selectors.papers import changes_since, last_paper, updates_since
from improvement.selectors.position import plan_position


@dataclass(frozen=True, slots=True)
class SmallCount:
    """A sentence that counts one to four children; `step` is the reference, empty for the commentary and headings."""

    sentence: str
    step: str
    where: str

    @property
    def key(self) -> str:
        """What the sentence is known by in addresses."""
        return sha256(self.sentence.encode()).hexdigest()[:16]


def commentary(plan: Plan, as_at: date) -> Commentary | None:
    """The newest commentary that is not later than that day."""
    found = Commentary.objects.filter(plan=plan, written_on__lte=as_at).select_related("written_by")
    return found.order_by("written_on", "pk").last()


def small_counts(plan: Plan, as_at: date) -> tuple[SmallCount, ...]:
    """Every such sentence in what a paper as at that day prints, once, in the order of print.

    What it tells of the time since the last paper comes last: most of it stands in the plan as well.
    """
    position, opening = plan_position(plan, as_at), commentary(plan, as_at)
    found: dict[str, SmallCount] = {}
    lead = ("", "the commentary", opening.text if opening else "")
    for step, where, text in [lead, *_texts(position), *_texts_since(plan, as_at)]:
        for sentence in small_count_sentences(text):
            found.setdefault(sentence, SmallCount(sentence, step, where))
    return tuple(found.values())


def undecided_small_counts(plan: Plan, as_at: date) -> tuple[SmallCount, ...]:
    """Those of these sentences on which nobody has decided: the paper waits for them."""
    decided = set(SmallCountDecision.objects.filter(plan=plan).values_list("sentence", flat=True))
    return tuple(each for each in small_counts(plan, as_at) if each.sentence not in decided)


def small_count_decisions(plan: Plan) -> QuerySet[SmallCountDecision]:
    """What was decided on such sentences, newest first."""
    return SmallCountDecision.objects.filter(plan=plan).select_related("decided_by").order_by("-decided_at", "-pk")


def _texts(plan: PlanPosition) -> Iterator[tuple[str, str, str]]:
    yield "", "the plan's title", plan.title
    yield "", "the plan's notice", plan.notice
    for theme in plan.themes:
        yield "", f"theme {theme.number}", theme.title
        for priority in theme.priorities:
            yield "", f"priority {priority.number}", priority.title
            for action in priority.actions:
                yield "", f"action {action.reference}", action.what
                for step in action.steps:
                    for where, text in _texts_of(step):
                        yield step.reference, where, text


def _texts_of(step: StepPosition) -> Iterator[tuple[str, str]]:
    yield "how", step.how
    yield "the owner as printed", step.who
    for name in step.owners:
        yield "an owner's name", name
    yield "the due date as printed", step.when
    yield "the success measure", step.success
    yield "the status as printed", step.status_printed
    for update in step.updates:
        yield "an update", update.text
        yield "the date of an update as printed", update.stamp
    for measure in step.measures:
        yield from _texts_of_measure(measure)
    for earlier in step.deadlines[:-1]:
        yield "an earlier due date", earlier.when
    for deadline in step.deadlines:
        yield "a moved due date", deadline.reason


def _texts_of_measure(measure: MeasurePosition) -> Iterator[tuple[str, str]]:
    yield "a measure", measure.words
    yield "a target", target_words(measure)
    for reading in measure.readings:
        yield "a reading", reading_words(reading, measure.unit)


def _texts_since(plan: Plan, as_at: date) -> Iterator[tuple[str, str, str]]:
    """What the paper tells of since the last one, also of steps that have left the plan; up to three queries.

    Of a field that was changed several times it prints the first value and the last.
    """
    last = last_paper(plan, as_at)
    if last is None:
        return
    for each in changes_since(plan, last.frozen_at, as_at):
        about = each.last.about if each.last.step_id else ""
        if not each.comes_or_goes:
            yield about, "words that were changed", each.first.before
        if each.last.field != "added":
            yield about, f"a change of {each.last.about}", each.last.after
    for update in updates_since(plan, last.frozen_at, as_at):
        yield update.step.reference, "an update", update.text
