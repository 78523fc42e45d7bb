"""A Document as a reader's page: each block through its template in `documents/screen/`; nothing is queried."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from msgspec.structs import replace

from torbay_reports.documents import drawing
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    plain,
)
from torbay_reports.documents.tables import table_for, wanted_words

Links = Mapping[str, str] | Callable[[str], str]
"""From a table's anchor to the address where it can be sorted, filtered and taken away; empty for none."""

_TEMPLATES: Mapping[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    BulletList: "bullet_list",
    Facts: "facts",
    Table: "table_block",
    Chart: "chart",
    CallOut: "call_out",
}
# `<`, `>` and `&` stand only inside JSON's strings, where their escapes mean the same.
_JSON_ESCAPES = str.maketrans(
    {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


@dataclass(frozen=True)
class Setting:
    """What blocks are rendered with: printed pages by anchor, links of tables, and what goes before every anchor."""

    pages: Mapping[str, str] = field(default_factory=dict)
    table_links: Links = field(default_factory=dict)
    prefix: str = ""

    def link(self, anchor: str) -> str:
        """The address for the table of that anchor, or nothing."""
        if callable(self.table_links):
            return self.table_links(anchor)
        return self.table_links.get(anchor, "")


def render_screen(
    document: Document, *, pages: Mapping[str, str] | None = None, table_links: Links | None = None, prefix: str = ""
) -> SafeString:
    """The whole Document without its title, which is the page's own heading.

    `pages` maps block and row anchors to the printed page they begin on: where it changes, a marker with the id
    `page-3` stands. `prefix` keeps ids apart where two Documents share a page.
    """
    setting = Setting(pages=_first_of_each(document, pages or {}), table_links=table_links or {}, prefix=prefix)
    blocks = [_rendered(block, setting) for block in document.blocks]
    return _template("document", {"document": document, "blocks": blocks})


def render_block(block: Block, *, prefix: str = "") -> SafeString:
    """One block by itself, as another page quotes it; give a `prefix` where the block stands on that page already."""
    return _rendered(block, Setting(prefix=prefix))


def render_rows_in_words(rows: Iterable[Row], *, title: str = "", prefix: str = "") -> SafeString:
    """Rows as their sentences, those without one left out; `title` is shown above."""
    return _in_words(rows, {}, title=title, prefix=prefix)


def render_table_page(block: Table, request: HttpRequest, *, downloads: Mapping[str, str] | None = None) -> SafeString:
    """One table to sort, filter and take away; `downloads` maps what a link says ("CSV") to its address."""
    wanted = wanted_words(request)
    table = table_for(block, request, sortable=True)
    context = {
        "block": block,
        "table": _table(table, request),
        "wanted": wanted,
        "sort": request.GET.get("sort", ""),
        "shown": len(table.rows),
        "all": len(block.rows),
        "downloads": downloads or {},
    }
    return _template("table_page", context, request)


def figure_json(chart: Chart) -> SafeString:
    """The chart's Plotly figure, safe inside a script element; nothing where it is not JSON."""
    try:
        json.loads(chart.figure)
    except ValueError:
        return SafeString("")
    return mark_safe(chart.figure.translate(_JSON_ESCAPES))


def _rendered(block: Block, setting: Setting) -> SafeString:
    context: dict[str, Any] = {
        "block": block,
        "anchor": setting.prefix + block.anchor,
        "prefix": setting.prefix,
        "page": setting.pages.get(block.anchor),
    }
    if isinstance(block, Table):
        context |= _table_context(block, setting)
    elif isinstance(block, Chart):
        context |= {
            "figure_json": figure_json(block),
            "drawing": drawing.inline(block.svg, setting.prefix + block.anchor) if block.svg else "",
            "alternative": f"{block.title}. {plain(block.sentence)}",
            # A page that begins in the folded table is marked above the fold.
            "table_pages": [setting.pages[each] for each in _anchors_of(block.table) if each in setting.pages],
            "data": _rendered(block.table, Setting(table_links=setting.table_links, prefix=setting.prefix)),
        }
    return _template(_TEMPLATES[type(block)], context)


def _table_context(block: Table, setting: Setting) -> dict[str, Any]:
    has_words = block.in_words_first and any(row.sentence for row in block.rows)
    # The sentences come first and carry the anchors then, so that a link never leads into a closed fold.
    columns = block if not has_words else _without_anchors(block)
    table = table_for(columns, pages={} if has_words else setting.pages, prefix=setting.prefix)
    words = _in_words(block.rows, setting.pages, title=block.caption, prefix=setting.prefix) if has_words else ""
    return {"table": _table(table), "in_words": words, "link": setting.link(block.anchor)}


def _without_anchors(block: Table) -> Table:
    return replace(block, rows=tuple(replace(row, anchor="") for row in block.rows))


def _in_words(rows: Iterable[Row], pages: Mapping[str, str], *, title: str, prefix: str) -> SafeString:
    lines = [(row, pages.get(row.anchor)) for row in rows if row.sentence]
    return _template("in_words", {"lines": lines, "title": title, "prefix": prefix})


def _table(table: Any, request: HttpRequest | None = None) -> SafeString:
    return _template("table", {"table": table}, request)


def _template(name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> SafeString:
    return mark_safe(get_template(f"documents/screen/{name}.html").render(dict(context), request))


def _first_of_each(document: Document, pages: Mapping[str, str]) -> dict[str, str]:
    """Of the anchors in reading order, the first on each page."""
    first: dict[str, str] = {}
    seen: set[str] = set()
    for anchor in _anchors(document):
        page = pages.get(anchor)
        if page is not None and page not in seen:
            seen.add(page)
            first[anchor] = page
    return first


def _anchors(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _anchors_of(block)
            continue
        yield block.anchor
        if isinstance(block, Chart):
            yield from _anchors_of(block.table)


def _anchors_of(table: Table) -> Iterable[str]:
    yield table.anchor
    yield from (row.anchor for row in table.rows)
