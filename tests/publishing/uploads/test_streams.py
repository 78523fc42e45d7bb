"""Streams are unpacked within bounds and kept as they are only when readers unpack them safely."""

import zlib
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.refusals import RefusedPdf
from torbay_reports.publishing.uploads.streams import Streams, UnreadableStream, filters_of

PDF = Pdf.new()
WORDS = b"words " * 1000
FAX = b"\xff\xff\xff\x00\x10\x01"


def stream(data: bytes, *filters: Name, **entries: Any) -> Object:
    held = Stream(PDF, data, **entries)
    if filters:
        held.Filter = Array(filters) if len(filters) > 1 else filters[0]
    return PDF.make_indirect(held)


def test_one_packing_is_kept_and_several_become_one() -> None:
    once, twice = zlib.compress(WORDS, 1), zlib.compress(zlib.compress(WORDS))
    assert Streams().kept(stream(once, Name.FlateDecode)) == (["/FlateDecode"], [None], once)
    filters, _, data = Streams().kept(stream(twice, Name.FlateDecode, Name.FlateDecode))
    assert (filters, zlib.decompress(data)) == (["/FlateDecode"], WORDS)
    assert zlib.decompress(Streams().kept(stream(WORDS))[2]) == WORDS


def test_the_packings_of_pictures_are_kept_with_their_parameters() -> None:
    held = stream(FAX, Name.CCITTFaxDecode, DecodeParms=Dictionary(K=-1))
    filters, parameters, data = Streams().kept(held)
    assert (filters, int(parameters[0].K), data) == (["/CCITTFaxDecode"], -1, FAX)


@pytest.mark.parametrize("around", [Name.FlateDecode, Name.ASCIIHexDecode])
def test_a_picture_is_taken_out_of_what_it_is_packed_in_besides(around: Name) -> None:
    noted = FAX + b"SECRET"
    packed = zlib.compress(noted) if around == Name.FlateDecode else noted.hex().encode() + b">"
    parameters = Array([Dictionary(), Dictionary(K=-1)])
    filters, kept, data = Streams().kept(stream(packed, around, Name.CCITTFaxDecode, DecodeParms=parameters))
    assert (filters, int(kept[0].K), data) == (["/CCITTFaxDecode"], -1, FAX)


def test_a_prediction_around_a_picture_is_undone() -> None:
    rows = b"".join(b"\0" + FAX[n : n + 2] for n in range(0, len(FAX), 2))
    parameters = Array([Dictionary(Predictor=15, Columns=2), Dictionary(K=-1)])
    held = stream(zlib.compress(rows), Name.FlateDecode, Name.CCITTFaxDecode, DecodeParms=parameters)
    assert Streams().kept(held)[2] == FAX


def test_what_stands_behind_the_end_of_a_packing_goes() -> None:
    packed = zlib.compress(WORDS)
    assert Streams().kept(stream(packed + b"SECRET", Name.FlateDecode))[2] == packed


@pytest.mark.parametrize("packing", [Name.DCTDecode, Name.JPXDecode, Name.JBIG2Decode, Name.CCITTFaxDecode])
def test_a_picture_that_cannot_be_told_from_notes_is_not_kept(packing: Name) -> None:
    with pytest.raises(UnreadableStream):
        Streams().kept(stream(b"SECRET", packing))


@pytest.mark.parametrize("filters", [(Name.Crypt,), (Name.DCTDecode, Name.FlateDecode), (Name.Own,)])
def test_packings_that_readers_need_not_know_are_not_kept(filters: tuple[Name, ...]) -> None:
    with pytest.raises(UnreadableStream):
        Streams().kept(stream(b"x", *filters))


def test_a_stream_in_another_file_or_packed_without_end_is_not_read() -> None:
    for held in (stream(b"x", F=Dictionary()), stream(b"x", *[Name.FlateDecode] * 9), stream(b"x", Filter=7)):
        with pytest.raises(UnreadableStream):
            filters_of(held)


def test_what_comes_before_damage_is_rescued() -> None:
    packed = zlib.compress(bytes(range(256)) * 90, 0)
    damaged = stream(packed[:-3000] + b"\xff" * 3000, Name.FlateDecode)
    assert Streams().unpacked(damaged).startswith(bytes(range(256)))
    with pytest.raises(UnreadableStream):
        Streams().unpacked(stream(b"nothing that is packed", Name.FlateDecode))


def test_one_stream_may_unpack_to_so_much_and_no_more() -> None:
    assert len(Streams().unpacked(stream(zlib.compress(WORDS), Name.FlateDecode), len(WORDS))) == len(WORDS)
    with pytest.raises(RefusedPdf, match="more than a paper may hold"):
        Streams().unpacked(stream(zlib.compress(WORDS), Name.FlateDecode), len(WORDS) - 1)
    with pytest.raises(RefusedPdf, match="more than a paper may hold"):
        Streams().unpacked(stream(WORDS), len(WORDS) - 1)


def test_all_streams_together_may_unpack_to_so_much_and_each_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DECODED_BYTES", 2 * len(WORDS))
    streams = Streams()
    first, second, third = (stream(zlib.compress(WORDS), Name.FlateDecode) for _ in range(3))
    for held in (first, second, first, second):
        streams.unpacked(held)
    with pytest.raises(RefusedPdf, match="more than a paper may hold"):
        streams.kept(third)
