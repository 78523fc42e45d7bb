"""What exempt and confidential papers, and what other rooms keep back, would give away: looked for in everything before
it becomes public.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Final

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Replace

from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Paper, RestrictedPaper
from torbay_reports.core.formatting import full_date, long_date
from torbay_reports.publishing.bundles.values import ItemEntry
from torbay_reports.publishing.layout import MARKING
from torbay_reports.publishing.leaks import providers
from torbay_reports.publishing.leaks.found import Found, Unreadable
from torbay_reports.publishing.leaks.scanning import Leak, Progress, Scan, scan, silent
from torbay_reports.publishing.leaks.secrets import Secret, secret_of, tells
from torbay_reports.publishing.leaks.words import THOUSANDS, amount, normalised, squashed
from torbay_reports.publishing.models import Bundle, RestrictedBundle, RestrictedPdf, RestrictedPublication
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.schedule12a_lists import LISTS
from torbay_reports.publishing.selectors import document_of

AT_ONCE: Final = 20
"""Papers read from the database at once."""
LONG: Final = 24
"""From so many letters on words are compared without the spaces between them."""
BARE: Final = 10_000
"""A number without a currency sign is money from here on, as it is to the scan."""
GIVEN_AWAY: Final = (
    "These words would give away {papers}. Take out what is not for publication. If it may be public, the monitoring "
    "officer decides that first, for the paper that it comes from."
)


def check_for_leaks(folder: Path, progress: Progress = silent) -> None:
    """Look in every file of a folder for what exempt and confidential papers say, and for what other rooms keep back.

    What stood in something published before, and still stands there, is no leak. Raises NotReadyToPublish, which names
    file, page and paper, but never a word of it.
    """
    papers = _papers()
    total = papers.count() + providers.number()
    try:
        hits = scan(folder, _secrets(papers), _is_known, total=total, progress=progress)
    except Unreadable as error:
        raise NotReadyToPublish(str(error)) from None
    if hits:
        raise NotReadyToPublish(str(Leak(hits)))


def check_words(*texts: str) -> None:
    """Look in words that a clerk is about to make public, as `check_for_leaks` does in a folder.

    Raises ValidationError, which names the papers by their item, but never a word of them.
    """
    found = [("", Found("", normalised(text))) for text in texts]
    if hits := Scan(found, _is_known).of(_secrets(_papers())):
        papers = "; ".join(dict.fromkeys(hit.label for hit in hits))
        raise ValidationError(GIVEN_AWAY.format(papers=papers))


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


def _is_known(phrase: str) -> bool:
    return is_public(phrase) or providers.is_public(phrase)


def _sum_said(phrase: str) -> Q:
    """In pounds, the sign left out where nobody takes it for a year or a count; or in thousands, as tables have it."""
    value = Decimal(phrase.removeprefix("£"))
    in_thousands = amount(value / 1000)
    said = Q(words__contains=f" {in_thousands} ")
    if value / 1000 >= BARE:
        said |= Q(words__contains=f" {in_thousands.removeprefix('£')} ")
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
    earlier = _published_before()
    for held_back in papers.iterator(chunk_size=AT_ONCE):
        without = [*public, *_known(held_back, titles)]
        yield _secret(held_back, without, held_back.publication, held_back.upload)
        # What a restricted edition has said is no less exempt for having been replaced.
        for publication, upload in earlier.get(held_back.pk, ()):
            yield _secret(held_back, without, publication, upload)
    yield from providers.provided([*public, *itertools.chain(*titles.values()), *_cleared()])


def _cleared() -> list[str]:
    """What the monitoring officer has cleared of papers that are built from what another room keeps back."""
    built = RestrictedPaper.objects.filter(released_on=None).exclude(source="").exclude(public_words="")
    return [line for words in built.values_list("public_words", flat=True) for line in words.splitlines()]


def _published_before() -> dict[int, list[tuple[RestrictedPublication | None, RestrictedPdf | None]]]:
    """What stood for restricted papers in any restricted edition, by the paper's key; large fields are left unread."""
    entries = [
        entry
        for contents in RestrictedBundle.objects.values_list("contents", flat=True)
        for item in msgspec.convert(contents, tuple[ItemEntry, ...])
        for entry in item.papers
        if entry.restriction != Restriction.OPEN
    ]
    publications = RestrictedPublication.objects.defer("document_json").in_bulk(
        {entry.publication for entry in entries if entry.publication}
    )
    uploads = RestrictedPdf.objects.defer("part", "texts", "findings").in_bulk(
        {entry.upload for entry in entries if entry.upload}
    )
    found: dict[int, list[tuple[RestrictedPublication | None, RestrictedPdf | None]]] = {}
    for row, publication, upload in sorted({(each.row, each.publication or 0, each.upload or 0) for each in entries}):
        found.setdefault(row, []).append((publications.get(publication), uploads.get(upload)))
    return found


def _known(held_back: RestrictedPaper, titles_on_agenda: Mapping[int, list[str]]) -> list[str]:
    """What everybody may know of a paper's meeting, and what the monitoring officer has cleared."""
    meeting = held_back.paper.item.meeting
    return [
        meeting.notice,
        *titles_on_agenda.get(meeting.pk, ()),
        *_letterhead(held_back.paper.instalment),
        full_date(meeting.held_on),
        long_date(meeting.held_on),
        *held_back.public_words.splitlines(),
    ]


def _secret(
    held_back: RestrictedPaper,
    without: Sequence[str],
    publication: RestrictedPublication | None,
    upload: RestrictedPdf | None,
) -> Secret:
    """What one paper would give away by its records and by what stands or stood for it."""
    paper: Paper = held_back.paper
    titles = [held_back.title]
    if publication:
        titles.append(publication.title)
    if upload:
        titles += [upload.title, re.sub(r"[-_]+", " ", PurePath(upload.name).stem)]
    authorities = [held_back.furnished_by, held_back.prohibited_by]
    return secret_of(
        label=f"the {paper.restriction} paper under item {paper.item.number}, {paper.item.meeting}",
        key=f"paper:{paper.pk}",
        document=document_of(publication) if publication else None,
        pages=upload.texts if upload else (),
        strings=[*titles, held_back.reason, held_back.public_interest, *authorities],
        names=[*held_back.names.splitlines(), *filter(tells, titles)],
        without=without,
    )


def _letterhead(instalment: Instalment) -> list[str]:
    """What stands on the clerk's letter, which everybody reads."""
    letter = [instalment.clerk, instalment.telephone, instalment.email, instalment.signatory]
    return [*letter, instalment.signatory_title, *instalment.office.splitlines()]
