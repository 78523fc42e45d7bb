"""What is published stays as it was published, whatever becomes of the program: templates, style, blocks, tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import CharField
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import Client
from msgspec.json import Decoder

from tests.access.cast import person_with
from tests.agenda.jobs import make_instalment
from tests.publishing.bundles.asking import ask, no_django
from tests.publishing.bundles.published import fees, published, put_under, verified
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Paper
from torbay_reports.documents import blocks, html
from torbay_reports.documents.blocks import Document, Heading, Paragraph, Table, from_json
from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles import assets, pointing, serving
from torbay_reports.publishing.bundles.reading import bytes_of
from torbay_reports.publishing.bundles.stores import public_store
from torbay_reports.publishing.models import AnyBundle, Bundle, Publication
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

MARK: Final = "<!-- another version of the program -->"
CHANGED_TEMPLATES: Final = ("publishing", "documents/print")


class NewerParagraph(Paragraph, frozen=True, tag="paragraph"):
    """A paragraph with a field that it did not have."""

    audience: str = "everybody"


class NewerDocument(Document, frozen=True, tag="document"):
    """A Document with another kind of paragraph and other defaults."""

    blocks: tuple[Heading | NewerParagraph | Table, ...]
    language: str = "cy"
    notice: str = "A notice that nobody wrote."
    audience: str = "everybody"


@pytest.fixture
def first() -> AnyBundle:
    """A pack as this version of the program publishes it."""
    clerk, instalment = person_with(Role.CLERK), make_instalment()
    put_under(Paper.objects.get(instalment=instalment), fees(), clerk)
    return published(instalment, clerk)


@pytest.fixture
def newer_templates(first: AnyBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every template of bundles and of print says more than it did, and the print style is another one."""
    for folder in CHANGED_TEMPLATES:
        shutil.copytree(settings.BASE_DIR / "templates" / folder, tmp_path / "templates" / folder)
    for path in (tmp_path / "templates").rglob("*.html"):
        path.write_text(f"{path.read_text()}{MARK}")
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    monkeypatch.setattr(backend.engine, "dirs", [tmp_path / "templates", *backend.engine.dirs])
    for loader in backend.engine.template_loaders:
        loader.reset()
    # By this the program knows that a built pack is older than its print templates and style.
    monkeypatch.setattr(checksums, "setting", lambda: "another")
    yield
    for loader in backend.engine.template_loaders:
        loader.reset()


@pytest.fixture
def newer_style(first: AnyBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The style sheet of published pages is another one."""
    shutil.copytree(settings.STATIC_ROOT, tmp_path / "static")
    with (tmp_path / "static" / assets.SHEET).open("a") as sheet:
        sheet.write("p { color: purple }")
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "static")
    _forget_style()
    yield
    _forget_style()


@pytest.fixture
def newer_blocks(first: AnyBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read and shown by the newer kinds of blocks."""
    monkeypatch.setattr(blocks, "_decoder", Decoder(NewerDocument))
    monkeypatch.setitem(html._TEMPLATES, NewerParagraph, html._TEMPLATES[Paragraph])


@pytest.fixture
def newer_table(first: AnyBundle) -> Iterator[None]:
    """The table of bundles has one column more, filled with a default, as a migration would."""
    field: CharField[str, str] = CharField(max_length=20, default="everybody")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE publishing_bundle ADD COLUMN audience varchar(20) NOT NULL DEFAULT 'everybody'")
    field.contribute_to_class(Bundle, "audience")
    yield
    Bundle._meta.local_fields.remove(field)
    Bundle._meta._expire_cache()  # type: ignore[attr-defined]
    del Bundle.audience  # type: ignore[attr-defined]


def _forget_style() -> None:
    assets._files.cache_clear()
    assets.digest.cache_clear()


def served() -> dict[str, bytes]:
    """All files of the public store, as readers get them from the program."""
    application = serving.published(no_django, public_store().folder)
    answers = {path: ask(application, f"/published/{path}") for path in public_store().paths()}
    assert {each.status for each in answers.values()} == {200}
    return {path: each.body for path, each in answers.items()}


@pytest.fixture
def before(first: AnyBundle) -> dict[str, bytes]:
    """What readers got before the program changed."""
    return served()


def test_another_program_serves_and_verifies_what_this_one_has_published(
    first: AnyBundle,
    before: dict[str, bytes],
    newer_templates: None,
    newer_style: None,
    newer_blocks: None,
    newer_table: None,
    client: Client,
) -> None:
    again = Bundle.objects.get(pk=first.pk)
    assert served() == before
    assert {each["path"]: bytes_of(again, each["path"]) for each in again.files} == {
        path.removeprefix(f"packs/{first.key}/1/"): data
        for path, data in before.items()
        if path.startswith(f"packs/{first.key}/1/")
    }
    assert verified().differences == []
    meeting = Paper.objects.get().item.meeting.get_absolute_url()
    assert f'href="{meeting}items/5/harbours/"' in client.get(f"{meeting}pack/").content.decode()
    shown = client.get(f"{meeting}items/5/harbours/").content.decode()
    assert "It goes for £12 a day." in shown
    assert "A notice that nobody wrote." not in shown


def test_what_changes_is_in_use(
    first: AnyBundle,
    before: dict[str, bytes],
    newer_templates: None,
    newer_style: None,
    newer_blocks: None,
    newer_table: None,
) -> None:
    stored = before[f"packs/{first.key}/1/papers/item-5-harbours/document.json"]
    document = from_json(stored)
    assert isinstance(document, NewerDocument)
    assert (document.language, document.notice, document.audience) == ("en-GB", "", "everybody")
    assert any(isinstance(each, NewerParagraph) for each in document.blocks)
    assert vars(Bundle.objects.get(pk=first.pk))["audience"] == "everybody"
    now = pointing.pages(Edition.PUBLIC)["index.html"]
    assert MARK in now.decode()
    assert assets.digest() in now.decode()
    assert assets.digest() not in before["index.html"].decode()


def test_a_correction_by_another_program_leaves_the_first_version_as_it_is(
    first: AnyBundle, before: dict[str, bytes], newer_templates: None, newer_style: None
) -> None:
    paper = Paper.objects.get()
    put_under(paper, fees("It goes for £13 a day."), Publication.objects.get().frozen_by)
    second = published(paper.instalment, Publication.objects.all()[0].frozen_by, why="The fee was wrong.")
    after = served()
    pages = {"index.html", "feed.xml", f"packs/{first.key}/index.html"}
    assert {path: after[path] for path in before if path not in pages} == {
        path: data for path, data in before.items() if path not in pages
    }
    assert MARK in after[f"packs/{second.key}/2/index.html"].decode()
    assert verified().differences == []
