"""An invented exempt paper, and files that give a part of it away."""

from decimal import Decimal
from io import BytesIO
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from torbay_reports.documents.blocks import (
    BulletList,
    CallOut,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Highlight,
    Paragraph,
    Row,
    Table,
    Text,
    words,
)
from torbay_reports.publishing.leaks.secrets import Secret, secret_of

LABEL: Final = "item 12 of the Harbour Board of 6 September 2031"
SENTENCE: Final = "The tenant of the boathouse offered to surrender the lease early in return for a premium."
HALF: Final = "offered to surrender the lease early in return for"
NAME: Final = "Zephyr Quillfeather"
FIRM: Final = "Marlinspike Moorings Ltd"
SUM: Final = "£1,251,377"
PUBLIC: Final = "The Board meets at the Old Hall on the first Saturday of every month at ten."


def paper() -> Document:
    """An exempt paper with a sentence, a person, a firm and sums in every way a paper holds them."""
    price = Figure(text="£48.25m", ref="price", value=Decimal("48.25"), unit="millions")
    return Document(
        source="invented.exempt",
        subject="boathouse",
        title="Surrender of the boathouse lease",
        blocks=(
            Heading("offer", "The offer", 2, "1."),
            Paragraph("p1", words(f"{SENTENCE} The offer came from {NAME}. It stands at {SUM}."), "1.1"),
            Paragraph("p2", (Text(text="Works are priced at "), price, Text(text=" by the surveyor."))),
            BulletList("points", (words(f"{FIRM} withdrew."), words("Members asked several questions."))),
            CallOut("note", words("An appeal against the valuation was lodged by the neighbour on Monday.")),
            Table(
                "debts",
                "Debts",
                (Column("d", "Debtor"), Column("v", "Value", unit="£000s", numeric=True), Column("r", "Reason")),
                (
                    Row(
                        "one", (Cell(words("Obsidian Ferries")), Cell(words("(1,846)")), Cell(words("Wound up"))), "", 0
                    ),
                    Row("two", (Cell(words("Nobody")), Cell(words("0")), Cell(words("None"))), sentence="Nobody owes."),
                ),
                notes=("A caution was entered against the vessel at the registry.",),
            ),
        ),
        highlights=(Highlight("summary", words("A premium is preferred to a further term of years.")),),
    )


def secret(**more: object) -> Secret:
    return secret_of(label=LABEL, key="item-12", document=paper(), **more)  # type: ignore[arg-type]


def text_pdf(*pages: str, invisible: str = "") -> Pdf:
    """A PDF with a line of text for each line of each page; `invisible` is drawn so before the first page's text."""
    pdf = Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for number, text in enumerate(pages):
        page = pdf.add_blank_page(page_size=(600, 800))
        lines = " ".join(f"({line}) Tj T*" for line in text.splitlines())
        content = f"BT /F1 9 Tf 20 700 Td 12 TL {lines} ET {invisible if number == 0 else ''}"
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content.encode("cp1252"))
    return pdf


def saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def a_pdf() -> Pdf:
    return text_pdf(PUBLIC)


def first(pdf: Pdf) -> Page:
    return pdf.pages[0]


def with_title(words: str) -> bytes:
    pdf = a_pdf()
    pdf.docinfo["/Title"] = words
    return saved(pdf)


def with_xmp(words: str) -> bytes:
    pdf = a_pdf()
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:rights"] = words
    return saved(pdf)


def with_outline(words: str) -> bytes:
    pdf = a_pdf()
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    item = pdf.make_indirect(Dictionary(Title=String(words), Parent=root, Dest=Array([first(pdf).obj, Name.Fit])))
    root.First = root.Last = item
    pdf.Root.Outlines = root
    return saved(pdf)


def with_structure(key: str, words: str) -> bytes:
    pdf = a_pdf()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = pdf.make_indirect(Dictionary({"/S": Name.Figure, "/P": root, key: String(words)}))
    pdf.Root.StructTreeRoot = root
    return saved(pdf)


def with_replacements(*pieces: str) -> bytes:
    """Replacement texts of elements one after another."""
    pdf = a_pdf()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    spans = [pdf.make_indirect(Dictionary(S=Name.Span, P=root, ActualText=String(each))) for each in pieces]
    root.K = Array(spans)
    pdf.Root.StructTreeRoot = root
    return saved(pdf)


def with_annotation(**entries: Object) -> bytes:
    pdf = a_pdf()
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), P=first(pdf).obj)
    for key, value in entries.items():
        note[f"/{key}"] = value
    first(pdf).obj.Annots = Array([pdf.make_indirect(note)])
    return saved(pdf)


def with_destination(words: str) -> bytes:
    pdf = a_pdf()
    place = Array([first(pdf).obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(words), place])))
    return saved(pdf)


def with_old_destination(words: str) -> bytes:
    pdf = a_pdf()
    pdf.Root.Dests = Dictionary({"/" + words.replace(" ", "-"): Array([first(pdf).obj, Name.Fit])})
    return saved(pdf)


def with_attachment(name: str, data: bytes) -> bytes:
    pdf = a_pdf()
    pdf.attachments[name] = data
    return saved(pdf)


def with_form(words: str, *, drawn: bool) -> bytes:
    pdf = a_pdf()
    form = pdf.make_stream(f"BT /F1 9 Tf 20 20 Td ({words}) Tj ET".encode())
    form.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 99]), Resources=first(pdf).obj.Resources
        )
    )
    first(pdf).obj.PieceInfo = pdf.make_indirect(Dictionary(Left=pdf.make_indirect(form)))
    if drawn:
        first(pdf).obj.Resources.XObject = Dictionary(X=form)
        first(pdf).contents_add(b"/X Do")
    return saved(pdf)


def with_content(content: str) -> bytes:
    return saved(text_pdf(PUBLIC, invisible=content))


def shown(words: str, before: str = "", place: str = "20 300") -> str:
    return f"{before} BT /F1 9 Tf {place} Td ({words}) Tj ET"
