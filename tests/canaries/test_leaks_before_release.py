"""What would leak is stopped before anything of it is public: by a template, a PDF's title, a brought file, a CSV."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import weasyprint
from django.conf import settings

from tests.access.cast import person, person_with
from tests.canaries import letters, world
from tests.canaries.places import Logs, left_behind, row_texts
from tests.canaries.reading import Text, folder_texts
from tests.canaries.world import CANARIES, PAPERS
from tests.environment import STORES
from tests.ofsted.builders import a_letter
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import composition, publishing, services
from torbay_reports.agenda.building import run_build
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import Committee, Instalment, JobState, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.uploading import pass_warning
from torbay_reports.documents import tables as exporting
from torbay_reports.documents.blocks import Table
from torbay_reports.publishing.bundles import tables
from torbay_reports.publishing.joining import metadata
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.models import Bundle
from torbay_reports.publishing.packplan import Edition, PackPlan, Restriction
from torbay_reports.publishing.uploads.findings import open_warnings
from torbay_reports.publishing.uploads.services import bring_pdf

pytestmark = pytest.mark.django_db

OPEN, SECRET = (next(each for each in PAPERS if each.name == name) for name in ("plan", "accounts"))
LABEL: Final = "the exempt paper under item 3"
PACK_FOOT: Final = '<p class="govuk-body">The <a class="govuk-link" href="manifest.json">'
TEMPLATES: Final = Path(settings.BASE_DIR) / "templates"


@pytest.fixture
def clerk() -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def instalment(clerk: User) -> Instalment:
    """Of a meeting with an open and an exempt paper."""
    made = world.make_instalment(Committee.objects.create(slug=world.BOARD, name="Overview and Scrutiny Board"))
    nobody = person("Nobody In Particular")
    for planted in (OPEN, SECRET):
        world.plant(planted, made, {Role.CLERK: clerk}, nobody)
    return made


@pytest.fixture
def leaking(tmp_path: Path, settings: Any) -> Callable[[str, str], None]:
    """Has a template say something more at the place of the words that are given."""

    def leak(name: str, before: str) -> None:
        changed = tmp_path / name
        changed.parent.mkdir(parents=True)
        source = (TEMPLATES / name).read_text(encoding="utf-8")
        assert source.count(before) == 1
        changed.write_text(
            source.replace(before, f"<p>{SECRET.of('paragraph').sentence}</p>{before}"), encoding="utf-8"
        )
        own = deepcopy(settings.TEMPLATES)
        own[0]["DIRS"] = [tmp_path, *own[0]["DIRS"]]
        settings.TEMPLATES = own

    return leak


def refused(instalment: Instalment, clerk: User, error: type[Exception] = NotReadyToPublish) -> str:
    """Tries to publish the public edition; why that is refused, after a look at what was left behind."""
    with Logs() as logs, pytest.raises(error) as refusal:
        publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=clerk)
    assert not Bundle.objects.exists()
    assert not [path for path in Path(STORES).rglob("*") if path.is_file() and "packs" in path.parts]
    said = Text("message", str(refusal.value).encode())
    left = [each for each in logs.texts() if not each.place.startswith("log of django.template")]
    assert not secrets_in([said, *left, *left_behind(), *folder_texts(Path(STORES))])
    return str(refusal.value)


def secrets_in(texts: list[Text]) -> set[str]:
    found = {CANARIES.key_of(mark) for each in texts for mark in CANARIES.marks_in(each.data)}
    return {key for key in found if key.startswith((SECRET.name, letters.NAME))}


def test_a_pack_that_leaks_nothing_is_published(instalment: Instalment, clerk: User) -> None:
    bundle = publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=clerk)
    assert bundle.written_at
    assert not secrets_in(list(folder_texts(Path(STORES) / "public")))


@pytest.mark.parametrize(
    ("template", "before", "file"),
    [
        ("publishing/bundle/pack.html", PACK_FOOT, "index.html"),
        ("documents/screen/call_out.html", '<p class="govuk-inset-text"', "papers/item-1-plan/index.html"),
    ],
)
def test_a_template_that_tells_of_an_exempt_paper_is_caught(
    template: str, before: str, file: str, instalment: Instalment, clerk: User, leaking: Callable[[str, str], None]
) -> None:
    leaking(template, before)
    said = refused(instalment, clerk)
    assert f"{file}, " in said
    assert f"words of {LABEL}" in said


def test_a_table_taken_away_with_a_row_too_much_is_caught(
    instalment: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exporting.exported

    def exported(table: Table, kind: str) -> bytes:
        return real(table, kind) + f'{SECRET.of("cell").title},"{SECRET.of("cell").sum}"\r\n'.encode()

    monkeypatch.setattr(tables, "exported", exported)
    said = refused(instalment, clerk)
    assert "papers/item-1-plan/tables/table.csv, " in said
    assert f"a sum of {LABEL}" in said


@pytest.mark.parametrize("place", ["title", "paragraph"])
def test_a_pdf_that_names_an_exempt_paper_as_its_author_is_caught(
    place: str, instalment: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = metadata.write_info

    def write_info(writer: Writer, plan: PackPlan) -> int:
        canary = SECRET.of(place)
        return real(writer, replace(plan, council=canary.title if place == "title" else canary.sentence))

    monkeypatch.setattr(metadata, "write_info", write_info)
    said = refused(instalment, clerk)
    assert "pack.pdf, " in said
    assert LABEL in said


def test_a_pack_with_the_title_of_an_exempt_paper_is_caught(
    instalment: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As everybody says it who writes the title, so that the pack's own checks find nothing wrong."""
    real = composition.compose

    def compose(*given: Any, **named: Any) -> PackPlan:
        return replace(real(*given, **named), title=SECRET.of("title").title)

    monkeypatch.setattr(services, "compose", compose)
    monkeypatch.setattr(publishing, "compose", compose)
    said = refused(instalment, clerk)
    assert "pack.pdf, " in said
    assert LABEL in said


