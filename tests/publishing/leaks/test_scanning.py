"""A folder that would give a paper away is caught before it is public, and one that would not is let through."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from tests.publishing import packs
from tests.publishing.bundles import kit
from tests.publishing.frozen.building import QUICK, built, with_document
from tests.publishing.frozen.inventing import documents
from tests.publishing.leaks import canaries
from tests.publishing.leaks.canaries import FIRM, HALF, LABEL, NAME, PUBLIC, SENTENCE, SUM
from torbay_reports.documents.blocks import BulletList, CallOut, Document, Paragraph, Table, plain, to_json
from torbay_reports.publishing.leaks.found import Found, Unreadable
from torbay_reports.publishing.leaks.index import Index
from torbay_reports.publishing.leaks.reading import read_file, read_folder
from torbay_reports.publishing.leaks.scanning import Hit, Leak, Scan, scan
from torbay_reports.publishing.leaks.secrets import Secret, secret_of
from torbay_reports.publishing.leaks.words import normalised


def nothing(phrase: str) -> bool:
    return False


def hits_in(text: str, secret: Secret | None = None, is_public: Callable[[str], bool] = nothing) -> list[Hit]:
    scanned = Scan([("a.html", Found("its text", normalised(text)))], is_public)
    return scanned.of([secret or canaries.secret()])


def kinds(text: str, secret: Secret | None = None) -> list[str]:
    return sorted({hit.kind for hit in hits_in(text, secret)})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as it is published, with nothing in it that should not be."""
    root = tmp_path_factory.mktemp("store")
    kit.whole_store(root)
    return root


def test_an_unrelated_exempt_paper_raises_no_alarm(store: Path) -> None:
    assert scan(store, [canaries.secret(), secret_of(label="x", key="x", document=packs.appendix())], nothing) == []


def test_the_demonstration_gives_away_no_unrelated_paper(checkout: Path) -> None:
    hits = scan(
        checkout / "fixtures", [canaries.secret(), secret_of(label="x", key="x", document=packs.appendix())], nothing
    )
    assert [(hit.file, hit.kind, hit.phrase) for hit in hits] == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("index.html", f"<title>{SENTENCE}</title>".encode()),
        ("papers/x/index.html", f"<p>{SENTENCE}".encode()),
        ("pack.pdf", canaries.with_title(SENTENCE)),
        ("papers/x/tables/t.csv", f"Words\r\n{SENTENCE}\r\n".encode()),
    ],
)
def test_a_leaking_file_of_a_store_is_caught(store: Path, name: str, data: bytes) -> None:
    leaking = store / "leaking" / name
    leaking.parent.mkdir(parents=True, exist_ok=True)
    leaking.write_bytes(data)
    try:
        hits = scan(store, [canaries.secret()], nothing)
    finally:
        leaking.unlink()
    assert {(hit.file, hit.kind) for hit in hits} == {(f"leaking/{name}", "sentence")}


def test_a_file_that_cannot_be_read_stops_the_scan(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(Unreadable):
        scan(tmp_path, [], nothing)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"He says: {SENTENCE}", ["sentence"]),
        (f"… {HALF} …", ["sentence"]),
        (f"… {' '.join(HALF.split()[:7])} …", []),
        ("Members asked several questions.", []),
        (f"{FIRM} withdrew.", ["name", "sentence"]),
        (f"Thanks to {NAME.upper()}!", ["name"]),
        ("Zephyr Quillfeathers", []),
        (f"A bid of {SUM} was made", ["sum"]),
        ("A bid of 1251377 was made", ["sum"]),
        ("A bid of 11251377 was made", []),
        ("works are priced at 48,250,000 by the surveyor", ["sentence", "sum"]),
        ("(£000s) Debt 1,846", ["sum"]),
        ("Debt 1,846", []),
        ("Debt £1,846,000", ["sum"]),
        ("Obsidian Ferries", ["name"]),
        ("Surrender of the boathouse lease", ["name"]),
        (PUBLIC, []),
    ],
)
def test_sentences_halves_names_and_sums_count(text: str, found: list[str]) -> None:
    assert kinds(text) == found


def test_what_is_public_already_is_no_leak() -> None:
    public = Index([Found("earlier", normalised(f"Earlier: {HALF} {NAME} {SUM}"))])
    assert hits_in(f"{HALF}; {NAME}; {SUM}", is_public=public.holds) == []
    assert [hit.phrase for hit in hits_in(SENTENCE, is_public=public.holds)] == [normalised(SENTENCE)]


