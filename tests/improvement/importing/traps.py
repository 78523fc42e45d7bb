"""The traps of real files, put back into a tracker: page labels, repeated headers, rows cut by the end of a page.

`with_traps` turns a tracker into rows as somebody's file would have them, with the tracker that a reader should find
again, and the code of the note that each trapped row should get.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec.structs import replace

from improvement.calculations.tracker import ActionEntry, StepEntry, TrackerEntry, UpdateEntry
from improvement.calculations.words.dues import read_due
from improvement.calculations.words.stamps import join_updates
from improvement.calculations.words.statuses import read_status
from improvement.importing.table.columns import COLUMNS
from improvement.kinds import Status
from tests.improvement.trackers import with_actions, with_steps

NOS, WHAT, WHO, HOW, WHEN, SUCCESS, STATUS, OUTCOME = range(8)
HEADS = [column.value for column in COLUMNS]
ROWS_TO_A_PAGE = 9
NOTE = "Figures are still collected by hand until the new form is in use"
_SLIP = re.compile("[A-Za-z]{3}20[0-9]{2}")
_STAMP_SLIP = re.compile(r"[0-9]\.[A-Z]")


@dataclass
class TrapRow:
    """A row of the file to be; `merged` are the columns whose cell goes on from the row above."""

    cells: list[str]
    codes: list[str] = field(default_factory=list)
    merged: set[int] = field(default_factory=set)
    kind: str = "step"
    action: ActionEntry | None = None
    step: StepEntry | None = None
    is_first: bool = False


@dataclass(frozen=True)
class Trapped:
    """The pages of the file to be, each a list of rows below its title and header, and what the file holds."""

    title: str
    pages: list[list[TrapRow]]
    tracker: TrackerEntry

    def rows(self) -> Iterator[TrapRow]:
        """Every row of every page, the page labels printed upright among them."""
        for page in self.pages:
            yield from page


def with_traps(tracker: TrackerEntry) -> Trapped:
    """The tracker with every kind of trap, each as often as it fits."""
    tracker = _with_slip(_with_note(_with_lost_reference(_with_doubled_reference(tracker))))
    rows = list(_plain(tracker))
    _put_references_into_what(rows)
    _shift_left(rows)
    _shift_right(rows)
    _put_headings_into_one_cell(rows)
    pages = _paged(rows)
    _merge(pages)
    _label(pages)
    _expect_notes_on_words(pages)
    return Trapped(tracker.title, pages, tracker)


def _with_action(tracker: TrackerEntry, new: ActionEntry) -> TrackerEntry:
    """The tracker with the new action instead of the one that has its reference."""
    return with_actions(tracker, lambda action: new if action.reference == new.reference else action)


def _in_sequence(tracker: TrackerEntry) -> list[tuple[ActionEntry, ActionEntry]]:
    """Actions that follow another of their priority without a gap, with the one before, both fully printed."""
    return [
        (before, action)
        for theme in tracker.themes
        for priority in theme.priorities
        for before, action in pairwise(priority.actions)
        if before.reference == before.printed
        and action.reference == action.printed
        and int(action.reference.split(".")[-1]) == int(before.reference.split(".")[-1]) + 1
        and action.steps[0].who
    ]


def _with_doubled_reference(tracker: TrackerEntry) -> TrackerEntry:
    before, action = _in_sequence(tracker)[1]
    return _with_action(tracker, replace(action, printed=before.reference))


def _with_lost_reference(tracker: TrackerEntry) -> TrackerEntry:
    _, action = _in_sequence(tracker)[-1]
    return _with_action(tracker, replace(action, printed=""))


def _with_note(tracker: TrackerEntry) -> TrackerEntry:
    """A note in a status cell, unless there is one already."""
    if any(not read_status(step.status_printed).is_known for _, _, _, step in tracker.steps()):
        return tracker
    found = next(step for _, _, _, step in tracker.steps() if not step.status_printed and step.how)
    return with_steps(
        tracker,
        lambda step: replace(step, status_printed=NOTE, status=Status.NOT_STATED) if step is found else step,
    )


def _with_slip(tracker: TrackerEntry) -> TrackerEntry:
    """A month typed close to its year, unless there is one already."""
    if any(_SLIP.search(step.when) for _, _, _, step in tracker.steps()):
        return tracker
    found = next(step for _, _, _, step in tracker.steps() if re.fullmatch("[A-Z][a-z]{2} 20[0-9]{2}", step.when))
    return with_steps(tracker, lambda step: replace(step, when=step.when.replace(" ", "")) if step is found else step)


def _plain(tracker: TrackerEntry) -> Iterator[TrapRow]:
    for theme in tracker.themes:
        yield TrapRow([theme.number, theme.title, *[""] * 6], kind="theme")
        for priority in theme.priorities:
            number = "" if priority.is_inferred else priority.number
            codes = ["priority number missing"] if priority.is_inferred else []
            cells = [number, priority.title] if number else [priority.title, ""]
            yield TrapRow([*cells, *[""] * 6], codes, kind="priority")
            for action in priority.actions:
                for at, step in enumerate(action.steps):
                    yield _step_row(action, step, is_first=at == 0)


def _step_row(action: ActionEntry, step: StepEntry, *, is_first: bool) -> TrapRow:
    codes = []
    if is_first and not action.printed:
        codes.append("reference missing")
    elif is_first and action.printed != action.reference:
        is_whole = (
            re.fullmatch(r"\d+\.\d+", action.printed)
            and action.printed.split(".")[0] == (action.reference.split(".")[0])
        )
        codes.append("reference doubled" if is_whole else "reference cut")
    head = [action.printed, action.what] if is_first else ["", ""]
    cells = [
        *head,
        step.who,
        step.how,
        step.when,
        step.success,
        step.status_printed,
        join_updates(step.updates),
    ]
    return TrapRow(cells, codes, action=action, step=step, is_first=is_first)


def _put_references_into_what(rows: list[TrapRow]) -> None:
    firsts = [row for row in rows if row.is_first and row.cells[NOS] == (row.action and row.action.reference)]
    for row in firsts[2::9]:
        row.cells[WHAT] = f"{row.cells[NOS]} {row.cells[WHAT]}"
        row.cells[NOS] = ""
        row.codes.append("reference inside What")


def _shift_left(rows: list[TrapRow]) -> None:
    for row in rows:
        cells = row.cells
        if (
            row.step
            and not row.is_first
            and not cells[WHO]
            and cells[HOW]
            and read_status(cells[STATUS]).status is Status.DONE
            and read_due(cells[WHEN]).due_on
            and cells[OUTCOME]
            and not read_due(cells[SUCCESS]).due_on
        ):
            row.cells = [*cells[1:], ""]
            row.codes.append("shifted row")
            return
    raise AssertionError("The tracker has no row that could be shifted to the left.")


def _shift_right(rows: list[TrapRow]) -> None:
    for row in rows:
        if row.is_first and not row.codes and row.cells[NOS] and row.cells[WHO] and not row.cells[OUTCOME]:
            row.cells = ["", *row.cells[:-1]]
            row.codes.append("shifted row")
            return
    raise AssertionError("The tracker has no row that could be shifted to the right.")


def _put_headings_into_one_cell(rows: list[TrapRow]) -> None:
    headings = [row for row in rows if row.kind != "step" and row.cells[WHAT]]
    for row in headings[1::3]:
        row.cells = [f"{row.cells[NOS]} {row.cells[WHAT]}", *[""] * 7]
        row.codes.append("heading in one cell")


def _paged(rows: list[TrapRow]) -> list[list[TrapRow]]:
    """The rows on pages; a row is cut by the end of its page wherever one of its texts can be."""
    pages: list[list[TrapRow]] = [[]]
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        pages[-1].append(row)
        if len(pages[-1]) >= ROWS_TO_A_PAGE and following is not None:
            pages.append([])
            if following.kind == "step" and not following.is_first and _cut_what(row, following):
                continue
            rest = _cut(row, keep_outcome=len(pages) % 3 == 0)
            if rest is not None:
                pages[-1].append(rest)
    return pages


def _cut(row: TrapRow, *, keep_outcome: bool) -> TrapRow | None:
    """Cut the row in the middle of its outcome, its measure and its due date; the rest of it, or None."""
    if row.step is None or "shifted row" in row.codes:
        return None
    rest = TrapRow([""] * 8, ["row split over a page"], action=row.action)
    for column in (WHEN, SUCCESS) if keep_outcome else (SUCCESS, OUTCOME):
        begin, end = _halves(row.cells[column])
        if end:
            row.cells[column], rest.cells[column] = begin, end
    return rest if any(rest.cells) else None


def _cut_what(row: TrapRow, following: TrapRow) -> bool:
    """Cut what an action is about, so that its second step stands beside the rest; False where that cannot be."""
    if not row.is_first or following.cells[WHO] or "shifted row" in row.codes + following.codes:
        return False
    begin, end = _halves(row.cells[WHAT])
    if not end[:1].islower() or not following.cells[HOW]:
        return False
    row.cells[WHAT], following.cells[WHAT] = begin, end
    following.codes.append("What split over a page")
    return True


def _halves(text: str) -> tuple[str, str]:
    """The text in two, cut at a single space near its middle; the second is empty where there is none."""
    places = [match.start() for match in re.finditer(r"(?<=[^\s\d.)]) (?=[a-z])", text)]
    if len(text.split()) < 5 or not places:
        return text, ""
    place = min(places, key=lambda each: abs(each - len(text) // 2))
    return text[:place], text[place + 1 :]


def _merge(pages: list[list[TrapRow]]) -> None:
    """Merge the cells of every second action downwards, as far as its rows stand on one page and name no one else."""
    for page in pages:
        for above, row in pairwise(page):
            if (
                row.action is None
                or row.action is not above.action
                or row.step is None
                or row.is_first
                or any(row.cells[:HOW])
                or "shifted row" in row.codes + above.codes
            ):
                continue
            if int(row.action.reference.split(".")[-1]) % 2 and (above.is_first or above.merged):
                row.merged = {NOS, WHAT, WHO}
                if not above.merged:
                    row.codes.append("merged cells")


def _label(pages: list[list[TrapRow]]) -> None:
    """Put page labels into the first column, and one that is printed upright above a page."""
    for number, page in enumerate(pages, start=14):
        first = page[0]
        if number % 7 == 0 and number > 14:
            page[:0] = [
                TrapRow([text, *[""] * 7], ["stray page label"], kind="label") for text in (f"Page {number}", "43")
            ]
        elif first.kind == "step" and NOS not in first.merged:
            separator = "\n" if number % 2 else " "
            first.cells[NOS] = f"Page {number}{separator}{first.cells[NOS]}".rstrip()
            first.codes.append("page label")


def _expect_notes_on_words(pages: list[list[TrapRow]]) -> None:
    """Expect the notes that the words of a step call for, whatever else became of its row."""
    for row in (row for page in pages for row in page if row.step is not None):
        step = row.step
        assert step is not None
        if _SLIP.search(step.when) or any(_STAMP_SLIP.search(update.stamp) for update in step.updates):
            row.codes.append("typing slip in a date")
        if not read_status(step.status_printed).is_known:
            row.codes.append("status unknown")
        if any(_is_undated(update) for update in step.updates):
            row.codes.append("update without a date")
        if not step.how:
            row.codes.append("kept as its own step")


def _is_undated(update: UpdateEntry) -> bool:
    return update.dated_on is None
