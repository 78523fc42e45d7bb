"""Letters as they are kept, for who may read them; what everybody reads comes from `ofsted.selectors.public`."""

from django.db.models import QuerySet

from ofsted.models import Finding, Inspection, Letter, LetterParagraph, NamedReader


def find_letter(inspection_slug: str, visit_slug: str) -> Letter | None:
    """The letter of that visit, held back or not, with its visit, inspection, plan and named readers; two queries."""
    return _letters().filter(visit__slug=visit_slug, visit__inspection__slug=inspection_slug).first()


def held_back_letters(inspection: Inspection) -> list[Letter]:
    """The letters of the inspection that Ofsted has not published, oldest visit first; two queries at most."""
    return list(_letters().filter(visit__inspection=inspection, published_on=None).order_by("visit__month", "pk"))


def paragraphs_of(letter: Letter) -> list[LetterParagraph]:
    """The letter's paragraphs in their order; one query."""
    return list(LetterParagraph.objects.filter(letter=letter).order_by("position"))


def findings_of(letter: Letter) -> list[Finding]:
    """The letter's findings in their order, with paragraph, theme and measures; two queries."""
    found = Finding.objects.filter(paragraph__letter=letter).select_related("paragraph", "theme")
    return list(found.prefetch_related("measures").order_by("paragraph__position", "position"))


def _letters() -> QuerySet[Letter]:
    return Letter.objects.select_related("visit__inspection__plan").prefetch_related("named_readers")


def readers_of(letter: Letter) -> list[NamedReader]:
    """Who is named to read the letter while it is held back, by name, with who named them; one query."""
    named = NamedReader.objects.filter(letter=letter).select_related("person", "named_by")
    return list(named.order_by("person__full_name", "pk"))
