"""What the improvement lead sees of a letter and its findings while they keep them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ofsted.models import Finding, FindingTheme, Inspection, Letter, LetterEntry, LetterParagraph, StepLink
from torbay_reports.publishing.models import Publication, RestrictedPublication

LETTER_SOURCE = "ofsted.letter"
"""The report source of a letter as a paper; its subject is "<inspection>/<visit>"."""

MOST_ENTRIES = 50


def paper_subject(letter: Letter) -> str:
    """What the letter's paper is about: "childrens-services-2016/2017-07"."""
    return f"{letter.visit.inspection.slug}/{letter.visit.slug}"


def is_frozen(letter: Letter) -> bool:
    """Whether the letter was taken into a meeting's pack, in whichever edition."""
    subject = paper_subject(letter)
    return any(rows.objects.of(LETTER_SOURCE, subject).exists() for rows in (Publication, RestrictedPublication))


def links_by_finding(letter: Letter) -> Mapping[int, list[StepLink]]:
    """The links of each finding of the letter with their steps, in the order of the steps' references; one query."""
    found = defaultdict[int, list[StepLink]](list)
    rows = StepLink.objects.filter(finding__paragraph__letter=letter).select_related("step__action")
    for link in rows.defer("step__search").order_by("step__action__position", "step__number"):
        found[link.finding_id].append(link)
    return found


def links_of(finding: Finding) -> list[StepLink]:
    """The finding's links with their steps, in the order of print; one query."""
    rows = StepLink.objects.filter(finding=finding).select_related("step__action", "linked_by").defer("step__search")
    return list(rows.order_by("step__action__position", "step__number"))


def find_paragraph(letter: Letter, pk: int) -> LetterParagraph | None:
    """The letter's paragraph of that number (primary key) with its findings."""
    return LetterParagraph.objects.filter(letter=letter, pk=pk).prefetch_related("findings").first()


def find_finding(letter: Letter, pk: int) -> Finding | None:
    """The letter's finding of that number (primary key), with paragraph, theme and measures."""
    rows = Finding.objects.filter(paragraph__letter=letter, pk=pk).select_related("paragraph", "theme")
    return rows.defer("search").prefetch_related("measures").first()


def theme_names(inspection: Inspection) -> list[str]:
    """The names of the inspection's themes; one query."""
    return list(FindingTheme.objects.filter(inspection=inspection).order_by("name").values_list("name", flat=True))


def entries_of(letter: Letter) -> list[LetterEntry]:
    """What was done with the letter last, newest first; one query."""
    rows = LetterEntry.objects.filter(letter=letter).select_related("by")
    return list(rows.order_by("-at", "-pk")[:MOST_ENTRIES])


def marks_of(letter: Letter) -> list[tuple[int, bool]]:
    """Each finding of the letter in its order, and whether it is marked; one query."""
    rows = Finding.objects.filter(paragraph__letter=letter).order_by("paragraph__position", "position")
    return [(pk, bool(polarity)) for pk, polarity in rows.values_list("pk", "polarity")]


def next_unmarked(marks: Sequence[tuple[int, bool]], after: int | None = None) -> int | None:
    """The first finding that is not marked, looked for from the one after `after` on and then from the beginning."""
    numbers = [pk for pk, _ in marks]
    start = numbers.index(after) + 1 if after in numbers else 0
    return next((pk for pk, is_marked in [*marks[start:], *marks[:start]] if not is_marked and pk != after), None)
