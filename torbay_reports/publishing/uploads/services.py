"""Taking in a PDF that somebody brings, and passing the warnings about it: the only writes of uploads."""

import hashlib
from typing import Final

import msgspec

from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.publishing.models import AnyPassedWarning, AnyPdf, RestrictedPdf, UploadedPdf
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.parts.values import from_bytes
from torbay_reports.publishing.uploads import converting, process, trials
from torbay_reports.publishing.uploads.cleaning import Cleaned
from torbay_reports.publishing.uploads.findings import of_upload
from torbay_reports.publishing.uploads.refusals import ANEW, RefusedPdf, RefusedReason

_LONGEST_NAME: Final = 200
_LONGEST_TITLE: Final = 300
_LONGEST_REASON: Final = 500
_FEWEST_WORDS: Final = 3
_FEWEST_LETTERS: Final = 10


def bring_pdf(*, name: str, title: str, data: bytes, restriction: Restriction, by: User) -> AnyPdf:
    """Clean and read a PDF and keep what may stand in a pack; of the file itself only its checksum and name. A Word
    file is made into a PDF first, where LibreOffice is installed.

    The same file brought again is an upload of its own: warnings are passed for one paper. Raises RefusedPdf with a
    sentence for the person; nothing is kept then.
    """
    name = checked_name(name)
    title = _checked(title, "title", _LONGEST_TITLE)
    pdf = converting.as_pdf(data) if converting.is_document(data) else data
    cleaned = _fit(process.clean(pdf), pdf, title, restriction)
    findings = msgspec.to_builtins(cleaned.findings)
    values = {
        "name": name,
        "title": title,
        "original_checksum": hashlib.sha256(data).hexdigest(),
        "checksum": hashlib.sha256(cleaned.part).hexdigest(),
        "part": cleaned.part,
        "pages": cleaned.pages,
        "is_tagged": cleaned.is_tagged,
        "texts": list(cleaned.texts),
        "findings": findings,
        "uploaded_at": clock.now(),
        "uploaded_by": by,
    }
    if restriction is Restriction.OPEN:
        return UploadedPdf.objects.create(**values)
    return RestrictedPdf.objects.create(**values, restriction=restriction.value)


def checked_name(name: str) -> str:
    """A file's name as it can be stored and shown, without its folders. Raises RefusedPdf."""
    return _checked(name.replace("\\", "/").rpartition("/")[2], "name of the file", _LONGEST_NAME)


def _fit(cleaned: Cleaned, data: bytes, title: str, restriction: Restriction) -> Cleaned:
    """What was made of a file, tried as a pack; without the file's tags where it fits into one only so. Raises
    RefusedPdf."""
    try:
        trials.trial(title=title, part=from_bytes(cleaned.part), restriction=restriction)
    except trials.UnfitPdf as unfit:
        if not cleaned.is_tagged:
            raise RefusedPdf(f"This PDF cannot be joined with other papers. {ANEW}") from unfit
        return _fit(process.clean(data, with_tags=False), data, title, restriction)
    return cleaned


def trial_of(upload: AnyPdf) -> bytes:
    """The brought file alone as a PDF, as it will stand in a pack. Raises UnfitPdf."""
    return trials.trial(
        title=upload.title, part=from_bytes(bytes(upload.part)), restriction=Restriction(upload.restriction)
    )


def pass_warning(*, upload: AnyPdf, code: str, page: int, reason: str, by: User) -> AnyPassedWarning:
    """Take a warning upon oneself, with the reason. One that is passed already stays as it was passed first.

    Raises RefusedReason when there is no such warning, or the reason says nothing.
    """
    reason = " ".join(reason.split())
    if not any((each.code, each.page) == (code, page) and each.is_warning for each in of_upload(upload)):
        raise RefusedReason("There is no such warning about this file. Go back and look at the list again.")
    if len(reason.split()) < _FEWEST_WORDS or sum(each.isalpha() for each in reason) < _FEWEST_LETTERS:
        raise RefusedReason("Give the reason in a few words, so that others can follow it.")
    if len(reason) > _LONGEST_REASON:
        raise RefusedReason(f"The reason has more than {_LONGEST_REASON} characters. Shorten it.")
    if not reason.isprintable():
        raise RefusedReason("The reason has a character that cannot be shown. Type it anew.")
    passed, _ = upload.passed.get_or_create(
        code=code,
        page=page,
        defaults={"reason": reason, "passed_at": clock.now(), "passed_by": by},
    )
    return passed


def _checked(words: str, what: str, longest: int) -> str:
    words = " ".join(words.split())
    if not words:
        raise RefusedPdf(f"The {what} is missing. Give one, and bring the file again.")
    if len(words) > longest:
        raise RefusedPdf(f"The {what} has more than {longest} characters. Shorten it, and bring the file again.")
    if not words.isprintable():
        raise RefusedPdf(f"The {what} has a character that cannot be shown. Type it anew, and bring the file again.")
    return words
