"""A Document as a reader's page: each block through its template in `documents/screen/`; nothing is queried."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

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
from torbay_reports.documents.pagemarks import Marks, PageMarks, page_marks, paragraph_names, shows_words
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
    """What blocks are rendered with: marks of printed pages, the names by which numbers are found, links of tables, and
    what goes before every anchor."""

    marks: PageMarks = field(default_factory=PageMarks)
    names: Mapping[str, str] = field(default_factory=dict)
    table_links: Links = field(default_factory=dict)
    prefix: str = ""

    def link(self, anchor: str) -> str:
        """The address for the table of that anchor, or nothing."""
        if callable(self.table_links):
            return self.table_links(anchor)
        return self.table_links.get(anchor, "")


def render_screen(
    document: Document,
    *,
    pages: Mapping[str, str] | None = None,
    labels: Sequence[str] = (),
    table_links: Links | None = None,
    prefix: str = "",
) -> SafeString:
    """The whole Document without its title, which is the page's own heading.

    `pages` maps block and row anchors to the printed page they begin on: where it changes, a marker with the id
    `page-3` stands, and of the paper's `labels` none is left out. A numbered paragraph is found as `para-4.4`.
    `prefix` keeps ids apart where two Documents share a page.
    """
    setting = Setting(
        marks=page_marks(document, pages or {}, labels),
        names=paragraph_names(document),
        table_links=table_links or {},
        prefix=prefix,
    )
    blocks = [_rendered(block, setting) for block in document.blocks]
    return _template("document", {"document": document, "blocks": blocks, "marks": setting.marks.rest})


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
        "marks": setting.marks.blocks.get(block.anchor, ()),
        "name": setting.names.get(block.anchor, ""),
    }
    if isinstance(block, Table):
        context |= _table_context(block, setting)
    elif isinstance(block, Chart):
        context |= {
            "figure_json": figure_json(block),
            "drawing": drawing.inline(block.svg, setting.prefix + block.anchor) if block.svg else "",
            "alternative": f"{block.title}. {plain(block.sentence)}",
            "fold_marks": setting.marks.folds.get(block.anchor, ()),
            "data": _rendered(block.table, setting),
        }
    return _template(_TEMPLATES[type(block)], context)


def _table_context(block: Table, setting: Setting) -> dict[str, Any]:
    has_words = shows_words(block)
    # The sentences come first and carry the anchors then, so that a link never leads into a closed fold.
    table = table_for(block, marks=setting.marks.rows, prefix=setting.prefix, has_row_ids=not has_words)
    words = _in_words(block.rows, setting.marks.words, title=block.caption, prefix=setting.prefix) if has_words else ""
    return {
        "table": _table(table),
        "in_words": words,
        "fold_marks": setting.marks.folds.get(block.anchor, ()),
        "link": setting.link(block.anchor),
    }


def _in_words(rows: Iterable[Row], marks: Mapping[str, Marks], *, title: str, prefix: str) -> SafeString:
    lines = [(row, marks.get(row.anchor, ())) for row in rows if row.sentence]
    return _template("in_words", {"lines": lines, "title": title, "prefix": prefix})


def _table(table: Any, request: HttpRequest | None = None) -> SafeString:
    return _template("table", {"table": table}, request)


def _template(name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> SafeString:
    return mark_safe(get_template(f"documents/screen/{name}.html").render(dict(context), request))
