"""A meeting with 40 invented papers of 600 pages: its agenda with most of them, and two supplements."""

from dataclasses import dataclass
from random import Random

from tests.access.cast import person_with
from tests.bench.supplement import BenchSupplement
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, JobState, Meeting, PackBuild, Paper
from torbay_reports.core import clock
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    ParagraphLink,
    Prose,
    Row,
    Table,
    words,
)
from torbay_reports.publishing.models import Publication, StoredPack, StoredPart
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

PAPERS = (24, 10, 6)
"""Of the agenda and of each supplement."""
_COMMON = (
    *("the", "of", "and", "to", "in", "a", "is", "for", "on", "with", "by", "at", "be", "are", "will", "has", "that"),
    *("council", "service", "budget", "harbour", "children", "review", "forecast", "recommendation", "consultation"),
)


@dataclass(frozen=True)
class Mix:
    """What a paper of about 15 pages is made of: chapters with paragraphs of six sentences, at the end a table of so
    many rows with so many characters at most in a cell. In one that `is_told` there are sub-headings, lists, references
    and tables of figures among the paragraphs."""

    chapters: int
    paragraphs: int
    rows: int
    longest: int
    is_told: bool = False


ROWS = Mix(4, 4, 75, 240)
"""A quarter of the pages are prose, about as in the supplement that the pack engine is measured with."""
PROSE = Mix(9, 5, 45, 80, is_told=True)
"""Three quarters of them are, as in most papers of a council."""


@dataclass
class BenchMeeting:
    """The meeting in the test's database, its papers frozen and nothing of it published."""

    instalments: tuple[Instalment, ...]
    clerk: User
    mix: Mix
    changes: int = 0

    def asked(self, instalment: Instalment, *, publishes: bool = False) -> int:
        """The number of a build that a worker has just taken."""
        build = PackBuild.objects.create(
            instalment=instalment,
            edition=Edition.PUBLIC.value,
            state=JobState.WAITING,
            asked_at=clock.now(),
            publishes=publishes,
            why="A sentence was wrong.",
        )
        return build.pk

    def html(self) -> list[str]:
        """The same pages for other programs, an instalment each."""
        return [BenchSupplement(each, Paper(), self.clerk, _EMPTY).html() for each in self.instalments]

    def forget_parts(self) -> None:
        """As on the first day: no part is stored, and no pack."""
        StoredPart.objects.all().delete()
        StoredPack.objects.all().delete()

    def move_a_paper(self) -> None:
        """Move the agenda's third paper down by so many places, another one each time."""
        items = list(AgendaItem.objects.filter(meeting=self.instalments[0].meeting).order_by("position"))
        self.changes += 1
        items.insert(8 + self.changes, items.pop(2))
        for position, item in enumerate(items, start=1):
            item.position = position
        AgendaItem.objects.bulk_update(items, ["position"])

    def correct_a_paper(self, instalment: Instalment) -> None:
        """Freeze a paper of the instalment anew with another sentence."""
        self.changes += 1
        paper = Paper.objects.filter(instalment=instalment).order_by("item__position")[1]
        _freeze(paper, _document(paper.slug, self.mix, f"Correction {self.changes}."), self.clerk)


def bench_meeting(mix: Mix) -> BenchMeeting:
    """Invent the papers and freeze them."""
    clerk = person_with(Role.CLERK)
    committee = Committee.objects.create(slug="council", name="Council")
    meeting = Meeting.objects.create(committee=committee, held_on=clock.today())
    instalments = tuple(_instalment(meeting, number) for number in range(len(PAPERS)))
    number = 0
    for instalment, papers in zip(instalments, PAPERS, strict=True):
        for _ in range(papers):
            number += 1
            title = f"Report {number}"
            item = AgendaItem.objects.create(meeting=meeting, number=str(number), title=title, position=number)
            slug = f"report-{number}"
            paper = Paper.objects.create(item=item, instalment=instalment, slug=slug, title=title, position=1)
            _freeze(paper, _document(slug, mix), clerk)
    return BenchMeeting(instalments, clerk, mix)


