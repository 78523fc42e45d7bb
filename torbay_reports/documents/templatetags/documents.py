"""What a page's template needs to quote from a Document: prose, a block, rows in words."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from torbay_reports.documents import html, markup
from torbay_reports.documents.blocks import Block, Prose, Row

register = template.Library()


@register.filter
def prose(content: Prose, prefix: str = "") -> SafeString:
    """`{{ document.highlights.0.content|prose }}`: words, figures and links; the argument goes before anchors."""
    return markup.prose(content, prefix=prefix)


@register.simple_tag
def document_block(block: Block, prefix: str = "") -> SafeString:
    """`{% document_block chart prefix="glance-" %}`: one block by itself."""
    return html.render_block(block, prefix=prefix)


@register.simple_tag
def rows_in_words(rows: Iterable[Row], title: str = "", prefix: str = "") -> SafeString:
    """`{% rows_in_words document.largest title="Largest variances" %}`: the rows' sentences as a list."""
    return html.render_rows_in_words(rows, title=title, prefix=prefix)
