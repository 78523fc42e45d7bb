"""What everybody reads: asked under the public role, to which the database shows nothing that is held back."""

from dataclasses import dataclass

from ofsted.selectors import reading
from ofsted.selectors.rows import Followed, FoundFinding, InspectionRow, LetterRow, ThemeLine, VisitLine
from torbay_reports.core.public_role import public_role


@dataclass(frozen=True, slots=True)
class InspectionOutline:
    """An inspection with its visits in order of time, and its themes where they were asked for."""

    inspection: InspectionRow
    visits: list[VisitLine]
    themes: list[ThemeLine]


def inspections() -> list[InspectionOutline]:
    """Every inspection with its visits, newest first; three queries."""
    with public_role():
        rows = reading.inspection_rows()
        lines = reading.visit_lines([each.pk for each in rows])
    return [InspectionOutline(each, lines[each.pk], []) for each in rows]


def inspection(row: InspectionRow) -> InspectionOutline:
    """One inspection with its visits and themes; four queries."""
    with public_role():
        return InspectionOutline(row, reading.visit_lines([row.pk])[row.pk], reading.theme_lines(row.pk))


def letter(inspection: str, visit: str) -> LetterRow | None:
    """The published letter of that visit, by slugs; None where there is none."""
    with public_role():
        return reading.letter(inspection, visit)


def theme(inspection: str, theme: str) -> tuple[str, list[Followed]]:
    """A theme's name and what each public visit says on it, in order of time; no name where no published letter speaks
    of it."""
    with public_role():
        return reading.theme_name(inspection, theme) or "", reading.followed(inspection, theme)


def found_findings(inspection: str, words: str) -> list[FoundFinding]:
    """The published findings in which the words are found, in order of time."""
    with public_role():
        return reading.found_findings(inspection, words)
