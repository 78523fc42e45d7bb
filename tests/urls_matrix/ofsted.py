"""Ofsted's letters of the world, a published one and one that is held back, and who may ask for their addresses."""

from datetime import date
from decimal import Decimal
from typing import Final

from improvement.kinds import Direction
from improvement.models import Plan, Step
from ofsted.kinds import Polarity, Relation, SinceLast
from ofsted.models import Finding, LetterParagraph, NamedReader
from ofsted.services.findings import add_measure, mark_finding
from ofsted.services.links import link_step
from ofsted.services.paragraphs import add_quote
from ofsted.services.publication import name_reader
from tests.ofsted.builders import PLANS_LATE, a_finding, a_letter, a_paragraph, a_visit, again, an_inspection
from tests.urls_matrix.people import NOBODY, NOT_IN_THE_CAST
from tests.urls_matrix.rows import ELSEWHERE, Row, everybody, only
from tests.urls_matrix.tracker import PLAN, Number
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

KEEPERS: Final = (Role.IMPROVEMENT_LEAD,)
OPENERS: Final = (Role.IMPROVEMENT_LEAD, Role.MONITORING_OFFICER)
READERS_OF_PLANS: Final = (Role.IMPROVEMENT_LEAD, Role.ACTION_OWNER, Role.MONITORING_OFFICER)

INSPECTION: Final = {"inspection": "services-2016"}
NO_INSPECTION: Final = ({"inspection": "no-such-inspection"},)
WITHOUT_LETTER, PUBLISHED, HELD_BACK = "2016-12", "2017-07", "2017-08"
LETTER: Final = {**INSPECTION, "visit": PUBLISHED}
HELD: Final = {**INSPECTION, "visit": HELD_BACK}
NO_LETTER: Final = (
    {**LETTER, "inspection": "no-such-inspection"},
    {**LETTER, "inspection": "services-2011"},
    {**LETTER, "visit": WITHOUT_LETTER},
    {**LETTER, "visit": "2017-10"},
)
THEME: Final = {**INSPECTION, "theme": "plans"}
THEME_HELD_BACK: Final = {**INSPECTION, "theme": "homes"}
NO_THEME: Final = (
    {**INSPECTION, "theme": "no-such-theme"},
    {"inspection": "no-such-inspection", "theme": "plans"},
    {"inspection": "services-2011", "theme": "plans"},
)


def _finding(visit: str) -> Number:
    """The first finding of the visit's letter."""
    rows = Finding.objects.filter(paragraph__letter__visit__slug=visit).order_by("paragraph__position", "position")
    return Number(lambda: rows.values_list("pk", flat=True)[0])


def _paragraph(visit: str) -> Number:
    """The paragraph of that finding."""
    rows = LetterParagraph.objects.filter(letter__visit__slug=visit, kind="finding").order_by("position")
    return Number(lambda: rows.values_list("pk", flat=True)[0])


def _quoted() -> int:
    """The finding of the held-back letter that quotes a part of its paragraph."""
    return Finding.objects.exclude(quote="").get(paragraph__letter__visit__slug=HELD_BACK).pk


READER: Final = Number(lambda: NamedReader.objects.values_list("pk", flat=True)[0])
FINDING: Final = {**HELD, "pk": _finding(HELD_BACK)}
PARAGRAPH: Final = {**HELD, "pk": _paragraph(HELD_BACK)}
QUOTE: Final = {**HELD, "pk": Number(_quoted)}
NAMED: Final = {**HELD, "pk": READER}


def _not_there(known: dict[str, object], other: object) -> tuple[dict[str, object], ...]:
    """The same number in no letter, a number of another letter, and none at all."""
    return (*({**known, **each} for each in NO_LETTER), {**known, "pk": other}, {**known, "pk": NOBODY})


NO_FINDING: Final = _not_there(FINDING, _finding(PUBLISHED))
NO_PARAGRAPH: Final = _not_there(PARAGRAPH, _paragraph(PUBLISHED))
NO_QUOTE: Final = _not_there(QUOTE, _finding(PUBLISHED))
NOT_NAMED: Final = _not_there(NAMED, NOBODY)


def _with(known: dict[str, object], name: str) -> dict[str, object]:
    """With the number of something that the finding does not have: its lead is led back, and nothing is changed."""
    return {**known, name: NOBODY}


