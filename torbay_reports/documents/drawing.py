"""A stored SVG made fit to stand inside a page.

Only what a drawing needs passes: shapes, text and the links between its own parts. Ids get the chart's name before
them, so that two drawings on a page do not share any.
"""

import re
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_SHAPES = {"rect", "path", "line", "circle", "ellipse", "polygon", "polyline", "text", "tspan"}
_FRAMES = {"svg", "g", "defs", "use", "title", "desc", "clipPath", "mask", "marker"}
_FILLS = {"pattern", "linearGradient", "radialGradient", "stop"}
_ELEMENTS = _SHAPES | _FRAMES | _FILLS
_LOCAL_ADDRESS = re.compile(r"""url\(\s*["']?#([^"')\s]+)["']?\s*\)""")
_ANY_ADDRESS = re.compile(r"(?:url|image|image-set|src)\s*\(|@import|expression\s*\(", re.IGNORECASE)


def inline(svg: str, prefix: str) -> SafeString:
    """The drawing's markup, or nothing where the text is no SVG. `prefix` goes before every id."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return SafeString("")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return SafeString("")
    if root.tag != f"{{{SVG}}}svg":
        return SafeString("")
    _clean(root, f"{re.sub(r'[^A-Za-z0-9_-]', '-', prefix)}-")
    _give_box(root)
    # Whoever reads the page aloud gets the sentence and the table instead.
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    _drop_prefixes(root)
    return mark_safe(ElementTree.tostring(root, encoding="unicode"))


def _drop_prefixes(root: ElementTree.Element) -> None:
    """A page's parser knows SVG by its names alone, and other libraries change how ElementTree writes its prefix."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        address = element.attrib.pop(f"{{{XLINK}}}href", None)
        if address is not None:
            element.set("href", address)
    root.set("xmlns", SVG)


def _give_box(root: ElementTree.Element) -> None:
    """Scaling needs a viewBox."""
    width, height = (re.match(r"[\d.]+", root.get(side, "")) for side in ("width", "height"))
    if root.get("viewBox") is None and width and height:
        root.set("viewBox", f"0 0 {width[0]} {height[0]}")


def _clean(element: ElementTree.Element, prefix: str) -> None:
    for name, value in list(element.attrib.items()):
        kept = _kept(name, value, prefix)
        if kept is None:
            del element.attrib[name]
        else:
            element.set(name, kept)
    for child in list(element):
        tag = child.tag.removeprefix(f"{{{SVG}}}") if isinstance(child.tag, str) else ""
        if tag in _ELEMENTS:
            _clean(child, prefix)
        else:
            element.remove(child)


def _kept(name: str, value: str, prefix: str) -> str | None:
    """The attribute's value as it may stand, or None."""
    if name.lower().startswith("on"):
        return None
    if name == "id":
        return prefix + value
    if name in ("href", f"{{{XLINK}}}href"):
        return f"#{prefix}{value[1:]}" if value.startswith("#") else None
    if _ANY_ADDRESS.search(_LOCAL_ADDRESS.sub("", value)):
        return None
    return _LOCAL_ADDRESS.sub(lambda match: f"url(#{prefix}{match[1]})", value)
