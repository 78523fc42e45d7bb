"""Every address, file, log and table is read by everybody: each canary is found by who may read it, and by nobody else.

One class, because its world takes seconds. With `--soak` every address is asked for in every way by everybody.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest import mock

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, TestCase
from django.urls import reverse

from tests.access.cast import sign_in
from tests.canaries import letters, world
from tests.canaries.places import Logs, left_behind, mail_texts, row_texts
from tests.canaries.reading import Text, body_of, folder_texts, head_texts, texts_of
from tests.canaries.visitors import ANONYMOUS
from tests.canaries.walking import Address, Find, Visitor, addresses, everything, variants, visit
from tests.canaries.world import ADMITTED, CANARIES, COMMITTEE, OFFICERS, PAPERS, Planted, World
from tests.publishing.bundles.asking import ask, no_django
from tests.publishing.bundles.published import past_the_triggers
from torbay_reports.access.roles import Role
from torbay_reports.agenda import building
from torbay_reports.agenda.building import run_build
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.models import PackBuild, RestrictedPaper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.views import grounds as grounds_view
from torbay_reports.core.public_role import ROLE
from torbay_reports.publishing.bundles.serving import published
from torbay_reports.publishing.bundles.stores import locked_store, public_store, restricted_store
from torbay_reports.publishing.models import RestrictedPassedWarning
from torbay_reports.publishing.packplan import Edition

TEMPLATES_TRY: Final = "log of django.template, DEBUG"
"""What Django's templates say of a variable that they try in vain: the settings let through nothing below a warning."""
BY_THEMSELVES: Final = (
    "access_accessrecord",
    "agenda_packbuild",
    "cache",
    "procrastinate_jobs",
    "procrastinate_events",
)
"""Tables about what was asked and done, which say nothing of what any paper says."""
NOT_ON_PAGE: Final = frozenset({"row sentence"})
ON_PAGE: Final = frozenset(world.BUILT) - NOT_ON_PAGE
IN_PACK: Final = ON_PAGE - {"chart figure", "highlight"}
IN_TABLE: Final = ("title", "notice", "caption", "cell", "note")
LEFT: Final = "left behind"
ACCOUNTS, FAMILY = (next(each for each in PAPERS if each.name == name) for name in ("accounts", "family"))
SIGN_OUT: Final = Address("/sign-out/", method="POST")


