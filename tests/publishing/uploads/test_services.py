"""A brought PDF is kept cleaned or not at all; its warnings are passed by name with a reason."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Name, String
from pytest_django import DjangoAssertNumQueries

from tests.access.cast import person
from tests.printed.pdf import page_texts
from tests.publishing.uploads import good, hostile
from torbay_reports.access.models import User
from torbay_reports.publishing.checksums import of_bytes
from torbay_reports.publishing.models import (
    AnyPdf,
    PassedWarning,
    RestrictedPassedWarning,
    RestrictedPdf,
    UploadedPdf,
)
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.parts.values import Part, from_bytes
from torbay_reports.publishing.uploads.findings import of_upload, open_warnings
from torbay_reports.publishing.uploads.refusals import RefusedPdf, RefusedReason
from torbay_reports.publishing.uploads.services import bring_pdf, pass_warning, trial_of
from torbay_reports.publishing.uploads.trials import UnfitPdf

REASON = "The harbour master reads it out at the meeting."


@pytest.fixture
def clerk(db: None) -> User:
    return person("Robin Vale")


def bring(by: User, data: bytes | None = None, **other: object) -> AnyPdf:
    given = {"name": "boats.pdf", "title": "Boats", "restriction": Restriction.OPEN} | other
    return bring_pdf(data=good.untagged() if data is None else data, by=by, **given)  # type: ignore[arg-type]


def test_a_file_is_kept_as_a_part_with_words_findings_and_who_brought_it(clerk: User) -> None:
    bring(clerk)
    upload = UploadedPdf.objects.get()
    assert (upload.name, upload.title, upload.pages, upload.is_tagged) == ("boats.pdf", "Boats", 2, False)
    assert (upload.restriction, upload.uploaded_by) == ("open", clerk)
    assert upload.original_checksum == of_bytes(good.untagged())
    assert upload.checksum == of_bytes(bytes(upload.part))
    assert upload.texts == ["This is page 1.", "This is page 2."]
    assert len(from_bytes(upload.part).pages) == 2
    assert "not-tagged" in {each.code for each in of_upload(upload)}


@pytest.mark.parametrize("restriction", [Restriction.EXEMPT, Restriction.CONFIDENTIAL])
def test_a_file_that_is_not_open_never_stands_in_the_open_table(clerk: User, restriction: Restriction) -> None:
    upload = bring(clerk, restriction=restriction)
    assert RestrictedPdf.objects.get() == upload
    assert (upload.restriction, upload.uploaded_by) == (restriction, clerk)
    pass_warning(upload=upload, code="not-tagged", page=0, reason=REASON, by=clerk)
    assert RestrictedPassedWarning.objects.get().upload == upload
    assert not UploadedPdf.objects.exists()
    assert not PassedWarning.objects.exists()


@pytest.mark.parametrize("restriction", list(Restriction))
def test_a_hostile_file_leaves_nothing_behind(clerk: User, restriction: Restriction) -> None:
    with pytest.raises(RefusedPdf, match="no PDF"):
        bring(clerk, b"SECRET", restriction=restriction)
    assert not UploadedPdf.objects.exists()
    assert not RestrictedPdf.objects.exists()


def test_the_same_file_again_is_an_upload_of_its_own_whose_warnings_nobody_has_passed(clerk: User) -> None:
    first = bring(clerk)
    pass_warning(upload=first, code="not-tagged", page=0, reason=REASON, by=clerk)
    again = bring(person("Kim Lea"))
    assert again != first
    assert again.checksum == first.checksum
    assert "not-tagged" in {each.code for each in open_warnings(again)}


def test_under_another_title_or_restriction_it_is_another(clerk: User) -> None:
    uploads = [bring(clerk), bring(clerk, title="Ships"), bring(clerk, restriction=Restriction.EXEMPT)]
    assert len({each.pk for each in uploads}) == 3


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\clerk\\a b.pdf", "a b.pdf"),
        ("../../etc/passwd", "passwd"),
        ("  ein   Bericht.pdf ", "ein Bericht.pdf"),
    ],
)
def test_of_a_name_only_the_files_own_is_kept(clerk: User, name: str, kept: str) -> None:
    assert bring(clerk, name=name).name == kept


@pytest.mark.parametrize(
    "given",
    [
        {"name": "a/"},
        {"name": "a\x00b"},
        {"name": "a" * 201},
        {"title": " "},
        {"title": "\u202eb"},
        {"title": "a" * 301},
    ],
)
def test_names_and_titles_that_cannot_be_stored_are_refused(clerk: User, given: dict[str, Any]) -> None:
    with pytest.raises(RefusedPdf, match=r"The (name of the file|title) .*bring the file again\."):
        bring(clerk, **given)


def test_nothing_of_a_files_content_is_logged(clerk: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        bring(clerk, good.saved(hostile.annotated(Subtype=Name.Text, Contents=String("SECRET"))))
        with pytest.raises(RefusedPdf):
            bring(clerk, hostile.raw({1: b"(SECRET)"}))
    assert "SECRET" not in caplog.text


def test_a_warning_is_passed_by_name_with_a_reason(clerk: User) -> None:
    upload = bring(clerk)
    before = len(open_warnings(upload))
    pass_warning(upload=upload, code="not-tagged", page=0, reason="  The author is\nnot to be had. ", by=clerk)
    passed = PassedWarning.objects.get()
    assert (passed.reason, passed.passed_by) == ("The author is not to be had.", clerk)
    assert len(open_warnings(upload)) == before - 1


def test_who_passed_first_stays(clerk: User) -> None:
    upload = bring(clerk)
    for by, reason in ((clerk, REASON), (person("Kim Lea"), "Something else was said here.")):
        pass_warning(upload=upload, code="not-tagged", page=0, reason=reason, by=by)
    passed = PassedWarning.objects.get()
    assert (passed.passed_by, passed.reason) == (clerk, REASON)


@pytest.mark.parametrize(
    ("code", "page", "reason", "sentence"),
    [
        ("not-tagged", 1, REASON, "no such warning"),
        ("made-up", 0, REASON, "no such warning"),
        ("no-title", 0, REASON, "no such warning"),
        ("not-tagged", 0, "", "a few words"),
        ("not-tagged", 0, "it is fine", "a few words"),
        ("not-tagged", 0, "...... ...... ......", "a few words"),
        ("not-tagged", 0, "word " * 101, "Shorten it"),
        ("not-tagged", 0, "The author is \x07 not there.", "Type it anew"),
    ],
)
def test_what_is_no_warning_or_no_reason_is_refused(
    clerk: User, code: str, page: int, reason: str, sentence: str
) -> None:
    upload = bring(clerk)
    with pytest.raises(RefusedReason, match=sentence):
        pass_warning(upload=upload, code=code, page=page, reason=reason, by=clerk)
    assert not PassedWarning.objects.exists()


def test_bringing_takes_a_constant_number_of_queries(
    clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        bring(clerk, good.untagged(30))


def unfit(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[bool]:
    """Lets so many trials fail; fills with whether each had tags to hold."""
    tried: list[bool] = []

    def trial(*, title: str, part: Part, restriction: Restriction) -> bytes:
        tried.append(any(each.kind == "Table" for each in part.elements))
        if len(tried) <= times:
            raise UnfitPdf("The name a stands twice in the tag tree.")
        return b""

    monkeypatch.setattr("torbay_reports.publishing.uploads.services.trials.trial", trial)
    return tried


def test_a_file_that_fits_only_without_its_tags_is_kept_without_them_and_says_so(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = unfit(monkeypatch, times=1)
    upload = bring(clerk, good.tagged())
    assert tried == [True, False]
    assert not upload.is_tagged
    assert "tags-dropped" in {each.code for each in open_warnings(upload)}
    assert "Harbour 3" in " ".join(upload.texts)


@pytest.mark.parametrize(("data", "times"), [(good.tagged, 2), (good.untagged, 1)])
def test_a_file_that_fits_into_no_pack_is_refused_when_it_is_brought(
    clerk: User, monkeypatch: pytest.MonkeyPatch, data: Callable[[], bytes], times: int
) -> None:
    unfit(monkeypatch, times=times)
    with pytest.raises(RefusedPdf, match=r"cannot be joined with other papers\. Open it, print or save it as a new"):
        bring(clerk, data())
    assert not UploadedPdf.objects.exists()


def test_a_kept_file_is_shown_alone_as_it_will_stand_in_a_pack(clerk: User) -> None:
    texts = page_texts(trial_of(bring(clerk, restriction=Restriction.EXEMPT)))
    assert len(texts) == 3
    assert "This is page 1." in texts[1]
    assert "NOT FOR PUBLICATION: exempt" in texts[1]
    assert "NOT FOR PUBLICATION · Page E1" in texts[1]
