"""The words with which a new quarter's report begins: the header of the report before it, and an outline of our own.

No paragraph cites a figure that a new quarter may lack for good; each can be written anew afterwards.
"""

from typing import Final

from budget.models import Quarter, QuarterReport, ReportBlock, Service
from torbay_reports.access.models import User

_Kind, _Role = ReportBlock.Kind, ReportBlock.Role
_HEADER: Final = ("wards", "key_decision", "implement_by", "executive_lead", "supporting_officer", "notice")

_TO_BUDGET: Final = "[[service:{total}.variance|an overspend of £0.0m]]"
OUTLINE: Final[tuple[tuple[str, str, str, str], ...]] = (
    (_Kind.HEADING, "purpose", "Purpose", _Role.NONE),
    (
        _Kind.PARAGRAPH,
        "purpose-of-report",
        "This report tells how the Council's revenue income and spending in [[year:label]] stand at the end of the "
        "[[quarter:ordinal]] quarter, against the budget.",
        _Role.NONE,
    ),
    (
        _Kind.PARAGRAPH,
        "summary",
        f"For the whole of [[year:label]] the Council's revenue budget is forecast to show {_TO_BUDGET}.",
        _Role.SUMMARY,
    ),
    (_Kind.HEADING, "recommendation", "Recommendation", _Role.NONE),
    (
        _Kind.PARAGRAPH,
        "recommended",
        "That the meeting considers the forecast, and passes on any comments that it has.",
        _Role.RECOMMENDATION,
    ),
    (_Kind.HEADING, "position", "Position", _Role.NONE),
    (
        _Kind.PARAGRAPH,
        "chart-introduction",
        "The chart sets out how far each service is forecast to end the year from its budget.",
        _Role.NONE,
    ),
    (_Kind.VARIANCE_CHART, "variance-chart", "", _Role.NONE),
    (_Kind.PARAGRAPH, "table-introduction", "The table has the budget and the forecast of every service.", _Role.NONE),
    (_Kind.BUDGET_TABLE, "budget-table", "", _Role.NONE),
    (
        _Kind.PARAGRAPH,
        "narrative-introduction",
        "What explains the larger variances, in the words of those who answer for them:",
        _Role.NONE,
    ),
    (_Kind.NARRATIVE_TABLE, "narratives", "", _Role.NONE),
)


def store_outline(*, quarter: Quarter, by: User) -> QuarterReport:
    """The report of a quarter that has none: within the transaction of who opens it.

    Its header and notice are those of the latest earlier report of any year; without one, by's name is its officer's.
    Its meetings are not known yet.
    """
    report = QuarterReport.objects.create(
        quarter=quarter,
        title=f"Revenue Budget Monitoring {quarter.year.period.label} – Quarter {quarter.number}",
        **_header(quarter, by),
    )
    total = _total(quarter)
    ReportBlock.objects.bulk_create(
        ReportBlock(
            report=report, kind=kind, slug=slug, role=role, position=position, text=text.replace("{total}", total)
        )
        for position, (kind, slug, text, role) in enumerate(OUTLINE, start=1)
    )
    return report


def _header(quarter: Quarter, by: User) -> dict[str, str]:
    earlier = (
        QuarterReport.objects.filter(quarter__year__start_year__lte=quarter.year.start_year)
        .exclude(quarter__year=quarter.year_id, quarter__number__gte=quarter.number)
        .order_by("-quarter__year__start_year", "-quarter__number")
        .values(*_HEADER)
        .first()
    )
    return earlier or {
        "wards": "All Wards",
        "key_decision": "No",
        "implement_by": "Not applicable",
        "executive_lead": "Not named yet",
        "supporting_officer": by.full_name,
        "notice": "",
    }


def _total(quarter: Quarter) -> str:
    """The line that the summary tells of: the net budget, else the first line that stands above all others."""
    lines = Service.objects.filter(year=quarter.year_id)
    first = lines.filter(kind=Service.Kind.NET).first() or lines.filter(parent=None).order_by("position").first()
    return first.slug if first is not None else ""
