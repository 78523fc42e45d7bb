"""What WeasyPrint paints of its layouts, taken from it before it writes a file."""

from typing import Any, Final

from weasyprint import Document

VARIANT: Final = "pdf/ua-1"


class _Painted(Exception):
    """Stops WeasyPrint with the objects that it would go on to write."""

    def __init__(self, pdf: Any) -> None:
        super().__init__()
        self.pdf = pdf


def paint(document: Document) -> Any:
    """Have a layout painted. Returns WeasyPrint's objects, which stand in no file yet (`pydyf.PDF`)."""
    try:
        document.write_pdf(pdf_variant=VARIANT, finisher=_stop)
    except _Painted as stopped:
        return stopped.pdf
    raise AssertionError("WeasyPrint finished without its finisher")


def _stop(document: Document, pdf: Any) -> None:
    raise _Painted(pdf)
