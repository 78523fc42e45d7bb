"""A letter of Ofsted that is held back, with a canary at every place, and the paper that a meeting has of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.urls import reverse

from improvement.kinds import Direction
from improvement.models import Step
from ofsted.calculations.letter import LetterText, ParagraphText, SectionText, VisitDays
from ofsted.kinds import ParagraphKind, Polarity, Relation, SinceLast
from ofsted.models import Finding, Inspection, Letter, LetterParagraph, NamedReader, StepLink
from ofsted.services.findings import add_measure, mark_finding
from ofsted.services.letters import store_letter
from ofsted.services.links import link_step
from ofsted.services.paragraphs import add_quote
from ofsted.services.publication import name_reader, record_publication
from tests.canaries.walking import Address
from tests.canaries.words import Canaries, Canary
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

NAME: Final = "letter"
NAMED: Final = "a person who is named to read one letter"
INSPECTION, VISIT = "services-2016", "2017-09"
THERE: Final[Mapping[str, object]] = {"inspection": INSPECTION, "visit": VISIT}
SUBJECT: Final = f"{INSPECTION}/{VISIT}"
DAY: Final = date(2017, 9, 4)
ADDRESS: Final = "https://files.ofsted.gov.uk/v1/file/{}"

IN_PAPER: Final = (
    "letter title",
    "notice",
    "addressee",
    "salutation",
    "text",
    "area",
    "section",
    "finding",
    "quote",
    "signed by",
    "copied to",
    "stamp",
)
"""What its paper in a meeting says, whose readers are those of the paper."""
ON_PAGES: Final = ("inspector", "companion", "dates", "theme", "measure", "since last")
"""What its readers are shown besides, on Ofsted's pages."""
OF_ITS_KEEPERS: Final = ("population", "why", "file", "reason")
"""What nobody but its lead, the monitoring officer and, on some pages, its named readers are shown."""
OF_NOBODY_YET: Final = "address"
"""Known to nobody before it is recorded."""
PLACES: Final = ("title", *IN_PAPER, *ON_PAGES, *OF_ITS_KEEPERS)
"""Every place that stands in a table; "title" is that of the paper."""

LEAD: Final = Role.IMPROVEMENT_LEAD.value
OPENERS: Final = frozenset({LEAD, Role.MONITORING_OFFICER.value})
DIARISTS: Final = frozenset({Role.CLERK.value, Role.MONITORING_OFFICER.value})
"""Who reads when its paper is looked at again."""
READERS: Final = OPENERS | {NAMED}
"""Who reads it on Ofsted's pages. A committee reads its paper, and not these."""


