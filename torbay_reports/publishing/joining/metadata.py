"""What a pack says of itself: title, author, subject, language, PDF/UA. No date: the same pack gives the same bytes."""

from typing import Final
from xml.sax.saxutils import escape

from torbay_reports.core.formatting import full_date
from torbay_reports.publishing.joining.writer import Writer, text
from torbay_reports.publishing.numbering import RESTRICTED_PREFIX, runs_on
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
    """The XMP packet, left uncompressed so that any tool can find it."""
    xmp = _XMP.format(
        title=escape(plan.title),
        author=escape(plan.council),
        subject=escape(subject(plan)),
        language=escape(plan.language),
        producer=_PRODUCER,
    )
    return writer.add_stream("/Type/Metadata/Subtype/XML", xmp.encode())


def write_info(writer: Writer, plan: PackPlan) -> int:
    """The older dictionary that says the same."""
    return writer.add(
        f"<</Title{text(plan.title)}/Author{text(plan.council)}/Subject{text(subject(plan))}"
        f"/Producer{text(_PRODUCER)}>>"
    )


def page_labels(labels: tuple[str, ...]) -> str:
    """What the reader's page box shows, as PDF: 1, 2… and E1, E2…, with 8a and 8b each by itself."""
    runs = []
    before = ""
    for place, label in enumerate(labels):
        number = label.removeprefix(RESTRICTED_PREFIX)
        if not number.isdecimal():
            runs.append(f"{place}<</P{text(label)}>>")
        elif not (before[-1:].isdecimal() and runs_on(before, label)):
            prefix = f"/P{text(RESTRICTED_PREFIX)}" if number != label else ""
            runs.append(f"{place}<</S/D/St {number}{prefix}>>")
        before = label
    return f"<</Nums[{''.join(runs)}]>>"
