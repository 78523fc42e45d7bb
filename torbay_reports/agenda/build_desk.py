"""What the clerk's page says of each edition of a pack: built when and by whom, being built, or why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from torbay_reports.agenda.build_progress import PHASES
from torbay_reports.agenda.models import BuildState, Instalment, PackBuild
from torbay_reports.agenda.presenting import stored_edition
from torbay_reports.core.formatting import count, full_date
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition

ADDRESSES: Final = {Edition.PUBLIC: "agenda:pack", Edition.RESTRICTED: "agenda:restricted-pack-pdf"}
"""Where each edition is read."""


@dataclass(frozen=True)
class EditionLine:
    """One edition: the pack as it is stored, and the newest asking for another."""

    edition: Edition
    instalment: Instalment
    stored: StoredPack | None
    build: PackBuild | None

    @property
    def is_under_way(self) -> bool:
        """Whether a build waits or runs."""
        return self.build is not None and self.build.is_under_way

    @property
    def has_failed(self) -> bool:
        """Whether the newest build failed, and no other way has led to a pack since."""
        if self.build is None or self.build.state != BuildState.FAILED or self.build.finished_at is None:
            return False
        return self.stored is None or self.stored.built_at <= self.build.finished_at

    @property
    def address(self) -> str:
        """Where the stored pack is read."""
        meeting = self.instalment.meeting
        return reverse(ADDRESSES[self.edition], args=[meeting.committee.slug, meeting.held_on])

    @property
    def status(self) -> str:
        """Where it stands, in a sentence that does not change with every part."""
        if self.build is not None and self.is_under_way:
            begun = self.build.state == BuildState.RUNNING
            return f"{PHASES[self.build.phase or 'read']}." if begun else "Waiting for a worker to begin."
        if self.build is not None and self.has_failed:
            kept = " The pack that was built before is still in its place." if self.stored else ""
            return f"The {self.edition} edition was not built. {self.build.message}{kept}"
        if self.stored is None:
            return f"The {self.edition} edition is not built yet."
        return f"The {self.edition} edition is built: {count(len(self.stored.pages['labels']), 'page', 'pages')}."

    @property
    def parts(self) -> str:
        """How many pages are set, of how many by estimate."""
        if self.build is None or not self.is_under_way or not self.build.parts_total:
            return ""
        return f"{self.build.parts_done:,} of about {count(self.build.parts_total, 'page', 'pages')} set"

    @property
    def built(self) -> str:
        """When and by whom the stored pack was built; nothing where there is none."""
        if self.stored is None:
            return ""
        at = timezone.localtime(self.stored.built_at)
        who = f"by {self.stored.built_by.full_name}" if self.stored.built_by else "by command"
        return f"Built on {full_date(at.date())} at {at:%H:%M} {who}.{self._nothing_new}"

    @property
    def _nothing_new(self) -> str:
        build, stored = self.build, self.stored
        if build is None or build.state != BuildState.DONE or stored is None or build.started_at is None:
            return ""
        if stored.built_at >= build.started_at:
            return ""
        return " Nothing has changed since, so the newest build left it as it is."


def edition_lines(instalment: Instalment, editions: Collection[Edition]) -> list[EditionLine]:
    """A line for each of these editions, in their order; a constant number of queries."""
    newest = (
        PackBuild.objects.filter(instalment=instalment, edition__in=[each.value for each in editions])
        .order_by("edition", "-asked_at", "-pk")
        .distinct("edition")
    )
    builds = {build.edition: build for build in newest}
    return [
        EditionLine(edition, instalment, stored_edition(instalment, edition), builds.get(edition.value))
        for edition in editions
    ]


def has_worker() -> bool:
    """Whether a worker was heard of within WORKER_SILENCE seconds, by the database's clock."""
    lately = Now() - timedelta(seconds=settings.WORKER_SILENCE)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=lately).exists()