class PlantedLetter:
    """The letter that was planted, for a walk to ask for."""

    def __init__(self, canaries: Canaries, cast: Mapping[Role, User], reader: User) -> None:
        self._canaries = canaries
        self.lead = cast[Role.IMPROVEMENT_LEAD]
        self.published_at = ADDRESS.format(self.of(OF_NOBODY_YET).slug)
        inspection = Inspection.objects.get(slug=INSPECTION)
        self.letter = store_letter(
            inspection=inspection,
            text=self._text(),
            by=self.lead,
            file_name=f"{self.of('file').slug}.pdf",
            file_checksum="0" * 64,
            notice=self.of("notice").sentence,
        )
        self._mark(inspection)
        name_reader(letter=self.letter, person=reader, reason=self.of("reason").sentence, by=self.lead)

    def of(self, place: str) -> Canary:
        """What is planted there."""
        return self._canaries.of(NAME, place)

    def _text(self) -> LetterText:
        finding = f"{self.of('finding').sentence} {self.of('quote').sentence}"
        return LetterText(
            title=self.of("letter title").title,
            dated=DAY,
            visit=VisitDays(f"1 September 2017, {self.of('dates').name}", date(2017, 9, 1), date(2017, 9, 1)),
            visit_number=5,
            sections=(
                SectionText("", (ParagraphText(self.of("text").sentence),)),
                SectionText("Areas", (ParagraphText(self.of("area").sentence, ParagraphKind.AREA),)),
                SectionText(self.of("section").title, (ParagraphText(finding, ParagraphKind.FINDING),)),
            ),
            addressee=(self.of("addressee").name, "Director"),
            salutation=f"Dear {self.of('salutation').name}",
            inspectors=(f"{self.of('inspector').name} HMI",),
            companions=(f"{self.of('companion').name}, senior HMI",),
            copied_to=(self.of("copied to").name,),
            signed_by=self.of("signed by").name,
            stamp=self.of("stamp").name,
        )

    def _mark(self, inspection: Inspection) -> None:
        """One finding is the whole paragraph, with everything that a finding can have; the other quotes a part."""
        paragraph = LetterParagraph.objects.get(letter=self.letter, kind=ParagraphKind.FINDING)
        quoted = self.of("quote").sentence
        add_quote(paragraph=paragraph, quote=quoted, revision=self.now().revision, by=self.lead)
        finding = Finding.objects.get(paragraph=paragraph, quote=quoted)
        mark_finding(
            finding=finding,
            polarity=Polarity.WEAKNESS,
            theme_name=self.of("theme").title,
            since_last=SinceLast.WORSE,
            since_last_words=self.of("since last").sentence,
            revision=None,
            by=self.lead,
        )
        add_measure(
            finding=finding,
            words=self.of("measure").sentence,
            value=Decimal(52),
            out_of=None,
            unit="%",
            population=self.of("population").title,
            direction=Direction.AT_MOST,
            target=Decimal(40),
            revision=None,
            by=self.lead,
        )
        step = Step.objects.filter(action__plan=inspection.plan).order_by("pk")[0]
        link_step(finding=finding, step=step, relation=Relation.ANSWERS, why=self.of("why").sentence, by=self.lead)

    def now(self) -> Letter:
        """The letter as it is stored now."""
        return Letter.objects.select_related("visit__inspection__plan").get(pk=self.letter.pk)

    def record(self) -> None:
        """Its lead records that Ofsted has published it."""
        letter, address = self.now(), self.published_at
        record_publication(letter=letter, published_on=DAY, address=address, by=self.lead, revision=letter.revision)

    def arguments(self) -> Iterator[Mapping[str, object]]:
        """Of every address that is about it."""
        yield THERE
        findings = Finding.objects.filter(paragraph__letter=self.letter)
        for finding in findings.select_related("theme"):
            if finding.theme:
                yield {"inspection": INSPECTION, "theme": finding.theme.slug}
            for key in {finding.pk, finding.paragraph_id}:
                yield {**THERE, "pk": key}
            for measure in finding.measures.all():
                yield {**THERE, "pk": finding.pk, "measure": measure.pk}
        for link in StepLink.objects.filter(finding__in=findings):
            yield {**THERE, "pk": link.finding_id, "link": link.pk}
        for reader in NamedReader.objects.filter(letter=self.letter):
            yield {**THERE, "pk": reader.pk}

    def belongs(self, visitor: str) -> Iterator[tuple[Address, Sequence[str]]]:
        """What the visitor has to find on Ofsted's pages."""
        if visitor in READERS:
            unseen = {"notice", "stamp"}
            yield _at("letter", THERE), [each for each in (*IN_PAPER, *ON_PAGES) if each not in unseen]
        if visitor in OPENERS:
            yield _at("letter-readers", THERE), ["reason"]
            yield _at("answers", {"inspection": INSPECTION}), ["quote", "theme", "since last", "why"]
        if visitor == LEAD:
            own = [each for each in IN_PAPER if each not in {"notice", "salutation"}]
            yield _at("letter-keep", THERE), [*own, "inspector", "companion", "dates", "file"]
            finding = Finding.objects.get(paragraph__letter=self.letter, measures__isnull=False)
            yield _at("finding-keep", {**THERE, "pk": finding.pk}), ["quote", "theme", "measure", "why"]


def may_find(visitor: str, path: str, place: str, readers: frozenset[str]) -> bool:
    """Whether the visitor may be shown that at this address: `readers` are those of the paper."""
    if place == OF_NOBODY_YET:
        return False
    if path.startswith("/meetings/"):
        return visitor in readers and place in ("title", *IN_PAPER)
    if path.startswith("/reviews/"):
        return visitor in DIARISTS and place == "title"
    if not path.startswith(("/ofsted/", "/plans/")):
        return False
    if place == "title":
        return False
    return visitor in (OPENERS if place in ("file", "reason") else READERS)


def _at(name: str, there: Mapping[str, object]) -> Address:
    return Address(reverse(f"ofsted:{name}", kwargs=dict(there)))
