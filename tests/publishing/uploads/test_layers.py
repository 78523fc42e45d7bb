"""A layer shows when the file's default says so; what cannot be decided is hidden."""

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from torbay_reports.publishing.uploads.layers import Layers


@pytest.fixture
def pdf() -> Pdf:
    pdf = Pdf.new()
    groups = Array([pdf.make_indirect(Dictionary(Type=Name.OCG)) for _ in range(3)])
    pdf.Root.OCProperties = Dictionary(OCGs=groups, D=Dictionary(OFF=Array([groups[0]])))
    return pdf


def group(pdf: Pdf, place: int) -> Object:
    return pdf.Root.OCProperties.OCGs[place]


def test_layers_are_on_unless_they_are_switched_off(pdf: Pdf) -> None:
    assert [Layers(pdf).shows(group(pdf, place)) for place in range(3)] == [False, True, True]


def test_layers_are_off_by_base_unless_they_are_switched_on(pdf: Pdf) -> None:
    pdf.Root.OCProperties.D = Dictionary(BaseState=Name.OFF, ON=Array([group(pdf, 1)]))
    assert [Layers(pdf).shows(group(pdf, place)) for place in range(3)] == [False, True, False]


def test_a_layer_that_is_not_for_the_screen_is_hidden(pdf: Pdf) -> None:
    group(pdf, 1).Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    usage = Dictionary(Event=Name.View, OCGs=pdf.Root.OCProperties.OCGs, Category=Array([Name.View]))
    pdf.Root.OCProperties.D.AS = Array([usage])
    assert [Layers(pdf).shows(group(pdf, place)) for place in range(3)] == [False, False, True]


@pytest.mark.parametrize(
    ("policy", "members", "shows"),
    [
        ("AnyOn", (0, 1), True),
        ("AnyOn", (0,), False),
        ("AllOn", (0, 1), False),
        ("AllOn", (1, 2), True),
        ("AnyOff", (1, 2), False),
        ("AnyOff", (0, 1), True),
        ("AllOff", (0,), True),
        ("AllOff", (0, 1), False),
        ("AnyOn", (), True),
    ],
)
def test_memberships_follow_their_policy(pdf: Pdf, policy: str, members: tuple[int, ...], shows: bool) -> None:
    held = Dictionary(Type=Name.OCMD, P=Name("/" + policy), OCGs=Array([group(pdf, place) for place in members]))
    assert Layers(pdf).shows(held) == shows


def test_expressions_are_followed(pdf: Pdf) -> None:
    off, on = group(pdf, 0), group(pdf, 1)
    either = Array([Name.Or, off, on])
    both = Array([Name.And, on, Array([Name.Not, off])])
    for expression, shows in ((either, True), (both, True), (Array([Name.Not, either]), False)):
        assert Layers(pdf).shows(Dictionary(Type=Name.OCMD, VE=expression)) == shows


def test_what_cannot_be_decided_is_hidden(pdf: Pdf) -> None:
    unlisted = pdf.make_indirect(Dictionary(Type=Name.OCG))
    endless = Array([Name.And])
    for _ in range(30):
        endless = Array([Name.Not, endless])
    nonsense = Array([Name.Perhaps, group(pdf, 1)])
    assert not Layers(pdf).shows(unlisted)
    assert not Layers(pdf).shows(None)
    assert not Layers(pdf).shows(Dictionary(Type=Name.OCMD, VE=nonsense))
    assert not Layers(pdf).shows(Dictionary(Type=Name.OCMD, VE=Array([Name.And, endless])))
