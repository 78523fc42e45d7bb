"""Inspections with visits and letters for tests, made row by row."""

from datetime import date
from typing import Any

from improvement.models import Plan
from ofsted.calculations.letter import LetterText, ParagraphText, SectionText, VisitDays
from ofsted.kinds import Judgement, ParagraphKind
from ofsted.models import Finding, Inspection, Letter, LetterParagraph, Visit
from ofsted.services.letters import store_letter
from tests.improvement.builders import make_plan
from torbay_reports.access.models import User

PUBLISHED_ON = date(2017, 8, 24)
ADDRESS = "https://reports.ofsted.gov.uk/letter"

OVERVIEW = "Overview"
PLANS_LATE = "Pathway plans are written late, and audits of them are over-optimistic."
WELL_KNOWN = "Young people know what they are entitled to, and the website helps them."
FEW_HOMES = "Too few homes are there for young people. Half of them rent from private landlords."
FINDINGS = (PLANS_LATE, WELL_KNOWN, FEW_HOMES)
AREAS = ("the timeliness of pathway plans", "advice about entitlements")


def an_inspection(slug: str = "services-2016", *, plan: Plan | None = None, **fields: Any) -> Inspection:
    """An inspection that judged inadequate in January 2016, with a plan of its own unless one is given."""
    values = {
        "title": "Inspection of services for children",
        "judgement": Judgement.INADEQUATE,
        "judged_in": date(2016, 1, 1),
        **fields,
    }
    return Inspection.objects.create(slug=slug, plan=plan or make_plan(f"plan-of-{slug}"), **values)


def a_visit(inspection: Inspection, month: date = date(2016, 12, 1), **fields: Any) -> Visit:
    """A visit of which only the month is known."""
    values = {"slug": f"{month:%Y-%m}", "month": month, "dates_printed": f"{month:%B %Y}", **fields}
    return Visit.objects.create(inspection=inspection, **values)


def letter_text(
    *,
    first: date = date(2017, 7, 25),
    last: date = date(2017, 7, 26),
    printed: str = "25 and 26 July 2017",
    visit_number: int | None = 3,
    findings: tuple[str, ...] = FINDINGS,
    **fields: Any,
) -> LetterText:
    """A letter as it is read: two areas and three findings of a third visit unless told otherwise."""
    areas = (ParagraphText("The visit looked at:"), *(ParagraphText(each, ParagraphKind.AREA) for each in AREAS))
    values: dict[str, Any] = {
        "title": "Third monitoring visit to children's services",
        "dated": date(2017, 8, 24),
        "addressee": ("Ms Ada Director", "Director of Children's Services"),
        "salutation": "Dear Ms Director",
        "inspectors": ("Ina Inspector HMI",),
        "companions": ("Sam Senior, senior HMI",),
        "copied_to": ("The Department for Education",),
        "signed_by": "Ina Inspector, Her Majesty's Inspector",
        **fields,
    }
    return LetterText(
        visit=VisitDays(printed, first, last),
        visit_number=visit_number,
        sections=(
            SectionText("", (ParagraphText("This letter tells what the visit found."),)),
            SectionText("Areas covered by the visit", areas),
            SectionText(OVERVIEW, tuple(ParagraphText(each, ParagraphKind.FINDING) for each in findings)),
        ),
        **values,
    )


def a_letter(
    inspection: Inspection | None = None,
    *,
    by: User | None = None,
    published: bool = False,
    findings: tuple[str, ...] = FINDINGS,
    **fields: Any,
) -> Letter:
    """A stored letter, held back unless it is published; of an inspection of its own unless one is given."""
    text = letter_text(findings=findings, **fields)
    letter = store_letter(inspection=inspection or an_inspection(), text=text, by=by)
    return publish(letter) if published else letter


def publish(letter: Letter) -> Letter:
    """Writes down that Ofsted has published the letter, without any of what a service does besides."""
    Letter.objects.filter(pk=letter.pk).update(published_on=PUBLISHED_ON, published_at_address=ADDRESS)
    return again(letter)


def again(letter: Letter) -> Letter:
    """The letter as it is stored now."""
    return Letter.objects.select_related("visit__inspection__plan").get(pk=letter.pk)


def a_finding(letter: Letter, number: int = 1) -> Finding:
    """The letter's finding of that number, counted from one in the order of the letter."""
    rows = Finding.objects.filter(paragraph__letter=letter).select_related("paragraph__letter__visit__inspection")
    return rows.order_by("paragraph__position", "position")[number - 1]


def a_paragraph(letter: Letter, words: str = PLANS_LATE) -> LetterParagraph:
    """The letter's paragraph of these words."""
    return LetterParagraph.objects.get(letter=letter, words=words)
