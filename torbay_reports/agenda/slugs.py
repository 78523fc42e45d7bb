"""Papers' names in addresses. Everybody reads an address, and servers that others look after keep it."""

from typing import Final

from django.utils.text import slugify

from torbay_reports.agenda.models import AgendaItem, Paper
from torbay_reports.publishing.packplan import Restriction

LONGEST: Final = 80


def wanted_slug(title: str, restriction: Restriction) -> str:
    """What a paper would be called: by its title where that is open, else by its ground alone, beside which the address
    has the item's number."""
    return slugify(title) if restriction is Restriction.OPEN else f"{restriction}-paper"


def free_slug(item: AgendaItem, wanted: str, but: Paper | None = None) -> str:
    """That name, or the next to it that no other paper under the item has; one query."""
    base = wanted[:LONGEST].strip("-") or "paper"
    others = item.papers.exclude(pk=but.pk) if but else item.papers.all()
    taken = set(others.values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base[: LONGEST - len(f'-{number}')]}-{number}"
    return slug
