"""A brought PDF under another restriction: a row of its own, because a row never changes once it is brought."""

from torbay_reports.publishing.models import UploadedPdf
from torbay_reports.publishing.packplan import Edition, Restriction


def open_copy(*, upload: int) -> UploadedPdf:
    """The file of this key once more, open to the public; what was passed about the other does not count for it.

    Raises UploadedPdf.DoesNotExist.
    """
    copy = UploadedPdf.objects.get(pk=upload)
    copy.pk = None
    copy.restriction, copy.edition = Restriction.OPEN.value, Edition.PUBLIC.value
    copy.save(force_insert=True)
    return copy
