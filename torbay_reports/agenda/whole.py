"""The pack so far: everything published for a meeting as one PDF, the agenda first, then each supplement."""

import logging
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError

from torbay_reports.agenda.changes import NOTHING, stood_for
from torbay_reports.agenda.composition import meeting_key, pack_key
from torbay_reports.agenda.models import Instalment, Meeting
from torbay_reports.agenda.published import PublishedInstalment
from torbay_reports.core.formatting import listed
from torbay_reports.publishing.models import AnyBundle, bundles_of
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.whole import Joined, Volume, drop_pack_so_far, pack_so_far

log: Final = logging.getLogger(__name__)
OLDER: Final = (
    "Of {} the public has a newer version: open papers in it may have changed since. The restricted edition of it is "
    "built and published anew by its clerk."
)
LEFT_OUT: Final = "{} not in it just now: a paper was withdrawn, and the pages without it are not published yet."


@dataclass(frozen=True)
class SoFar:
    """A meeting's instalments whose version stands, in order, and those whose newest is withdrawn."""

    out: tuple[PublishedInstalment, ...] = ()
    left_out: tuple[Instalment, ...] = ()
    older: tuple[Instalment, ...] = ()
    """Those whose open papers the public reads in a newer version."""

    @property
    def words(self) -> str:
        """What the PDF holds: Agenda and Supplement 1."""
        return listed([each.instalment.name for each in self.out])

    @property
    def missing(self) -> str:
        """What readers are told of instalments that are not in it, nothing where all are."""
        names = [each.name for each in self.left_out]
        said = [LEFT_OUT.format(f"{listed(names)} {'is' if len(names) == 1 else 'are'}")] if names else []
        if self.older:
            said.append(OLDER.format(listed([each.name for each in self.older])))
        return " ".join(said)


def so_far(meeting: Meeting, edition: Edition) -> SoFar:
    """What stands of the meeting now: in the restricted edition that of each instalment, or the public one of an
    instalment that has no restricted one. Nothing where no version of the edition itself was published. One query for
    the instalments, one for each edition that is read."""
    instalments = list(
        Instalment.objects.select_related("meeting__committee").filter(meeting=meeting).order_by("number")
    )
    newest = _newest(instalments, edition)
    public: dict[str, AnyBundle] = {}
    if edition is Edition.RESTRICTED and newest:
        public = _newest(instalments, Edition.PUBLIC)
        newest = public | newest
    found = [(each, newest[key]) for each in instalments if (key := pack_key(each)) in newest]
    return SoFar(
        out=tuple(PublishedInstalment(each, bundle) for each, bundle in found if not hasattr(bundle, "withdrawal")),
        left_out=tuple(each for each, bundle in found if hasattr(bundle, "withdrawal")),
        older=tuple(each for each, bundle in found if _differs(bundle, public.get(bundle.key, bundle))),
    )


def _differs(restricted: AnyBundle, public: AnyBundle) -> bool:
    """Whether the public reads something else for an open paper."""
    own, theirs = stood_for(restricted), stood_for(public)
    return any(stands != own.get(row, stands) for row, stands in theirs.items() if stands != NOTHING)


def whole_pack(meeting: Meeting, edition: Edition) -> Joined:
    """The pack so far; without a volume where nothing of it stands. Raises DamagedPublication."""

    def standing() -> list[Volume]:
        found = so_far(meeting, edition).out
        return [Volume(each.instalment.slug, each.instalment.name, each.bundle) for each in found]

    return pack_so_far(key=whole_key(meeting), edition=edition, standing=standing, author=settings.COUNCIL_NAME)


def prepare_wholes(meeting: Meeting) -> None:
    """Make both editions of the pack so far, so that readers need not wait for it. What hinders that is logged, and
    whoever asks for it tries again. Raises OperationalError or InterfaceError where the database is lost."""
    for edition in Edition:
        try:
            if len(whole_pack(meeting, edition).volumes) < 2:
                drop_pack_so_far(key=whole_key(meeting), edition=edition)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            # Its words stay out of the log: they may be of what is not for publication.
            log.error("The %s pack so far of %s was not made: %s.", edition, whole_key(meeting), type(error).__name__)


def drop_wholes(key: str) -> None:
    """Forget both editions that hold the pack of this key."""
    for edition in Edition:
        drop_pack_so_far(key=key.rpartition("/")[0], edition=edition)


def whole_key(meeting: Meeting) -> str:
    """The name under which it is stored: overview-and-scrutiny-board/2017-09-06."""
    return meeting_key(meeting).removesuffix("/")


def _newest(instalments: list[Instalment], edition: Edition) -> dict[str, AnyBundle]:
    """The newest version of each of these, withdrawn or not."""
    keys = [pack_key(each) for each in instalments]
    versions = bundles_of(edition).written().filter(key__in=keys).order_by("key", "-version").distinct("key")
    return {each.key: each for each in versions.select_related("withdrawal").defer("letter")}