class TestTheWalk(TestCase):
    """A world with canaries, and whoever comes by."""

    world: World
    built: list[Text]
    kept: Path
    is_soak: bool

    @classmethod
    def setUpTestData(cls) -> None:
        sent = len(mail.outbox) if hasattr(mail, "outbox") else 0
        with Logs() as logs:
            cls.world = world.build()
        cls.built = [*logs.texts(), *mail_texts(mail.outbox[sent:])]
        kept = TemporaryDirectory(prefix="torbay-reports-canaries-")
        cls.addClassCleanup(kept.cleanup)
        cls.kept = Path(kept.name) / "stores"
        world.keep_stores(cls.kept)

    @pytest.fixture(autouse=True)
    def _soaked(self, soak: bool) -> None:
        self.is_soak = soak

    def setUp(self) -> None:
        world.put_back_stores(self.kept)

    def test_everybody_is_shown_what_they_may_read_and_nothing_else(self) -> None:
        found = addresses(self.world.arguments())
        searches = [planted.of("title").marks[0] for planted in PAPERS[2:5]]
        people = self.world.people
        sampled = [sample_of(number, each, found, searches) for number, each in enumerate(people)]
        wanted = everything(found, searches) if self.is_soak else sampled.__getitem__
        result = visit(people, wanted, CANARIES)
        # A mailed link to a new password signs out whom it is not for, where a script asks for it.
        ends = [SIGN_OUT, *(each for each in found if each.path.startswith("/password/new/"))]
        signed_out = {f"{each.name}: {end}: was asked for by AnonymousUser" for each in people for end in ends}
        assert not set(result.faults) - signed_out
        finds = [each for each in result.finds if each.place != TEMPLATES_TRY]
        assert not sorted(str(each) for each in finds if not may_find(each))
        asked = {(each.name, str(address)) for number, each in enumerate(people) for address in wanted(number)}
        due = {each for each in self.due() if each[:2] in asked}
        assert {visitor for visitor, _, _ in due} == {each.name for each in people}
        missing = due - {(each.visitor, each.address, each.canary) for each in finds}
        assert not sorted(missing)

    def due(self) -> Iterator[tuple[str, str, str]]:
        """What somebody has to find: visitor, address and canary. So the walk does not pass because it sees nothing."""
        for visitor in self.world.people:
            for planted in PAPERS:
                for address, places in belongs(planted):
                    allowed = [place for place in places if planted.may_read(visitor.name, place)]
                    if reaches(visitor.name, planted, address):
                        yield from ((visitor.name, str(address), f"{planted.name}: {place}") for place in allowed)
            for address, places in self.world.letter.belongs(visitor.name):
                yield from ((visitor.name, str(address), f"{letters.NAME}: {place}") for place in places)

    def test_public_files_say_nothing_else_and_are_served_alone(self) -> None:
        folder, served = public_store().folder, published(no_django, public_store().folder)
        assert folder is not None
        found = keys_in(folder_texts(folder))
        assert papers_of(found) == {"plan"}
        assert {f"plan: {place}" for place in ON_PAGE} <= found
        paths = files_of(folder)
        assert {"index.html", "feed.xml"} <= set(paths)
        for path in paths:
            answer = ask(served, f"/published/{path}")
            assert (answer.status, answer.body) == (200, (folder / path).read_bytes())
            assert papers_of(keys_in(texts_of(json.dumps(answer.headers).encode(), path))) <= {"plan"}
        for other in (restricted_store().folder, locked_store().folder):
            assert other is not None
            for path in files_of(other):
                for way in (path, f"../restricted/{path}", f"../locked/{path}", f"..%2flocked%2f{path}"):
                    answer = ask(served, f"/published/{way}")
                    assert papers_of(keys_in(texts_of(answer.body, way))) <= {"plan"}

    def test_what_is_not_for_the_public_stands_in_the_other_stores(self) -> None:
        restricted, locked = restricted_store().folder, locked_store().folder
        assert restricted is not None and locked is not None  # noqa: PT018
        kept, taken = keys_in(folder_texts(restricted)), keys_in(folder_texts(locked))
        assert papers_of(kept) == {planted.name for planted in PAPERS if not planted.is_withdrawn}
        assert {"gone: paragraph", "gone: title", "taken: text", "taken: title"} <= taken

    def test_the_public_role_reads_nothing_of_what_is_held_back(self) -> None:
        found = keys_in(row_texts(role=ROLE))
        assert papers_of(found) == {"plan", "gone"}
        assert {"plan: paragraph", "gone: paragraph"} <= found

    def test_whoever_may_read_everything_finds_everything_in_the_tables(self) -> None:
        held_back = [each for each in PAPERS if each.restriction is not world.OPEN]
        found = keys_in(row_texts())
        assert {f"{each.name}: {place}" for each in held_back for place in each.places} <= found

    def test_building_publishing_and_withdrawing_leave_nothing_behind(self) -> None:
        assert not keys_in(each for each in self.built if each.place != TEMPLATES_TRY)
        assert not keys_in((*left_behind(), *row_texts(BY_THEMSELVES)))

    def test_after_the_record_everybody_reads_the_letter_and_its_paper_in_the_next_version(self) -> None:
        self.world.letter.record()
        places = {f"{letters.NAME}: {place}" for place in letters.IN_PAPER}
        assert papers_of(keys_in(folder_texts(self.public()))) == {"plan"}
        own = keys_in(self.page(self.world.letter.letter.get_absolute_url()))
        assert own >= (places - {f"{letters.NAME}: stamp", f"{letters.NAME}: notice"}) | {f"{letters.NAME}: address"}
        publish_pack(
            instalment=self.world.instalment,
            edition=Edition.PUBLIC,
            by=self.world.cast[Role.CLERK],
            why="Ofsted has published it.",
        )
        found = keys_in(folder_texts(self.public()))
        assert found >= places
        assert papers_of(found) == {"plan", letters.NAME}
        planted = next(each for each in PAPERS if each.name == letters.NAME)
        assert keys_in(self.page(reverse("agenda:paper", kwargs=planted.there))) >= places

    def public(self) -> Path:
        folder = public_store().folder
        assert folder is not None
        return folder

    def page(self, address: str) -> list[Text]:
        """What anybody is shown there."""
        response = Client().get(address)
        assert response.status_code == 200
        return list(texts_of(body_of(response), "page"))

    def test_a_damaged_paper_is_not_shown_and_not_told_of(self) -> None:
        table = "publishing_restrictedpublication"
        change(table, f"UPDATE {table} SET document_json = document_json || ' '")
        response, said = self.asked(Role.MEMBER, reverse("agenda:paper", kwargs=ACCOUNTS.there))
        assert response.status_code == 503
        assert "checksum differs" in said
        assert not keys_in([*head_texts(response), *texts_of(body_of(response), "page")])
        assert not keys_in([Text("log", said.encode())])

    def test_a_restricted_edition_that_fails_says_nothing_of_its_papers(self) -> None:
        RestrictedPassedWarning.objects.all().delete()
        build, said = self.failed(Edition.RESTRICTED)
        assert "2 warnings" in build.message
        assert not keys_in([Text("message", build.message.encode()), Text("log", said.encode())])
        given = {"edition": "restricted", "output": self.kept.parent / "pack.pdf"}
        with pytest.raises(CommandError, match="2 warnings") as error:
            call_command("build_pack", world.BOARD, str(world.HELD_ON), **given)
        assert not keys_in([Text("console", str(error.value).encode())])

    def test_a_damaged_file_of_a_restricted_edition_is_not_told_of(self) -> None:
        table = "publishing_restrictedpdf"
        change(table, f"UPDATE {table} SET part = part || '\\x00'::bytea")
        build, said = self.failed(Edition.RESTRICTED)
        assert "checksum differs" in build.message
        assert not keys_in([Text("message", build.message.encode()), Text("log", said.encode())])

    def test_a_row_that_the_database_refuses_is_not_written_into_the_log(self) -> None:
        """PostgreSQL tells the whole row, and Django logs what it tells."""
        with mock.patch.object(grounds_view, "take", self.refused):
            response, said = self.asked(Role.CLERK, reverse("agenda:paper-grounds", kwargs=ACCOUNTS.there))
        assert "IntegrityError" in said
        assert response.status_code == 500
        assert not keys_in([*texts_of(body_of(response), "page"), Text("log", said.encode())])

    def test_nor_by_a_worker(self) -> None:
        with mock.patch.object(building, "publish_pack", self.refused):
            build, said = self.failed(Edition.RESTRICTED)
        assert "IntegrityError" in said
        assert not keys_in([Text("message", build.message.encode()), Text("log", said.encode())])

    def refused(self, *given: object, **named: object) -> None:
        """A write that the database refuses."""
        with transaction.atomic():
            RestrictedPaper.objects.filter(paper=self.world.papers[ACCOUNTS.name]).update(title="")

    def asked(self, role: Role, address: str) -> tuple[HttpResponseBase, str]:
        """One answer, and what the console says meanwhile."""
        client = Client(raise_request_exception=False)
        sign_in(client, self.world.cast[role])
        with console() as said:
            response = client.get(address)
        return response, said.getvalue()

    def failed(self, edition: Edition) -> tuple[PackBuild, str]:
        """A build that publishes and fails, and what the console says meanwhile."""
        build = ask_for_build(instalment=self.world.instalment, edition=edition, by=None, publishes=True, why="Again.")
        with console() as said:
            run_build(build=build.pk)
        build.refresh_from_db()
        assert build.state == "failed"
        return build, said.getvalue()


