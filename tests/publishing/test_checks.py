"""Each check of a finished pack is shown to fail on a pack that was spoilt on purpose."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pikepdf import Dictionary, Name, Pdf, String

from tests.publishing import packs
from torbay_reports.publishing import checks
from torbay_reports.publishing import tagtree as steps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import PackPlan, PageRange, RenderedPack

Spoil = Callable[[Pdf], Any]


def spoilt(pack: RenderedPack, spoil: Spoil) -> bytes:
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        spoil(pdf)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def every(pdf: Pdf, kind: str) -> list[Any]:
    return [each for top in steps.document_elements(pdf) for each in steps.walk(top) if steps.kind(each) == kind]


def rewrite(pdf: Pdf, place: int, old: bytes, new: bytes) -> None:
    page = pdf.pages[place].obj
    content = page.Contents.read_bytes()
    assert old in content
    page.Contents = pdf.make_stream(content.replace(old, new))


def drop_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def drop_title(pdf: Pdf) -> None:
    del pdf.docinfo.Title


def hide_title(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def unmark(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def forget_standard(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfuaid:part"]


def drop_page(pdf: Pdf) -> None:
    del pdf.pages[-1]


def drop_labels(pdf: Pdf) -> None:
    del pdf.Root.PageLabels


def shift_labels(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=2)])


def strip_artifacts(pdf: Pdf) -> None:
    page = pdf.pages[1].obj
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(re.sub(rb"/Artifact\nBMC\n/a1\.0 gs.*?EMC", b"", content, flags=re.DOTALL))


def unembed_font(pdf: Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def forget_meanings(pdf: Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        del font.ToUnicode


def text_outside(pdf: Pdf) -> None:
    rewrite(pdf, 2, b"/Span\n<</MCID 3>>\nBDC", b"/Span BMC")


def drop_element(pdf: Pdf) -> None:
    paragraph = every(pdf, "P")[-1]
    paragraph.K = []


def hold_twice(pdf: Pdf) -> None:
    first, second = every(pdf, "P")[:2]
    second.K = [*second.K, *first.K]


def drop_scope(pdf: Pdf) -> None:
    del every(pdf, "TH")[5].A.Scope


def repeat_name(pdf: Pdf) -> None:
    facts, chart = every(pdf, "Table")[1:3]
    mine, other = (next(each for each in steps.walk(table) if Name.ID in each) for table in (facts, chart))
    other.ID = mine.ID


def break_reference(pdf: Pdf) -> None:
    every(pdf, "TD")[3].A.Headers[0] = String("nobody")


def drop_alternative(pdf: Pdf) -> None:
    del every(pdf, "Figure")[0].Alt


def break_link(pdf: Pdf) -> None:
    next(link for link in pdf.pages[0].obj.Annots if Name.Dest in link).Dest = String("nowhere")


def hide_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 0


def mute_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Contents = String(" ")


def lead_elsewhere(pdf: Pdf) -> None:
    links = [link for link in pdf.pages[0].obj.Annots if Name.Dest in link]
    links[0].Dest = String("item-7-fees")


def move_paper(pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    place = next(place for place in range(0, len(names), 2) if str(names[place]) == "item-7-fees")
    names[place + 1][0] = pdf.pages[1].obj


def move_anchor(pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    place = next(place for place in range(0, len(names), 2) if str(names[place]) == "item-5-report--risk-0")
    names[place + 1][0] = pdf.pages[0].obj


FAULTS: list[tuple[Spoil, str]] = [
    (drop_language, "does not say that its language is en-GB"),
    (drop_title, "does not carry its title"),
    (hide_title, "does not ask for its title"),
    (unmark, "not marked as tagged"),
    (forget_standard, "do not name PDF/UA-1"),
    (drop_page, "pages, its page map"),
    (drop_labels, "has no page labels"),
    (shift_labels, r"page 1 \(cover letter\) is labelled 2"),
    (strip_artifacts, r"page 2 \(Quarter 1 report\) prints the number nothing"),
    (unembed_font, "is not embedded"),
    (forget_meanings, "prints the number|cannot be read out"),
    (text_outside, r"page 3 \(Quarter 1 report\) has text outside the tag tree"),
    (drop_element, "has text that the tag tree does not hold"),
    (hold_twice, "has one piece of text twice"),
    (drop_scope, "does not say what it heads"),
    (repeat_name, "stands twice in the tag tree"),
    (break_reference, "names a header that its table does not have"),
    (drop_alternative, r"picture on the page \d+ \(Quarter 1 report\) has no words"),
    (break_link, r"link on the page 1 \(cover letter\) leads nowhere"),
    (hide_link, "is not described or would not print"),
    (mute_link, "is not described or would not print"),
    (lead_elsewhere, "links it wrongly"),
    (move_paper, "paper “item-7-fees” does not begin on page"),
    (move_anchor, "“risk-0” of the paper “item-5-report” does not stand on page"),
]


@pytest.mark.parametrize(("spoil", "sentence"), FAULTS, ids=[spoil.__name__ for spoil, _ in FAULTS])
def test_a_spoilt_pack_is_caught(restricted_pack: RenderedPack, spoil: Spoil, sentence: str) -> None:
    with pytest.raises(PackFault, match=sentence):
        checks.check(spoilt(restricted_pack, spoil), packs.restricted_plan(), restricted_pack.pages)


def test_a_sound_pack_passes_even_when_saved_again(restricted_pack: RenderedPack) -> None:
    checks.check(spoilt(restricted_pack, lambda pdf: None), packs.restricted_plan(), restricted_pack.pages)


def test_a_range_on_the_cover_that_is_not_the_real_one_is_caught(public_pack: RenderedPack) -> None:
    papers = public_pack.pages.papers
    report = papers["item-5-report"]
    wrong = replace(public_pack.pages, papers={**papers, "item-5-report": PageRange(report.first, "99", report.index)})
    with pytest.raises(PackFault, match=r"cover letter says “Revenue Budget 2031/32 \(Pages 2 - \d+\)”.*99"):
        checks.check(public_pack.pdf, packs.plan(), wrong)


def test_a_restricted_page_without_its_marking_is_caught(restricted_pack: RenderedPack) -> None:
    def unmarked(plan: PackPlan) -> PackPlan:
        # The plan now says that the report is exempt too, whose pages do not say so.
        item = plan.items[0]
        report = replace(item.papers[0], restriction=item.papers[1].restriction)
        return replace(plan, items=(replace(item, papers=(report, item.papers[1])), *plan.items[1:]))

    with pytest.raises(PackFault, match=r"page 2 \(Quarter 1 report\) does not say NOT FOR PUBLICATION"):
        checks.check(restricted_pack.pdf, unmarked(packs.restricted_plan()), restricted_pack.pages)
