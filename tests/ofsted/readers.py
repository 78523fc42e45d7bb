"""An inspection with a published letter and one that is held back, full of words that nobody else may read."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.test import Client

from improvement.kinds import Direction
from ofsted.kinds import Polarity, SinceLast
from ofsted.models import Inspection, Letter, NamedReader
from ofsted.services.findings import add_measure, mark_finding
from tests.access.cast import person, sign_in
from tests.improvement.builders import at, person_with_plan
from tests.ofsted.builders import a_finding, a_letter, a_visit, an_inspection
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role

CANARY: Final = "canarybird"
"""Stands in everything that the held-back letter says."""
HELD_BACK: Final = "/ofsted/services-2016/visits/2017-11/"
PUBLISHED: Final = "/ofsted/services-2016/visits/2017-07/"
INSPECTION: Final = "/ofsted/services-2016/"


class Letters:
    """A visit without a letter, a published letter of July 2017 and one of November 2017 that is held back.

    Of both letters the first two findings are marked: a weakness on Homes with a figure, and a strength on a theme of
    the letter's own.
    """

    def __init__(self) -> None:
        self.inspection: Inspection = an_inspection()
        a_visit(self.inspection, is_public=True)
        self.published = a_letter(self.inspection, published=True)
        mark(self.published, 1, Polarity.WEAKNESS, "Homes", SinceLast.UNCHANGED, "as bad as before")
        mark(self.published, 2, Polarity.STRENGTH, "Entitlements")
        self.held_back = held_back_letter(self.inspection)
        self.lead = person_with_plan(Role.IMPROVEMENT_LEAD, self.inspection.plan, "Lee Lead")
        self.officer = person_with_plan(Role.MONITORING_OFFICER, self.inspection.plan, "Mo Officer")

    def reader(self, name: str = "Nel Named") -> User:
        """A person who is named to read the held-back letter, and nothing else."""
        someone = person(name)
        NamedReader.objects.create(
            letter=self.held_back,
            person=someone,
            reason="They write the answer.",
            named_at=at(date(2017, 9, 5)),
            named_by=self.lead,
        )
        return someone


def held_back_letter(inspection: Inspection, month: int = 11, number: int = 4) -> Letter:
    """A letter of that month in 2017 with the canary in all of its words."""
    letter = a_letter(
        inspection,
        first=date(2017, month, 7),
        last=date(2017, month, 8),
        printed=f"7 and 8 {date(2017, month, 1):%B} 2017",
        visit_number=number,
        title=f"Visit with a {CANARY}",
        dated=date(2017, month, 30),
        addressee=(f"Ms {CANARY}",),
        inspectors=(f"{CANARY} HMI",),
        companions=(f"A {CANARY}",),
        copied_to=(f"The {CANARY}",),
        signed_by=f"Ina {CANARY}",
        findings=(f"Homes are too few, says a {CANARY}.", f"The {CANARY} sings well.", f"Nothing on the {CANARY}."),
    )
    mark(letter, 1, Polarity.WEAKNESS, "Homes", SinceLast.WORSE, f"worse for the {CANARY}")
    mark(letter, 2, Polarity.STRENGTH, f"Songs of the {CANARY}")
    return letter


def mark(
    letter: Letter,
    number: int,
    polarity: Polarity,
    theme: str,
    since: SinceLast = SinceLast.NOT_STATED,
    words: str = "",
) -> None:
    """Marks the letter's finding of that number; the first gets a figure too."""
    finding = a_finding(letter, number)
    mark_finding(
        finding=finding,
        polarity=polarity,
        theme_name=theme,
        since_last=since,
        since_last_words=words,
        revision=None,
        by=None,
    )
    if number == 1:
        add_measure(
            finding=finding,
            words=f"{finding.words[:20]} figure",
            value=Decimal(52),
            out_of=None,
            unit="%",
            population="care leavers",
            direction=Direction.AT_MOST,
            target=Decimal(40),
            revision=None,
            by=None,
        )


def browser_of(someone: User, **options: Any) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    sign_in(client, someone, **options)
    return client


def reads_recorded() -> list[AccessRecord]:
    """Every recorded read of a held-back letter, oldest first."""
    return list(AccessRecord.objects.filter(kind=RecordKind.LETTER_READ).order_by("pk"))
