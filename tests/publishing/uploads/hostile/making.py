"""What hostile PDFs are made with: by hand, each with what is to become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from tests.publishing.uploads import good

SECRET = "SECRET words that must not travel"


@dataclass(frozen=True)
class Case:
    """A hostile file. It is refused with these words, or cleaned with this finding; `is_any`: one or the other.

    `is_heavy` ones run only in the process that is held to limits, `is_slow` ones only in the soak.
    """

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    finding: str = ""
    is_heavy: bool = False
    is_slow: bool = False


CASES: list[Case] = []


def case(
    refused: str = "", finding: str = "", is_heavy: bool = False, is_slow: bool = False
) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Note a function that makes a hostile file, as bytes or as an open PDF."""

    def note(make: Callable[[], Any]) -> Callable[[], Any]:
        def made() -> bytes:
            held = make()
            return held if isinstance(held, bytes) else good.saved(held)

        CASES.append(Case(make.__name__.replace("_", " "), made, refused, finding, is_heavy, is_slow))
        return make

    return note


def raw(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A file written as it stands, objects by number; 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    out += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream's body."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def small(**more: bytes) -> dict[int, bytes]:
    """The objects of a file of one page; `more` replaces "page", "pages", "catalogue" or "content"."""
    return {
        1: more.get("catalogue", b"<</Type/Catalog/Pages 2 0 R>>"),
        2: more.get("pages", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"),
        3: more.get(
            "page",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
            b"/XObject<</X 6 0 R>>/Pattern<</P 6 0 R>>/ExtGState<</G 6 0 R>>/Shading<</S 6 0 R>>>>>>",
        ),
        4: more.get("content", stream(good.shown("Harmless"))),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }


def first(pdf: Pdf) -> Object:
    """The first page."""
    return pdf.pages[0].obj


def annotated(**entries: Any) -> Pdf:
    """A file with an annotation over a line of its first page."""
    pdf = good.blank()
    annotation = Dictionary(Type=Name.Annot, Rect=[72, 690, 200, 720], **entries)
    first(pdf).Annots = Array([pdf.make_indirect(annotation)])
    return pdf


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRET')"))


def field_of(pdf: Pdf) -> Pdf:
    look = Stream(pdf, b"/Tx BMC q BT /F1 10 Tf (Filled in) Tj ET Q EMC", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 100, 20])
    look.Resources = Dictionary(Font=Dictionary(F1=good.helvetica(pdf)))
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=[72, 600, 172, 620],
            FT=Name.Tx,
            T=String("a"),
            V=String("Filled in"),
            AP=Dictionary(N=pdf.make_indirect(look)),
        )
    )
    first(pdf).Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))
    return pdf


def layered(content: bytes, drawn: str = SECRET) -> Pdf:
    """A file with a layer L1 that is off and a layer L2 that is on, and a drawing that is off."""
    pdf = good.blank()
    off, on = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("off", "on"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off])))
    either = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([off, on]), P=Name.AllOn))
    neither = pdf.make_indirect(Dictionary(Type=Name.OCMD, VE=Array([Name.Not, on])))
    page = first(pdf)
    page.Resources.Properties = Dictionary(L1=off, L2=on, L3=either, L4=neither)
    page.Contents = pdf.make_indirect(Stream(pdf, content))
    look = Stream(pdf, good.shown(drawn), Type=Name.XObject, Subtype=Name.Form, OC=off)
    look.BBox = Array([0, 0, 100, 20])
    page.Resources.XObject = Dictionary(X=pdf.make_indirect(look))
    return pdf


def drawing(entries: bytes, content: bytes = b"0 0 m", **more: bytes) -> bytes:
    """A file whose page draws the object 6."""
    objects = small(content=stream(good.shown("Shown") + b"/X Do /P gs /G gs /S sh /Pattern cs /P scn 0 0 9 9 re f"))
    objects[6] = stream(content, entries)
    for number, body in more.items():
        objects[int(number[1:])] = body
    return raw(objects)
