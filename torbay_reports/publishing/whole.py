"""The pack so far: the versions of a meeting's packs that stand, joined into one PDF and kept until another stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from torbay_reports.core import clock
from torbay_reports.core.formatting import full_date
from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles.reading import bytes_of
from torbay_reports.publishing.bundles.services import PACK
from torbay_reports.publishing.checks.whole import check_whole
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.whole import PublishedFile, join_published
from torbay_reports.publishing.models import WHOLES, AnyBundle
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.selectors import DamagedPublication
from torbay_reports.publishing.services import in_turn, role_of

_LANGUAGE: Final = "en-GB"
_TRIES: Final = 4
_CHANGING: Final = "The packs of {} are published or withdrawn again and again just now. Ask for them in a minute."


@dataclass(frozen=True)
class Volume:
    """An instalment's version that stands: the instalment's name in addresses and in bookmarks."""

    name: str
    title: str
    bundle: AnyBundle


@dataclass(frozen=True)
class Joined:
    """A PDF, and the versions that stand in it."""

    pdf: bytes
    volumes: tuple[Volume, ...]


def pack_so_far(*, key: str, edition: Edition, standing: Callable[[], Sequence[Volume]], author: str) -> Joined:
    """One PDF of the versions that `standing` finds now, which is asked again before anything is given out; one alone
    is its own file, and where none stands there is none.

    The public one is made under a database role that reads nothing restricted. Raises DamagedPublication where a file
    is not what was published.
    """
    with role_of(edition):
        for _ in range(_TRIES):
            volumes = tuple(standing())
            if len(volumes) < 2:
                pdf = bytes_of(volumes[0].bundle, PACK) if volumes else b""
            else:
                pdf = _stored(key, edition, volumes) or _made(key, edition, volumes, author)
            if _made_of(standing()) == _made_of(volumes):
                return Joined(pdf, volumes)
            # It may hold what was withdrawn meanwhile.
            drop_pack_so_far(key=key, edition=edition)
    raise DamagedPublication(_CHANGING.format(key))


def drop_pack_so_far(*, key: str, edition: Edition) -> None:
    """Forget what is stored under this key: what it is about is gone."""
    WHOLES[edition]._default_manager.filter(key=key).delete()


def _made_of(volumes: Sequence[Volume]) -> list[list[str | int]]:
    return [[each.bundle.key, each.bundle.version, each.bundle.manifest] for each in volumes]


def _stored(key: str, edition: Edition, volumes: Sequence[Volume]) -> bytes:
    """What is stored of just these versions; nothing where it is of others or not as it was stored."""
    rows = WHOLES[edition]._default_manager.filter(key=key, made_of=_made_of(volumes))
    found = rows.values_list("pdf", "checksum").first()
    if found is None:
        return b""
    pdf = bytes(found[0])
    return pdf if checksums.of_bytes(pdf) == found[1] else b""


def _made(key: str, edition: Edition, volumes: Sequence[Volume], author: str) -> bytes:
    with in_turn(key, edition):
        # Somebody else may have made it while this waited.
        if stored := _stored(key, edition, volumes):
            return stored
        files = [_file(each) for each in volumes]
        first = volumes[0].bundle
        about = f"{first.committee}, {full_date(first.meeting_on)}"
        labels = tuple(label for each in files for label in each.labels)
        try:
            pdf = join_published(files, title=f"{about}: pack so far", author=author, subject=about, language=_LANGUAGE)
            check_whole(pdf, labels)
        except PackFault as error:
            # It may name what is not for publication, and the sentence is logged.
            what = str(error) if edition is Edition.PUBLIC else "Its files do not fit together."
            raise DamagedPublication(f"The pack so far of {key}, {edition} edition, is not made. {what}") from error
        WHOLES[edition]._default_manager.update_or_create(
            key=key,
            defaults={
                "made_of": _made_of(volumes),
                "pdf": pdf,
                "labels": labels,
                "checksum": checksums.of_bytes(pdf),
                "made_at": clock.now(),
            },
        )
        return pdf


def _file(volume: Volume) -> PublishedFile:
    labels = from_stored(volume.bundle.pages).labels
    return PublishedFile(volume.name, volume.title, labels, bytes_of(volume.bundle, PACK))