def test_a_brought_file_with_a_black_box_over_live_text_is_caught(instalment: Instalment, clerk: User) -> None:
    """Its warning is passed in good faith: that is how two councils published what was exempt."""
    box = '<div style="background:black;color:black">{}</div>'.format(SECRET.of("fact").sentence)
    codes = bring(f"<p>Dear members</p>{box}", clerk)
    assert "hidden-text" in codes
    said = refused(instalment, clerk)
    assert "pack.pdf, page " in said
    assert f"words of {LABEL}" in said


def test_a_brought_file_that_quotes_a_letter_that_is_held_back_is_caught(instalment: Instalment, clerk: User) -> None:
    quoted = CANARIES.of(letters.NAME, "finding").sentence
    a_letter(findings=(quoted,))
    bring(f"<p>Dear members</p><p>The inspectors write: {quoted}</p>", clerk)
    said = refused(instalment, clerk)
    assert "pack.pdf, page " in said
    assert "words of the held-back letter of the visit of July 2017" in said


def bring(body: str, clerk: User) -> set[str]:
    """Brings a PDF that says this for the open paper, and passes the warnings about it; their codes."""
    paper = Paper.objects.get(slug=OPEN.name)
    html = f'<html lang="en-GB"><title>Minutes</title><style>@page {{size: A4}}</style>{body}'
    data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    brought = bring_pdf(name="minutes.pdf", title="Minutes", data=data, restriction=Restriction.OPEN, by=clerk)
    Paper.objects.filter(pk=paper.pk).update(publication=None, source="", subject="", upload=brought.pk)
    warnings = open_warnings(brought)
    for each in warnings:
        reason = "It was blacked out by the author."
        pass_warning(paper=paper, upload=brought.pk, code=each.code, page=each.page, reason=reason, by=clerk)
    return {each.code for each in warnings}


def test_a_worker_tells_the_clerk_file_page_and_paper_and_no_word_of_it(
    instalment: Instalment, clerk: User, leaking: Callable[[str, str], None]
) -> None:
    leaking("publishing/bundle/pack.html", PACK_FOOT)
    build = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=clerk, publishes=True)
    with Logs() as logs:
        run_build(build=build.pk)
    build.refresh_from_db()
    assert build.state == JobState.FAILED
    assert "index.html, " in build.message
    assert LABEL in build.message
    left = [each for each in logs.texts() if not each.place.startswith("log of django.template")]
    assert not secrets_in([*left, *left_behind(), *row_texts(["agenda_packbuild"])])
    assert not Bundle.objects.exists()
