"""One letter written as text of several shapes, as a Word document and as a PDF."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO

import docx
import weasyprint

STYLE = """
@page { size: A4; margin: 25mm; @bottom-center { content: "Page " counter(page) " of " counter(pages) } }
body { font: 11.5pt sans-serif; hyphens: auto }
"""


@dataclass(frozen=True)
class Written:
    """A letter's blocks in order, each what it is and its words: lines (parted by line ends), title, heading,
    paragraph or point."""

    blocks: tuple[tuple[str, str], ...]

    def body_words(self) -> list[str]:
        """The words from the salutation on, in their order."""
        begins = next(place for place, (_, words) in enumerate(self.blocks) if words.startswith("Dear "))
        return " ".join(words for _, words in self.blocks[begins:]).split()


def spaced(letter: Written, bullet: str = "- ") -> str:
    """A line for each paragraph, blank lines between them."""
    return "".join(f"{_marked(kind, words, bullet)}\n{_after(kind)}" for kind, words in letter.blocks)


def unspaced(letter: Written) -> str:
    """A line for each paragraph, and nothing between them."""
    return "\r\n".join(_marked(kind, words, "•\t") for kind, words in letter.blocks)


def wrapped(letter: Written, bullet: str = "■ ", width: int = 78) -> str:
    """Lines of at most that many characters, blank lines between paragraphs."""
    return "".join(f"{_folded(_marked(kind, words, bullet), width)}\n{_after(kind)}" for kind, words in letter.blocks)


def paged(letter: Written, lines: int = 31, width: int = 78) -> str:
    """Wrapped, with bullets on lines of their own, and broken into pages with a running foot and a page number."""
    text = wrapped(letter, "•\n", width).split("\n")
    pages = [text[start : start + lines] for start in range(0, len(text), lines)]
    return "\f".join(
        "\n".join([*page, "", "Monitoring letter, children’s services", str(number)])
        for number, page in enumerate(pages, start=1)
    )


def document(letter: Written, *, with_styles: bool = True) -> bytes:
    """As Word keeps it, with the styles of headings and lists or in plain paragraphs."""
    made = docx.Document()
    styles = {"title": "Heading 1", "heading": "Heading 2", "point": "List Bullet"} if with_styles else {}
    for kind, words in letter.blocks:
        text = words if with_styles or kind != "point" else f"– {words}"
        made.add_paragraph(text, style=styles.get(kind))
    return saved(made)


def saved(made: "docx.document.Document") -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


@cache
def pdf(letter: Written, *, is_tagged: bool) -> bytes:
    """Printed on A4, with words hyphenated at line ends and the pages numbered."""
    body = "".join(_elements(letter))
    html = f'<html lang="en-GB"><title>Letter</title><style>{STYLE}</style><body>{body}</body></html>'
    data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1" if is_tagged else None)
    assert isinstance(data, bytes)
    return data


def _elements(letter: Written) -> Iterator[str]:
    tags = {"title": "h1", "heading": "h2", "point": "li"}
    in_list = False
    for kind, words in letter.blocks:
        if in_list != (kind == "point"):
            in_list = not in_list
            yield "<ul>" if in_list else "</ul>"
        tag = tags.get(kind, "p")
        yield f"<{tag}>{'<br>'.join(escape(words).splitlines())}</{tag}>"


def _marked(kind: str, words: str, bullet: str) -> str:
    return f"{bullet}{words}" if kind == "point" else words


def _after(kind: str) -> str:
    return "" if kind == "point" else "\n"


def _folded(words: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=True) for line in words.split("\n"))
