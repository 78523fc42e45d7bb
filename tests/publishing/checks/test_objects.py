"""Objects are read from a pack's object streams as qpdf reads them."""

from io import BytesIO

import pytest
from pikepdf import Pdf

from torbay_reports.publishing.checks.objects import Bodies
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.writer import Writer


def file_of(bodies: list[str]) -> tuple[bytes, list[int]]:
    writer = Writer()
    numbers = [writer.add(body) for body in bodies]
    page = writer.number()
    pages = writer.add(f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    writer.put(page, f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]>>")
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
    return writer.finish(root=root, info=writer_info(writer)), numbers


def writer_info(writer: Writer) -> int:
    return writer.add("<</Title(x)>>")


def test_every_object_reads_as_qpdf_reads_it() -> None:
    bodies = [f"<</A {number}/B({'x' * (number % 7)})>>" for number in range(700)]
    data, numbers = file_of(bodies)
    with Pdf.open(BytesIO(data)) as pdf:
        read = Bodies(pdf, data)
        assert [read[number].decode().strip() for number in numbers] == bodies
        assert [int(pdf.get_object(number, 0).A) for number in numbers] == list(range(700))


def test_a_stream_and_a_number_beyond_the_end_are_no_such_objects() -> None:
    data, numbers = file_of(["<<>>"])
    with Pdf.open(BytesIO(data)) as pdf:
        read = Bodies(pdf, data)
        for number in (0, numbers[-1] + 1000):
            with pytest.raises(PackFault, match=f"Object {number} of the pack is missing"):
                read[number]


def test_a_file_of_another_writer_is_refused() -> None:
    data, _ = file_of(["<<>>"])
    with Pdf.open(BytesIO(data)) as pdf, pytest.raises(PackFault, match="does not end as this program writes it"):
        Bodies(pdf, data + b"% more\n")
