import pytest

from torbay_reports.documents.drawing import inline

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="680" height="200">'


def test_a_drawing_scales_and_is_left_to_its_words_for_those_who_hear() -> None:
    drawn = inline(f"{OPEN}<rect width='5'/></svg>", "chart")
    assert 'viewBox="0 0 680 200"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_ids_and_what_points_to_them_get_the_charts_name() -> None:
    drawn = inline(
        f"""{OPEN}<defs><clipPath id="c1"/></defs><g clip-path="url('#c1')"/><use xlink:href="#c1"/></svg>""",
        "budget.1",
    )
    assert 'id="budget-1-c1"' in drawn
    assert 'clip-path="url(#budget-1-c1)"' in drawn
    assert 'href="#budget-1-c1"' in drawn


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
        "<rect onclick='alert(1)'/>",
        "<a xlink:href='javascript:alert(1)'><rect/></a>",
        "<use xlink:href='data:image/svg+xml,alert'/>",
        "<image href='https://elsewhere.example/alert'/>",
        "<style>@import 'https://elsewhere.example/alert'</style>",
        "<rect style='fill: url(https://elsewhere.example/alert)'/>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
    ],
)
def test_what_a_drawing_does_not_need_is_left_out(hostile: str) -> None:
    drawn = inline(f"{OPEN}{hostile}<text>Care</text></svg>", "chart")
    assert "alert" not in drawn
    assert "Care" in drawn


@pytest.mark.parametrize(
    "broken", ["", "<svg", "words", "<html/>", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + OPEN + "</svg>"]
)
def test_what_is_no_drawing_gives_nothing(broken: str) -> None:
    assert inline(broken, "chart") == ""
