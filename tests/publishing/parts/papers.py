"""Invented papers of every kind of block, from a seed, and how they are cut and set."""

from collections.abc import Sequence
from random import Random

from msgspec.structs import replace

from tests.publishing import packs
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    LineBreak,
    Paragraph,
    ParagraphLink,
    Remark,
    Row,
    Table,
    Text,
    words,
)
from torbay_reports.publishing.layout import placed_papers
from torbay_reports.publishing.packplan import PackPlan
from torbay_reports.publishing.parts import setting
from torbay_reports.publishing.parts.pieces import Chapter, Unit, cut, order_of
from torbay_reports.publishing.parts.values import Strip, strip_from_bytes

COLUMNS = (
    Column("step", "Step", width=1),
    Column("how", "How?", width=4),
    Column("outcome", "Outcome", group="So far", width=4),
    Column("days", "Days", group="So far", numeric=True, width=1),
)
WORDS = [
    "harbour",
    "steps",
    "review",
    "carers",
    "audit",
    "weekly",
    "panel",
    "checks",
    "plan",
    "quality",
    "team",
    "office",
    "notes",
    "decision",
    "child",
    "visit",
]


def sentence(random: Random, longest: int) -> str:
    """Some words, with figures among them."""
    return " ".join(random.choice([*WORDS, str(random.randrange(5000))]) for _ in range(random.randint(1, longest)))


def row(random: Random, number: int, longest: int) -> Row:
    """A row in words; now and then one that is higher than a page."""
    told = sentence(random, 1600 if random.random() < 0.02 else longest)
    content = (*words(told), LineBreak(), Remark(text="Overdue", kind="mark"))
    cells = (
        Cell(content=words(f"1.{number}")),
        Cell(content=words(sentence(random, longest))),
        Cell(content=content),
        Cell(content=words(f"({number})" if number % 3 else str(number))),
    )
    return Row(anchor=f"row-{number}", cells=cells, level="total" if random.random() < 0.05 else "")


def table(random: Random, name: str, rows: int, *, first: int) -> Table:
    """A table of rows that may be cut; its anchors go on from `first`."""
    return Table(
        anchor=name,
        caption=f"{name}: {sentence(random, 9)}",
        columns=COLUMNS,
        rows=tuple(row(random, first + number, random.choice([4, 30, 90])) for number in range(rows)),
        notes=("Brackets are an underspend.", "Invented.") if random.random() < 0.5 else (),
        kind=random.choice(["", "tracker", "small"]),
    )


def blocks(random: Random, number: int) -> tuple[Block, ...]:
    """So many blocks of every kind in any order, with links to one another."""
    found: list[Block] = [Heading("start", "Purpose", 2, "1.")]
    rows = 0
    for place in range(number):
        name = f"b{place}"
        match random.randrange(9):
            case 0:
                found.append(Heading(name, sentence(random, 8), random.randint(2, 4), f"{place}."))
            case 1 | 2 | 3:
                link = ParagraphLink(text="1.", anchor="start")
                found.append(Paragraph(name, (Text(text=sentence(random, 150)), link), f"{place}"))
            case 4:
                found.append(BulletList(name, tuple(words(sentence(random, 60)) for _ in range(random.randint(1, 9)))))
            case 5:
                found.append(CallOut(name, words(sentence(random, 40))))
            case 6:
                found.append(Facts(name, "About", (("Meeting", ("Board", "Council")), ("Wards", ("All",)))))
            case 7:
                found.append(
                    replace(packs.chart(), anchor=name, table=replace(packs.chart().table, anchor=f"{name}-t", rows=()))
                )
            case _:
                some = random.choice([1, 2, 12, 40])
                found.append(table(random, name, some, first=rows))
                rows += some
    return tuple(found)


def document(seed: int, number: int = 12) -> Document:
    """A paper of so many blocks."""
    random = Random(seed)
    return Document(
        source="invented.any",
        subject=f"seed-{seed}",
        title=f"Invented paper {seed}",
        blocks=blocks(random, number),
        orientation=random.choice(["portrait", "landscape"]),
        draft=random.random() < 0.3,
    )


def chapters(paper: Document, plan: PackPlan | None = None) -> tuple[Chapter, ...]:
    """The paper cut, as the first of a pack."""
    whole = plan or packs.plan(document=paper)
    return cut(placed_papers(whole)[0], whole)


def chapter(paper: Document, plan: PackPlan | None = None) -> Chapter:
    """The same of a paper without chapters."""
    [only] = chapters(paper, plan)
    return only


def strips(of: Chapter, units: Sequence[Unit] | None = None) -> list[Strip]:
    """Its pieces set in one order."""
    some = list(of.units if units is None else units)
    return [strip_from_bytes(data) for *_, data in setting.set_pieces(order_of(of.sheet, some))]
