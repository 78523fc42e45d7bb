"""Word files are made into PDFs by LibreOffice where it is installed; elsewhere their senders are told how to."""

import os
import tempfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings as SettingsWrapper

from tests.access.people.pages import refused, sentences
from tests.agenda.brought import address_of, make_paper
from tests.agenda.pdfs import written
from tests.agenda.test_tasks import rescue_and_work
from torbay_reports.access.models import User
from torbay_reports.agenda.forms import UploadForm
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads import converting, office
from torbay_reports.publishing.uploads.converting import HOW, NOT_INSTALLED, NOT_MADE
from torbay_reports.publishing.uploads.refusals import RefusedPdf
from torbay_reports.publishing.uploads.services import bring_pdf

WORD = "word/document.xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>The harbour wall needs repair.</w:t></w:r></w:p></w:body></w:document>"
)


def archive(**parts: str | bytes) -> bytes:
    """A packed document of these parts besides those that each Word file has."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("_rels/.rels", RELATIONS)
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def document(**parts: str | bytes) -> bytes:
    return archive(**{WORD: BODY, **parts})


@pytest.fixture
def soffice(tmp_path: Path, settings: SettingsWrapper) -> Callable[[str], None]:
    """Puts a script in LibreOffice's place, which is called with its arguments."""

    def put(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        settings.LIBREOFFICE = str(program)

    return put


@pytest.fixture
def makes_a_pdf(soffice: Callable[[str], None], tmp_path: Path) -> None:
    pdf = tmp_path / "made.pdf"
    pdf.write_bytes(written("Dear members"))
    soffice(f'[ "$PWD" = "$HOME" ] && [ -f "$HOME/paper.docx" ] && cp {pdf} "$HOME/out/paper.pdf"')


@pytest.mark.django_db
@pytest.mark.usefixtures("makes_a_pdf")
def test_a_word_file_becomes_a_cleaned_pdf(clerk: User) -> None:
    made = bring_pdf(name="report.docx", title="Report", data=document(), restriction=Restriction.OPEN, by=clerk)
    assert (made.name, made.texts) == ("report.docx", ["Dear members"])


def test_what_libreoffice_makes_nothing_of_is_refused(soffice: Callable[[str], None]) -> None:
    soffice("exit 1")
    with pytest.raises(RefusedPdf, match="LibreOffice made no PDF") as refusal:
        converting.as_pdf(document())
    assert str(refusal.value) == NOT_MADE


def test_one_that_takes_too_long_is_ended_with_all_that_it_started(
    soffice: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "WALL_SECONDS", 0.5)
    late = tmp_path / "late"
    soffice(f"(sleep 1; touch {late}) & sleep 60")
    with pytest.raises(RefusedPdf, match="takes too long"):
        converting.as_pdf(document())
    assert not late.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["a conversion", "a worker that looks after killed ones"])
def test_what_a_killed_worker_left_in_its_private_folder_goes(
    makes_a_pdf: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, newer = (Path(tempfile.mkdtemp(prefix="torbay-reports-document-")) for _ in range(2))
    others = tmp_path / "paper-of-somebody-else"
    others.mkdir()
    for folder in (left, others):
        (folder / office.BROUGHT).write_bytes(document())
        long_ago = folder.stat().st_mtime - 1000
        os.utime(folder, (long_ago, long_ago))
    if how == "a conversion":
        converting.as_pdf(document())
    else:
        rescue_and_work()
    assert (left.exists(), newer.exists(), others.exists()) == (False, True, True)
    assert {each.name for each in tmp_path.glob("torbay-reports-document-*")} == {newer.name}


@pytest.mark.usefixtures("makes_a_pdf")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (document(bomb=b"\0" * (8 * 1024 * 1024)), office.BOMB),
        (document(**{"word/vbaProject.bin": b"x"}), office.MACROS),
        (archive(**{"xl/workbook.xml": "<x/>"}), office.NO_TEXT),
        (document()[:200], office.BROKEN),
        (office.OLD_WORD + "EncryptedPackage".encode("utf-16-le"), office.LOCKED),
        (
            archive(
                mimetype="application/vnd.oasis.opendocument.text",
                **{"META-INF/manifest.xml": "<manifest:encryption-data/>"},
            ),
            office.LOCKED,
        ),
    ],
    ids=["bomb", "macros", "workbook", "broken", "locked", "locked-odt"],
)
def test_a_hostile_or_locked_document_never_reaches_libreoffice(data: bytes, sentence: str) -> None:
    with pytest.raises(RefusedPdf) as refusal:
        converting.as_pdf(data)
    assert str(refusal.value) == sentence


def test_a_pdf_is_no_document() -> None:
    assert not converting.is_document(written("Dear members"))
    assert converting.is_document(document())
    assert converting.is_document(b"{\\rtf1 Dear members}")


@pytest.mark.django_db
def test_without_libreoffice_the_form_says_how_to_save_a_tagged_pdf(browser: Client, settings: SettingsWrapper) -> None:
    settings.LIBREOFFICE = "no-such-program"
    address = f"{address_of(make_paper())}upload/"
    assert f"A Word file is not taken here. Save it as a tagged PDF. {HOW}" in sentences(browser, address)
    file = SimpleUploadedFile("report.docx", document())
    assert refused(browser, address, seen=0, restriction="open", file=file) == [NOT_INSTALLED]
    with pytest.raises(RefusedPdf, match="only PDFs are taken"):
        converting.as_pdf(document())


@pytest.mark.django_db
@pytest.mark.usefixtures("makes_a_pdf")
def test_with_libreoffice_the_form_takes_it_after_the_choice_of_readers(browser: Client) -> None:
    assert "is made into a tagged PDF first" in sentences(browser, f"{address_of(make_paper())}upload/")
    assert list(UploadForm().fields)[1:] == ["restriction", "file"]
    assert UploadForm()["restriction"].initial is None


@pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_itself_makes_a_tagged_pdf() -> None:
    assert b"/StructTreeRoot" in converting.as_pdf(document())
