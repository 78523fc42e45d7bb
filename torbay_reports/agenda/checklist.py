"""What a clerk looks at before a pack is built: warnings about brought PDFs, papers that are still to follow, open ones
that are confidential by now, and the grounds of those that are not for publication.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from torbay_reports.agenda import confidence, opening
from torbay_reports.agenda.business import Business, PdfFinding, findings_about, upload_keys
from torbay_reports.agenda.grounds import ground_words
from torbay_reports.agenda.models import AgendaItem, Instalment, OpeningAsked, Paper
from torbay_reports.agenda.readers import waits_for_decision
from torbay_reports.agenda.selectors import business
from torbay_reports.publishing.models import AnyPdf, PassedWarning, RestrictedPassedWarning, RestrictedPdf, UploadedPdf
from torbay_reports.publishing.packplan import Edition


@dataclass(frozen=True)
class BroughtLine:
    """A paper with the PDF that was brought for it and what the checks say of that."""

    item: AgendaItem
    paper: Paper
    upload: AnyPdf
    findings: tuple[PdfFinding, ...]
    asked: OpeningAsked | None = None


@dataclass(frozen=True)
class PlainLine:
    """A paper, and nothing to say of it but where it is listed."""

    item: AgendaItem
    paper: Paper


@dataclass(frozen=True)
class HeldBackLine:
    """A paper that is not for publication, with its ground, and whether it is still to be decided who may read it."""

    item: AgendaItem
    paper: Paper
    ground: str
    waits_for_decision: bool


@dataclass(frozen=True)
class Checklist:
    """The check list of one edition. The pack is not built while a warning is open, the public edition not while it
    holds what is `confidential_by_now`, and the restricted one is not published while a paper has no grounds."""

    edition: Edition
    brought: tuple[BroughtLine, ...]
    to_follow: tuple[PlainLine, ...]
    frozen: tuple[PlainLine, ...]
    confidential_by_now: tuple[str, ...]
    held_back: tuple[HeldBackLine, ...]

    @property
    def open_warnings(self) -> int:
        """How many warnings nobody has passed."""
        return sum(each.is_open for line in self.brought for each in line.findings)


def checklist(instalment: Instalment, edition: Edition) -> Checklist:
    """The check list of an instalment's edition, in a constant number of queries besides those of papers that may be
    given in confidence.

    The public one reads nothing about a restricted paper.
    """
    found = business(instalment.meeting, edition=edition, instalment=instalment)
    papers = [(each.item, paper) for each in found for paper in each.papers]
    # One that another part of the pack brings is looked after there.
    own = [(item, paper) for item, paper in papers if not paper.is_listed_only]
    uploads = _uploads(found)
    restricted = edition is Edition.RESTRICTED
    openings = opening.asked_of([paper for _, paper in papers], instalment.meeting) if restricted else {}
    return Checklist(
        edition=edition,
        brought=tuple(
            BroughtLine(item, paper, uploads[key], tuple(findings_about(item, paper, uploads[key])), openings.get(key))
            for item, paper in papers
            if (key := paper.content.upload_id) is not None and not paper.is_withdrawn
        ),
        to_follow=tuple(PlainLine(item, paper) for item, paper in own if not paper.is_there),
        frozen=tuple(
            PlainLine(item, paper)
            for item, paper in own
            if paper.content.publication_id is not None and not paper.is_withdrawn
        ),
        confidential_by_now=tuple(confidence.sentences(paper for _, paper in papers)),
        held_back=tuple(
            HeldBackLine(item, paper, ground_words(paper), waits_for_decision(paper))
            for item, paper in own
            if paper.is_restricted
        ),
    )


def findings_of(paper: Paper) -> list[PdfFinding]:
    """What the checks say of the PDF that was brought for one paper."""
    key = paper.content.upload_id
    if key is None:
        return []
    return findings_about(paper.item, paper, _with_passed([key], restricted=paper.is_restricted)[key])


def _uploads(found: list[Business]) -> dict[int, AnyPdf]:
    uploads: dict[int, AnyPdf] = {}
    for restricted in (False, True):
        if keys := upload_keys(found, restricted=restricted):
            uploads |= _with_passed(keys, restricted=restricted)
    return uploads


def _with_passed(keys: list[int], *, restricted: bool) -> Mapping[int, AnyPdf]:
    if restricted:
        reasons = Prefetch("passed", RestrictedPassedWarning.objects.select_related("passed_by"))
        held_back = RestrictedPdf.objects.defer("part", "texts").select_related("uploaded_by")
        return held_back.prefetch_related(reasons).in_bulk(keys)
    passed = Prefetch("passed", PassedWarning.objects.select_related("passed_by"))
    return (
        UploadedPdf.objects.defer("part", "texts").select_related("uploaded_by").prefetch_related(passed).in_bulk(keys)
    )
