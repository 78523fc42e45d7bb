"""The demonstration's meetings: agenda and supplement of 6 September 2017 and the agenda of 13 September, their reports
frozen and their packs published."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db.models import ProtectedError

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import services
from torbay_reports.agenda.importing import AgendaFile, read_agenda
from torbay_reports.agenda.models import Committee, Instalment, Meeting, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.core.demo import (
    DemoConflict,
    announce,
    checksum,
    demo_owns,
    is_loaded,
    own_or_conflict,
    record_load,
    register_step,
    remember,
    remove,
)
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile
from torbay_reports.documents import registry
from torbay_reports.documents.plotting import ChartFailure
from torbay_reports.publishing.bundles.bundlestore import StoreError
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.bundles.reading import published_address
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.selectors import DamagedPublication

ORDER_LOAD, ORDER_PUBLISH, ORDER_BUILD = 30, 40, 50
LOAD = "agenda.json"
NEWER = "The demonstration was loaded anew."


def load_meetings(progress: Progress) -> None:
    """Bring in the committees and meetings of `fixtures/agenda.json`, unless this very file is in already.

    Raises CommandError when the file is wrong and DemoConflict when a committee is somebody else's.
    """
    path = Path(settings.FIXTURES_DIR) / LOAD
    try:
        content = read_agenda(path)
    except UnreadableFile as error:
        raise CommandError(f"Nothing was loaded. {error}") from error
    existing = list(Committee.objects.filter(slug__in=[entry.slug for entry in content.committees]))
    for committee in existing:
        own_or_conflict(committee)
    digest = checksum(path.read_bytes())
    if existing and is_loaded(LOAD, digest):
        return
    _remove(existing)
    for each in progress.track([content]):
        remember(*services.load_agenda(content=each))
    _try_reports(content)
    record_load(LOAD, digest)


def _try_reports(content: AgendaFile) -> None:
    """Build each paper's report once while all can still be undone. Raises CommandError where one cannot be built."""
    papers = [paper for meeting in content.meetings for item in meeting.items for paper in item.papers if paper.source]
    for paper in papers:
        try:
            registry.source(paper.source).build(paper.subject)
        except LookupError as error:
            raise CommandError(f"Nothing was loaded. {LOAD}, paper '{paper.slug}': {error.args[0]}") from error


def _remove(committees: list[Committee]) -> None:
    """Delete the demonstration's committees with all below them. Raises DemoConflict where somebody put a row of their
    own there."""
    try:
        for paper in Paper.objects.filter(item__meeting__committee__in=committees):
            remove(paper)
        for meeting in Meeting.objects.filter(committee__in=committees):
            remove(meeting)
        for committee in committees:
            remove(committee)
    except ProtectedError as error:
        # What clerks and minutes have added is kept for good.
        raise DemoConflict(next(iter(error.protected_objects))) from error


def publish_papers(progress: Progress) -> None:
    """Freeze the reports of the demonstration's own papers that are not published yet."""
    waiting = [paper for paper in Paper.objects.filter(publication=None).exclude(source="") if demo_owns(paper)]
    if not waiting:
        return
    clerk = _demonstration_clerk()
    try:
        for paper in progress.track(waiting):
            services.publish_paper(paper=paper, by=clerk)
    except (ChartFailure, PackFault, services.NotReadyToPublish) as error:
        raise CommandError(str(error)) from error


def _demonstration_clerk() -> User:
    """In whose name the demonstration publishes. Raises CommandError where its people are not loaded."""
    for assignment in RoleAssignment.objects.select_related("person").filter(role=Role.CLERK):
        if demo_owns(assignment.person):
            return assignment.person
    raise CommandError("The demonstration has no clerk to publish its papers: add one to fixtures/people.json.")


def build_packs(progress: Progress) -> None:
    """Publish the public edition of each of the demonstration's instalments, and say where to read it."""
    in_turn = Instalment.objects.select_related("meeting__committee").order_by(
        "meeting__held_on", "meeting__committee__name", "number"
    )
    instalments = [instalment for instalment in in_turn if demo_owns(instalment.meeting)]
    clerk = _demonstration_clerk() if instalments else None
    try:
        for instalment in progress.track(instalments):
            bundle = publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=clerk, why=NEWER)
            where = f"{{address}}{instalment.meeting.get_absolute_url()}"
            announce(
                f"Pack of the {instalment.meeting}: {where}pack/, built and published by the clerk on {where}build/"
            )
            announce(f"{instalment.name} as files for any web server: {{address}}{published_address(bundle)}")
    except (PackFault, DamagedPublication, services.NotReadyToPublish, PurgeFailed, StoreError) as error:
        raise CommandError(str(error)) from error


register_step(ORDER_LOAD, "Meetings", load_meetings)
register_step(ORDER_PUBLISH, "Published papers", publish_papers, loads_rows=False)
register_step(ORDER_BUILD, "Packs", build_packs, loads_rows=False)
