"""What the clerk's page says of each edition of a pack: built when, out of date, being built, or why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from torbay_reports.agenda.build_progress import per_cent, step
from torbay_reports.agenda.checklist import Checklist
from torbay_reports.agenda.composition import outline
from torbay_reports.agenda.models import Instalment, JobState, PackBuild, Paper
from torbay_reports.agenda.presenting import stored_edition
from torbay_reports.agenda.published import standing_bundle
from torbay_reports.agenda.publishing import out_of_turn
from torbay_reports.agenda.selectors import business
from torbay_reports.core.formatting import count, full_date
from torbay_reports.publishing import makeup
from torbay_reports.publishing.models import AnyBundle, AnyPack
from torbay_reports.publishing.packplan import Edition, Restriction

NOTHING_RESTRICTED: Final = (
    "No paper here is exempt or confidential, so a restricted edition would say no more than the public one. It can be "
    "built once there is such a paper."
)


@dataclass(frozen=True)
class DeskPages:
    """The addresses of an instalment's pages on the desk: those that name it, or the meeting's, which lead to its
    newest one."""

    instalment: Instalment
    by_name: bool = False

    def address(self, page: str, *more: str) -> str:
        """That of "build", "build-progress", "built-pack" or "publish", the last two with the edition."""
        meeting = self.instalment.meeting
        begins = (meeting.committee.slug, meeting.held_on)
        if self.by_name:
            return reverse(f"agenda:instalment-{page}", args=[*begins, self.instalment.number, *more])
        return reverse(f"agenda:{page}", args=[*begins, *more])

    @property
    def build(self) -> str:
        """Where its editions are built, beside the check list."""
        return self.address("build")

    @property
    def progress(self) -> str:
        """The part of that page which changes."""
        return self.address("build-progress")


def check_list_of(paper: Paper) -> str:
    """The address of the check list on which a paper stands."""
    return DeskPages(paper.instalment, by_name=True).build


@dataclass(frozen=True)
class EditionLine:
    """One edition: the pack as it is stored, what has changed since, and the newest asking for another.

    `refusal` says why no other is offered, and is empty where one is; `waits` why it cannot be published yet.
    """

    edition: Edition
    instalment: Instalment
    stored: AnyPack | None
    build: PackBuild | None
    bundle: AnyBundle | None = None
    changes: str = ""
    refusal: str = ""
    waits: str = ""
    pages: DeskPages | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a build waits or runs."""
        return self.build is not None and self.build.is_under_way

    @property
    def failure(self) -> list[str]:
        """Why the newest build failed, a sentence or more a line; nothing once another way has led to a pack since, or
        none is offered any more."""
        if self.build is None or self.build.state != JobState.FAILED or self.build.finished_at is None:
            return []
        if self.refusal:
            return []
        is_over = self.stored is not None and self.stored.built_at > self.build.finished_at
        return [] if is_over else self.build.message.splitlines()

    @property
    def address(self) -> str:
        """Where the stored pack is read before it is published."""
        return self._address("built-pack")

    @property
    def publish_address(self) -> str:
        """Where it is published."""
        return self._address("publish")

    @property
    def is_published(self) -> bool:
        """Whether readers have just what is stored."""
        if self.bundle is None or self.stored is None:
            return False
        return self.bundle.plan_checksum == makeup.checksum(self.stored.made_of)

    @property
    def published(self) -> str:
        """What readers have of it."""
        if self.bundle is None:
            return "Nothing of it is published: readers see none of it."
        on = full_date(timezone.localtime(self.bundle.published_at).date())
        said = f"Version {self.bundle.version} is published, since {on}."
        return said if self.is_published else f"{said} What is built now says something else."

    def _address(self, page: str) -> str:
        return (self.pages or DeskPages(self.instalment)).address(page, str(self.edition))

    @property
    def status(self) -> str:
        """Where it stands, in a sentence that does not change with every part."""
        if self.build is not None and self.is_under_way:
            return step(self.build) if self.build.state == JobState.RUNNING else "Waiting for a worker to begin."
        if self.failure:
            return f"The {self.edition} edition was not built."
        if self.stored is None:
            return f"The {self.edition} edition is not built{'' if self.refusal else ' yet'}."
        return f"The {self.edition} edition is built: {count(len(self.stored.pages['labels']), 'page', 'pages')}."

    @property
    def per_cent(self) -> int | None:
        """How far a build has come that a worker has begun."""
        return per_cent(self.build) if self.build is not None and self.build.state == JobState.RUNNING else None

    @property
    def parts(self) -> str:
        """How many pages are set, of how many by estimate."""
        if self.build is None or not self.is_under_way or not self.build.parts_total:
            return ""
        return f"{self.build.parts_done:,} of about {count(self.build.parts_total, 'page', 'pages')} set"

    @property
    def built(self) -> str:
        """When and by whom the stored pack was built, and what has changed since; nothing where there is none."""
        if self.stored is None:
            return ""
        at = timezone.localtime(self.stored.built_at)
        who = f"by {self.stored.built_by.full_name}" if self.stored.built_by else "by command"
        return f"Built on {full_date(at.date())} at {at:%H:%M} {who}.{self.changes or self._nothing_new}"

    @property
    def _nothing_new(self) -> str:
        build, stored = self.build, self.stored
        if build is None or build.state != JobState.DONE or stored is None or build.started_at is None:
            return ""
        if stored.built_at >= build.started_at:
            return ""
        return " Nothing has changed since, so the newest build left it as it is."


