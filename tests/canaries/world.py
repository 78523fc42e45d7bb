"""A meeting whose papers have a canary at every place, published in both editions, two of its papers withdrawn since.

Who may read what of each is written down here, by the names of the visitors, for a walk to be held against.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import weasyprint

from ofsted.reports.letter import LETTER
from tests.access.cast import SINCE, person
from tests.canaries import letters, visitors
from tests.canaries.letters import NAMED, PlantedLetter
from tests.canaries.visitors import MEMBER_ELSEWHERE
from tests.canaries.walking import Visitor
from tests.canaries.words import Canaries, Canary
from tests.environment import STORES
from tests.set_once import set_once
from tests.urls_matrix import world
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import bringing, deciding, grounds, reviews
from torbay_reports.agenda.models import AgendaItem, BroughtFile, Committee, Instalment, Meeting, Paper, RestrictedPaper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.services import publish_paper
from torbay_reports.agenda.uploading import pass_warning
from torbay_reports.agenda.withdrawing import withdraw_paper
from torbay_reports.documents import blocks
from torbay_reports.documents.blocks import Document, words
from torbay_reports.publishing.bundles.services import finish_withdrawals
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish
from torbay_reports.publishing.uploads.findings import open_warnings

CANARIES: Final = Canaries()
BOARD: Final = "overview-and-scrutiny-board"
HELD_ON: Final = date(2017, 9, 20)
MEETING: Final[Mapping[str, object]] = {"committee": BOARD, "held_on": HELD_ON}
REVIEW: Final = date(2018, 3, 1)
DRAWING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60">'
    '<text x="5" y="25">{}</text></svg>'
)
WHY_AGAIN: Final = "A paper was withdrawn."

SUBSTITUTE: Final = "a substitute of the committee"
ADMITTED: Final = "a person who is admitted to one paper"
OFFICERS: Final = frozenset({Role.CLERK.value, Role.MONITORING_OFFICER.value})
COMMITTEE: Final = OFFICERS | {Role.MEMBER.value, SUBSTITUTE}
COUNCILLORS: Final = COMMITTEE | {MEMBER_ELSEWHERE}
EVERYBODY: Final = COUNCILLORS | {
    *(role.value for role in Role),
    ADMITTED,
    NAMED,
    visitors.ANONYMOUS,
    visitors.WITHOUT_A_ROLE,
}

BUILT: Final = (
    "title",
    "notice",
    "heading",
    "fact",
    "paragraph",
    "bullet",
    "cell",
    "caption",
    "note",
    "row sentence",
    "chart title",
    "chart sentence",
    "chart figure",
    "chart drawing",
    "call-out",
    "highlight",
)
"""The places of a built paper."""
BROUGHT: Final = ("title", "text", "alternative")
"""The places of a brought one that readers are shown."""
OF_ITS_OFFICERS: Final = (
    "reason",
    "public interest",
    "names",
    "words that may be public",
    "clearing",
    "admission",
    "review",
    "warning",
    "file name",
)
"""The places of any paper that only its clerk and the monitoring officer are shown."""
OF_ITS_CLERK: Final = ("source", "subject")
"""The places that its clerk is shown, who chooses what stands for it."""
OF_NOBODY: Final = ("author", "file title", "withdrawal", "data")
"""The places that no page shows to anybody."""


@dataclass(frozen=True)
class Planted:
    """A paper, the places of it that were planted, and who reads it; in `packs` its committee finds it in the pack."""

    name: str
    restriction: Restriction
    readers: frozenset[str]
    places: tuple[str, ...]
    is_there: bool = True
    is_withdrawn: bool = False

    def of(self, place: str) -> Canary:
        """What is planted there."""
        return CANARIES.of(self.name, place)

    @property
    def is_built(self) -> bool:
        """Whether it is a frozen Document."""
        return self.places == BUILT

    @property
    def there(self) -> dict[str, object]:
        """The arguments of its address."""
        # What the freezing has closed has an address that does not tell its name.
        slug = "confidential-paper" if self.name == letters.NAME else self.name
        return {**MEETING, "item": str(PAPERS.index(self) + 1), "paper": slug}

    def may_read(self, visitor: str, place: str) -> bool:
        """Whether the visitor may be shown what is planted there."""
        if place in OF_NOBODY:
            return False
        if place in OF_ITS_CLERK:
            return visitor == Role.CLERK.value
        return visitor in (OFFICERS if place in OF_ITS_OFFICERS else self.readers)


OPEN, EXEMPT, CONFIDENTIAL = Restriction.OPEN, Restriction.EXEMPT, Restriction.CONFIDENTIAL
PAPERS: Final = (
    Planted("plan", OPEN, EVERYBODY, BUILT),
    Planted("gone", OPEN, OFFICERS, BUILT, is_withdrawn=True),
    Planted("accounts", EXEMPT, COUNCILLORS, BUILT),
    Planted("tender", EXEMPT, COMMITTEE, BROUGHT),
    Planted("family", EXEMPT, COMMITTEE | {ADMITTED}, BUILT),
    Planted("terms", CONFIDENTIAL, COMMITTEE, BUILT),
    Planted("order", CONFIDENTIAL, COMMITTEE, BROUGHT),
    Planted("late", EXEMPT, COMMITTEE, ("title",), is_there=False),
    Planted("awaited", EXEMPT, COMMITTEE, ("title",), is_there=False),
    Planted("refused", EXEMPT, COMMITTEE, ("title",), is_there=False),
    Planted("taken", EXEMPT, OFFICERS, BROUGHT, is_withdrawn=True),
    Planted(letters.NAME, CONFIDENTIAL, COMMITTEE, letters.PLACES),
)
"""The papers with their items in order."""
GROUNDS: Final[Mapping[str, tuple[tuple[int, ...], bool]]] = {
    "accounts": ((3,), False),
    "tender": ((3,), True),
    "family": ((1,), False),
    "late": ((1,), False),
    "awaited": ((3,), False),
    "refused": ((3,), False),
    "taken": ((3,), False),
}
"""Of the exempt papers, the paragraphs of Schedule 12A and whether they hold terms proposed for a contract."""


@dataclass
class World:
    """What was planted, for whom to ask for it."""

    people: list[Visitor]
    cast: Mapping[Role, User]
    instalment: Instalment
    papers: dict[str, Paper]
    letter: PlantedLetter

    def arguments(self) -> list[Mapping[str, object]]:
        """Of every address that is about something planted."""
        found: list[Mapping[str, object]] = [MEETING]
        found += [{**MEETING, "edition": str(edition)} for edition in Edition]
        for planted in PAPERS:
            there = planted.there
            found.append(there)
            found += [{**there, "table": table} for table in ("table", "chart-table") if planted.is_built]
            found += [{**there, "number": each.pk} for each in self.papers[planted.name].brought_files.all()]
            found += [{**there, "number": each.pk} for each in self.papers[planted.name].admissions.all()]
            found += [{**there, "code": "not-tagged", "page": 0} for _ in planted.places if planted.places == BROUGHT]
        found += self.letter.arguments()
        return list({repr(each): each for each in found}.values())


def build() -> World:
    """Makes everything: the demonstration, the papers, two versions of both editions of their pack."""
    cast = world.build()
    clerk = cast[Role.CLERK]
    instalment = make_instalment(Committee.objects.get(slug=BOARD))
    people, admitted = everybody(cast)
    letter = PlantedLetter(CANARIES, cast, next(each.person for each in people if each.name == NAMED and each.person))
    papers = {planted.name: plant(planted, instalment, cast, admitted) for planted in PAPERS}
    planted_world = World(people, cast, instalment, papers, letter)
    with set_once():
        for edition in Edition:
            publish_pack(instalment=instalment, edition=edition, by=clerk)
        for planted in PAPERS:
            if planted.is_withdrawn:
                withdraw_paper(paper=papers[planted.name], why=planted.of("withdrawal").sentence, by=clerk)
        finish_withdrawals()
        for edition in Edition:
            publish_pack(instalment=instalment, edition=edition, by=clerk, why=WHY_AGAIN)
    return planted_world


def make_instalment(committee: Committee) -> Instalment:
    """The first supplement of the meeting, still empty."""
    meeting = Meeting.objects.create(committee=committee, held_on=HELD_ON)
    letter = {"dated": date(2017, 9, 4), "clerk": "Kate Spencer", "telephone": "01803 1", "email": "k@council.invalid"}
    return Instalment.objects.create(meeting=meeting, number=1, **letter)


def everybody(cast: Mapping[Role, User]) -> tuple[list[Visitor], User]:
    """All who come by, a substitute of the board, a person who is named to read one letter and one who is admitted to
    one paper among them; the last."""
    substitute, admitted = person("Substitute Member"), person("Admitted Person")
    RoleAssignment.objects.create(
        person=substitute,
        role=Role.MEMBER,
        scope_kind="committee",
        scope_slug=BOARD,
        is_substitute=True,
        starts_on=SINCE,
        ends_on=REVIEW,
    )
    named = Visitor(NAMED, person("Named Reader"))
    more = [Visitor(SUBSTITUTE, substitute), Visitor(ADMITTED, admitted), named]
    return [*visitors.everybody(cast), *more], admitted


def plant(planted: Planted, instalment: Instalment, cast: Mapping[Role, User], admitted: User) -> Paper:
    """The paper with a canary at each of its places, under an item of its own."""
    place = PAPERS.index(planted) + 1
    item = AgendaItem.objects.create(
        meeting=instalment.meeting, number=str(place), title=f"Business number {place}", position=place
    )
    # What is given in confidence is closed by the freezing.
    restriction = OPEN if planted.name == letters.NAME else planted.restriction
    paper = Paper.objects.create(
        item=item, instalment=instalment, slug=planted.name, restriction=restriction.value, position=1
    )
    if planted.name == letters.NAME:
        return _freeze_letter(planted, paper, cast[Role.CLERK])
    content = paper if planted.restriction is OPEN else RestrictedPaper(paper=paper)
    content.title = planted.of("title").title
    content.save()
    clerk = cast[Role.CLERK]
    if planted.is_built:
        content.source, content.subject = planted.of("source").slug, planted.of("subject").slug
        # The table that it stands in depends on the restriction.
        content.publication = publish(document=document(planted), restriction=planted.restriction, by=clerk)
        content.save()
    if planted.restriction is not OPEN:
        _hold_back(planted, paper, cast)
    if planted.places == BROUGHT:
        _bring(planted, paper, clerk, brought_pdf(planted))
        warnings = open_warnings(paper.content.upload)  # type: ignore[arg-type]
        for each in warnings:
            assert paper.content.upload_id is not None
            reason = planted.of("warning").sentence
            pass_warning(
                paper=paper, upload=paper.content.upload_id, code=each.code, page=each.page, reason=reason, by=clerk
            )
    if planted.name == "refused":
        _bring(planted, paper, clerk, planted.of("data").sentence.encode())
    if planted.name == "awaited":
        _send(planted, paper, clerk, brought_pdf(planted))
    if planted.name == "family":
        _decide(planted, paper, cast[Role.MONITORING_OFFICER], admitted)
    return paper


def _freeze_letter(planted: Planted, paper: Paper, clerk: User) -> Paper:
    """As a clerk does: what is held back becomes confidential by that."""
    paper.title, paper.source, paper.subject = planted.of("title").title, LETTER, letters.SUBJECT
    paper.save()
    return publish_paper(paper=paper, by=clerk)


def _hold_back(planted: Planted, paper: Paper, cast: Mapping[Role, User]) -> None:
    given = {"paper": paper, "reason": planted.of("reason").sentence, "review_on": REVIEW, "by": cast[Role.CLERK]}
    RestrictedPaper.objects.filter(paper=paper).update(names=planted.of("names").name)
    if planted.restriction is EXEMPT:
        numbers, has_terms = GROUNDS[planted.name]
        interest = planted.of("public interest").sentence
        grounds.give_exempt_grounds(**given, numbers=numbers, public_interest=interest, has_contract_terms=has_terms)  # type: ignore[arg-type]
    else:
        by = {"furnished_by": "", "prohibited_by": "", _forbidden_by(planted): planted.of("forbidden by").title}
        grounds.give_confidential_grounds(**given, **by)  # type: ignore[arg-type]
    paper.refresh_from_db()


def _forbidden_by(planted: Planted) -> str:
    return "furnished_by" if planted.name == "terms" else "prohibited_by"


def _decide(planted: Planted, paper: Paper, officer: User, admitted: User) -> None:
    """What the monitoring officer decides about one paper."""
    said = {place: planted.of(place).sentence for place in OF_ITS_OFFICERS}
    deciding.admit(paper=paper, person=admitted, reason=said["admission"], until=REVIEW, by=officer)
    deciding.clear_words(paper=paper, words=[said["words that may be public"]], reason=said["clearing"], by=officer)
    reviews.keep_back(paper=paper, reason=said["review"], review_on=REVIEW, by=officer)
    paper.refresh_from_db()


def _send(planted: Planted, paper: Paper, clerk: User, data: bytes) -> BroughtFile:
    name = f"{planted.of('file name').slug}.pdf"
    return bringing.send(paper=paper, seen=None, name=name, data=data, restriction=planted.restriction, by=clerk)


def _bring(planted: Planted, paper: Paper, clerk: User, data: bytes) -> None:
    """As a clerk and a worker do."""
    bringing.run_bringing(file=_send(planted, paper, clerk, data).pk)
    paper.refresh_from_db()


def document(planted: Planted) -> Document:
    """A report with a canary at each place."""
    said = {place: planted.of(place).sentence for place in BUILT}
    columns = (blocks.Column("what", "What"), blocks.Column("sum", "Sum", numeric=True))

    def table(anchor: str, caption: str, note: str, *cells: str) -> blocks.Table:
        shown = tuple(blocks.Cell(words(each)) for each in cells)
        row = blocks.Row(f"{anchor}-row", shown, sentence=said["row sentence"])
        return blocks.Table(anchor, caption, columns, (row,), notes=(note,), in_words_first=True)

    drawing = DRAWING.format(said["chart drawing"])
    chart = blocks.Chart(
        "chart",
        said["chart title"],
        words(said["chart sentence"]),
        f'{{"data": [], "layout": {{"title": "{said["chart figure"]}"}}}}',
        table("chart-table", "As drawn", "A note.", "Quays", "5"),
        svg=drawing,
    )
    return Document(
        source=planted.of("source").slug,
        subject=planted.of("subject").slug,
        title=planted.of("title").title,
        notice=said["notice"],
        blocks=(
            blocks.Facts("facts", "About this report", (("Wards", (said["fact"],)),)),
            blocks.Heading("heading", planted.of("heading").title, 2, "1"),
            blocks.Paragraph("p1-1", words(said["paragraph"]), "1.1", "recommendation"),
            blocks.BulletList("bullets", (words(said["bullet"]),)),
            table("table", said["caption"], said["note"], planted.of("cell").title, planted.of("cell").sum),
            chart,
            blocks.CallOut("call-out", words(said["call-out"])),
        ),
        highlights=(blocks.Highlight("summary", words(said["highlight"])),),
    )


@cache
def brought_pdf(planted: Planted) -> bytes:
    """A PDF without tags, with canaries in its words and in what it says of itself."""
    said = {place: planted.of(place).sentence for place in ("text", "alternative", "author", "file title")}
    picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    html = (
        f'<html lang="en-GB"><title>{said["file title"]}</title><meta name="author" content="{said["author"]}">'
        f'<style>@page {{ size: A4 }}</style><p>{said["text"]}</p><p>{said["alternative"]}<img alt="x" src="{picture}">'
    )
    data: bytes = weasyprint.HTML(string=html).write_pdf()
    return data


def keep_stores(folder: Path) -> None:
    """Copy the stores' files into a folder that is new: every test leaves the stores empty."""
    shutil.copytree(STORES, folder)


def put_back_stores(folder: Path) -> None:
    """The files as they were when they were kept."""
    for left in Path(STORES).iterdir():
        shutil.rmtree(left)
    shutil.copytree(folder, STORES, dirs_exist_ok=True)