def _instalment(meeting: Meeting, number: int) -> Instalment:
    return Instalment.objects.create(
        meeting=meeting,
        number=number,
        dated=clock.today(),
        clerk="Robin Vale",
        telephone="01632 960001",
        email="clerk@council.invalid",
        office="Old Hall",
        salutation="Dear Member",
        opening="The papers listed here were not ready when the agenda went out.",
        closing="Yours sincerely",
        signatory="Robin Vale",
        signatory_title="Clerk",
    )


def _freeze(paper: Paper, document: Document, by: User) -> None:
    frozen = publish(document=document, restriction=Restriction.OPEN, by=by)
    assert isinstance(frozen, Publication)
    paper.publication = frozen
    paper.save(update_fields=["publication"])


def _document(slug: str, mix: Mix, first: str = "") -> Document:
    """A report of about 15 pages, the same for the same name but for its first sentence."""
    random = Random(slug)
    blocks: list[Block] = []
    for chapter in range(1, mix.chapters + 1):
        blocks.append(Heading(f"chapter-{chapter}", _line(random, 30), 2, f"{chapter}."))
        for number in range(1, mix.paragraphs + 1):
            if mix.is_told and number == 3:
                blocks.append(Heading(f"part-{chapter}", _line(random, 40), 3))
            text = " ".join(_line(random, random.randint(60, 140)) + "." for _ in range(6))
            said = f"{first} {text}" if first and chapter == number == 1 else text
            blocks.append(Paragraph(f"p{chapter}-{number}", _prose(random, said, mix), f"{chapter}.{number}"))
        if mix.is_told and chapter % 3 == 1:
            points = tuple(words(f"{_line(random, random.randint(50, 200))};") for _ in range(5))
            blocks.append(BulletList(f"points-{chapter}", points))
        if mix.is_told and chapter % 4 == 2:
            blocks.append(_figures(random, f"figures-{chapter}"))
    blocks.append(_table(random, mix))
    return Document(source="invented.bench", subject=slug, title=slug.replace("-", " ").title(), blocks=tuple(blocks))


def _prose(random: Random, text: str, mix: Mix) -> Prose:
    """Some paragraphs refer to others, quote, and have dashes, brackets and sums in them."""
    if not mix.is_told or random.random() < 0.5:
        return words(text)
    about = f"{text} The “{_line(random, 20)}” (£1,377k – or 4.2% of 2016/17) is told in paragraph "
    return (*words(about), ParagraphLink("1.1", "p1-1"), *words(" and in the well-known plan."))


def _figures(random: Random, anchor: str) -> Table:
    """A table of figures, whose widths its content decides."""
    columns = (Column("a", "Service"), *(Column(each, each, unit="£k", numeric=True) for each in ("Budget", "Outturn")))
    rows = tuple(
        Row(f"{anchor}-{number}", (Cell(words(_line(random, 20))), *(Cell(words("1,234")) for _ in range(2))))
        for number in range(10)
    )
    return Table(anchor, "Budget and outturn", columns, rows)


def _table(random: Random, mix: Mix) -> Table:
    columns = (
        Column("a", "Service"),
        Column("b", "What is done"),
        Column("c", "What was said"),
        Column("d", "2031/32", numeric=True),
    )
    rows = tuple(
        Row(f"row-{number}", tuple(Cell(content=words(each)) for each in (*_cells(random, mix.longest), "120")))
        for number in range(mix.rows)
    )
    return Table("table", "Figures of each service", columns, rows)


def _cells(random: Random, longest: int) -> list[str]:
    lengths = 20, random.randint(longest // 4, 2 * longest // 3), random.randint(longest // 6, longest)
    return [_line(random, length) for length in lengths]


def _line(random: Random, length: int) -> str:
    line = random.choice(_COMMON).title()
    while len(line) < length:
        line += f" {random.choice(_COMMON)}"
    return line


_EMPTY = Document("invented.bench", "", "", ())
