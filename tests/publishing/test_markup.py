"""Documents become markup whose classes carry alignment and whose anchors are unique in a pack."""

from tests.publishing import packs
from torbay_reports.documents.blocks import Column, LineBreak, Remark, Table, WebLink, words
from torbay_reports.publishing import markup


def test_the_same_anchor_in_two_papers_has_two_names() -> None:
    assert markup.element_id("item-5-report", "p1-1") != markup.element_id("item-6-letter", "p1-1")


def test_a_positive_and_a_bracketed_figure_are_told_apart_for_alignment() -> None:
    harbours = markup.table(packs.budget_table(), "p").rows[0]
    assert [cell.classes for cell in harbours.cells] == ["number", "number bracketed", "adverse number", "adverse"]


def test_groups_head_their_neighbours_and_leave_empty_cells_beside() -> None:
    upper, lower = markup.table(packs.budget_table(), "p").head
    assert [(cell.label, cell.colspan) for cell in upper] == [("", 1), ("2031/32 Budget", 2), ("", 1), ("", 1)]
    assert [cell.unit for cell in lower] == ["", "£000s", "£000s", "£000s", ""]


def test_a_table_without_groups_has_one_head_row() -> None:
    assert len(markup.table(packs.long_table(1), "p").head) == 1


def test_only_a_small_table_of_figures_is_slim() -> None:
    figures = Table("t", "c", (Column("a", "A"), Column("b", "B", numeric=True)), ())
    assert markup.table(figures, "p").classes == "slim"
    assert markup.table(packs.long_table(1), "p").classes == ""


def test_columns_share_out_the_line_by_their_widths_where_each_has_one() -> None:
    columns = (Column("a", "A", width=1), Column("b", "B", numeric=True, width=3))
    shared = markup.table(Table("t", "c", columns, (), kind="tracker"), "p")
    assert (shared.widths, shared.classes) == (("25.00%", "75.00%"), "tracker shared")
    assert markup.table(Table("t", "c", (*columns, Column("c", "C")), ()), "p").widths == ()


def test_a_lines_end_and_a_remark_keep_their_place_in_a_cell() -> None:
    content = (*words("COMPLETED"), LineBreak(), Remark(text="done <b>"), Remark(text="overdue", kind="mark"))
    assert markup.prose(content, "p") == (
        'COMPLETED<br><span class="aside">done &lt;b&gt;</span><span class="mark">overdue</span>'
    )


def test_a_long_caption_is_shortened_where_the_next_page_repeats_it() -> None:
    assert markup.table(packs.long_table(1), "p").continued == "Continued: Risks to the budget and what…"


def test_prose_is_escaped() -> None:
    assert markup.prose((*words("<b>&"), WebLink(text="<i>", address='x:"')), "p") == (
        '&lt;b&gt;&amp;<a href="x:&quot;">&lt;i&gt;</a>'
    )


def test_an_address_in_plain_words_becomes_a_link_and_the_words_stay() -> None:
    assert markup.with_links("Ada <Lee>, ada.lee@council.invalid, 01632 960001") == (
        'Ada &lt;Lee&gt;, <a href="mailto:ada.lee@council.invalid">ada.lee@council.invalid</a>, 01632 960001'
    )
    assert markup.with_links("No address @ all") == "No address @ all"


def test_rows_have_heads_unless_headers_would_outnumber_the_data() -> None:
    one, two = packs.long_table(1), packs.long_table(3)
    assert (markup.table(one, "p").has_row_heads, markup.table(two, "p").has_row_heads) == (False, True)
