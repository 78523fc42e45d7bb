"""Prose and cells as HTML. All text is escaped here; addresses that are no web address are left as words."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from torbay_reports.documents.blocks import Cell, Figure, Inline, LineBreak, ParagraphLink, Prose, Remark, WebLink

WEB_SCHEMES = ("https://", "http://", "mailto:")


def prose(content: Prose, *, prefix: str = "") -> SafeString:
    """A run of prose; `prefix` is put before the anchors that it links to."""
    return mark_safe("".join(_inline(each, prefix) for each in content))


def cell(
    content: Cell, *, is_header: bool, is_numeric: bool, prefix: str = "", label: str = "", above: str = ""
) -> SafeString:
    """A table's cell with its tag.

    `label` names the cell where rows become cards; `above` is markup that stands over the words of a row's header.
    """
    classes = _classes(content, is_numeric)
    inside = f"{above}{prose(content.content, prefix=prefix)}{_spoken(content)}"
    if is_header:
        return mark_safe(f'<th scope="row"{classes}>{inside}</th>')
    named = f' data-label="{conditional_escape(label)}"' if label else ""
    return mark_safe(f"<td{classes}{named}>{inside}</td>")


def _classes(content: Cell, is_numeric: bool) -> str:
    names = []
    if is_numeric:
        names.append("numeric")
        if content.text.endswith(")"):
            names.append("bracketed")
    if content.tone:
        names.append(f"tone-{content.tone}")
    return f' class="{" ".join(names)}"' if names else ""


def _spoken(content: Cell) -> str:
    if not content.spoken:
        return ""
    return f'<span class="govuk-visually-hidden"> {conditional_escape(content.spoken)}</span>'


def _inline(part: Inline, prefix: str) -> str:
    text = conditional_escape(part.text)
    if isinstance(part, Figure):
        return f'<span class="figure" data-ref="{conditional_escape(part.ref)}">{text}</span>'
    if isinstance(part, ParagraphLink):
        return f'<a href="#{conditional_escape(prefix + part.anchor)}">{text}</a>'
    if isinstance(part, WebLink) and part.address.lower().startswith(WEB_SCHEMES):
        return f'<a href="{conditional_escape(part.address)}" rel="external">{text}</a>'
    if isinstance(part, LineBreak):
        return "<br>"
    if isinstance(part, Remark):
        return f'<span class="remark-{part.kind}">{text}</span>'
    return str(text)
