"""Invented headings, paragraphs and lists of everything that they may hold, from a seed."""

from random import Random

from msgspec.structs import replace

from tests.publishing.parts.rows import inventing
from torbay_reports.documents.blocks import Block, BulletList, Heading, Inline, LineBreak, Paragraph, Prose, Text
from torbay_reports.publishing.layout import InContext

SAID = (
    *("soft\u00adhyphen", "a\u00a0hard\u00a0space", "(see paragraph 4.1)", "£1.4m", "[2]", "3.10", "e.g.", "“for now”"),
    *("שלום", "Łódź", "zero\u200bwidth", "→", "the whole-council approach", "2016/17–2019/20", "Donau" * 9),
)
NUMBERS = ("", "", "1", "1.1", "4.12", "10.23", "4.1.12", "A", "(a)", "Appendix", "a b")


def words(random: Random, longest: int) -> str:
    told = inventing.words(random, longest).replace("•", "·").split(" ")
    if random.random() < 0.4:
        told.insert(random.randint(0, len(told)), random.choice(SAID[:8] if random.random() < 0.8 else SAID))
    return " ".join(told)


def prose(random: Random, longest: int) -> Prose:
    """Words with links and remarks among them."""
    content: list[Inline] = [Text(f"{words(random, longest)} ")]
    for _ in range(random.choice((0, 0, 0, 1, 2, 5))):
        if not isinstance(content[-1], Text) or not content[-1].text.endswith(" "):
            content.append(Text(f" {words(random, longest)} "))
        content.append(_bulletless(inventing.inline(random, 6)))
    return (*content, Text(random.choice((".", " and so on.", words(random, 9)))))


def _bulletless(inline: Inline) -> Inline:
    """WeasyPrint paints a list's marks after all words."""
    return inline if isinstance(inline, LineBreak) else replace(inline, text=inline.text.replace("•", "·"))


def block(random: Random, anchor: str) -> Block:
    match random.randrange(6):
        case 0:
            text = words(random, random.choice((2, 6, 30))).strip()
            return Heading(anchor, text, random.choice((2, 3, 4)), random.choice(NUMBERS), random.random() < 0.1)
        case 1 | 2:
            items = tuple(prose(random, random.choice((3, 12, 40))) for _ in range(random.randint(1, 6)))
            return BulletList(anchor, items)
        case _:
            said = prose(random, random.choice((4, 30, 120)))
            return Paragraph(anchor, said, random.choice(NUMBERS), random.choice(("", "", "recommendation", "summary")))


def blocks(random: Random, count: int) -> list[InContext]:
    """So many of them, with what their neighbours make of them."""
    found = []
    for number in range(count):
        each = block(random, f"p{number}")
        introduces = isinstance(each, Paragraph) and random.random() < 0.2
        follows = isinstance(each, Heading) and each.level == 3 and each.is_band
        found.append(InContext(each, introduces, follows))
    return found
