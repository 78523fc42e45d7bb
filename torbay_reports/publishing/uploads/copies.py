"""A brought PDF under another restriction: a row of its own, because a row never changes once it is brought."""

from typing import Final

from torbay_reports.publishing.models import RestrictedPdf, UploadedPdf

_COPIED: Final = [field.name for field in UploadedPdf._meta.concrete_fields if not field.primary_key]


def open_copy(*, upload: int) -> UploadedPdf:
    """The restricted file of this key once more, open to the public; what was passed about the other does not count
    for it.

    Raises RestrictedPdf.DoesNotExist.
    """
    kept = RestrictedPdf.objects.get(pk=upload)
    return UploadedPdf.objects.create(**{name: getattr(kept, name) for name in _COPIED})
