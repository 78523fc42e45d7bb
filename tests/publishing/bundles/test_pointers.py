"""The pages that lead to bundles: which version stands, and which were replaced or withdrawn."""

from datetime import UTC, date, datetime

from tests.publishing.bundles import kit
from torbay_reports.publishing.bundles.pointers import (
    PointerPack,
    PointerVersion,
    Publisher,
    packs_page,
    versions_page,
)

PUBLISHER = Publisher("Example Council", "Invented figures for tests.")
SECRET = "The debts of the Grand Hotel were printed."


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2031, 9, day, hour, tzinfo=UTC)


def pack(*versions: PointerVersion, key: str = kit.KEY, meeting_on: date = date(2031, 9, 6)) -> PointerPack:
    return PointerPack(key, f"Pack {key.rpartition('/')[2]}", "Harbour Board", meeting_on, versions)


WITHDRAWN = PointerVersion(2, at(5), SECRET, at(5, 23), "the monitoring officer")


def lines(page: bytes) -> list[str]:
    return [kit.said(each) for each in kit.parsed_bytes(page).find_class("contents__item")]


def test_the_newest_version_stands_and_the_others_say_what_became_of_them() -> None:
    third = PointerVersion(3, at(7), "One name was taken out.")
    page = versions_page(pack(third, PointerVersion(1, at(4)), WITHDRAWN), publisher=PUBLISHER)
    assert lines(page) == [
        "Version 3 Stands now Published on 7 September 2031. What changed: One name was taken out. Read version 3",
        "Version 2 Withdrawn Published on 5 September 2031. Replaced by version 3 on 7 September 2031. "
        "Withdrawn on 6 September 2031 by the monitoring officer: it cannot be read any more.",
        "Version 1 Replaced Published on 4 September 2031. Replaced by version 2 on 5 September 2031. "
        "Read version 1, as it was published",
    ]
    hrefs = kit.parsed_bytes(page).xpath("//main//@href")
    assert hrefs == ["3/index.html", "1/index.html"]


def test_where_the_newest_is_withdrawn_none_stands_and_an_earlier_one_is_not_taken_for_it() -> None:
    page = versions_page(pack(PointerVersion(1, at(4)), WITHDRAWN), publisher=PUBLISHER)
    assert "No version of this pack stands now." in page.decode()
    assert "Stands now" not in page.decode()
    assert "Read version 1, as it was published" in page.decode()


def test_why_a_withdrawn_version_was_made_is_not_said_any_more() -> None:
    given = pack(PointerVersion(1, at(4)), WITHDRAWN)
    for page in (versions_page(given, publisher=PUBLISHER), packs_page([given], publisher=PUBLISHER)):
        assert SECRET not in page.decode()


def test_all_packs_stand_by_meeting_the_newest_first_and_in_a_meeting_as_given() -> None:
    version = PointerVersion(1, at(4))
    packs = [
        pack(version, key="harbour-board/2031-09-06/agenda"),
        pack(version, key="harbour-board/2031-09-13/agenda", meeting_on=date(2031, 9, 13)),
        pack(version, key="harbour-board/2031-09-06/supplement-10"),
        pack(version, key="harbour-board/2031-09-06/supplement-2"),
    ]
    page = kit.parsed_bytes(packs_page(packs, publisher=PUBLISHER))
    assert [kit.said(each) for each in page.xpath("//h2")] == [
        "Harbour Board, Saturday 13 September 2031",
        "Harbour Board, Saturday 6 September 2031",
    ]
    titles = [kit.said(each) for each in page.xpath("//section[2]//*[@class='contents__title']")]
    assert titles == ["Pack agenda", "Pack supplement-10", "Pack supplement-2"]
    assert page.xpath("//section[1]//main//@href | //section[1]//li//@href") == [
        "packs/harbour-board/2031-09-13/agenda/1/index.html",
        "packs/harbour-board/2031-09-13/agenda/index.html",
    ]


def test_a_pack_of_which_none_stands_leads_to_its_versions() -> None:
    page = packs_page([pack(PointerVersion(1, at(4), "", at(5)))], publisher=PUBLISHER)
    assert lines(page) == ["Pack supplement-1 Withdrawn: no version stands now."]
    assert kit.parsed_bytes(page).xpath("//li//@href") == [f"packs/{kit.KEY}/index.html"]


def test_a_store_without_packs_says_so() -> None:
    assert "Nothing is published yet." in packs_page([], publisher=PUBLISHER).decode()


def test_the_pages_of_a_restricted_store_are_marked_and_name_no_feed() -> None:
    restricted = Publisher("Example Council", marking="NOT FOR PUBLICATION: restricted edition")
    given = pack(PointerVersion(1, at(4)))
    for page in (versions_page(given, publisher=restricted), packs_page([given], publisher=restricted)):
        assert page.decode().count("NOT FOR PUBLICATION: restricted edition") == 2
        assert "feed.xml" not in page.decode()


def test_the_same_packs_give_the_same_bytes() -> None:
    given = [pack(PointerVersion(1, at(4)))]
    assert packs_page(given, publisher=PUBLISHER) == packs_page(list(given), publisher=PUBLISHER)
