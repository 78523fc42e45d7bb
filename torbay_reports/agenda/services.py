"""Writes: meetings brought in, papers frozen into them, packs built for them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from msgspec.structs import asdict

from torbay_reports.access.models import User
from torbay_reports.agenda import confidence
from torbay_reports.agenda.build_progress import BuildProgress, no_progress
from torbay_reports.agenda.business import NotReadyToPublish as NotReadyToPublish
from torbay_reports.agenda.composition import compose, pack_key
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.importing import AgendaFile, MeetingEntry
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Meeting, Paper
from torbay_reports.agenda.published import frozen_before
from torbay_reports.agenda.selectors import business
from torbay_reports.core.reading import Entry
from torbay_reports.documents import registry
from torbay_reports.documents.corrections import keep_numbers
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import AnyPack
from torbay_reports.publishing.packplan import Edition, PackPlan
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import in_turn, publish, role_of, store_pack

REPLACED = "Item {item}: meanwhile somebody has changed what this paper is built from. Look at it, and publish it then."
DELETED = "Meanwhile somebody has deleted what this pack is about, so it was not stored."


@transaction.atomic
def load_agenda(*, content: AgendaFile) -> list[Committee | Meeting | Paper]:
    """Store committees and meetings with their instalments, items and papers, all or nothing; returns these rows but
    those of instalments and items."""
    committees = {entry.slug: Committee.objects.create(**_columns(entry)) for entry in content.committees}
    rows: list[Committee | Meeting | Paper] = list(committees.values())
    for entry in content.meetings:
        meeting = Meeting.objects.create(
            **_columns(entry, "committee", "date", "instalments", "items"),
            committee=committees[entry.committee],
            held_on=entry.date,
            notice=content.notice,
        )
        rows += [meeting, *_load_business(meeting, entry)]
    return rows


def _load_business(meeting: Meeting, entry: MeetingEntry) -> Iterator[Paper]:
    instalments = {
        each.number: Instalment.objects.create(meeting=meeting, **_columns(each)) for each in entry.instalments
    }
    for position, each in enumerate(entry.items, start=1):
        item = AgendaItem.objects.create(
            **_columns(each, "papers", "added_in"),
            meeting=meeting,
            added_in=None if each.added_in is None else instalments[each.added_in],
            position=position,
        )
        for place, paper in enumerate(each.papers, start=1):
            yield Paper.objects.create(
                **_columns(paper, "instalment", "listed_in"),
                item=item,
                instalment=instalments[paper.instalment],
                listed_in=None if paper.listed_in is None else instalments[paper.listed_in],
                position=place,
            )


def _columns(entry: Entry, *apart: str) -> dict[str, Any]:
    """An entry's fields as its row has them, but those `apart`; of an address one line each."""
    columns = {name: value for name, value in asdict(entry).items() if name not in apart}
    return {**columns, "office": "\n".join(columns["office"])} if "office" in columns else columns


@transaction.atomic
def publish_paper(*, paper: Paper, by: User) -> Paper:
    """Freeze what the paper's report source builds now and put it under the item; the paper as it stands then.

    What was given in confidence makes an open paper confidential. Once it is published its paragraphs keep their
    numbers. Raises NotReadyToPublish where something stands against freezing it, UnknownSource, LookupError,
    Paper.DoesNotExist.
    """
    source, subject = registry.source(paper.content.source), paper.content.subject
    confidence.check(paper)
    document = source.build(subject)
    kept = held_paper(paper.pk)
    if (kept.content.source, kept.content.subject) != (source.name, subject):
        raise NotReadyToPublish(REPLACED.format(item=kept.item.number))
    # Asked after the building: what somebody writes between the two is either not in the document or asked about.
    if given := confidence.check(kept):
        confidence.keep(paper=kept, given=given, by=by)
    content = kept.content
    if published := frozen_before(kept):
        document = keep_numbers(document_of(published), document)
    if obstacles := source.obstacles(subject):
        named = f"Item {kept.item.number}" if kept.is_restricted else f"“{content.title}”"
        raise NotReadyToPublish(f"{named} is not published. {' '.join(obstacles)}")
    content.publication = publish(document=document, restriction=kept.held_back_as, by=by)
    content.save(update_fields=["publication"])
    return kept


def build_pack(
    *, instalment: Instalment, edition: Edition, by: User | None, progress: BuildProgress = no_progress
) -> AnyPack:
    """Compose, render, check and store one edition of an instalment; one that is unchanged is not rendered again.

    Raises NotReadyToPublish, DamagedPublication and PackFault, the last also where the instalment is deleted meanwhile.
    """
    if edition is Edition.PUBLIC and (against := confidence.obstacles(instalment)):
        raise NotReadyToPublish(f"The public edition is not built. {' '.join(against)}")
    key = pack_key(instalment)

    def plan() -> PackPlan:
        return planned(instalment, edition)

    def plan_held() -> PackPlan:
        hold(instalment)
        return plan()

    with in_turn(key, edition), role_of(edition):
        return store_pack(key=key, plan=plan(), by=by, progress=progress, plan_now=plan_held)


def planned(instalment: Instalment, edition: Edition) -> PackPlan:
    """The plan of an edition as its papers stand. Raises what `compose` raises."""
    papers = business(instalment.meeting, edition=edition, instalment=instalment)
    return compose(instalment, papers, edition=edition, council=settings.COUNCIL_NAME)


def hold(instalment: Instalment) -> None:
    """Let whoever replaces or closes a paper, or deletes them all, wait until the transaction ends, or be seen in it.

    Raises PackFault where the instalment is deleted.
    """
    # Of two instalments that go out at once, the second waits here, and finds the page numbers of the first given.
    list(Meeting.objects.select_for_update(no_key=True).filter(instalments=instalment.pk).order_by("pk").values("pk"))
    # Ordered by its own key: by the meeting, it would hold that too.
    if not Instalment.objects.select_for_update(no_key=True).filter(pk=instalment.pk).order_by("pk"):
        raise PackFault(DELETED)
    list(Paper.objects.select_for_update().filter(instalment=instalment).order_by("pk").values_list("pk"))