def belongs(planted: Planted) -> Iterator[tuple[Address, Sequence[str]]]:
    """Where each place of the paper is shown to those who may read that place."""
    if planted.name == letters.NAME:
        yield at("meeting", world.MEETING), ["title"]
        yield at("paper", planted.there), ["title", *letters.IN_PAPER]
        yield at("restricted-pack-pdf", world.MEETING), ["title", *letters.IN_PAPER]
        yield at("paper-grounds", planted.there), ["title"]
        return
    pack = "pack-pdf" if planted.restriction is world.OPEN else "restricted-pack-pdf"
    if not planted.is_withdrawn:
        yield at(pack, world.MEETING), [place for place in planted.places if place in IN_PACK or not planted.is_built]
    if planted.is_there and not planted.is_withdrawn:
        yield at("meeting", world.MEETING), ["title"]
        yield at("paper", planted.there), [place for place in planted.places if place not in NOT_ON_PAGE]
    if planted.is_built and not planted.is_withdrawn:
        yield at("paper-table", {**planted.there, "table": "table"}), IN_TABLE
    if planted.restriction is not world.OPEN:
        yield at("paper-grounds", planted.there), ["title", "reason"]
        yield at("paper-upload", planted.there), ["title"]
    if planted.places == world.BROUGHT and not planted.is_withdrawn:
        yield at("build", world.MEETING), ["title", "file name", "warning"]
    if planted is FAMILY:
        yield at("paper-readers", planted.there), ["admission", "clearing", "review", "words that may be public"]


