"""The steps of a plan as a table on screen; on a narrow one each row is a card."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

import django_tables2
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django_tables2.data import TableListData

from improvement.calculations.position import StepPosition, UpdatePosition
from improvement.kinds import Flag, Outcome, Status
from improvement.selectors.outline import StepOutline
from improvement.selectors.steps import steps_in_full
from torbay_reports.core.formatting import listed, long_date

_LONGEST: Final = 220
"""Characters of a step's words and of its latest update that a list shows; the step's page has them whole."""

_PLACES: Final = {status: place for place, status in enumerate(Status)}
_SORTED_BY: Final[Mapping[str, Callable[[StepOutline], Any]]] = {
    "when": lambda step: step.due_on,
    "status": lambda step: _PLACES[step.status],
    "latest_update": lambda step: step.latest_update_on,
}


def wants_something(step: StepOutline | StepPosition) -> bool:
    """Whether anybody has to look at the step: it is open, or done below its target."""
    return step.status.is_open or Flag.DONE_BELOW_TARGET in step.flags


def by_urgency(step: StepOutline) -> int:
    """Late first, then done below target, then open, then the rest."""
    if Flag.OVERDUE in step.flags:
        return 0
    if Flag.DONE_BELOW_TARGET in step.flags:
        return 1
    return 2 if step.status.is_open else 3


class StepsData(TableListData):
    """Outlines of steps to order and to count; those of one page come as whole steps."""

    def __init__(self, steps: Iterable[StepOutline], as_at: date) -> None:
        self._print = list(steps)
        self._as_at = as_at
        super().__init__(self._print)

    def __getitem__(self, key: slice) -> list[StepPosition]:
        return list(steps_in_full([each.pk for each in self.data[key]], self._as_at).values())

    def order_by_urgency(self) -> None:
        """What is late first, and what is done last."""
        self.data = sorted(self._print, key=by_urgency)

    def order_by(self, aliases: Iterable[Any]) -> None:
        """In the order of print unless a column says otherwise; what has no value stays last either way."""
        self.data = list(self._print)
        for alias in reversed(tuple(aliases)):
            key = _SORTED_BY.get(alias.bare)
            if key is None:
                self.data = self.data[::-1] if alias.is_descending else self.data
                continue
            present = [each for each in self.data if key(each) is not None]
            present.sort(key=key, reverse=alias.is_descending)
            self.data = present + [each for each in self.data if key(each) is None]


class StepsTable(django_tables2.Table):
    """One step a row; a reader may order it by reference, due date, status or latest update."""

    reference = django_tables2.Column("Step")
    how = django_tables2.Column("What", empty_values=(), orderable=False)
    owners = django_tables2.Column("Who", empty_values=(), orderable=False)
    when = django_tables2.Column("By when", empty_values=())
    status = django_tables2.Column("Status", empty_values=())
    latest_update = django_tables2.Column("Latest update", empty_values=(), initial_sort_descending=True)

    def __init__(self, data: StepsData, *, slug: str, caption: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.slug, self.caption = slug, caption

    def render_reference(self, record: StepPosition) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', step_address(self.slug, record), record.reference)

    def render_how(self, record: StepPosition) -> str:
        return shortened(record.how) or "Nothing is written here."

    def render_owners(self, record: StepPosition) -> SafeString:
        return _flagged(listed(record.owners) or record.who, record, Flag.NO_OWNER)

    def render_when(self, record: StepPosition) -> SafeString:
        return _flagged(record.when, record, Flag.NO_DUE_DATE, Flag.OVERDUE)

    def render_status(self, record: StepPosition) -> SafeString:
        words = record.status.label
        if record.outcome is Outcome.AT_TARGET:
            words = f"{words}; at target"
        return _flagged(words, record, Flag.DONE_BELOW_TARGET)

    def render_latest_update(self, record: StepPosition) -> SafeString:
        update = record.latest_update
        words = update_words(update) if update else ""
        return _flagged(words, record, Flag.DONE_WITHOUT_EVIDENCE, Flag.STALE)


def step_address(slug: str, step: StepPosition) -> str:
    """Where the step's page stands."""
    return reverse("improvement:step", args=[slug, step.action_reference, step.number])


def update_words(update: UpdatePosition) -> str:
    """The update, shortened, with its date as far as one is known."""
    said = long_date(update.dated_on) if update.dated_on else update.stamp.strip("() ")
    return f"{shortened(update.text)} ({said})" if said else shortened(update.text)


def shortened(words: str) -> str:
    """As much of the words as a list shows."""
    return Truncator(words).chars(_LONGEST) if len(words) > _LONGEST else words


def _flagged(words: str, step: StepPosition, *flags: Flag) -> SafeString:
    """The words with those of the flags that the step has, in words too."""
    tags: list[str] = [
        format_html('<strong class="flag">{}</strong>', each.label) for each in flags if each in step.flags
    ]
    return format_html_join(" ", "{}", ([each] for each in ([words] if words else []) + tags))
