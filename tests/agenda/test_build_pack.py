"""`build_pack` writes a whole file or none, and says in one line what is wrong."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.agenda.conftest import Supplement
from tests.past_the_triggers import past_the_triggers
from torbay_reports.agenda.build_progress import PHASES, BuildProgress
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.management.commands import build_pack as command
from torbay_reports.agenda.models import Committee, Meeting, Paper
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

BOARD, DAY = "overview-and-scrutiny-board", "2017-09-06"


def build(output: Path, committee: str = BOARD, day: str = DAY, edition: str = "public") -> str:
    said = StringIO()
    call_command("build_pack", committee, day, edition=edition, output=output, stdout=said)
    return said.getvalue()


def test_it_writes_the_stored_pack_and_says_how_long_it_is(supplement: Supplement, tmp_path: Path) -> None:
    said = build(tmp_path / "pack.pdf")
    assert (tmp_path / "pack.pdf").read_bytes() == bytes(supplement.pack.pdf)
    assert f"{len(supplement.pack.pages['labels'])} pages" in said
    assert [each.name for each in tmp_path.iterdir()] == ["pack.pdf"]


def test_the_phases_are_shown_beside_what_it_says(
    supplement: Supplement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def built(*, edition: Edition, progress: BuildProgress, **asked: object) -> StoredPack:
        for phase in PHASES:
            progress(phase, 0, 1)
        return supplement.pack

    monkeypatch.setattr(command, "build_pack", built)
    build(tmp_path / "pack.pdf")
    assert capsys.readouterr().err.splitlines() == [f"{words} of the public edition …" for words in PHASES.values()]


@pytest.mark.parametrize("error", [PackFault("Page 3 has no text."), NotReadyToPublish("A warning is open.")])
@pytest.mark.usefixtures("supplement")
def test_what_stands_against_the_pack_is_said_in_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(**asked: object) -> StoredPack:
        raise error

    monkeypatch.setattr(command, "build_pack", refused)
    with pytest.raises(CommandError, match=str(error)):
        build(tmp_path / "pack.pdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("committee", "day", "edition", "sentence"),
    [
        (
            "planning",
            DAY,
            "public",
            "There is no committee 'planning'. Committees are: council, overview-and-scrutiny-",
        ),
        (BOARD, "2017-09-07", "public", "has no meeting on 2017-09-07. Its meetings are: 2017-09-06."),
        (BOARD, "6 September", "public", "'6 September' is no date. Write it like 2017-09-06."),
        (BOARD, "2017-02-30", "public", "'2017-02-30' is no date."),
        (BOARD, "2017-W36-3", "public", "'2017-W36-3' is no date."),
        ("\udcff", DAY, "public", "There is no committee '\\udcff': its short name is not readable text."),
        (BOARD, DAY, "secret", "There is no edition 'secret'. Choose public or restricted."),
        ("council", "2017-09-20", "public", "Nothing has gone out yet for the Council, 20 September 2017"),
    ],
)
@pytest.mark.usefixtures("supplement")
def test_what_is_unknown_is_said_in_one_line(
    tmp_path: Path, committee: str, day: str, edition: str, sentence: str
) -> None:
    Meeting.objects.create(committee=Committee.objects.get(slug="council"), held_on=date(2017, 9, 20))
    with pytest.raises(CommandError) as refused:
        build(tmp_path / "pack.pdf", committee, day, edition)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("supplement")
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        build(tmp_path / "missing" / "pack.pdf")
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(CommandError, match="is no file that can be replaced"):
        build(tmp_path / "folder.pdf")


def test_a_publication_that_was_altered_stops_the_build(supplement: Supplement, tmp_path: Path) -> None:
    publication = Paper.objects.get(pk=supplement.paper.pk).publication
    assert publication is not None
    altered = publication.document_json.replace("1,377", "1,378")
    with past_the_triggers():
        type(publication)._base_manager.filter(pk=publication.pk).update(document_json=altered)
    with pytest.raises(CommandError, match="its checksum differs"):
        build(tmp_path / "pack.pdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("supplement")
def test_an_earlier_instalment_is_built_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "agenda.pdf"
    call_command("build_pack", BOARD, DAY, "--instalment", "agenda", "--output", str(path), stdout=StringIO())
    assert path.read_bytes().startswith(b"%PDF")
    with pytest.raises(CommandError, match=r"has no instalment 'supplement-9'. It has: agenda, supplement-1\."):
        call_command("build_pack", BOARD, DAY, "--instalment", "supplement-9", "--output", str(path))
