"""What is frozen, what was brought, what is built of them, and the parts kept between builds."""

from torbay_reports.publishing.models.packs import StoredPack
from torbay_reports.publishing.models.parts import StoredPart
from torbay_reports.publishing.models.publications import (
    EditionChoice,
    FrozenRow,
    Publication,
    PublicationQuerySet,
    RestrictionChoice,
)
from torbay_reports.publishing.models.uploads import PassedWarning, UploadedPdf

__all__ = [
    "EditionChoice",
    "FrozenRow",
    "PassedWarning",
    "Publication",
    "PublicationQuerySet",
    "RestrictionChoice",
    "StoredPack",
    "StoredPart",
    "UploadedPdf",
]
