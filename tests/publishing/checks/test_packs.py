"""Each check of a finished pack is shown to fail on a pack that was spoilt on purpose."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace as struct_replace
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.publishing import packs
from tests.publishing.checks.spoiling import Spoil, every, spoilt
from tests.publishing.joining import making
from torbay_reports.publishing import checks
from torbay_reports.publishing import tagtree as steps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import PackPlan, PageRange, PlannedUpload, RenderedPack
from torbay_reports.publishing.parts.values import Font, Part, Raw


@pytest.fixture(scope="module")
def made_pack() -> RenderedPack:
    return making.pack(packs.restricted_plan())


def drop_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def drop_title(pdf: Pdf) -> None:
    del pdf.docinfo.Title


def hide_title(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def unmark(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def forget_standard(pdf: Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    assert b"pdfuaid:part>1<" in xmp
    pdf.Root.Metadata.write(xmp.replace(b"pdfuaid:part>1<", b"pdfuaid:part>2<"))


def drop_page(pdf: Pdf) -> None:
    del pdf.pages[-1]


def drop_labels(pdf: Pdf) -> None:
    del pdf.Root.PageLabels


def shift_labels(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=2)])


def drop_stamp(pdf: Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.pages[1].obj.Contents[0]


def repeat_stamp(pdf: Pdf) -> None:
    pdf.pages[2].obj.Contents[1] = pdf.pages[1].obj.Contents[1]


def stamp_as_content(pdf: Pdf) -> None:
    stamp = pdf.pages[1].obj.Contents[1]
    stamp.write(stamp.read_bytes().replace(b"/Artifact<<", b"/Span<<"))


def unembed_font(pdf: Pdf) -> None:
    del next(iter(pdf.pages[0].obj.Resources.Font.values())).DescendantFonts[0].FontDescriptor.FontFile2


def forget_meanings(pdf: Pdf) -> None:
    del next(iter(pdf.pages[0].obj.Resources.Font.values())).ToUnicode


def drop_element(pdf: Pdf) -> None:
    every(pdf, "P")[-1].K = Array()


def hold_twice(pdf: Pdf) -> None:
    first, second = every(pdf, "P")[2:4]
    second.K = Array([*second.K, *first.K])


def hold_elsewhere(pdf: Pdf) -> None:
    first, second = every(pdf, "H2")[:2]
    first.K, second.K = second.K, first.K


def hang_in_a_ring(pdf: Pdf) -> None:
    table = every(pdf, "Table")[0]
    every(pdf, "TR")[0].K.append(table)


def hang_elsewhere(pdf: Pdf) -> None:
    every(pdf, "TR")[-1].P = every(pdf, "TBody")[0]


def write_otherwise(pdf: Pdf) -> None:
    every(pdf, "P")[0].R = 1


def drop_scope(pdf: Pdf) -> None:
    del every(pdf, "TH")[5].A.Scope


def repeat_name(pdf: Pdf) -> None:
    facts, chart = every(pdf, "Table")[1:3]
    mine, other = (next(each for each in steps.walk(table) if Name.ID in each) for table in (facts, chart))
    other.ID = mine.ID


def forget_name(pdf: Pdf) -> None:
    names = pdf.Root.StructTreeRoot.IDTree.Names
    del names[0]
    del names[0]


def break_reference(pdf: Pdf) -> None:
    every(pdf, "TD")[3].A.Headers[0] = String("nobody")


def empty_table(pdf: Pdf) -> None:
    table = every(pdf, "Table")[0]
    table.S = Name.P
    table.K[0].S = Name.Table
    table.K[0].K[0].S = Name.P


def repeat_head(pdf: Pdf) -> None:
    every(pdf, "TBody")[0].S = Name.THead


def drop_alternative(pdf: Pdf) -> None:
    del every(pdf, "Figure")[0].Alt


def drop_paper(pdf: Pdf) -> None:
    every(pdf, "Document")[-1].S = Name.Sect


def forget_page(pdf: Pdf) -> None:
    pdf.pages[3].obj.StructParents = 2


def order_by_rows(pdf: Pdf) -> None:
    pdf.pages[3].obj.Tabs = Name.R


def forget_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].StructParent = 3


def break_link(pdf: Pdf) -> None:
    next(link for link in pdf.pages[0].obj.Annots if Name.Dest in link).Dest = String("nowhere")


def hide_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 0


def mute_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Contents = String(" ")


def lead_elsewhere(pdf: Pdf) -> None:
    next(link for link in pdf.pages[0].obj.Annots if Name.Dest in link).Dest = String("item-7-fees")


def drop_line(pdf: Pdf) -> None:
    letter = every(pdf, "Table")[0]
    body = letter.K[-1]
    body.K[-1].S = Name.Sect


def rename(pdf: Pdf, name: str, page: int) -> None:
    names = pdf.Root.Names.Dests.Names
    place = next(place for place in range(0, len(names), 2) if str(names[place]) == name)
    names[place + 1][0] = pdf.pages[page].obj


def move_paper(pdf: Pdf) -> None:
    rename(pdf, "item-7-fees", 1)


def move_anchor(pdf: Pdf) -> None:
    rename(pdf, "item-5-report--risk-0", 0)


def drop_bookmark(pdf: Pdf) -> None:
    first = pdf.Root.Outlines.First
    first.Next = first.Next.Next


def lead_bookmark_elsewhere(pdf: Pdf) -> None:
    pdf.Root.Outlines.Last.Dest[0] = pdf.pages[0].obj


def add_bookmark(pdf: Pdf) -> None:
    last = pdf.Root.Outlines.Last
    last.Next = pdf.make_indirect(Dictionary(Title=String("More"), Dest=last.Dest, Parent=pdf.Root.Outlines))


FAULTS: list[tuple[Spoil, str]] = [
    (drop_language, "does not say that its language is en-GB"),
    (drop_title, "does not carry its title"),
    (hide_title, "does not ask for its title"),
    (unmark, "not marked as tagged"),
    (forget_standard, "do not name PDF/UA-1"),
    (drop_page, "pages, its page map"),
    (drop_labels, "has no page labels"),
    (shift_labels, r"page 1 \(cover letter\) is labelled 2"),
    (drop_stamp, r"page 2 \(Quarter 1 report\) prints the number nothing"),
    (repeat_stamp, r"page 3 \(Quarter 1 report\) prints the number Restricted edition · Page 2"),
    (stamp_as_content, r"page 2 \(Quarter 1 report\) prints the number nothing"),
    (unembed_font, "is not embedded"),
    (forget_meanings, "prints the number|cannot be read out"),
    (drop_element, "has text that the tag tree does not hold"),
    (hold_twice, "has one piece of text twice"),
    (hold_elsewhere, "disagree on what holds its text"),
    (hang_in_a_ring, "hangs in the tag tree twice"),
    (hang_elsewhere, "hangs under another than it says"),
    (write_otherwise, "is not as this program writes it"),
    (drop_scope, "does not say what it heads"),
    (repeat_name, "stands twice in the tag tree"),
    (forget_name, "list of names is not that of its elements"),
    (break_reference, "names a header that its table does not have"),
    (empty_table, "has no rows"),
    (repeat_head, "has its head twice"),
    (drop_alternative, r"picture on the page \d+ \(Quarter 1 report\) has no words"),
    (drop_paper, "has 3 papers, the pack 4 with its letter"),
    (forget_page, r"page 4 \(Quarter 1 report\) is not in the tag tree's list"),
    (order_by_rows, r"page 4 \(Quarter 1 report\) is not in the tag tree's list"),
    (forget_link, r"link on the page 1 \(cover letter\) is not in the tag tree where it should be"),
    (break_link, r"link on the page 1 \(cover letter\) leads nowhere"),
    (hide_link, "is not described or would not print"),
    (mute_link, "is not described or would not print"),
    (lead_elsewhere, "links it wrongly"),
    (drop_line, "cover letter has 6 lines, its plan 7"),
    (move_paper, "paper “item-7-fees” does not begin on page"),
    (move_anchor, "“risk-0” of the paper “item-5-report” does not stand on page"),
    (drop_bookmark, "bookmark “5. Revenue Budget 2031/32” is missing"),
    (lead_bookmark_elsewhere, r"bookmark “5. Revenue Budget 2031/32 \(not for publication\)” is missing or leads"),
    (add_bookmark, "has 13 bookmarks, its papers ask for 12"),
]


@pytest.mark.parametrize(("spoil", "sentence"), FAULTS, ids=[spoil.__name__ for spoil, _ in FAULTS])
def test_a_spoilt_pack_is_caught(made_pack: RenderedPack, spoil: Spoil, sentence: str) -> None:
    with pytest.raises(PackFault, match=sentence):
        checks.check(spoilt(made_pack, spoil), packs.restricted_plan(), made_pack.pages)


def test_a_sound_pack_passes_even_when_written_again(made_pack: RenderedPack) -> None:
    checks.check(made_pack.pdf, packs.restricted_plan(), made_pack.pages)
    checks.check(spoilt(made_pack, lambda pdf: None), packs.restricted_plan(), made_pack.pages)


def test_a_pack_of_another_writer_is_not_taken_for_one_of_ours(made_pack: RenderedPack) -> None:
    out = BytesIO()
    with Pdf.open(BytesIO(made_pack.pdf)) as pdf:
        pdf.save(out)
    with pytest.raises(PackFault, match="does not end as this program writes it"):
        checks.check(out.getvalue(), packs.restricted_plan(), made_pack.pages)


def test_a_range_on_the_cover_that_is_not_the_real_one_is_caught(made_pack: RenderedPack) -> None:
    papers = made_pack.pages.papers
    report = papers["item-5-report"]
    wrong = replace(made_pack.pages, papers={**papers, "item-5-report": PageRange(report.first, "99", report.index)})
    with pytest.raises(PackFault, match=r"cover letter says “Revenue Budget 2031/32 \(Pages 2 - \d+\)”.*99"):
        checks.check(made_pack.pdf, packs.restricted_plan(), wrong)


def test_a_restricted_page_without_its_marking_is_caught(made_pack: RenderedPack) -> None:
    def unmarked(plan: PackPlan) -> PackPlan:
        # The plan now says that the report is exempt too, whose pages do not say so.
        item = plan.items[0]
        report = replace(item.papers[0], restriction=item.papers[1].restriction)
        return replace(plan, items=(replace(item, papers=(report, item.papers[1])), *plan.items[1:]))

    with pytest.raises(PackFault, match=r"page 2 \(Quarter 1 report\) does not say NOT FOR PUBLICATION: exempt"):
        checks.check(made_pack.pdf, unmarked(packs.restricted_plan()), made_pack.pages)


def brought(part: Part) -> tuple[PackPlan, dict[str, tuple[Part, ...]]]:
    """A plan in which a brought PDF stands for the late paper."""
    plan = packs.plan()
    item = plan.items[2]
    late = replace(item.papers[1], upload=PlannedUpload(b"", "0", is_tagged=True))
    plan = replace(plan, items=(*plan.items[:2], replace(item, papers=(item.papers[0], late))))
    return plan, {late.key: (part,)}


def part_with(kind: str, **attributes: Any) -> Part:
    page = making.PageMaker()
    page.tops.append(making.Node(kind, [page.line("Brought")], attributes))
    return page.part()


COURIER = Raw((b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",))


@pytest.mark.parametrize(
    "part",
    [
        part_with("TH"),
        part_with("Figure"),
        part_with("Table"),
        struct_replace(
            part_with("P"),
            fonts=(Font(raw=0),) * 2,
            objects=(Raw((b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",)),),
        ),
    ],
    ids=["a header cell without scope", "a picture without words", "a table without rows", "a font not embedded"],
)
def test_what_a_person_may_let_pass_on_a_brought_page_does_not_stop_the_pack(part: Part) -> None:
    plan, parts = brought(part)
    pack = making.pack(plan, brought=parts)
    checks.check(pack.pdf, plan, pack.pages)


def test_a_brought_page_that_does_not_print_its_number_is_caught() -> None:
    plan, parts = brought(part_with("P"))
    pack = making.pack(plan, brought=parts)

    def unstamp(pdf: Pdf) -> None:
        pdf.pages[-1].obj.Contents[1] = pdf.make_stream(b"")

    with pytest.raises(PackFault, match=r"\(Fees of the north quay\) prints the number nothing"):
        checks.check(spoilt(pack, unstamp), plan, pack.pages)
