"""A meeting's business as an edition shows it: items with those of their papers that the edition holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from torbay_reports.agenda.models import AgendaItem, Paper
from torbay_reports.publishing.models import AnyPassedWarning, AnyPdf
from torbay_reports.publishing.uploads.findings import Finding, of_upload


class NotReadyToPublish(Exception):
    """A paper that may not go out yet; the message says, a sentence each, what has to be decided first."""


class OpenWarnings(NotReadyToPublish):
    """Warnings about brought PDFs that nobody has passed; `beside_the_list` says so where the list stands below."""

    def __init__(self, sentence: str, *, beside_the_list: str) -> None:
        super().__init__(sentence)
        self.beside_the_list = beside_the_list


@dataclass(frozen=True)
class Business:
    """An agenda item with its papers."""

    item: AgendaItem
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PdfFinding:
    """What the checks say of a brought PDF, and who has passed it."""

    item: AgendaItem
    paper: Paper
    file: str
    finding: Finding
    passed: AnyPassedWarning | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to pass it before the pack is built."""
        return self.finding.is_warning and self.passed is None

    @property
    def where(self) -> str:
        """The page or the file, as a sentence names it."""
        return f"page {self.finding.page} of {self.file}" if self.finding.page else self.file


def upload_keys(business: Iterable[Business], *, restricted: bool) -> list[int]:
    """The keys of the PDFs that were brought for the open papers among these, or for the restricted ones."""
    papers = (paper for each in business for paper in each.papers if paper.is_restricted == restricted)
    return [paper.content.upload_id for paper in papers if paper.content.upload_id and not paper.is_withdrawn]


def pdf_findings(business: Iterable[Business], uploads: Mapping[int, AnyPdf]) -> list[PdfFinding]:
    """What the checks say of this business's brought PDFs, in its order; `uploads` by key, with what was passed."""
    return [
        finding
        for each in business
        for paper in each.papers
        if paper.content.upload_id is not None and not paper.is_withdrawn
        for finding in findings_about(each.item, paper, uploads[paper.content.upload_id])
    ]


def findings_about(item: AgendaItem, paper: Paper, upload: AnyPdf) -> list[PdfFinding]:
    """What the checks say of the PDF that was brought for one paper, of the whole file first."""
    passed = {(each.code, each.page): each for each in upload.passed.all()}
    return [
        PdfFinding(item, paper, upload.name, finding, passed.get((finding.code, finding.page)))
        for finding in of_upload(upload)
    ]
