"""Invented rows of everything that a row may hold, from a seed."""

from random import Random

from torbay_reports.documents.blocks import (
    Cell,
    Column,
    Figure,
    Inline,
    LineBreak,
    ParagraphLink,
    Prose,
    Remark,
    Row,
    Table,
    Text,
    Tone,
    WebLink,
)

TONES: tuple[Tone, ...] = ("", "", "adverse", "favourable")
LEVELS = ("", "", "", "service", "directorate", "gross", "funding", "net", "total")
SYLLABLES = ("har", "bour", "care", "Wo", "AV", "To", "ty", "re", "ffi", "ion", "step", "Quay", "über", "é", "fl")
ODD = (
    *("well-known", "2.2/3", "and/or", "–", "—", "2016–17", "a—b", "(see", "note)", "“quoted”", "don’t", "…", "50%"),
    *("£1,377k", "(£25)", "3.5", "e.g.", "A&E", "#7", "*", "@", "x@y.uk", "a_b", "[1]", "{x}", "<b>", "'so'", '"so"'),
    *("!", "?", "No!", "why?", "-5", "--", "+1", "=", "½", "€5", "20°", "§4", "·", "•", "a\u00a0b", "10\u00a0%", "~"),
    *("https://council.invalid/a-long/address/of/many-parts?and=more", "Donaudampfschifffahrtsgesellschaft"),
    *("1,234,567", "31/12/2017", "T.", "V", "P,", "Y.", "r,", "f)", "|", "\\", "^", "`", ";", ":", "a:b", "a;b", "1:2"),
    *("(a)(b)", "x/", "/x", "-", "x-", "%x", "$5", "5$", "£", ",", ".", "!!", "?!", "a…b", "…a", "“", "”", "‘x", "’"),
)
"""What lines break at, or do not, and pairs of letters that are set close together."""


def word(random: Random) -> str:
    if random.random() < 0.3:
        return random.choice(ODD)
    return "".join(random.choice(SYLLABLES) for _ in range(random.choice((1, 1, 2, 2, 3, 4, 12))))


def words(random: Random, longest: int) -> str:
    spaces = random.choices((" ", "  "), (40, 1), k=longest)
    told = [word(random) + space for space in spaces[: random.randint(1, longest)]]
    return "".join(told).rstrip(" ")


def inline(random: Random, longest: int) -> Inline:
    told = words(random, longest)
    match random.randrange(8):
        case 0:
            return Remark(told)
        case 1:
            return Remark(told, "mark")
        case 2:
            return ParagraphLink(told, "row-1")
        case 3:
            return WebLink(told, "https://council.invalid/plan.pdf?page=1")
        case 4:
            return LineBreak()
        case 5:
            return Figure(told, "a.figure")
        case _:
            return Text(told)


def prose(random: Random, longest: int) -> Prose:
    """Inlines in any order, most of them with a space between; now and then one at a line's end."""
    content: list[Inline] = []
    for _ in range(random.randrange(6)):
        new = inline(random, longest)
        before = content[-1] if content else None
        is_apart = before is None or isinstance(before, LineBreak) or isinstance(new, LineBreak)
        if random.random() < (0.02 if is_apart else 0.8):
            content.append(Text(" "))
        content.append(new)
    return tuple(content)


def cell(random: Random, column: Column) -> Cell:
    tone = random.choice(TONES)
    if column.numeric and random.random() < 0.8:
        figure = f"{random.randrange(10 ** random.randint(1, 7)):,}"
        return Cell((Figure(random.choice((figure, f"({figure})", f"{figure}%", "–")), "a.figure"),), tone)
    if random.random() < 0.6:
        return Cell((Text(words(random, random.choice((2, 8, 40)))),), tone)
    return Cell(prose(random, random.choice((1, 3, 12))), tone)


def columns(random: Random) -> tuple[Column, ...]:
    grouped = random.random() < 0.3
    return tuple(
        Column(
            f"c{place}",
            f"Column {place}",
            group="So far" if grouped and place in (1, 2) else "",
            numeric=random.random() < 0.25,
            width=random.choice((10, 20, 37, 55, 103)),
        )
        for place in range(random.choice((1, 2, 3, 4, 5, 7)))
    )


def table(random: Random, rows: int) -> Table:
    """A table of so many rows."""
    shared = columns(random)
    return Table(
        anchor="invented",
        caption="Invented",
        columns=shared,
        rows=tuple(
            Row(
                anchor=f"row-{place}",
                cells=tuple(cell(random, each) for each in shared),
                level=random.choice(LEVELS),
                depth=random.randrange(4),
            )
            for place in range(rows)
        ),
        notes=random.choice(((), ("A note.",))),
        kind=random.choice(("", "small", "tracker", "tracker")),
    )