ROWS: Final[tuple[Row, ...]] = (
    Row("ofsted:inspections", everybody(200)),
    Row("ofsted:inspection", everybody(200), INSPECTION, NO_INSPECTION),
    Row("ofsted:inspection", everybody(200), INSPECTION, NO_INSPECTION, query="words=homes"),
    Row("ofsted:theme", everybody(200), THEME, NO_THEME),
    Row("ofsted:theme", only(OPENERS), THEME_HELD_BACK, NO_THEME),
    Row("ofsted:letter", everybody(200), LETTER, NO_LETTER),
    Row("ofsted:letter", only(OPENERS), HELD, NO_LETTER),
    Row("ofsted:letter-file", everybody(200), LETTER, NO_LETTER, query="as=csv"),
    Row("ofsted:letter-file", everybody(404), LETTER, NO_LETTER, query="as=pdf"),
    Row("ofsted:letter-file", only(OPENERS), HELD, NO_LETTER, query="as=xlsx"),
    Row("ofsted:answers", only(READERS_OF_PLANS), INSPECTION, NO_INSPECTION),
    Row("ofsted:answers-file", only(READERS_OF_PLANS), INSPECTION, NO_INSPECTION, query="as=csv"),
    Row("ofsted:answers-paper", only(READERS_OF_PLANS), INSPECTION, NO_INSPECTION),
    Row("ofsted:letter-add", only(KEEPERS), INSPECTION, NO_INSPECTION),
    Row("ofsted:letter-keep", only(KEEPERS), LETTER, NO_LETTER),
    Row("ofsted:letter-keep", only(KEEPERS), HELD, NO_LETTER),
    Row("ofsted:letter-details", only(KEEPERS), LETTER, NO_LETTER),
    Row("ofsted:letter-details", only(KEEPERS), HELD, NO_LETTER),
    Row("ofsted:paragraph-keep", only(KEEPERS), PARAGRAPH, NO_PARAGRAPH),
    Row("ofsted:quote-add", only(KEEPERS), PARAGRAPH, NO_PARAGRAPH),
    Row("ofsted:letter-remove", only(KEEPERS), LETTER, NO_LETTER),
    Row("ofsted:letter-remove", only(KEEPERS), HELD, NO_LETTER),
    Row("ofsted:finding-keep", only(KEEPERS), FINDING, NO_FINDING),
    Row("ofsted:finding-remove", only(KEEPERS), QUOTE, NO_QUOTE),
    Row("ofsted:measure-add", only(KEEPERS), FINDING, NO_FINDING),
    Row(
        "ofsted:measure-remove",
        only(KEEPERS, ELSEWHERE),
        _with(FINDING, "measure"),
        tuple(_with(each, "measure") for each in NO_FINDING),
        method="POST",
    ),
    Row("ofsted:finding-link", only(KEEPERS), FINDING, NO_FINDING),
    Row(
        "ofsted:unlink",
        only(KEEPERS, ELSEWHERE),
        _with(FINDING, "link"),
        tuple(_with(each, "link") for each in NO_FINDING),
        method="POST",
    ),
    Row("ofsted:letter-publication", only(OPENERS), LETTER, NO_LETTER),
    Row("ofsted:letter-publication", only(OPENERS), HELD, NO_LETTER),
    Row("ofsted:letter-readers", only(OPENERS), LETTER, NO_LETTER),
    Row("ofsted:letter-readers", only(OPENERS), HELD, NO_LETTER),
    Row("ofsted:letter-reader-end", only(OPENERS), NAMED, NOT_NAMED),
)


def add_letters(cast: dict[Role, User]) -> None:
    """Two inspections that the plan answers to: one with nothing after it, one with a visit without a letter, one with
    a published letter and one whose letter is held back, with a named reader and everything that a finding can have."""
    plan = Plan.objects.get(slug=PLAN)
    an_inspection("services-2011", plan=plan, title="Inspection of 2011", judged_in=date(2011, 2, 1))
    inspection = an_inspection("services-2016", plan=plan)
    a_visit(inspection, is_public=True)
    published = a_letter(inspection, published=True)
    held_back = a_letter(
        inspection,
        first=date(2017, 8, 29),
        last=date(2017, 8, 30),
        printed="29 and 30 August 2017",
        visit_number=4,
        title="Fourth monitoring visit",
        dated=date(2017, 9, 4),
    )
    for letter, theme in ((published, "Plans"), (held_back, "Homes")):
        finding = a_finding(letter)
        mark_finding(
            finding=finding,
            polarity=Polarity.WEAKNESS,
            theme_name=theme,
            since_last=SinceLast.WORSE,
            since_last_words="Fewer are in time.",
            revision=None,
            by=None,
        )
        add_measure(
            finding=finding,
            words="Half of them",
            value=Decimal(50),
            out_of=None,
            unit="%",
            population="pathway plans",
            direction=Direction.AT_LEAST,
            target=Decimal(90),
            revision=None,
            by=None,
        )
        step = Step.objects.filter(action__plan=plan)[0]
        link_step(finding=finding, step=step, relation=Relation.CONTRADICTED, why="It is done.", by=None)
    lead = cast[Role.IMPROVEMENT_LEAD]
    add_quote(
        paragraph=a_paragraph(held_back), quote=PLANS_LATE[:30].strip(), revision=again(held_back).revision, by=lead
    )
    reader = User.objects.get(email=NOT_IN_THE_CAST)
    name_reader(letter=held_back, person=reader, reason="They write the answer.", by=lead)
