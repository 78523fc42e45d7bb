"""What exempt and confidential papers would give away: looked for in everything before it becomes public."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Replace

from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Paper, RestrictedPaper
from torbay_reports.core.formatting import full_date, long_date
from torbay_reports.publishing.layout import MARKING
from torbay_reports.publishing.leaks.found import Unreadable
from torbay_reports.publishing.leaks.scanning import Leak, Progress, scan, silent
from torbay_reports.publishing.leaks.secrets import Secret, secret_of
from torbay_reports.publishing.leaks.words import THOUSANDS, amount, squashed
from torbay_reports.publishing.models import Bundle
from torbay_reports.publishing.schedule12a_lists import LISTS
from torbay_reports.publishing.selectors import document_of

AT_ONCE: Final = 20
"""Papers read from the database at once."""
LONG: Final = 24
"""From so many letters on words are compared without the spaces between them."""
BARE: Final = 10_000
"""A number without a currency sign is money from here on, as it is to the scan."""


def check_for_leaks(folder: Path, progress: Progress = silent) -> None:
    """Look in every file of a folder for what exempt and confidential papers say.

    What stood in something published before, and still stands there, is no leak. Raises NotReadyToPublish, which names
    file, page and paper, but never a word of it.
    """
    papers = _papers()
    try:
        hits = scan(folder, _secrets(papers), is_public, total=papers.count(), progress=progress)
    except Unreadable as error:
        raise NotReadyToPublish(str(error)) from None
    if hits:
        raise NotReadyToPublish(str(Leak(hits)))


def is_public(phrase: str) -> bool:
    """Whether these normalised words, or a sum ("£1250000") however it is written, stand in something published."""
    bundles = Bundle.objects.available()
    if phrase.startswith("£") and " " not in phrase:
        return bundles.filter(_sum_said(phrase)).exists()
    if bundles.filter(words__contains=f" {phrase} ").exists():
        return True
    # As the scan compares: a PDF may lose spaces or add some.
    together = squashed(phrase)
    run_on = bundles.annotate(run_on=Replace("words", Value(" "), Value(""), output_field=TextField()))
    return len(together) >= LONG and run_on.filter(run_on__contains=together).exists()


def _sum_said(phrase: str) -> Q:
    """In pounds, the sign left out where nobody takes it for a year or a count; or in thousands, as tables have it."""
    value = Decimal(phrase.removeprefix("£"))
    in_thousands = amount(value / 1000)
    said = Q(words__contains=f" {in_thousands} ") | Q(words__contains=f" {in_thousands.removeprefix('£')} ")
    said &= Q(words__contains=THOUSANDS)
    if value >= BARE:
        said |= Q(words__contains=f" {phrase.removeprefix('£')} ")
    return said | Q(words__contains=f" {phrase} ")


def _papers() -> QuerySet[RestrictedPaper]:
    papers = RestrictedPaper.objects.filter(released_on=None).order_by("pk")
    return papers.select_related("publication", "upload", "paper__item__meeting__committee", "paper__instalment").defer(
        "upload__part", "upload__findings"
    )


def _secrets(papers: QuerySet[RestrictedPaper]) -> Iterator[Secret]:
    public = [settings.COUNCIL_NAME, settings.DEMO_NOTICE, MARKING, *Committee.objects.values_list("name", flat=True)]
    public += [each.words for known in LISTS for each in known.descriptions]
    meetings = papers.values("paper__item__meeting")
    titles: dict[int, list[str]] = {}
    for item in AgendaItem.objects.filter(meeting__in=meetings):
        titles.setdefault(item.meeting_id, []).append(item.title)
    for held_back in papers.iterator(chunk_size=AT_ONCE):
        yield _secret(held_back, public, titles)


def _secret(held_back: RestrictedPaper, public: list[str], titles_on_agenda: Mapping[int, list[str]]) -> Secret:
    """What one paper would give away; `public` is what everybody may know by law."""
    paper: Paper = held_back.paper
    meeting = paper.item.meeting
    titles = [held_back.title]
    if held_back.upload:
        titles += [held_back.upload.title, held_back.upload.name]
    return secret_of(
        label=f"the {paper.restriction} paper under item {paper.item.number}, {meeting}",
        key=f"paper:{paper.pk}",
        document=document_of(held_back.publication) if held_back.publication else None,
        pages=held_back.upload.texts if held_back.upload else (),
        strings=[*titles, held_back.reason, held_back.public_interest],
        names=held_back.names.splitlines(),
        without=[
            *public,
            meeting.notice,
            *titles_on_agenda.get(meeting.pk, ()),
            *_letterhead(paper.instalment),
            full_date(meeting.held_on),
            long_date(meeting.held_on),
            *held_back.public_words.splitlines(),
        ],
    )


def _letterhead(instalment: Instalment) -> list[str]:
    """What stands on the clerk's letter, which everybody reads."""
    letter = [instalment.clerk, instalment.telephone, instalment.email, instalment.signatory]
    return [*letter, instalment.signatory_title, *instalment.office.splitlines()]
