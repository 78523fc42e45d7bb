"""A part by itself as a PDF: what text is read from, so that nothing is read that does not travel."""

from collections.abc import Iterable

from torbay_reports.publishing.parts.values import Part, PartPage

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FIRST = 3


def as_pdf(part: Part) -> bytes:
    """The part's pages without tags and links."""
    pages = _FIRST + len(part.objects)
    bodies: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(part.pages), b" ".join(b"%d 0 R" % (pages + 2 * place) for place in range(len(part.pages)))),
    ]
    for raw in part.objects:
        text = _text(raw.text)
        bodies.append(text if raw.stream is None else _stream(text[:-2], raw.stream))
    for place, page in enumerate(part.pages):
        bodies += [_page(part, page, pages + 2 * place + 1), _stream(b"<</Filter/FlateDecode", page.content)]
    out = bytearray(_HEAD)
    offsets: list[int] = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def _page(part: Part, page: PartPage, contents: int) -> bytes:
    fonts = b"".join(
        b"/%s %d 0 R" % (name.encode(), _FIRST + part.fonts[place].raw) for name, place in page.fonts.items()
    )
    group = b"/Group " + _text(page.group) if page.group else b""
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Rotate %d%s/Contents %d 0 R/Resources<<%s/Font<<%s>>>>>>" % (
        str(page.width).encode(),
        str(page.height).encode(),
        page.rotate,
        group,
        contents,
        _text(page.resources),
        fonts,
    )


def _text(pieces: Iterable[bytes | int]) -> bytes:
    return b"".join(each if isinstance(each, bytes) else b"%d 0 R" % (_FIRST + each) for each in pieces)


def _stream(dictionary: bytes, data: bytes) -> bytes:
    return b"%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(data), data)
