"""What a bundle's pages say."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from msgspec.structs import replace as with_fields

from tests.publishing import packs
from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made
from torbay_reports.publishing.bundles.values import EarlierVersion


def test_the_pack_says_what_it_is(store: Made) -> None:
    page = store.page()
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "Harbour Board, 6 September 2031: supplement 1 – Example Council"
    assert [kit.said(each) for each in page.xpath("//h1")] == ["Harbour Board, 6 September 2031: supplement 1"]
    assert "Example Council" in kit.said(page.xpath("//header")[0])
    assert packs.NOTICE in kit.said(page.xpath("//header")[0])
    (button,) = page.xpath("//a[@href='pack.pdf'][contains(@class, 'button')]")
    assert kit.said(button).startswith(f"Read the pack as a PDF ({len(store.rendered.pages.labels)} pages, ")


def test_every_page_has_its_landmarks_one_heading_of_the_first_level_and_a_skip_link(store: Made) -> None:
    for path in store.root.rglob("*.html"):
        page = kit.parsed(path)
        for mark in ("header", "main", "footer", "h1"):
            assert len(page.xpath(f"//{mark}")) == 1, (path, mark)
        assert page.xpath("//a[contains(@class, 'skip-link')]/@href") == ["#main-content"], path
        assert page.xpath("//main/@id") == ["main-content"], path


def test_the_recommendations_stand_on_the_pack_and_link_to_their_paragraphs(store: Made) -> None:
    (section,) = store.page().xpath("//section[@aria-labelledby='asked']")
    assert "Item 5, Quarter 1 report: That the Board notes 2.1 & agrees. Paragraph 4.1" in kit.said(section)
    assert section.xpath(".//li//@href") == ["papers/item-5-report/index.html#p4-1"]


def test_a_recommendation_of_an_exempt_paper_is_marked(restricted: Made) -> None:
    (section,) = restricted.page().xpath("//section[@aria-labelledby='asked']")
    assert "NOT FOR PUBLICATION: exempt That the debts are given up. Where this stands" in kit.said(section)


def test_a_pack_that_asks_for_nothing_says_so(tmp_path: Path) -> None:
    made = kit.put(tmp_path, packs.plan(), kit.first_facts())
    (section,) = made.page().xpath("//section[@aria-labelledby='asked']")
    assert "None of the papers in this pack asks for a decision." in kit.said(section)


def test_the_contents_have_pages_and_say_what_is_to_follow_withheld_or_withdrawn(store: Made) -> None:
    last = store.pages_of("item-5-report")[-1]
    assert [kit.said(each) for each in store.page().find_class("contents__item")] == [
        f"5. Revenue Budget 2031/32 (Pages 2 - {last}) Quarter 1 report (Pages 2 - {last}) "
        "Exempt Appendix One NOT FOR PUBLICATION: exempt",
        "6. Improvement plan Improvement plan To follow",
        "7. Fees (Page 11) Fees (Page 11) Fees of the north quay To follow",
        "8. Boats (Pages 12 - 15) Boats in the harbours (Pages 12 - 15)",
        f"9. Berths (Pages 16 - 17) Berths (withdrawn) (Pages 16 - 17) {kit.WITHDRAWN}",
    ]


def test_the_restricted_edition_links_to_what_the_public_edition_withholds(restricted: Made) -> None:
    (line,) = [
        each for each in restricted.page().xpath("//ul[@class='contents__papers']/li") if "Appendix" in kit.said(each)
    ]
    assert kit.said(line) == "Exempt Appendix One (Pages E1 - E2) NOT FOR PUBLICATION: exempt"


def test_the_letter_stands_on_the_pack_as_it_is_printed(store: Made) -> None:
    (section,) = store.page().xpath("//section[@aria-labelledby='letter']")
    words = kit.said(section)
    letter = packs.letter()
    assert "The clerk's letter (Page 1)" in words
    for text in (*letter.office, letter.clerk, letter.telephone, letter.salutation, letter.heading, letter.opening):
        assert text in words
    assert "Date: Thursday 4 September 2031" in words
    assert "Item 6: Improvement plan (to follow) Item 7: Fees (Page 11)" in words


def test_a_later_version_says_when_and_why_and_each_change_before_and_after(store: Made) -> None:
    page = store.page()
    (version,) = page.find_class("bundle-version")
    assert kit.said(version) == (
        f"Version 2, published on 6 September 2031. What changed: {kit.REASON} "
        "3 changes, one by one All versions, and which of them stands now"
    )
    assert [kit.said(each) for each in page.xpath("//ul[@class='bundle-changes']/li")] == [
        "Paragraph 1.2 Before The forecast is £1.2m. Now The forecast is £1.3m.",
        "Paragraph 3.1 Before Not there Now A new <sentence>.",
        "Table “Fees”, row Quays, column Fee Before 12 Now Taken out",
    ]
    assert [kit.said(each) for each in page.xpath("//section[@aria-labelledby='changes']/h3")] == [
        "Quarter 1 report",
        "Fees",
    ]


def test_a_first_version_names_no_change_and_none_before_it(restricted: Made) -> None:
    page = restricted.page()
    (version,) = page.find_class("bundle-version")
    assert kit.said(version).startswith("Version 1, published on 4 September 2031. All versions")
    assert not page.xpath("//*[@id='changes'] | //a[starts-with(@href, '../1/')]")


def test_an_earlier_version_is_linked_unless_it_is_withdrawn(tmp_path: Path) -> None:
    earlier = (
        EarlierVersion(1, date(2031, 9, 3), withdrawn_on=date(2031, 9, 4)),
        EarlierVersion(2, date(2031, 9, 4)),
    )
    made = kit.put(tmp_path, packs.plan(), replace(kit.second_facts(), version=3, earlier=earlier))
    (section,) = made.page().xpath("//section[@aria-labelledby='versions']")
    assert [kit.said(each) for each in section.xpath(".//li")] == [
        "Version 1, published on 3 September 2031, was withdrawn on 4 September 2031",
        "Version 2, published on 4 September 2031",
    ]
    assert section.xpath(".//li//@href") == ["../2/index.html"]


def test_a_built_paper_says_its_item_its_age_and_all_its_paragraph_numbers(store: Made) -> None:
    page = store.page("papers/item-5-report/index.html")
    assert kit.said(page.xpath("//h1")[0]) == "Revenue Monitoring 2031/32 – Quarter 1"
    assert "Item 5: Revenue Budget 2031/32" in kit.said(page)
    assert "Figures as at 30 June 2031, 68 days old at the meeting." in kit.said(page)
    numbers = [kit.said(each) for each in page.find_class("numbered__number")]
    assert numbers == ["1.", "1.1", "1.2", "2.", "2.1", *[f"3.{each}" for each in range(1, 12)], "4.1", "4.2"]


def test_a_page_on_which_nothing_begins_leads_to_what_runs_on_over_it(store: Made) -> None:
    page = store.page("papers/item-5-report/index.html")
    labels = list(store.pages_of("item-5-report"))
    links = page.xpath("//nav[@aria-label='Printed pages of this paper']//a")
    assert [each.text_content().removeprefix("Page ").partition(",")[0] for each in links] == labels
    begun = {page for (key, _), page in store.rendered.pages.anchors.items() if key == "item-5-report"}
    on = [each for each, label in zip(links, labels, strict=True) if label not in begun]
    assert on, "the pack has no such page: make its last paragraph longer"
    for each in on:
        assert "on which this goes on" in each.text_content()
        assert each.get("href").removeprefix("#page-") in begun


def test_a_chart_is_drawn_without_the_values_of_the_drawing_library(store: Made) -> None:
    (chart,) = store.page("papers/item-5-report/index.html").find_class("chart")
    assert len(chart.xpath(".//*[local-name()='rect']")) == 1
    assert "data-library" not in chart.attrib


def test_each_table_links_to_its_files(store: Made) -> None:
    page = store.page("papers/item-5-report/index.html")
    assert [href for href in page.xpath("//@href") if href.startswith("tables/")] == [
        f"tables/{anchor}.{kind}" for anchor in ("chart-table", "budget", "risks") for kind in ("csv", "json")
    ]
    names = [kit.said(each) for each in page.xpath("//a[starts-with(@href, 'tables/budget')]")]
    assert names == [f"{kind}: Budget position for each service" for kind in ("CSV", "JSON")]


def test_the_words_of_a_table_are_escaped_where_it_links_to_its_files(tmp_path: Path) -> None:
    table = with_fields(packs.budget_table(), rows=(), caption="Sums <b>& more</b>", anchor="sums")
    made = kit.put(tmp_path, packs.plan(document=packs.report(rows=1, extra=(table,))), kit.first_facts())
    page = made.page("papers/item-5-report/index.html")
    assert not page.xpath("//main//b")
    assert kit.said(page.xpath("//a[@href='tables/sums.csv']")[0]) == "CSV: Sums <b>& more</b>"


def test_a_notice_is_said_once_and_a_papers_own_beside_it(tmp_path: Path) -> None:
    same = with_fields(packs.report(rows=1), notice=packs.NOTICE)
    own = with_fields(same, notice="Figures of the harbour master.")
    for name, document, count in (("same", same, 0), ("own", own, 1)):
        made = kit.put(tmp_path / name, packs.plan(document=document), kit.first_facts())
        page = made.page("papers/item-5-report/index.html")
        assert kit.said(page).count(packs.NOTICE) == 1
        assert kit.said(page).count("Figures of the harbour master.") == count


def test_a_pack_without_a_notice_shows_no_band_for_it(tmp_path: Path) -> None:
    made = kit.put(tmp_path, replace(packs.plan(), notice=""), kit.first_facts())
    assert not made.page().find_class("demo-notice")


def test_a_brought_paper_has_the_words_of_each_page_and_says_why_a_page_is_empty(store: Made) -> None:
    page = store.page(f"papers/{kit.BROUGHT}/index.html")
    sections = page.xpath("//section")
    assert [kit.said(each) for each in sections] == [
        "Page 12 of the pack Boats in the harbours Read the register.Or write. Page 12 in the PDF",
        "Page 13 of the pack This page has no words that can be read out. Page 13 in the PDF",
        "Page 14 of the pack Page 14 is left empty: the corrected paper is shorter. Page 14 in the PDF",
        "Page 15 of the pack Page 15 is left empty: the corrected paper is shorter. Page 15 in the PDF",
    ]
    assert "This file came without marks for screen readers" in kit.said(page)


def test_a_withdrawn_paper_keeps_its_pages_and_each_says_so(store: Made) -> None:
    page = store.page(f"papers/{kit.GONE}/index.html")
    assert kit.said(page.xpath("//h1")[0]) == "Berths (withdrawn)"
    assert [kit.said(each) for each in page.xpath("//section")] == [
        f"Page {label} of the pack {kit.WITHDRAWN}" for label in ("16", "17")
    ]
    assert not (store.folder / "papers" / kit.GONE / "document.json").exists()


def test_a_paper_leads_to_those_beside_it_and_back_to_the_contents(store: Made) -> None:
    page = store.page("papers/item-7-fees/index.html")
    (nav,) = page.xpath("//nav[@aria-label='Other papers of this pack']")
    assert kit.said(nav) == "Before: Quarter 1 report Next: Boats in the harbours Contents of the pack"
