"""Invents papers with numbered paragraphs, and corrections of them, for Hypothesis."""

from dataclasses import dataclass

from hypothesis import strategies as st

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    ParagraphLink,
    Text,
    words,
)

_VOCABULARY = ("harbour", "fees", "rise", "forecast", "budget", "care", "roads", "saving", "review", "debt")


@dataclass(frozen=True)
class Raw:
    """A block before it has a number: a chapter, a numbered heading, a paragraph, or a list that goes on."""

    kind: str
    text: str
    slug: str = ""


def numbered(raws: tuple[Raw, ...], *, has_slugs: bool = False) -> Document:
    """A paper of these blocks as a report source numbers them, the last paragraph pointing to the first; anchors repeat
    numbers unless there are slugs."""
    blocks: list[Block] = []
    chapter = place = 0
    for at, raw in enumerate(raws):
        if raw.kind == "list":
            blocks.append(BulletList(f"list-{at}", (words(raw.text),)))
            continue
        if raw.kind == "chapter":
            chapter, place = chapter + 1, 0
            number, anchor = str(chapter), f"section-{chapter}"
        else:
            place += 1
            number = f"{chapter}.{place}"
            anchor = f"para-{number}"
        anchor = raw.slug if has_slugs else anchor
        if raw.kind == "paragraph":
            blocks.append(Paragraph(anchor, words(raw.text), number))
        else:
            blocks.append(Heading(anchor, raw.text, 2 if raw.kind == "chapter" else 3, number))
    targets = [block for block in blocks if isinstance(block, Paragraph)]
    if targets:
        link = ParagraphLink(text=targets[-1].number, anchor=targets[-1].anchor)
        blocks.append(Paragraph("see", (Text(text="See paragraph "), link, Text(text="."))))
    return Document("invented", "any", "A paper", tuple(blocks))


@st.composite
def raws(draw: st.DrawFn, most: int = 12) -> tuple[Raw, ...]:
    """The blocks of a paper."""
    kinds = draw(st.lists(st.sampled_from(("chapter", "heading", "paragraph", "paragraph", "list")), max_size=most))
    return tuple(Raw(kind, draw(texts()), f"slug{'abcdefghijklmnop'[at]}") for at, kind in enumerate(kinds))


def texts() -> st.SearchStrategy[str]:
    """Some words, that now and then are the same."""
    return st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=6).map(" ".join)


@st.composite
def corrections(draw: st.DrawFn, of: tuple[Raw, ...]) -> tuple[Raw, ...]:
    """The blocks with some added, taken away or said in other words."""
    result = list(of)
    for turn in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(result)))
        edit = draw(st.sampled_from(("add", "remove", "change")))
        if edit == "add":
            kind = draw(st.sampled_from(("chapter", "heading", "paragraph", "list")))
            new = Raw(kind, draw(texts()), f"new{'abcd'[turn]}{draw(st.sampled_from('qrstuvwxyz'))}{len(result) * 'x'}")
            result.insert(at, new)
        elif at < len(result):
            old = result.pop(at)
            if edit == "change":
                result.insert(at, Raw(old.kind, draw(texts()), old.slug))
    return tuple(result)
