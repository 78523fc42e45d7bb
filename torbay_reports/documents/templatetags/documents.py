"""What a page's template needs to quote from a Document: its prose."""

from django import template
from django.utils.safestring import SafeString

from torbay_reports.documents import markup
from torbay_reports.documents.blocks import Prose

register = template.Library()


@register.filter
def prose(content: Prose, prefix: str = "") -> SafeString:
    """`{{ paragraph.content|prose }}`: words, figures and links; the argument goes before anchors."""
    return markup.prose(content, prefix=prefix)
