"""A letter that is held back, its plan and the lead who keeps it."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.test import Client

from ofsted.kinds import Polarity, SinceLast
from ofsted.models import Finding, Inspection, Letter, LetterEntry
from ofsted.services.findings import mark_finding
from ofsted.services.history import LetterHasMoved
from tests.improvement.builders import make_action, make_step, person_with_plan
from tests.improvement.keeping import browser_of
from tests.ofsted.builders import FINDINGS, a_finding, a_letter, again, an_inspection
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.roles import Role


class KeptLetter:
    """A held-back letter with two areas and three findings, a plan with one step, and the plan's lead."""

    def __init__(self, slug: str = "services-2016", findings: tuple[str, ...] = FINDINGS) -> None:
        self.inspection: Inspection = an_inspection(slug)
        self.plan = self.inspection.plan
        self.lead: User = person_with_plan(Role.IMPROVEMENT_LEAD, self.plan, f"Lee Lead {slug}")
        self.letter: Letter = a_letter(self.inspection, findings=findings, by=self.lead)
        self.action = make_action(self.plan, "13.2", what="Assure the quality of pathway plans")
        self.step = make_step(self.action, how="Audit pathway plans and tell the Board")

    @property
    def address(self) -> str:
        """Where the letter's pages stand."""
        return f"/ofsted/{self.inspection.slug}/visits/{self.letter.visit.slug}/"

    @property
    def revision(self) -> int:
        """The letter's revision as it is stored now."""
        return again(self.letter).revision

    def finding(self, number: int = 1) -> Finding:
        """The letter's finding of that number."""
        return a_finding(self.letter, number)

    def finding_address(self, number: int = 1) -> str:
        """Where the finding of that number is kept."""
        return f"{self.address}findings/{self.finding(number).pk}/"

    def mark(self, number: int = 1, theme: str = "Plans", polarity: Polarity = Polarity.WEAKNESS) -> Finding:
        """The finding, marked by the lead."""
        return mark_finding(
            finding=self.finding(number),
            polarity=polarity,
            theme_name=theme,
            since_last=SinceLast.NOT_STATED,
            since_last_words="",
            revision=self.revision,
            by=self.lead,
        )

    def browser(self) -> Client:
        """The lead's browser."""
        return browser_of(self.lead)

    def history(self) -> list[str]:
        """What the letter's history says, oldest first."""
        return list(LetterEntry.objects.filter(letter=self.letter).order_by("pk").values_list("says", flat=True))


def told(act: Callable[[], object]) -> type[Exception] | None:
    """What kind of refusal the act ends with, None where it is done: for several who act at the same moment."""
    try:
        act()
    except (LetterHasMoved, ObjectDoesNotExist, ValidationError) as refusal:
        return type(refusal)
    return None


def recorded() -> list[tuple[str, str]]:
    """Kind and subject of the record's entries about letters, oldest first."""
    rows = AccessRecord.objects.filter(kind__startswith="letter").order_by("pk")
    return list(rows.values_list("kind", "about"))
