"""What of a meeting is published: the versions that stand, and what readers find in them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import msgspec

from torbay_reports.agenda.composition import meeting_key, pack_key
from torbay_reports.agenda.models import Instalment, Meeting, Paper, WithdrawnPaper
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.models import (
    AnyBundle,
    AnyPdf,
    AnyPublication,
    Publication,
    RestrictedPdf,
    RestrictedPublication,
    UploadedPdf,
    bundles_of,
)
from torbay_reports.publishing.packplan import Edition, Restriction


@dataclass(frozen=True)
class PublishedContent:
    """What stands for a paper in a version: its Document or its brought PDF."""

    bundle: AnyBundle
    entry: PaperEntry
    publication: AnyPublication | None
    upload: AnyPdf | None


def edition_of(paper: Paper) -> Edition:
    """The edition in which readers find the paper."""
    return Edition.RESTRICTED if paper.is_restricted else Edition.PUBLIC


def standing_bundle(instalment: Instalment, edition: Edition) -> AnyBundle | None:
    """The version of an instalment that stands; None while none is published, or when the newest is withdrawn."""
    return standing_bundles([instalment], edition).get(pack_key(instalment))


def standing_bundles(instalments: Iterable[Instalment], edition: Edition) -> dict[str, AnyBundle]:
    """The version that stands of each of these instalments, by the pack's key; one query."""
    keys = [pack_key(each) for each in instalments]
    return {each.key: each for each in bundles_of(edition).standing().filter(key__in=keys)}


@dataclass(frozen=True)
class PublishedInstalment:
    """An instalment with the version of it that stands."""

    instalment: Instalment
    bundle: AnyBundle


def published_of(meetings: Collection[Meeting], edition: Edition) -> list[PublishedInstalment]:
    """What stands of these meetings: the soonest meeting first, of one meeting the newest instalment; two queries."""
    instalments = list(
        Instalment.objects.select_related("meeting__committee")
        .filter(meeting__in=[each.pk for each in meetings])
        .order_by("meeting__held_on", "meeting__committee__name", "-number")
    )
    standing = standing_bundles(instalments, edition)
    return [PublishedInstalment(each, standing[key]) for each in instalments if (key := pack_key(each)) in standing]


def contents_of(bundle: AnyBundle) -> tuple[ItemEntry, ...]:
    """What is listed in a version."""
    return msgspec.convert(bundle.contents, tuple[ItemEntry, ...])


def entry_of(bundle: AnyBundle, paper: Paper) -> PaperEntry | None:
    """How a paper stands in a version; None where it does not."""
    entries = (entry for item in contents_of(bundle) for entry in item.papers)
    return next((entry for entry in entries if entry.row == paper.pk), None)


def content_of(paper: Paper) -> PublishedContent | None:
    """What is published of a paper, which may be older than what was frozen or brought since; two queries."""
    bundle = standing_bundle(paper.instalment, edition_of(paper))
    entry = entry_of(bundle, paper) if bundle is not None else None
    if bundle is None or entry is None or entry.restriction != paper.restriction:
        return None
    if entry.publication is not None:
        publications = RestrictedPublication.objects if paper.is_restricted else Publication.objects
        return PublishedContent(bundle, entry, publications.get(pk=entry.publication), None)
    if entry.upload is not None:
        uploads = RestrictedPdf.objects if paper.is_restricted else UploadedPdf.objects
        return PublishedContent(bundle, entry, None, uploads.defer("part", "findings").get(pk=entry.upload))
    return None


def frozen_before(paper: Paper) -> AnyPublication | None:
    """The Document that the newest version gave the paper's paragraphs their numbers by, withdrawn or not."""
    newest = bundles_of(edition_of(paper)).written().filter(key=pack_key(paper.instalment)).order_by("-version").first()
    entry = entry_of(newest, paper) if newest is not None else None
    if entry is None or entry.publication is None:
        return None
    publications = RestrictedPublication.objects if paper.is_restricted else Publication.objects
    return publications.get(pk=entry.publication)


def is_out(paper: Paper) -> bool:
    """Whether something stands for the paper in a published version, be it older than what was frozen or brought since;
    one query."""
    if paper.is_withdrawn:
        return False
    return stands_in(standing_bundle(paper.instalment, edition_of(paper)), paper)


