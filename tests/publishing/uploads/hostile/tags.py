"""PDFs whose tags attack or are damaged."""

from tests.publishing.uploads import good
from tests.publishing.uploads.hostile.making import case, raw, small, stream


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
