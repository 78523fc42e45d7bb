"""Links may lead to web and mail addresses that are plainly written, and to places of the file itself."""

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.publishing.uploads import good, hostile
from torbay_reports.publishing.uploads.annotations import FilledField, Overlay, Sorter, is_safe_address
from torbay_reports.publishing.uploads.destinations import Destinations
from torbay_reports.publishing.uploads.findings import Findings
from torbay_reports.publishing.uploads.layers import Layers
from torbay_reports.publishing.uploads.opening import opened, pages_of


def overlay(data: bytes, findings: Findings) -> Overlay:
    pdf = opened(data)
    pages = pages_of(pdf)
    return Sorter(Destinations(pdf, pages), Layers(pdf), findings).overlay(pages[0])


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a/b?c=d&e=(f)#g",
        "mailto:clerk@example.org?subject=Agenda",
        "https://[2001:db8::1]/",
    ],
)
def test_addresses_that_may_stay(address: str) -> None:
    assert is_safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//example.org",
        "example.org",
        "https://",
        "https://user:secret@example.org/",
        "https://exa mple.org/",
        "https://example.org/\n",
        "https://example.org/\x00",
        "https://example.org/<script>",
        "https://[broken/",
        "mailto:",
        "mailto:a@b@c",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_addresses_that_go(address: str) -> None:
    assert not is_safe_address(address)


@pytest.mark.parametrize("is_old", [True, False])
def test_named_places_are_found(is_old: bool) -> None:
    pdf = hostile.annotated(Subtype=Name.Link, Dest=Name.there if is_old else String("there"))
    target = Array([pdf.pages[1].obj, Name.XYZ, 0, 0, 0])
    if is_old:
        pdf.Root.Dests = Dictionary(there=target)
    else:
        leaf = pdf.make_indirect(Dictionary(Names=Array([String("there"), Dictionary(D=target)])))
        pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))
    assert [each.link.target for each in overlay(good.saved(pdf), Findings()).links] == ["#page-2"]


def test_a_link_to_a_place_that_is_not_there_goes_and_is_named() -> None:
    findings = Findings()
    assert not overlay(good.saved(hostile.annotated(Subtype=Name.Link, Dest=String("gone"))), findings).links
    assert [each.code for each in findings.sorted()] == ["links-removed"]


def test_a_link_is_cut_to_its_page_and_one_outside_goes() -> None:
    pdf = hostile.annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
    annotation = hostile.first(pdf).Annots[0]
    annotation.Rect = Array([-50, 700, 100, 9000])
    assert overlay(good.saved(pdf), Findings()).links[0].link.area == (0, 700, 100, 841.89)
    annotation.Rect = Array([-50, -50, -10, -10])
    assert not overlay(good.saved(pdf), Findings()).links


@pytest.mark.parametrize(("key", "value"), [("/F", 2), ("/F", 32), ("/FT", Name.Btn), ("/AP", Dictionary())])
def test_fields_that_do_not_show_or_only_push_are_not_drawn(key: str, value: object) -> None:
    pdf = hostile.field_of(good.blank())
    widget = hostile.first(pdf).Annots[0]
    widget[key] = value
    widget.Ff = 1 << 16
    assert not overlay(good.saved(pdf), Findings()).fields


def test_the_look_of_a_box_is_that_of_its_state_and_fits_its_area() -> None:
    pdf = hostile.field_of(good.blank())
    widget = hostile.first(pdf).Annots[0]
    widget.AP.N = Dictionary(On=widget.AP.N, Off=Dictionary())
    widget.AS = Name.On
    widget.Rect = Array([10, 20, 210, 30])
    (field,) = overlay(good.saved(pdf), Findings()).fields
    assert isinstance(field, FilledField)
    assert field.matrix == (2.0, 0.0, 0.0, 0.5, 10.0, 20.0)


def hidden_layer(pdf: Pdf) -> Object:
    """A layer of this file that is off."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return layer


def test_fields_and_links_of_a_hidden_layer_go_and_are_named() -> None:
    field, look, link = hostile.field_of(good.blank()), hostile.field_of(good.blank()), hostile.annotated()
    hostile.first(field).Annots[0].OC = hidden_layer(field)
    hostile.first(look).Annots[0].AP.N.OC = hidden_layer(look)
    held = hostile.first(link).Annots[0]
    held.Subtype, held.OC, held.Dest = Name.Link, hidden_layer(link), Array([link.pages[1].obj, Name.Fit])
    for pdf in (field, look, link):
        findings = Findings()
        assert overlay(good.saved(pdf), findings) == Overlay((), ())
        assert "hidden-layers" in {each.code for each in findings.sorted()}


def test_fields_of_a_layer_that_shows_stay() -> None:
    pdf = hostile.field_of(good.blank())
    hostile.first(pdf).Annots[0].OC = hidden_layer(pdf)
    pdf.Root.OCProperties.D = Dictionary()
    assert len(overlay(good.saved(pdf), Findings()).fields) == 1


def test_a_redaction_behind_ten_thousand_other_marks_is_found() -> None:
    pdf = good.blank()
    others = [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9]) for _ in range(10_001)]
    hostile.first(pdf).Annots = Array([*others, Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[0, 0, 9, 9])])
    findings = Findings()
    overlay(good.saved(pdf), findings)
    assert {each.code for each in findings.sorted()} == {"comments-removed", "redaction-not-applied"}


def test_of_links_without_end_ten_thousand_stay() -> None:
    pdf = good.blank()
    target = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    link = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=target) for _ in range(10_100)]
    hostile.first(pdf).Annots = Array(link)
    assert len(overlay(good.saved(pdf), Findings()).links) == 10_000
