"""An agenda's own sheets say what the meeting has before it, on pages i, ii and on; a supplement runs on after it."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import pytest
from pdfua import Severity, validate
from pikepdf import Pdf

from tests import tagtree
from tests.publishing import agendas
from torbay_reports.publishing import checks
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition, PackPlan, PlannedItem, Reached, RenderedPack
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack

Render = Callable[[PackPlan], RenderedPack]


@pytest.fixture(scope="module")
def rendered(fonts: Path) -> Render:
    """Sets a plan from what these tests have set before."""
    store = MemoryStore()
    return lambda plan: render_pack(plan, store=store)


@pytest.fixture(scope="module")
def public(rendered: Render) -> RenderedPack:
    return rendered(agendas.agenda())


@pytest.fixture(scope="module")
def restricted(rendered: Render, public: RenderedPack) -> RenderedPack:
    return rendered(replace(agendas.agenda(Edition.RESTRICTED), numbered=public.pages.numbered))


@pytest.fixture(scope="module")
def supplement(rendered: Render) -> RenderedPack:
    late = agendas.paper("plan", "Action tracker", 2)
    return rendered(agendas.supplement(1, [late], Reached(open=4), Edition.PUBLIC))


def labels_of(pack: RenderedPack) -> tuple[str, ...]:
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        return tuple(str(page.label) for page in pdf.pages)


def lines_of(pack: RenderedPack) -> list[list[str]]:
    """The lines of the table on its first pages."""
    return [[" ".join(text.split()) for text in row] for row in tagtree.read_tables(pack.pdf)[0].body]


def test_sheets_are_roman_papers_run_from_one_and_a_supplement_runs_on(
    public: RenderedPack, restricted: RenderedPack, supplement: RenderedPack
) -> None:
    assert labels_of(public) == public.pages.labels == ("i", "ii", "1", "2", "3", "4")
    assert labels_of(restricted) == restricted.pages.labels == (*public.pages.labels, "E1", "E2")
    assert labels_of(supplement) == supplement.pages.labels == ("5", "6", "7")
    feet = tagtree.artifacts(public.pdf)
    assert all(f"Page {label}" in foot for label, foot in zip(public.pages.labels, feet, strict=True))


def test_every_item_stands_on_the_agenda_with_its_words_and_pages(public: RenderedPack) -> None:
    resolution = " ".join(agendas.RESOLUTION.split())
    assert lines_of(public) == [
        ["1.", "Apologies To receive apologies for absence.", ""],
        ["2.", "Minutes To confirm the minutes.", "(Page 1)"],
        ["3.", "Declarations of interests (a) To receive declarations. (b) To receive reasons.", ""],
        ["4.", "Urgent items To consider any other items that the Chairman decides are urgent.", ""],
        ["5.", "Revenue Budget 2031/32", "(Pages 2 - 4)"],
        ["5.", "Quarter 1 report", "(Pages 2 - 3)"],
        ["5.", "Fees", "(Page 4)"],
        ["6.", "Improvement plan", "(to follow)"],
        ["6.", "Action tracker", "(to follow)"],
        ["6.", "Letter", "(to follow)"],
        ["7.", f"Exclusion of the press and public {resolution}", ""],
        ["8.", "Debts given up", ""],
    ]
    links = [each.target for each in tagtree.read(public.pdf).links if "mailto" not in each.target]
    assert links == ["minutes", "budget", "budget", "fees"]


def test_the_restricted_edition_names_what_is_not_for_publication(restricted: RenderedPack, rendered: Render) -> None:
    assert lines_of(restricted)[-2:] == [
        ["8.", "Debts given up", "(Pages E1 - E2)"],
        ["8.", "Debts given up (not for publication)", "(Pages E1 - E2)"],
    ]
    plan = agendas.agenda(Edition.RESTRICTED)
    plan = replace(plan, items=(PlannedItem("8", "Debts given up", (agendas.debts(None),)),))
    assert lines_of(rendered(plan))[-1] == ["8.", "Debts given up (not for publication)", "(to follow)"]


def test_an_agenda_says_who_meets_when_and_where_and_who_answers(public: RenderedPack) -> None:
    blocks = [(each.kind, each.text) for each in tagtree.read(public.pdf).blocks if each.page == 1 and each.text]
    assert [text for _, text in blocks[:13]] == [
        "Example Council",
        "Agenda",
        "Harbour Board",
        "Date: Saturday 6 September 2031 at 5.30 pm",
        "Place: Board Room, Old Hall",
        "Person presiding: Councillor Ash (Chairman)",
        "Clerk: Robin Vale",
        "Telephone: 01632 960001",
        "E-mail address: clerk@council.invalid",
        "Date of issue: Thursday 28 August 2031",
        "Governance",
        "Old Hall",
        "Quay Road",
    ]
    assert ("H1", "Agenda") in blocks


def test_an_agenda_is_a_pack_when_nothing_is_ready_yet(rendered: Render) -> None:
    plan = agendas.agenda()
    sheet = replace(agendas.SHEET, place="", presiding="")
    pack = rendered(replace(plan, letter=sheet, items=plan.items[:1]))
    assert pack.pages.labels == ("i",)
    assert not any(text.startswith(("Place", "Person")) for text in tagtree.read(pack.pdf).texts("P"))
    with Pdf.open(BytesIO(pack.pdf)) as pdf, pdf.open_outline() as outline:
        assert [each.title for each in outline.root] == ["Agenda"]


def test_a_corrected_agenda_goes_on_with_further_sheets_and_keeps_those_that_it_needs_no_more(
    public: RenderedPack, rendered: Render
) -> None:
    plan = replace(agendas.agenda(), numbered=public.pages.numbered, reached=Reached(open=7))
    # Words of more than a sheet are broken over sheets, as a clerk may bring any.
    long = replace(plan.items[6], words=f"{agendas.RESOLUTION}\n" * 12 + "Brok\u00aden \u200b2031–32/" + "x" * 40)
    new = agendas.paper("new", "A new paper")
    longer = rendered(replace(plan, items=(*plan.items[:6], long, replace(plan.items[7], papers=(new,)))))
    sheets = [label for label in longer.pages.labels if not label.isdecimal()]
    assert sheets == ["i", "ii", "iii", "iv"]
    assert longer.pages.labels[4:] == ("1", "2", "3", "4", "8")
    shorter = rendered(replace(plan, items=plan.items[:2], numbered=longer.pages.numbered))
    assert shorter.pages.labels == longer.pages.labels
    said = tagtree.read(shorter.pdf).texts("P")
    assert "Page iv is left empty: the corrected agenda is shorter." in said


def test_a_letter_says_why_papers_are_late_and_that_urgency_will_be_asked(supplement: RenderedPack) -> None:
    tree = tagtree.read(supplement.pdf)
    letter = agendas.supplement(1, (), Reached(), Edition.PUBLIC).letter
    assert tree.texts("H2")[0] == "Why these papers are late"
    texts = [each.text for each in tree.blocks if each.page == 1]
    [why] = [text for text in texts if text.endswith("after the agenda had gone out.")]
    [urgency] = [text for text in texts if text.startswith("The Chairman will be asked")]
    assert texts.index("Why these papers are late") < texts.index(why) < texts.index(urgency)
    assert texts.index(urgency) < texts.index(letter.closing)  # type: ignore[union-attr]


def test_numbers_that_another_instalment_has_given_stop_a_pack(supplement: RenderedPack, rendered: Render) -> None:
    plan = agendas.supplement(1, [agendas.paper("plan", "Action tracker", 2)], Reached(open=4), Edition.PUBLIC)
    with pytest.raises(PackFault, match="Page 5 stands in another part of the meeting's pack already"):
        checks.check(supplement.pdf, replace(plan, reached=Reached(open=5)), supplement.pages)


def test_outloud_and_pdfua_find_nothing(
    public: RenderedPack, restricted: RenderedPack, supplement: RenderedPack, tmp_path: Path
) -> None:
    for name, pack in (("public", public), ("restricted", restricted), ("supplement", supplement)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pack.pdf)
        assert outloud.check(str(path)).findings == [], name
        assert [each for each in validate(str(path)).findings if each.severity is Severity.ERROR] == [], name