def at(name: str, there: Mapping[str, object]) -> Address:
    return Address(reverse(f"agenda:{name}", kwargs=dict(there)))


def reaches(visitor: str, planted: Planted, address: Address) -> bool:
    """Whether who may read the paper gets to that address at all."""
    if address.path.endswith(("/grounds/", "/readers/")):
        return visitor in OFFICERS
    if address.path.endswith("/upload/"):
        return visitor == Role.CLERK and not planted.is_built and planted.name != "awaited"
    if address.path.endswith("/build/"):
        return visitor == Role.CLERK
    return not address.path.endswith("restricted-pack.pdf") or visitor in COMMITTEE


def may_find(find: Find) -> bool:
    """Whether somebody may be shown that; nothing of any paper may be left behind in rows, mails and logs."""
    name, _, place = find.canary.partition(": ")
    planted = next((each for each in PAPERS if each.name == name), None)
    if planted is not None and planted.name == letters.NAME:
        path = find.address.partition(" ")[2]
        return find.address != LEFT and letters.may_find(find.visitor, path, place, planted.readers)
    return planted is not None and find.address != LEFT and planted.may_read(find.visitor, place)


def sample_of(number: int, visitor: Visitor, found: Sequence[Address], searches: Sequence[str]) -> list[Address]:
    """All addresses of the planted meeting and letter for the public and for whoever may read more, a third of them in
    turns and its packs for each other one; a third of the other addresses; each third of all these in one more way."""
    planted = [each for each in found if is_planted(each)]
    others = [each for each in found if not is_planted(each)]
    packs = {at(name, world.MEETING) for name in ("pack-pdf", "restricted-pack-pdf")}
    chosen = [
        each
        for place, each in enumerate(planted)
        if goes_to(visitor, each) or each in packs or (place + number) % 3 == 0
    ]
    chosen += [each for place, each in enumerate(others) if (place + number) % 3 == 0]
    more: list[Address] = []
    for place, address in enumerate(chosen):
        ways = variants(address, searches[place % len(searches) :][:1])
        if place % 3 == 0 and ways:
            more.append(ways[(place // 3 + number) % len(ways)])
    return [*chosen, *more]


def is_planted(address: Address) -> bool:
    """Whether it is about the planted meeting or the planted letter."""
    return str(world.HELD_ON) in address.path or is_about_letter(address)


def is_about_letter(address: Address) -> bool:
    """Whether it is the planted letter's, or is of all letters of its inspection."""
    _, is_there, visit = address.path.partition("/visits/")
    return f"/{letters.INSPECTION}/" in address.path and (not is_there or visit.startswith(letters.VISIT))


def goes_to(visitor: Visitor, address: Address) -> bool:
    """Whether the visitor goes to every address of that kind."""
    readers = letters.READERS | {Role.CLERK} if is_about_letter(address) else world.COUNCILLORS | {ADMITTED}
    return visitor.name in readers | {ANONYMOUS}


def keys_in(texts: Iterable[Text]) -> set[str]:
    """Where all was planted that stands in the texts."""
    return {CANARIES.key_of(mark) for text in texts for mark in CANARIES.marks_in(text.data)}


def papers_of(keys: Iterable[str]) -> set[str]:
    return {key.partition(": ")[0] for key in keys}


def files_of(folder: Path) -> list[str]:
    """Every file that can be asked for: those whose names begin with a dot are the store's own."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in paths if not path.name.startswith("."))


def change(table: str, statement: str) -> None:
    """Change what never changes, as somebody does who owns the database."""
    with past_the_triggers(table), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def console() -> Iterator[StringIO]:
    """What production writes to its console meanwhile: with the handlers, filters and levels of the settings."""
    said = StringIO()
    loggers = [logging.root, logging.getLogger("django")]
    [handler] = {each for logger in loggers for each in logger.handlers if each.name == "console"}
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(said)
    try:
        yield said
    finally:
        handler.setStream(before)