def edition_lines(
    instalment: Instalment, editions: Collection[Edition], pages: DeskPages | None = None
) -> list[EditionLine]:
    """A line for each of these editions, in their order, whose links keep to these pages; a constant number of queries,
    and no paper is read."""
    newest = (
        PackBuild.objects.filter(instalment=instalment, edition__in=[each.value for each in editions])
        .order_by("edition", "-asked_at", "-pk")
        .distinct("edition")
    )
    builds = {build.edition: build for build in newest}
    lines = []
    for edition in editions:
        stored = stored_edition(instalment, edition)
        lines.append(
            EditionLine(
                edition,
                instalment,
                stored,
                builds.get(edition.value),
                standing_bundle(instalment, edition),
                changes=_changes(instalment, edition, stored) if stored else "",
                refusal=refusal(instalment, edition),
                waits=out_of_turn(instalment, edition),
                pages=pages,
            )
        )
    return lines


def refusal(instalment: Instalment, edition: Edition) -> str:
    """Why this edition is not offered; nothing where it is."""
    if edition is Edition.PUBLIC:
        return ""
    restricted = Paper.objects.filter(instalment=instalment).exclude(restriction=Restriction.OPEN)
    return "" if restricted.exists() else NOTHING_RESTRICTED


def _changes(instalment: Instalment, edition: Edition, stored: AnyPack) -> str:
    """What has changed since the pack was stored, in a sentence; nothing where it would say just the same."""
    before = makeup.from_stored(stored.made_of)
    papers = business(instalment.meeting, edition=edition, instalment=instalment, with_documents=False)
    now = makeup.of_plan(outline(instalment, papers, edition=edition, council=settings.COUNCIL_NAME))
    if before is None:
        return " It is of an earlier version of this program."
    if number := now.papers_unlike(before):
        return f" {count(number, 'paper has', 'papers have')} changed since."
    return " The agenda or the letter has changed since." if now.cover != before.cover else ""


def held_up(checklist: Checklist) -> str:
    """How many warnings are open on the check list of the widest edition that the clerk builds, and what waits."""
    everywhere = checklist.open_warnings
    if not everywhere:
        return "No warning is open."
    lines = [line for line in checklist.brought if line.paper.is_restricted]
    apart = sum(each.is_open for line in lines for each in line.findings)
    said = f"{count(everywhere, 'warning is', 'warnings are')} open."
    if not apart:
        return f"{said} The pack is built once each is passed with a reason, or a mended file is brought."
    said += f" {count(apart, 'stands', 'stand')} against the restricted edition only."
    return (
        f"{said} An edition is built once each about its papers is passed with a reason, or a mended file is brought."
    )


def has_worker() -> bool:
    """Whether a worker was heard of within WORKER_SILENCE seconds, by the database's clock."""
    lately = Now() - timedelta(seconds=settings.WORKER_SILENCE)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=lately).exists()
