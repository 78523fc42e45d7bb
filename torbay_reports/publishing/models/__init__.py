"""What is frozen, what was brought, what is built of them, and the parts kept between builds.

What is not for publication stands in tables of its own (`Restricted…`), which the role of the public edition cannot
read (`core.public_role`).
"""

from torbay_reports.publishing.models.bundles import (
    AnyBundle,
    Bundle,
    RestrictedBundle,
    RestrictedWithdrawal,
    Verification,
    Withdrawal,
    bundles_of,
    withdrawals_of,
)
from torbay_reports.publishing.models.packs import PACKS, AnyPack, BuiltPack, RestrictedPack, StoredPack
from torbay_reports.publishing.models.parts import RestrictedPart, StoredPart
from torbay_reports.publishing.models.publications import (
    AnyPublication,
    EditionChoice,
    FrozenDocument,
    FrozenRow,
    Publication,
    RestrictedPublication,
    RestrictionChoice,
)
from torbay_reports.publishing.models.uploads import (
    AnyPassedWarning,
    AnyPdf,
    BroughtPdf,
    PassedWarning,
    RestrictedPassedWarning,
    RestrictedPdf,
    UploadedPdf,
)
from torbay_reports.publishing.models.whole import WHOLES, JoinedPack, RestrictedWholePack, WholePack

__all__ = [
    "PACKS",
    "WHOLES",
    "AnyBundle",
    "AnyPack",
    "AnyPassedWarning",
    "AnyPdf",
    "AnyPublication",
    "BroughtPdf",
    "BuiltPack",
    "Bundle",
    "EditionChoice",
    "FrozenDocument",
    "FrozenRow",
    "JoinedPack",
    "PassedWarning",
    "Publication",
    "RestrictedBundle",
    "RestrictedPack",
    "RestrictedPart",
    "RestrictedPassedWarning",
    "RestrictedPdf",
    "RestrictedPublication",
    "RestrictedWholePack",
    "RestrictedWithdrawal",
    "RestrictionChoice",
    "StoredPack",
    "StoredPart",
    "UploadedPdf",
    "Verification",
    "WholePack",
    "Withdrawal",
    "bundles_of",
    "withdrawals_of",
]
