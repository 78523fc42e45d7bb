"""PDFs whose pages attack: hidden layers, drawings in loops, instructions that are none."""

from pikepdf import Pdf

from tests.publishing.uploads import good
from tests.publishing.uploads.hostile.making import SECRET, case, drawing, layered, raw, small, stream


@case(finding="hidden-layers")
def text_in_a_hidden_layer() -> Pdf:
    return layered(b"/OC /L1 BDC " + good.shown(SECRET) + b"EMC /OC /L2 BDC " + good.shown("Shown") + b"EMC")


@case(finding="hidden-layers")
def a_drawing_in_a_hidden_layer() -> Pdf:
    return layered(good.shown("Shown") + b"/X Do")


@case(finding="hidden-layers")
def text_in_layers_of_which_one_is_hidden() -> Pdf:
    return layered(b"/OC /L3 BDC " + good.shown(SECRET) + b"EMC /OC /L4 BDC " + good.shown(SECRET) + b"EMC")


@case(finding="hidden-layers")
def text_in_a_layer_inside_a_layer() -> Pdf:
    return layered(b"/OC /L1 BDC /OC /L2 BDC " + good.shown(SECRET) + b"EMC " + good.shown(SECRET) + b"EMC")


@case(finding="hidden-layers")
def text_in_a_layer_that_is_not_there() -> Pdf:
    return layered(b"/OC /Nowhere BDC " + good.shown(SECRET) + b"EMC" + good.shown("Shown"))


@case(finding="content-removed")
def a_picture_in_another_file() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/F(/etc/passwd)"
    )


@case(finding="content-removed")
def a_drawing_in_postscript() -> bytes:
    return drawing(b"/Type/XObject/Subtype/PS", b"SECRET")


@case()
def a_drawing_that_stands_for_another_file() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(x.pdf)/Page 0>>/OPI<</2.0<</F(x)>>>>/PieceInfo<</X(SECRET)>>"
    )


@case()
def a_picture_with_alternates() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Alternates[<</Image 6 0 R>>]/Metadata 7 0 R",
        b"x",
        o7=stream(b"SECRET"),
    )


@case(finding="content-removed")
def a_picture_as_large_as_a_town() -> bytes:
    return drawing(
        b"/Type/XObject/Subtype/Image/Width 65535/Height 65535/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/JBIG2Decode"
    )


@case()
def a_drawing_that_draws_itself() -> bytes:
    return drawing(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", b"/X Do")


@case()
def two_drawings_that_draw_each_other() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    return drawing(form % 7, b"/X Do", o7=stream(b"/X Do /X Do", form % 6))


@case()
def a_drawing_without_resources_that_draws_itself() -> bytes:
    return drawing(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"/X Do /X Do")


@case(refused="drawings in drawings")
def drawings_that_multiply() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    more = {f"o{n}": stream(b"/X Do " * 20, form % (n + 1)) for n in range(7, 30)}
    more["o30"] = stream(b"0 0 m 9 9 l S", form % 99)
    return drawing(form % 7, b"/X Do " * 20, **more)


@case()
def drawings_without_end() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    return drawing(form % 7, b"/X Do", **{f"o{n}": stream(b"/X Do", form % (n + 1)) for n in range(7, 3000)})


@case()
def a_pattern_of_itself() -> bytes:
    return drawing(
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P 6 0 R>>>>",
        b"/Pattern cs /P scn 0 0 9 9 re f",
    )


@case(finding="content-removed")
def a_pattern_without_steps() -> bytes:
    return drawing(b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.00001/YStep 0/Resources<<>>")


@case()
def a_mask_of_itself() -> bytes:
    objects = small(content=stream(b"/G gs 0 0 9 9 re f"))
    objects[6] = b"<</Type/ExtGState/SMask<</S/Alpha/G 7 0 R>>>>"
    objects[7] = stream(b"/G gs", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</ExtGState<</G 6 0 R>>>>")
    return raw(objects)


@case()
def a_font_of_itself() -> bytes:
    objects = small(content=stream(good.shown("a")))
    objects[5] = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    objects[7] = stream(b"9 0 d0 " + good.shown("a"))
    return raw(objects)


@case()
def a_composite_font_of_itself() -> bytes:
    objects = small()
    objects[5] = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"
    return raw(objects)


@case()
def a_function_of_itself() -> bytes:
    objects = small(content=stream(b"/S sh"))
    objects[6] = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function 7 0 R>>"
    objects[7] = b"<</FunctionType 3/Domain[0 1]/Functions[7 0 R 7 0 R]/Bounds[.5]/Encode[0 1 0 1]>>"
    return raw(objects)


@case()
def a_colour_of_itself() -> bytes:
    objects = small(page=small()[3].replace(b"/Font", b"/ColorSpace<</C 7 0 R>>/Font"), content=stream(b"/C cs 1 scn"))
    objects[7] = b"[/Indexed 7 0 R 1 (xx)]"
    return raw(objects)


def instructed(content: bytes) -> bytes:
    return raw(small(content=stream(content)))


@case()
def states_left_open() -> bytes:
    return instructed(b"q q q BT /F1 9 Tf (a) Tj /Span BMC /P <</MCID 0>> BDC")


@case(finding="broken-content")
def states_closed_too_often() -> bytes:
    return instructed(b"Q Q Q ET EMC EMC BT BT ET ET " + good.shown("Shown"))


@case(is_heavy=True, is_slow=True)
def a_million_states() -> bytes:
    return instructed(b"q " * 1_000_000 + good.shown("Shown"))


@case(is_heavy=True, is_slow=True, refused="content inside content")
def a_million_marks() -> bytes:
    return instructed(b"/A BMC " * 1_000_000)


@case(finding="broken-content")
def instructions_that_are_none() -> bytes:
    return instructed(b"(x) 5 launch /A /B do << /X 1 >> 1 2 3 w /F9 9 Tf (SECRET) Tj " + good.shown("Shown"))


@case(finding="broken-content")
def instructions_that_end_in_a_string() -> bytes:
    return instructed(good.shown("Shown") + b"(never closed")


@case()
def arrays_nested_without_end() -> bytes:
    return instructed(b"[" * 100_000 + b"]" * 100_000 + b" TJ")


@case(finding="broken-content")
def paths_that_are_never_painted() -> bytes:
    return instructed(b"1 2 m BT /F1 9 Tf (Shown) Tj ET 1 2 m 3 4 l /A BMC S EMC 1 2 m q Q 1 2 m /A BMC")


@case(finding="hidden-text")
def text_under_a_black_box() -> bytes:
    return instructed(good.shown("Not seen") + b"0 g 60 690 200 30 re f")


@case(finding="hidden-text")
def text_in_the_colour_of_its_page() -> bytes:
    return instructed(b"1 g " + good.shown("Not seen"))


@case(finding="hidden-text")
def text_that_does_not_show() -> bytes:
    return instructed(b"3 Tr " + good.shown("Not seen"))


@case()
def pictures_inside_instructions() -> bytes:
    return instructed(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI BI /W 1 /H 1 /BPC 8 /CS /Nowhere ID x EI BI ID")
