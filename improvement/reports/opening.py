"""The pages that open the tracker's paper: the lead's words, what changed, the counts, and the lists to look at."""

from collections import Counter
from collections.abc import Iterator, Mapping

from improvement.calculations.counting import counts_by_status
from improvement.calculations.position import PlanPosition
from improvement.kinds import Flag, Status
from improvement.models import Commentary
from improvement.reports.cells import lined, number, number_cell, sentence, text_cell
from improvement.reports.charts import completion_chart, priority_bars_chart, status_by_theme_chart
from improvement.reports.lists import list_blocks
from improvement.reports.since import Since, since_blocks
from torbay_reports.core.formatting import count, long_date
from torbay_reports.documents.blocks import (
    Block,
    CallOut,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Prose,
    Row,
    Table,
    words,
)

SUMMARY = "summary"


def opening_blocks(
    position: PlanPosition, lead: Commentary | None, since: Since | None, anchors: Mapping[int, str]
) -> Iterator[Block]:
    """What stands before the first theme."""
    yield from _commentary(lead)
    yield Heading(anchor="in-short", text="In short", level=2)
    yield Paragraph(anchor="in-short-summary", content=summary(position), role="summary")
    yield Paragraph(anchor="in-short-age", content=_newest_update(position))
    yield Heading(anchor="changed", text="What changed since the last meeting", level=2)
    yield from since_blocks(since, position, anchors)
    yield Heading(anchor="standing", text="Where the steps stand", level=2)
    yield _status_table(position)
    yield status_by_theme_chart(position)
    yield completion_chart(position)
    yield priority_bars_chart(position)
    yield Heading(anchor="look-at", text="What to look at", level=2)
    yield from list_blocks(position, anchors)
    yield Heading(anchor="tracker", text="The tracker", level=2)
    yield CallOut(anchor="how-to-read", content=words(HOW_TO_READ))


HOW_TO_READ = (
    "What is printed in the source stands as printed. What an action sets out to do stands beside its first step only. "
    "Grey words are added: the owners of a step whose own cell is blank, the status from the closed list, "
    "the number as the source prints it. Red words say which of the lists above a step stands on."
)


def _commentary(lead: Commentary | None) -> Iterator[Block]:
    """The lead's words under a heading of their own; nothing at all where none were written."""
    paragraphs = [part for part in lead.text.splitlines() if part.strip()] if lead else []
    if lead is None or not paragraphs:
        return
    yield Heading(anchor="lead", text="What the improvement lead says", level=2)
    for place, text in enumerate(paragraphs, start=1):
        yield Paragraph(anchor=f"lead-{place}", content=words(text.strip()))
    yield Paragraph(anchor="lead-date", content=words(f"Written on {long_date(lead.written_on)}."))


def summary(position: PlanPosition) -> Prose:
    """The whole plan in a few words, every count bound to what it counts."""
    steps = list(position.steps())
    of = counts_by_status(steps)
    flagged = Counter(flag for step in steps for flag in step.flags)
    done, continuing = of[Status.DONE] + of[Status.DONE_CONTINUING], of[Status.DONE_CONTINUING]
    below, without = flagged[Flag.DONE_BELOW_TARGET], flagged[Flag.DONE_WITHOUT_EVIDENCE]
    overdue = flagged[Flag.OVERDUE]
    said: list[str | Figure] = [
        number(done, "plan.done_or_continuing"),
        " of ",
        number(len(steps), "plan.steps", count(len(steps), "step is", "steps are")),
        " done",
    ]
    if continuing:
        said += [", ", number(continuing, "plan.done_continuing"), " of them continuing"]
    if done:
        said += [
            f". Of the {done}, " if done > 1 else ". Of these, ",
            number(below, "flag:done_below_target"),
            " was completed below target and " if below == 1 else " were completed below target and ",
            number(without, "flag:done_without_evidence"),
            " without evidence",
        ]
    overdue_words = count(overdue, "open step is", "open steps are")
    return sentence(*said, ". ", number(overdue, "flag:overdue", overdue_words), " overdue.")


def _newest_update(position: PlanPosition) -> Prose:
    """How old the newest dated update is on the day of the counts."""
    opening = f"Every count is as at {long_date(position.as_at)}. "
    dates = [each.dated_on for step in position.steps() for each in step.updates if each.dated_on]
    known = [day for day in dates if day <= position.as_at]
    if not known:
        return words(f"{opening}No update has a date.")
    days = (position.as_at - max(known)).days
    return sentence(
        f"{opening}The newest dated update is of {long_date(max(known))}, ",
        number(days, "updates.age", count(days, "day", "days")),
        " earlier.",
    )


def _status_table(position: PlanPosition) -> Table:
    steps = list(position.steps())
    printed = {status: _as_printed([s.status_printed for s in steps if s.status is status]) for status in Status}
    rows = [
        Row(
            anchor=f"status-{status.value}",
            cells=(
                text_cell(status.label),
                text_cell(status.definition),
                Cell(content=printed[status]),
                number_cell(number_of, f"plan.{status.value}"),
            ),
        )
        for status, number_of in counts_by_status(steps).items()
    ]
    total = Row(
        anchor="status-all",
        level="total",
        cells=(text_cell("All"), text_cell(""), text_cell(""), number_cell(len(steps), "plan.steps")),
    )
    return Table(
        anchor="statuses",
        caption=f"Steps by status, as at {long_date(position.as_at)}",
        columns=(
            Column(key="status", label="Status", width=4),
            Column(key="meaning", label="What it means", width=11),
            Column(key="printed", label="As printed", width=9),
            Column(key="steps", label="Steps", numeric=True, width=2),
        ),
        rows=(*rows, total),
    )


def _as_printed(cells: list[str]) -> Prose:
    """Every wording with its count, the most frequent first."""
    known = Counter(" ".join(cell.split()) or "(blank)" for cell in cells)
    return lined([words(f"{wording}: {times}")] for wording, times in sorted(known.items(), key=_by_frequency))


def _by_frequency(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]
