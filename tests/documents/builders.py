"""An invented council's small tables and Documents, and how tests read the HTML made from them."""

from decimal import Decimal

from lxml import html as lxml_html

from torbay_reports.documents.blocks import Block, Cell, Column, Document, Figure, Row, Table, words

HOSTILE = "<img src=x onerror=alert(1)>"


def amount(value: str | None, text: str, unit: str = "thousands") -> Cell:
    return Cell(content=(Figure(text=text, ref="x", value=None if value is None else Decimal(value), unit=unit),))


def money_row(anchor: str, name: str, net: Cell, variance: Cell, **more: object) -> Row:
    return Row(anchor=anchor, cells=(Cell(content=words(name)), net, variance), **more)  # type: ignore[arg-type]


def budget(**more: object) -> Table:
    """Three services and their total; sorted as words 96 would come after 1,377."""
    return Table(
        anchor="budget",
        caption="Budget by service",
        columns=(
            Column(key="service", label="Service"),
            Column(key="net", label="Net", group="2017/18 Budget", unit="£000s", numeric=True),
            Column(key="variance", label="Variance", group="2017/18 Budget", unit="£000s", numeric=True),
        ),
        rows=(
            money_row(
                "row-parks",
                "Parks",
                amount("9120", "9,120"),
                amount("-43", "(43)"),
                level="service",
                depth=1,
                tone="favourable",
                sentence="Parks: £43k under",
            ),
            money_row(
                "row-care",
                "Care",
                amount("31439", "31,439"),
                Cell(content=amount("1377", "1,377").content, tone="adverse", spoken="overspend"),
                level="service",
                depth=1,
                tone="adverse",
                sentence="Care: £1,377k over",
            ),
            money_row(
                "row-roads",
                "Roads",
                amount(None, "-"),
                amount("96", "96"),
                level="service",
                depth=1,
                sentence="Roads: £96k over",
            ),
            money_row(
                "row-total",
                "Net budget",
                amount("40559", "40,559"),
                amount("1430", "1,430"),
                level="net",
                sentence="Net budget: £1,430k over",
            ),
        ),
        notes=("Figures may not cast due to rounding.",),
        **more,  # type: ignore[arg-type]
    )


def paper(*blocks: Block, **more: object) -> Document:
    return Document(source="x", subject="y", title="An invented report", blocks=blocks, **more)  # type: ignore[arg-type]


def parsed(markup: str) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(markup, create_parent="div")


def texts(elements: list[lxml_html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]