def stands_in(bundle: AnyBundle | None, paper: Paper) -> bool:
    """Whether something stands for the paper in this version."""
    entry = entry_of(bundle, paper) if bundle is not None else None
    # An open paper that members were shown may have been closed since: what stood there does not stand for it now.
    is_same = entry is not None and entry.restriction == paper.restriction
    return entry is not None and is_same and bool(entry.publication or entry.upload)


def was_out(paper: Paper) -> bool:
    """Whether the paper stands or stood in any published version of either edition, withdrawn ones among them; two
    queries at most."""
    return any(bundles_of(each).written().filter(papers__contains=[paper.pk]).exists() for each in Edition)


def were_out(papers: Collection[int]) -> set[int]:
    """Which of these papers, by their keys, stand or stood so; two queries."""
    found: set[int] = set()
    for edition in Edition:
        held = bundles_of(edition).written().filter(papers__overlap=list(papers)).order_by()
        found.update(chain.from_iterable(held.values_list("papers", flat=True)))
    return found & set(papers)


def is_named(paper: Paper) -> bool:
    """Whether any public version of its meeting names the paper, with its content or as one to follow; one query."""
    versions = bundles_of(Edition.PUBLIC).written().filter(key__startswith=meeting_key(paper.item.meeting))
    return any(entry_of(each, paper) is not None for each in versions.only("contents"))


def is_upload_out(key: int) -> bool:
    """Whether a brought PDF of this key, open or restricted, stands or stood in any published version; two queries."""
    return any(bundles_of(each).written().filter(uploads__contains=[key]).exists() for each in Edition)


def withdrawn_publications(*, restricted: bool) -> set[int]:
    """The keys of the frozen Documents that papers were withdrawn with, among the restricted ones or the open ones."""
    withdrawn = set(WithdrawnPaper.objects.values_list("paper", flat=True))
    versions = chain(*(bundles_of(each).written().filter(papers__overlap=list(withdrawn)) for each in Edition))
    entries = (entry for bundle in versions for item in contents_of(bundle) for entry in item.papers)
    return {
        each.publication
        for each in entries
        if each.publication is not None
        and each.row in withdrawn
        and (each.restriction != Restriction.OPEN) == restricted
    }


def versions_holding(papers: Collection[int], edition: Edition) -> list[AnyBundle]:
    """Every available version of any pack in which something of these papers, by their keys, stands: newest last."""
    return list(bundles_of(edition).available().filter(papers__overlap=list(papers)).order_by("key", "version"))


def versions_listing(papers: Collection[int], keys: Collection[str], edition: Edition) -> list[AnyBundle]:
    """Every available version of these packs that names one of these papers as to follow."""
    versions = bundles_of(edition).available().filter(key__in=keys).exclude(papers__overlap=list(papers))
    return [
        each
        for each in versions.order_by("key", "version")
        if any(entry.row in papers for item in contents_of(each) for entry in item.papers)
    ]


def papers_sharing(paper: Paper) -> set[int]:
    """The keys of this paper and of all others, of whatever meeting, for which a Document or a brought PDF stands or is
    published that stands or was ever published for this one."""
    versions = list(chain(*(bundles_of(each).written().filter(papers__contains=[paper.pk]) for each in Edition)))
    own = [each for each in _like(paper, versions) if each.row == paper.pk]
    content = paper.content
    frozen = {each.publication for each in own} | {content.publication_id}
    brought = {each.upload for each in own} | {content.upload_id}
    return (
        {paper.pk}
        | _sharing(paper, "publication", {key for key in frozen if key is not None})
        | _sharing(paper, "upload", {key for key in brought if key is not None})
    )


def _sharing(paper: Paper, kind: str, keys: set[int]) -> set[int]:
    """The papers for which one of these publications or uploads (by `kind`) stands, in their rows or in a version."""
    column = f"held_back__{kind}__in" if paper.is_restricted else f"{kind}__in"
    rows = set(Paper.objects.filter(**{column: keys}).values_list("pk", flat=True))
    holding = {f"{kind}s__overlap": list(keys)}
    available = chain(*(bundles_of(each).available().filter(**holding) for each in Edition))
    return rows | {each.row for each in _like(paper, available) if getattr(each, kind) in keys}


def _like(paper: Paper, bundles: Iterable[AnyBundle]) -> Iterator[PaperEntry]:
    """The entries of these versions that are restricted as the paper is: the others' keys are those of other rows."""
    for bundle in bundles:
        for item in contents_of(bundle):
            yield from (each for each in item.papers if (each.restriction != Restriction.OPEN) == paper.is_restricted)
