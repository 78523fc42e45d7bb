"""The tracker's charts, each with the sentence that says what it shows and the table of all that it draws."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

from improvement.calculations.counting import Bars, bars, completion_over_time, counts_by_status, counts_by_theme
from improvement.calculations.position import DoneBasis, PlanPosition, PriorityPosition
from improvement.kinds import Status
from improvement.reports.cells import number_cell, short, text_cell
from torbay_reports.core.formatting import count, listed, long_date
from torbay_reports.documents.blocks import Chart, Column, Row, Table, words
from torbay_reports.documents.charts import Point, step_line
from torbay_reports.documents.stacks import PairOfBars, Progress, StackedBar, pairs_of_bars, stacked_bars

LINE_OF_A_NAME = 48
"""A longer name is cut beside its bar, which it would leave no room; the table has it whole."""
LINE_OF_A_ROW = 78
MOST_PAIRS = 20
"""More priorities than these cannot be read on a page; the sentence then says how many are left out."""


def status_by_theme_chart(position: PlanPosition) -> Chart:
    """The statuses of each theme's steps, a bar a theme."""
    shown = [status for status in Status if counts_by_status(position.steps())[status]] or [Status.DONE]
    counts = counts_by_theme(position.themes)
    names = _names([f"{theme.number} {theme.title}" for theme, _ in counts], lines=2)
    stacked = [
        StackedBar(name=name, lengths=tuple(of[status] for status in Status))
        for name, (_, of) in zip(names, counts, strict=True)
    ]
    anchor, title = "status-by-theme", "Status of the steps by theme"
    columns = [Column(key=status.value, label=_capital(status.label), numeric=True, width=25) for status in shown]
    rows = [
        Row(
            anchor=f"{anchor}-{place}",
            cells=(
                text_cell(f"{theme.number} {theme.title}"),
                *(number_cell(of[status], f"theme:{theme.number}.{status.value}") for status in shown),
                number_cell(sum(of.values()), f"theme:{theme.number}.steps"),
            ),
        )
        for place, (theme, of) in enumerate(counts, start=1)
    ]
    return Chart(
        anchor=anchor,
        title=title,
        sentence=words(_theme_sentence(position)),
        figure=stacked_bars(stacked, parts=[status.label for status in Status], axis="Steps"),
        table=Table(
            anchor=f"{anchor}-data",
            caption=f"{title}: the figures drawn",
            kind="small",
            columns=(
                Column(key="theme", label="Theme", width=110),
                *columns,
                Column(key="steps", label="All steps", numeric=True, width=25),
            ),
            rows=(*rows, _total(position, shown, f"{anchor}-total")),
        ),
    )


def _total(position: PlanPosition, shown: Sequence[Status], anchor: str) -> Row:
    of = counts_by_status(position.steps())
    numbers = [number_cell(of[status], f"plan.{status.value}") for status in shown]
    return Row(
        anchor=anchor,
        level="total",
        cells=(text_cell("All themes"), *numbers, number_cell(sum(of.values()), "plan.steps")),
    )


def _theme_sentence(position: PlanPosition) -> str:
    known = [(theme, bars(theme.steps())) for theme in position.themes]
    known = [(theme, of) for theme, of in known if of.steps]
    if not known:
        return "The plan has no step yet."
    theme, least = min(known, key=lambda pair: pair[1].done / pair[1].steps)
    whole = bars(position.steps())
    opening = f"{whole.done} of {count(whole.steps, 'step is', 'steps are')} done or done and continuing"
    if len(known) == 1 or all(of.done == of.steps for _, of in known):
        return f"{opening}."
    return f"{opening}. The smallest share is theme {theme.number}'s, {least.done} of {least.steps}."


def completion_chart(position: PlanPosition) -> Chart:
    """How the number of steps done grew, with what was taken for the days of completion that nobody recorded."""
    over_time = completion_over_time(position.steps(), position.as_at)
    anchor, title = "completion", "Steps done over time"
    assumed = over_time.by_basis[DoneBasis.PAPER]
    points = [
        Point(each.on, each.done, is_assumed=bool(assumed) and each.on == position.as_at) for each in over_time.points
    ]
    before = [0, *(each.done for each in over_time.points)]
    rows = [
        Row(
            anchor=f"{anchor}-{each.on.isoformat()}",
            cells=(
                text_cell(long_date(each.on)),
                number_cell(each.done - earlier, f"done_on.{each.on.isoformat()}"),
                number_cell(each.done, f"done_by.{each.on.isoformat()}"),
            ),
        )
        for each, earlier in zip(over_time.points, before, strict=False)
    ]
    return Chart(
        anchor=anchor,
        title=title,
        sentence=words(_completion_sentence(over_time.by_basis)),
        figure=step_line(points, axis="Steps done"),
        table=Table(
            anchor=f"{anchor}-data",
            caption=f"{title}: the figures drawn",
            kind="small",
            columns=(
                Column(key="day", label="Day"),
                Column(key="on", label="Done from then", numeric=True),
                Column(key="by", label="Done by then", numeric=True),
            ),
            rows=tuple(rows),
        ),
    )


