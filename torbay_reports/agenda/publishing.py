"""Publishing an edition of an instalment: built, made into files, searched for leaks, and only then out."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.agenda import confidence
from torbay_reports.agenda.build_progress import BuildProgress, no_progress
from torbay_reports.agenda.business import Business, NotReadyToPublish
from torbay_reports.agenda.changes import NOTHING, changes_between, has_more, stands_for, stood_for
from torbay_reports.agenda.composition import compose, meeting_key, outline, pack_key, paper_key, withdrawn_sentence
from torbay_reports.agenda.flowing import paragraphs_of
from torbay_reports.agenda.grounds import obstacles
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.agenda.secrets import check_for_leaks
from torbay_reports.agenda.selectors import business
from torbay_reports.agenda.services import build_pack, hold
from torbay_reports.agenda.subscribing import notices
from torbay_reports.publishing import makeup
from torbay_reports.publishing.bundles.services import Release, publish_bundle, record_key
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import AnyBundle, AnyPack, bundles_of
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.selectors import stored_pack
from torbay_reports.publishing.services import in_turn, role_of

CHANGED: Final = "Its papers changed while it was published. Publish it once they are settled."
NOT_SEEN: Final = (
    "What is built now is not what you looked at: somebody has changed it meanwhile. Look at it again, and publish it "
    "then."
)
MORE: Final = (
    "A paper was withdrawn, and the pack without it is not published by itself: other papers have changed since the "
    "version before. Look at the pack, and publish it."
)
PUBLIC_FIRST: Final = (
    "The restricted edition is not published: it holds open papers that the public edition does not hold yet. Publish "
    "that first, so that the pages of both have the same numbers."
)
TAKEN: Final = "Meanwhile {other} went out and took pages {first} to {last}. Build this one again, and look at it."
NOT_IN_TURN: Final = (
    "The {edition} edition of {this} is not published: {before} is not published yet. Publish that first, so that page "
    "numbers run through the whole pack."
)
MOVED: Final = "{this} is not published: the meeting was moved. Its papers go out for the {moved}."
WHY_AGAIN: Final = "Version {version} of this pack is published already. Say why another is published."


def publish_pack(
    *,
    instalment: Instalment,
    edition: Edition,
    by: User | None,
    why: str = "",
    seen: str = "",
    only_withdraws: bool = False,
    progress: BuildProgress = no_progress,
) -> AnyBundle:
    """Build an edition of an instalment and publish it; the version that stands where nothing has changed.

    `why` says why a later version is published, for everybody to read. With `seen`, the checksum of a built pack's
    makeup, nothing goes out but what somebody has looked at; with `only_withdraws` nothing that the version before did
    not hold. The public edition is built and made into files
    under a database role that reads nothing restricted; then all its files are searched for what restricted papers say.
    Raises NotReadyToPublish, DamagedPublication and PackFault; nothing is published then.
    """
    key = pack_key(instalment)
    with in_turn(key, edition):
        if edition is Edition.RESTRICTED and (against := obstacles(instalment)):
            raise NotReadyToPublish(f"The restricted edition is not published. {' '.join(against)}")
        _check_turn(instalment, edition)
        _check_moved(instalment)
        looked_at = stored_pack(key, edition)
        pack = build_pack(instalment=instalment, edition=edition, by=by, progress=progress)
        if seen and makeup.checksum(pack.made_of) != seen:
            raise NotReadyToPublish(_taken_since(looked_at, instalment, edition) or NOT_SEEN)
        with role_of(edition):
            release = _release(instalment, edition, pack, " ".join(why.split()), only_withdraws=only_withdraws)
        return publish_bundle(
            release=release,
            check=partial(_check, edition, progress),
            hold=partial(_hold, instalment, edition, pack),
            note=partial(_note, instalment, by),
            by=by,
            progress=progress,
        )


def _release(instalment: Instalment, edition: Edition, pack: AnyPack, why: str, *, only_withdraws: bool) -> Release:
    found = business(instalment.meeting, edition=edition, instalment=instalment)
    plan = compose(instalment, found, edition=edition, council=settings.COUNCIL_NAME)
    if makeup.to_stored(makeup.of_plan(plan)) != pack.made_of:
        raise PackFault(CHANGED)
    key = pack_key(instalment)
    contents = tuple(_item(each) for each in found)
    # A version that is withdrawn counts: what it said is not told again, and its number is not given anew.
    newest = bundles_of(edition).written().filter(key=key).order_by("-version").first()
    if newest is not None and not why and newest.plan_checksum != makeup.checksum(pack.made_of):
        raise NotReadyToPublish(WHY_AGAIN.format(version=newest.version))
    if only_withdraws and newest is not None and has_more(newest, contents):
        raise NotReadyToPublish(MORE)
    if edition is Edition.RESTRICTED:
        _check_public(key, contents)
    return Release(
        key=key,
        plan=plan,
        pack=pack,
        contents=contents,
        frozen=_frozen(found),
        texts=_texts(found),
        reason=why if newest is not None else "",
        changes=changes_between(newest, contents) if newest is not None else (),
    )


def _check_turn(instalment: Instalment, edition: Edition) -> None:
    """Raises NotReadyToPublish while an earlier instalment with something to publish waits."""
    if sentence := out_of_turn(instalment, edition):
        raise NotReadyToPublish(sentence)


def _check_moved(instalment: Instalment) -> None:
    """Raises NotReadyToPublish for what was never out of a meeting that was moved; what is out can be corrected."""
    moved = Meeting.objects.select_related("moved_to__committee").get(pk=instalment.meeting_id).moved_to
    if moved is None:
        return
    key = pack_key(instalment)
    if not any(bundles_of(each).written().filter(key=key).exists() for each in Edition):
        raise NotReadyToPublish(MOVED.format(this=instalment.name, moved=moved))


def out_of_turn(instalment: Instalment, edition: Edition) -> str:
    """Instalments go out in turn: which earlier one with something to publish waits; nothing where none does. Two
    queries."""
    earlier = Instalment.objects.select_related("meeting__committee").filter(
        meeting=instalment.meeting_id, number__lt=instalment.number
    )
    if edition is Edition.RESTRICTED:
        earlier = earlier.filter(papers__in=Paper.objects.exclude(restriction=Restriction.OPEN.value)).distinct()
    out = set(
        bundles_of(edition)
        .written()
        .filter(key__startswith=meeting_key(instalment.meeting))
        .values_list("key", flat=True)
    )
    waiting = next((each for each in earlier.order_by("number") if pack_key(each) not in out), None)
    return NOT_IN_TURN.format(edition=edition, this=instalment.name, before=waiting.name) if waiting else ""


def _check_public(key: str, contents: Sequence[ItemEntry]) -> None:
    """Open pages have the same numbers in both editions, so the public one gives them first. Raises
    NotReadyToPublish."""
    public = bundles_of(Edition.PUBLIC).written().filter(key=key).order_by("-version").first()
    if public is None:
        # Its letter has open pages even where no paper has.
        raise NotReadyToPublish(PUBLIC_FIRST)
    own = [entry for item in contents for entry in item.papers if entry.restriction == Restriction.OPEN]
    given = stood_for(public)
    if any(stands_for(entry) != given.get(entry.row) for entry in own if stands_for(entry) != NOTHING):
        raise NotReadyToPublish(PUBLIC_FIRST)


def _check(edition: Edition, progress: BuildProgress, folder: Path) -> None:
    if edition is Edition.PUBLIC:
        check_for_leaks(folder, lambda done, total: progress("scan", done, total))


def _hold(instalment: Instalment, edition: Edition, pack: AnyPack) -> None:
    """Who replaces, closes or withdraws a paper waits until the bundle is out, or is seen here."""
    hold(instalment)
    _check_moved(instalment)
    if edition is Edition.PUBLIC and (against := confidence.obstacles(instalment)):
        raise NotReadyToPublish(f"The public edition is not published. {' '.join(against)}")
    found = business(instalment.meeting, edition=edition, instalment=instalment, with_documents=False)
    plan = outline(instalment, found, edition=edition, council=settings.COUNCIL_NAME)
    if makeup.to_stored(makeup.of_plan(plan)) != pack.made_of:
        raise PackFault(_taken_since(pack, instalment, edition) or CHANGED)


def _taken_since(pack: AnyPack | None, instalment: Instalment, edition: Edition) -> str:
    """Which other part of the meeting's pack went out since this one was built, with the page numbers that it took;
    nothing where none did."""
    if pack is None:
        return ""
    others = Instalment.objects.select_related("meeting__committee").filter(meeting=instalment.meeting_id)
    names = {pack_key(each): each.name for each in others.exclude(pk=instalment.pk)}
    bundles = bundles_of(edition).written().filter(key__in=names, written_at__gt=pack.built_at)
    newest = bundles.order_by("-written_at").first()
    pages = [label for label in newest.pages["labels"] if label.isdecimal()] if newest is not None else []
    return TAKEN.format(other=names[newest.key], first=pages[0], last=pages[-1]) if newest is not None and pages else ""


def _note(instalment: Instalment, by: User | None, bundle: AnyBundle) -> None:
    record(
        kind=RecordKind.PACK_PUBLISHED,
        person=by,
        about=f"{instalment}, {bundle.edition} edition, version {bundle.version}",
        key=f"instalment:{instalment.pk}{record_key(bundle)}",
    )
    notices.due(instalment, bundle)


def _item(each: Business) -> ItemEntry:
    papers = tuple(_entry(each.item.number, paper) for paper in each.papers)
    return ItemEntry(each.item.number, each.item.title, papers, each.item.words)


def _entry(number: str, paper: Paper) -> PaperEntry:
    key, restriction = paper_key(number, paper), str(paper.held_back_as)
    if paper.is_withdrawn:
        withdrawn = withdrawn_sentence(paper.withdrawn)
        return PaperEntry(key, paper.slug, "", paper.pk, restriction, withdrawn=withdrawn)
    content = paper.content
    return PaperEntry(key, paper.slug, content.title, paper.pk, restriction, content.publication_id, content.upload_id)


def _frozen(found: Sequence[Business]) -> Mapping[str, str]:
    return {
        paper_key(each.item.number, paper): paper.content.publication.document_json
        for each in found
        for paper in each.papers
        if not paper.is_withdrawn and paper.content.publication
    }


def _texts(found: Sequence[Business]) -> Mapping[str, Sequence[Sequence[str]]]:
    return {
        paper_key(each.item.number, paper): [paragraphs_of(text) for text in paper.content.upload.texts]
        for each in found
        for paper in each.papers
        if not paper.is_withdrawn and paper.content.upload
    }
