"""PDFs that are as they should be, made by code: one tagged by WeasyPrint, one without tags."""

from functools import cache
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from weasyprint import HTML

ROWS = 70
_PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E"
    "%3Crect width='20' height='20' fill='blue'/%3E%3C/svg%3E"
)


@cache
def tagged() -> bytes:
    """A tagged paper of some pages: headings, links, a table that breaks, a list and a picture."""
    rows = "".join(
        f"<tr><th scope=row>Harbour {n}</th><td>{n * 3} boats</td><td>{n * 9} in crew</td></tr>" for n in range(ROWS)
    )
    return bytes(
        HTML(
            string=f"""<html lang=en-GB><head><title>Boats in the harbours</title>
            <style>@page{{size:A4}} *{{font-family:sans-serif}}</style></head><body>
            <h1>Boats in the harbours</h1>
            <p>Read <a href="https://example.org/boats?year=2031">the register</a> or
            <a href="#end">the end</a>, or <a href="mailto:harbour@example.org">write</a>.</p>
            <table><thead><tr><th>Harbour</th><th>Boats</th><th>Crews</th></tr></thead><tbody>{rows}</tbody></table>
            <ul><li>red boats</li><li>blue boats</li></ul>
            <p><img alt="A blue square" src="{_PICTURE}"></p>
            <h2 id=end>The end</h2><p>Nothing follows.</p></body></html>"""
        ).write_pdf(pdf_variant="pdf/ua-1")
    )


def helvetica(pdf: Pdf) -> Object:
    """A font that is not embedded."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    return pdf.make_indirect(font)


def shown(words: str, height: int = 700) -> bytes:
    """Instructions that show words with the font F1."""
    return b"BT /F1 12 Tf 72 %d Td (%s) Tj ET\n" % (height, words.encode("latin-1"))


def blank(pages: int = 2) -> Pdf:
    """An open PDF of A4 pages without tags, each with a line of text."""
    pdf = Pdf.new()
    font = helvetica(pdf)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_indirect(Stream(pdf, shown(f"This is page {number}.")))
    return pdf


def saved(pdf: Pdf) -> bytes:
    """The file's bytes, the same each time."""
    out = BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


def untagged(pages: int = 2) -> bytes:
    """A paper without tags."""
    return saved(blank(pages))


def with_tags(pdf: Pdf, *elements: Dictionary) -> Pdf:
    """Give the file a tag tree of these elements."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    kids = [pdf.make_indirect(element) for element in elements]
    for kid in kids:
        kid.P = root
    root.K = Array(kids)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return pdf