def _completion_sentence(by_basis: Mapping[DoneBasis, int]) -> str:
    done, stated = sum(by_basis.values()), by_basis[DoneBasis.STATED]
    if not done:
        return "No step is done yet."
    if stated == done:
        return f"{count(done, 'step is', 'steps are')} done; the day of each was recorded."
    if stated:
        known = f"The day of completion is recorded for {stated} of the {done} steps done"
    else:
        known = f"The source gives no day of completion for {'any of the' if done > 1 else 'the'} {_steps(done)} done"
    taken = [
        f"for {by_basis[basis]} {basis.label}" for basis in (DoneBasis.EVIDENCE, DoneBasis.PAPER) if by_basis[basis]
    ]
    last = (
        " The hollow mark is the paper's date: these steps were done by then, on days that nobody recorded."
        if by_basis[DoneBasis.PAPER]
        else ""
    )
    return f"{known}. Taken instead: {listed(taken)}.{last}"


def _steps(number: int) -> str:
    return count(number, "step", "steps")


def priority_bars_chart(position: PlanPosition) -> Chart:
    """Two bars a priority: what is done, and what was measured at its target; without a measure is a count apart."""
    everyone = [(priority, bars(priority.steps())) for theme in position.themes for priority in theme.priorities]
    known = [(priority, of) for priority, of in everyone if of.steps]
    drawn = _largest(known)
    names = _names([f"{priority.number} {priority.title}" for priority, _ in drawn], lines=1)
    anchor, title = "two-bars", "Done, and measured at target, by priority"
    return Chart(
        anchor=anchor,
        title=title,
        sentence=words(_bars_sentence(bars(position.steps()), len(known) - len(drawn))),
        figure=pairs_of_bars(
            [_pair(name, of) for name, (_, of) in zip(names, drawn, strict=True)],
            labels=("done, of all steps", "at target, of the steps with a target"),
            axis="Steps",
        ),
        table=_bars_table(everyone, anchor=f"{anchor}-data", caption=f"{title}: the figures drawn"),
    )


def _largest(known: list[tuple[PriorityPosition, Bars]]) -> list[tuple[PriorityPosition, Bars]]:
    """Those with the most steps, in the order of print."""
    kept = sorted(range(len(known)), key=lambda place: (-known[place][1].steps, place))[:MOST_PAIRS]
    return [known[place] for place in sorted(kept)]


def _pair(name: str, of: Bars) -> PairOfBars:
    figures = f"{of.done} of {of.steps} done"
    if of.measured:
        figures += f"; {of.at_target} of {of.measured} at target"
    without = of.words_only + of.no_measure
    return PairOfBars(
        name=name,
        first=Progress(of.done, of.steps),
        second=Progress(of.at_target, of.measured),
        figures=figures,
        aside=f"{without} without a target" if without else "",
    )


def _bars_sentence(whole: Bars, left_out: int) -> str:
    without = whole.words_only + whole.no_measure
    said = (
        f"{whole.done} of {count(whole.steps, 'step is', 'steps are')} done. "
        f"{count(whole.measured, 'step has', 'steps have')} a target: {whole.at_target} reached it, {whole.below} "
        f"missed it, and of {whole.not_read} no reading tells. "
        f"{count(without, 'step has', 'steps have')} no target, so nobody can say whether what was done worked."
    )
    if left_out:
        said += f" {MOST_PAIRS} priorities with the most steps are drawn; the table has the other {left_out} too."
    return said


def _bars_table(everyone: list[tuple[PriorityPosition, Bars]], *, anchor: str, caption: str) -> Table:
    return Table(
        anchor=anchor,
        caption=caption,
        kind="small",
        columns=(
            Column(key="priority", label="Priority", width=133),
            Column(key="steps", label="Steps", numeric=True, width=19),
            Column(key="done", label="Done", numeric=True, width=19),
            Column(key="at_target", label="At target", numeric=True, width=19),
            Column(key="below", label="Below target", numeric=True, width=19),
            Column(key="not_read", label="No reading", numeric=True, width=19),
            Column(key="words_only", label="Measure in words only", numeric=True, width=19),
            Column(key="no_measure", label="No measure", numeric=True, width=19),
        ),
        rows=tuple(
            Row(
                anchor=f"{anchor}-{place}",
                cells=(
                    text_cell(short(f"{priority.number} {priority.title}", LINE_OF_A_ROW)),
                    *(
                        number_cell(getattr(of, name), f"priority:{priority.number}.{name}")
                        for name in (
                            "steps",
                            "done",
                            "at_target",
                            "below",
                            "not_read",
                            "words_only",
                            "no_measure",
                        )
                    ),
                ),
            )
            for place, (priority, of) in enumerate(everyone, start=1)
        ),
    )


def _names(titles: Sequence[str], *, lines: int) -> list[str]:
    """A name for each bar; of two that are the same the later says its place, or they would lie on each other."""
    names: list[str] = []
    for title in titles:
        name = "\n".join(wrap(title, LINE_OF_A_NAME, max_lines=lines, placeholder="…"))
        names.append(name if name not in names else f"{name} [{len(names) + 1}]")
    return names


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
