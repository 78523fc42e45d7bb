"""What a pack says of itself can be read by any program, whatever characters it has."""

from dataclasses import replace

from tests.publishing import packs
from tests.publishing.joining.reading import written
from torbay_reports.publishing.joining import metadata
from torbay_reports.publishing.joining.writer import Writer


def test_title_author_subject_and_language_are_told_with_their_odd_characters() -> None:
    plan = replace(packs.plan(), title="Fees & <charges> “2031”", council="Île Council")

    def fill(writer: Writer, page: int) -> str:
        info = metadata.write_info(writer, plan)
        return f"/Metadata {metadata.write_metadata(writer, plan)} 0 R/Own {info} 0 R"

    with written(fill) as pdf:
        told = pdf.open_metadata()
        assert told["dc:title"] == "Fees & <charges> “2031”" == str(pdf.Root.Own.Title)
        assert told["dc:creator"] == ["Île Council"]
        assert str(pdf.Root.Own.Author) == "Île Council"
        assert told["dc:description"] == "Harbour Board, Saturday 6 September 2031" == str(pdf.Root.Own.Subject)
        assert told["dc:language"] == {"en-GB"}
        assert told["pdfuaid:part"] == "1"
        assert "xmp:CreateDate" not in told


def test_labels_begin_anew_with_the_pages_not_for_publication() -> None:
    assert metadata.page_labels(("1", "2", "E1")) == "<</Nums[0<</S/D/St 1>>2<</S/D/St 1/P(E)>>]>>"
    assert metadata.page_labels(("1",)) == "<</Nums[0<</S/D/St 1>>]>>"
