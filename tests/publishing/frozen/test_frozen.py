"""The tags of a whole pack say what the frozen Documents say: each thing once, in order, under the right headers."""

from io import BytesIO

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings

from tests.publishing import packs
from tests.publishing.frozen import expecting, inventing
from tests.publishing.frozen.building import QUICK, built, with_document
from tests.publishing.frozen.comparing import differences
from tests.publishing.frozen.reading import counted, read_pack
from torbay_reports.documents.blocks import Column, Document, Facts, Heading, Paragraph, Table, words
from torbay_reports.publishing.packplan import PackPlan, RenderedPack

# A pack takes a second to set: a fifth of what other tests of this kind try.
EXAMPLES = max(settings().max_examples // 5, 1)


@pytest.mark.parametrize("name", ["public", "restricted"])
def test_the_pack_says_what_its_documents_say(name: str, request: pytest.FixtureRequest) -> None:
    plan = packs.plan() if name == "public" else packs.restricted_plan()
    pack: RenderedPack = request.getfixturevalue(f"{name}_pack")
    assert differences(pack.pdf, plan, pack.pages) == []


def test_what_is_compared_is_the_whole_pack(public_pack: RenderedPack) -> None:
    plan = packs.plan()
    expected = expecting.paper(expecting.placed(plan)[0], packs.report(), plan)
    found = read_pack(public_pack.pdf).papers[1]
    assert counted(found.things) == counted(expected.things)
    assert counted(found.things)["TR"] > 45
    assert counted(found.things)["cells"] > 150


@pytest.mark.parametrize("width", [0, 3])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_row_taller_than_a_page_is_one_row_under_its_heads(place: int, width: int) -> None:
    long = " ".join(f"word{number}" for number in range(900))
    rows = tuple(packs.row(f"r{n}", f"{n}", long if n == place else "short", "end") for n in range(5))
    columns = tuple(Column(name, name, width=width) for name in ("no", "how", "state"))
    blocks = (Heading("h", "Steps", 2), Table("t", "All steps", columns, rows), Paragraph("p", words("The end.")))
    plan = with_document(Document("invented.tall", "2031", "Tall", blocks))
    pack = built(plan)
    assert differences(pack.pdf, plan, pack.pages) == []


def test_facts_and_tables_whose_rows_fill_pages_stand_once_under_their_captions() -> None:
    story = "some words " * 160
    rows = tuple(packs.row(f"r{n}", f"{n}", story, "end") for n in range(2))
    columns = tuple(Column(name, name) for name in ("no", "how", "state"))
    facts = Facts("facts", "About this report", (("Meeting", (f"{story} {story}",)), ("Wards", ("All",))))
    plan = with_document(Document("invented.tall", "2031", "Tall", (facts, Table("t", "Steps", columns, rows))))
    pack = built(plan)
    assert differences(pack.pdf, plan, pack.pages) == []


def test_a_long_word_breaks_where_its_column_ends() -> None:
    address = "firstname.secondname.lastname@environment.council.example"
    rows = tuple(packs.row(f"r{n}", address, "Duties of many kinds", "Notes of more than one word") for n in range(60))
    columns = tuple(Column(name, name.title()) for name in ("address", "duties", "notes"))
    pack = built(with_document(Document("invented.word", "2031", "Word", (Table("t", "People", columns, rows),))))
    with pdfplumber.open(BytesIO(pack.pdf)) as pdf:
        found = pdf.pages[1].extract_words()
    duties = next(word["x0"] for word in found if word["text"] == "Duties")
    pieces = [word for word in found if word["text"] in address and len(word["text"]) > 2]
    assert pieces
    assert all(word["x1"] < duties for word in pieces)


@settings(max_examples=EXAMPLES, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(plan=inventing.plans())
def test_whatever_documents_say_their_pack_says_once_and_in_order(plan: PackPlan) -> None:
    pack = built(plan)
    assert differences(pack.pdf, plan, pack.pages) == []
