"""Through all instalments of a meeting's pack page numbers never repeat, never change and only go up, and the PDF's
labels are the page map's."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_fields
from pikepdf import Object, Pdf

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing import pagemaps
from torbay_reports.publishing.joining import metadata
from torbay_reports.publishing.joining.pack import PaperParts
from torbay_reports.publishing.layout import PlacedPaper
from torbay_reports.publishing.numbering import LETTER_PLACE, SHEET, highest_of, is_roman, parted, whole_numbers
from torbay_reports.publishing.packplan import GivenNumbers, PageMap, PlannedItem, PlannedPaper, Reached, Restriction

PART = making.sheet_of_words(["x"]).part()
ITEM = PlannedItem("1", "Item", ())
PACK = st.tuples(
    st.integers(1, 4),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.lists(st.integers(1, 3), max_size=2),
)
"""How many pages letter, open papers and papers not for publication have."""


@dataclass
class Meeting:
    """The page maps of each instalment's published versions, the newest last."""

    published: dict[int, list[PageMap]] = field(default_factory=dict)

    def publish(self, instalment: int, letter: int, opened: list[int], restricted: list[int]) -> PageMap:
        """Publish a version with papers of so many pages; none of a place has fewer than it was given."""
        before = self.published.get(instalment, [])
        earlier = before[-1].numbered if before else ()
        papers = [*self.papers(earlier, opened, False), *self.papers(earlier, restricted, True)]
        sheets = max(letter, *(len(each.labels) for each in earlier if each.place == LETTER_PLACE), 1)
        reached = self.reached(besides=instalment)
        pages = pagemaps.read(sheets, papers, earlier, reached=reached, is_agenda=not instalment)
        self.published.setdefault(instalment, []).append(pages)
        return pages

    def papers(self, earlier: tuple[GivenNumbers, ...], lengths: list[int], is_restricted: bool) -> list[PaperParts]:
        given = {each.place: len(each.labels) for each in earlier if each.is_restricted is is_restricted}
        wanted = {f"paper-{place}": length for place, length in enumerate(lengths)}
        names = sorted({*given, *wanted} - {LETTER_PLACE})
        restriction = Restriction.EXEMPT if is_restricted else Restriction.OPEN
        return [
            PaperParts(
                PlacedPaper(ITEM, PlannedPaper(f"{restriction}-{name}", name, None, restriction, place=name), True),
                (with_fields(PART, pages=PART.pages * max(given.get(name, 0), wanted.get(name, 0))),),
            )
            for name in names
        ]

    def reached(self, besides: int) -> Reached:
        """As `agenda.composition.reached` finds it."""
        labels = {
            label
            for instalment, versions in self.published.items()
            if instalment != besides
            for pages in versions
            for label in pages.labels
        }
        restricted = {label for label in labels if label.startswith("E")}
        return Reached(highest_of(labels - restricted), highest_of(restricted))


def labels_in_pdf(labels: tuple[str, ...]) -> tuple[str, ...]:
    with Pdf.new() as pdf:
        for _ in labels:
            pdf.add_blank_page()
        pdf.Root.PageLabels = Object.parse(metadata.page_labels(labels).encode())
        return tuple(str(page.label) for page in pdf.pages)


@given(st.tuples(*[PACK] * 6))
def test_through_an_agenda_two_supplements_and_a_correction_of_each_no_number_repeats_or_changes(
    lengths: tuple[tuple[int, list[int], list[int]], ...],
) -> None:
    meeting = Meeting()
    given_out: dict[tuple[int, str, bool], tuple[str, ...]] = {}
    for instalment, (letter, opened, restricted) in zip((0, 1, 2, 0, 1, 2), lengths, strict=True):
        highest = [
            highest_of(label for labels in given_out.values() for label in labels if label.startswith("E") is kind)
            for kind in (False, True)
        ]
        pages = meeting.publish(instalment, letter, opened, restricted)
        for each in pages.numbered:
            key = (instalment, each.place, each.is_restricted)
            old = given_out.get(key, ())
            assert each.labels[: len(old)] == old
            assert old or all(number > highest[each.is_restricted] for number in whole_numbers(each.labels))
            given_out[key] = each.labels
        every = [label for labels in given_out.values() for label in labels]
        assert len(set(every)) == len(every)
        assert labels_in_pdf(pages.labels) == pages.labels


def test_agenda_sheets_are_apart_and_papers_and_letters_run_through_all_instalments() -> None:
    meeting = Meeting()
    assert meeting.publish(0, 2, [2, 1], [1]).labels == ("i", "ii", "1", "2", "3", "E1")
    assert meeting.publish(1, 1, [2], [2]).labels == ("4", "5", "6", "E2", "E3")
    # Corrected: a sheet and a page more, and a new paper.
    assert meeting.publish(0, 3, [3, 1, 2], [1]).labels == ("i", "ii", "iii", "1", "2", "2a", "3", "7", "8", "E1")
    assert meeting.publish(2, 1, [1], [1]).labels == ("9", "10", "E4")


def test_a_pdf_of_any_labels_says_them() -> None:
    labels = ("i", "ii", "iii", "iv", "1", "2", "2a", "2b", "3", "9", "10", "E1", "E1a", "E2", "E7")
    assert labels_in_pdf(labels) == labels
    assert {parted(label).series for label in labels} == {SHEET, "", "E"}
    assert metadata.page_labels(("i", "ii", "5")) == "<</Nums[0<</S/r/St 1>>2<</S/D/St 5>>]>>"


def test_page_maps_of_before_read_as_ever() -> None:
    _, pages = making.made(packs.restricted_plan())
    assert not any(map(is_roman, pages.labels))
    assert pagemaps.from_stored(pagemaps.to_stored(pages)) == pages
