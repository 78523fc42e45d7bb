"""Two bars a priority, one for what is done and one for what was measured at its target, as the rows of a table.

Written here and not in a template, which would take longer over hundreds of priorities than over all the rest.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from improvement.calculations.counting import Bars, bars
from improvement.selectors.outline import StepOutline, ThemeOutline

_ROW: Final = (
    '<tr class="{}"><th scope="row"><a class="govuk-link" href="?place={}">{}</a></th>'
    '<td data-label="Done">{}</td><td data-label="Measured at target">{}</td>'
    '<td data-label="Without a target" class="aside">{}</td></tr>'
)
_BAR: Final = (
    '{} of {}{}<svg class="bar bar--{}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="{}" height="8"/></svg>'
)


def rows_of_bars(themes: Iterable[ThemeOutline], steps: Iterable[StepOutline]) -> SafeString:
    """A table body for each theme: a row of its own and one for each priority that has steps, in the order of print."""
    of_priority = defaultdict[int, list[StepOutline]](list)
    for each in steps:
        of_priority[each.priority].append(each)
    bodies = []
    for theme in themes:
        counted = [(each, bars(of_priority[each.pk])) for each in theme.priorities if each.pk in of_priority]
        whole = sum((each for _, each in counted), Bars())
        rows = [_row("theme", f"theme-{theme.pk}", f"{theme.number}. {theme.title}", whole)]
        for line, of in counted:
            rows.append(_row("priority", f"priority-{line.pk}", f"Priority {line.number}: {line.title}", of))
        if counted:
            bodies.append(f"<tbody>{''.join(rows)}</tbody>")
    return SafeString("".join(bodies))


def _row(kind: str, place: str, name: str, of: Bars) -> str:
    """A row; `place` is what the filter calls the theme or the priority."""
    met = _bar("met", of.at_target, of.measured) if of.measured else "no step has a target"
    if of.not_read:
        met += f" {of.not_read} without a reading that tells"
    return _ROW.format(kind, place, escape(name), _bar("done", of.done, of.steps), met, untold(of))


@lru_cache(maxsize=4096)
def _bar(kind: str, part: int, whole: int) -> SafeString:
    return format_html(
        _BAR, part, whole, " with a target" if kind == "met" else "", kind, round(100 * part / whole) if whole else 0
    )


def untold(of: Bars) -> str:
    """The steps of which no bar tells, in words: "5 without a measure, 3 with one in words only"."""
    found = [(of.no_measure, "without a measure"), (of.words_only, "with a measure in words only")]
    return ", ".join(f"{number} {words}" for number, words in found if number) or "none"