def test_a_public_half_does_not_cover_for_the_other() -> None:
    other = "early in return for a premium of seven years rent"
    secret = secret_of(label="l", key="k", strings=[f"Offered to surrender the lease {other}."])
    public = Index([Found("earlier", normalised("offered to surrender the lease early in return for a premium"))])
    assert hits_in(f"offered to surrender the lease {other}", secret, public.holds)
    assert not hits_in("offered to surrender the lease early in return for a premium", secret, public.holds)


def test_only_what_was_found_is_asked_about_and_once() -> None:
    asked: list[str] = []

    def ask(phrase: str) -> bool:
        asked.append(phrase)
        return True

    assert hits_in(f"{NAME} and {NAME}. {PUBLIC}", is_public=ask) == []
    assert asked == ["zephyr quillfeather"]


def test_hits_come_in_the_order_of_files_and_papers_and_never_print_the_phrase() -> None:
    reading = [(file, Found("its text", normalised(NAME))) for file in ("b.html", "c.html")]
    first, second = (replace(canaries.secret(), label=f"item {number}") for number in (1, 2))
    hits = Scan(reading, nothing).of([second, first])
    assert [(hit.file, hit.label) for hit in hits] == [
        ("b.html", "item 1"),
        ("b.html", "item 2"),
        ("c.html", "item 1"),
        ("c.html", "item 2"),
    ]
    assert "uillfeather" not in repr(hits).casefold()
    assert hits[0].phrase == "zephyr quillfeather"


def test_progress_is_told_paper_by_paper() -> None:
    seen: list[tuple[int, int]] = []
    secrets = (canaries.secret() for _ in range(2))
    Scan([], nothing).of(secrets, total=2, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_the_message_names_file_page_and_paper_and_the_cure_but_not_the_words() -> None:
    message = str(
        Leak(Scan([("pack.pdf", Found("page 3", normalised(f"{NAME} {SENTENCE}")))], nothing).of([canaries.secret()]))
    )
    assert f"• pack.pdf, page 3: words of {LABEL}" in message
    assert f"• pack.pdf, page 3: a name of {LABEL}" in message
    assert "build the pack again" in message
    assert "tenant" not in message
    assert "uillfeather" not in message.casefold()


def test_the_message_shows_ten_places_and_counts_the_rest() -> None:
    reading = [("pack.pdf", Found(f"page {number}", normalised(NAME))) for number in range(12)]
    message = str(Leak(Scan(reading, nothing).of([canaries.secret()])))
    assert message.count("•") == 10
    assert "… and 2 more, 12 in all." in message


def test_a_files_name_that_gives_a_paper_away_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "zephyr-quillfeather.html").write_text(SENTENCE)
    hits = scan(tmp_path, [canaries.secret()], nothing)
    assert len(hits) == 2
    assert "uillfeather" not in repr(hits) + str(Leak(hits))
    assert "its name" in str(Leak(hits))


def _sentences(*texts: str) -> tuple[str, ...]:
    return secret_of(label="l", key="k", strings=texts).sentences


def _print(document: Document) -> Iterator[str]:
    """What a page of print says of it, text by text."""
    yield document.title
    for block in document.blocks:
        match block:
            case Paragraph() | CallOut():
                yield plain(block.content)
            case BulletList():
                yield from map(plain, block.items)
            case Table():
                yield block.caption
                yield from (cell.text for row in block.rows for cell in row.cells)
                yield from (" ".join(cell.text for cell in row.cells) for row in block.rows)


def _rows(document: Document) -> Iterator[str]:
    """What its tables' files of values say."""
    for table in document.tables():
        yield from (" ".join(cell.text for cell in row.cells) for row in table.rows)


def _only(sentence: str) -> Secret:
    return Secret("l", "k", (sentence,), (), ())


@settings(max_examples=10)
@given(documents(most_blocks=3))
def test_every_sentence_of_a_document_is_found_in_its_frozen_json(document: Document) -> None:
    data = to_json(document)
    scanned = Scan([("document.json", each) for each in read_file("document.json", data)], nothing)
    for sentence in secret_of(label="l", key="k", document=document).sentences:
        assert scanned.of([_only(sentence)])


@settings(max_examples=6, phases=QUICK)
@given(documents(most_blocks=4))
def test_every_sentence_of_a_paper_is_found_in_a_bundle_that_holds_it(document: Document) -> None:
    plan = with_document(document)
    with TemporaryDirectory() as folder:
        made = kit.put(Path(folder), plan, kit.first_facts(), rendered=built(plan))
        reading = list(read_folder(made.folder))
    for ending, tell in (("html", _print), ("pdf", _print), ("csv", _rows)):
        scanned = Scan([each for each in reading if each[0].endswith(ending)], nothing)
        for sentence in _sentences(*tell(document)):
            assert scanned.of([_only(sentence)]), ending
