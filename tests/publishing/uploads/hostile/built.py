"""PDFs that are built to break who opens them: locks, page trees in loops, bombs, tables that lie."""

import re
import zlib
from io import BytesIO
from typing import Any

from pikepdf import Encryption, Permissions

from tests.publishing.uploads import good
from tests.publishing.uploads.hostile.making import case, drawing, raw, small, stream


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
