"""What a pack says of itself: title, author, subject, language, PDF/UA. No date: the same pack gives the same bytes."""

from typing import Final
from xml.sax.saxutils import escape

from torbay_reports.core.formatting import full_date
from torbay_reports.publishing.joining.writer import Writer, text
from torbay_reports.publishing.numbering import SHEET, parted, runs_on
from torbay_reports.publishing.packplan import PackPlan

_PRODUCER: Final = "Torbay reports"

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def subject(plan: PackPlan) -> str:
    """The committee and the day of its meeting."""
    return f"{plan.committee}, {full_date(plan.meeting_on)}"


def write_metadata(writer: Writer, plan: PackPlan) -> int:
    """The XMP packet of a pack."""
    return write_packet(writer, title=plan.title, author=plan.council, subject=subject(plan), language=plan.language)


def write_info(writer: Writer, plan: PackPlan) -> int:
    """The older dictionary that says the same."""
    return write_facts(writer, title=plan.title, author=plan.council, subject=subject(plan))


def write_packet(writer: Writer, *, title: str, author: str, subject: str, language: str) -> int:
    """An XMP packet, left uncompressed so that any tool can find it."""
    xmp = _XMP.format(
        title=escape(title),
        author=escape(author),
        subject=escape(subject),
        language=escape(language),
        producer=_PRODUCER,
    )
    return writer.add_stream("/Type/Metadata/Subtype/XML", xmp.encode())


def write_facts(writer: Writer, *, title: str, author: str, subject: str) -> int:
    """The older dictionary, which tells no language."""
    return writer.add(f"<</Title{text(title)}/Author{text(author)}/Subject{text(subject)}/Producer{text(_PRODUCER)}>>")


def page_labels(labels: tuple[str, ...]) -> str:
    """What the reader's page box shows, as PDF (ISO 32000-1, 12.4.2): i, ii…, 1, 2… and E1, E2…, with 8a and 8b each by
    itself."""
    runs = []
    before = ""
    for place, label in enumerate(labels):
        series, number, letters = parted(label)
        if letters:
            runs.append(f"{place}<</P{text(label)}>>")
            before = ""
            continue
        if not (before and runs_on(before, label)):
            style = "/S/r" if series == SHEET else "/S/D"
            prefix = f"/P{text(series)}" if series not in ("", SHEET) else ""
            runs.append(f"{place}<<{style}/St {number}{prefix}>>")
        before = label
    return f"<</Nums[{''.join(runs)}]>>"
