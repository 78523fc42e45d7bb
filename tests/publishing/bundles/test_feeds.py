"""The feed: valid Atom with stable ids, in which what is withdrawn is not published any more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin

from lxml import etree

from tests.publishing.bundles import kit
from torbay_reports.publishing.bundles.feeds import feed
from torbay_reports.publishing.bundles.pointers import PointerPack, PointerVersion

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = PointerVersion(1, datetime(2031, 9, 4, 9, tzinfo=UTC))
SECOND = PointerVersion(2, datetime(2031, 9, 5, 23, 30, tzinfo=UTC), "One sum & its <sign>.")
WITHDRAWN = replace(SECOND, withdrawn_at=datetime(2031, 9, 6, 9, tzinfo=UTC), withdrawn_by="the monitoring officer")


def pack(*versions: PointerVersion, key: str = kit.KEY) -> PointerPack:
    return PointerPack(key, "Harbours & Quays: supplement 1", "Harbour Board", date(2031, 9, 6), versions)


def read(*packs: PointerPack, site: str = "") -> etree._Element:
    return etree.fromstring(feed(packs, council="Example Council", authority="council.invalid", site=site))


def texts(root: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in root.iter(f"{ATOM}{name}")]


def test_a_publication_and_its_correction_are_entries_the_newest_first() -> None:
    root = read(pack(FIRST, SECOND))
    assert texts(root, "title") == [
        "Published papers: Example Council",
        "Corrected: Harbours & Quays: supplement 1",
        "Harbours & Quays: supplement 1",
    ]
    assert texts(root, "summary") == [
        "Version 2, published on 6 September 2031. What changed: One sum & its <sign>.",
        "Version 1, published on 4 September 2031.",
    ]
    assert texts(root, "updated") == [
        "2031-09-06T00:30:00+01:00",
        "2031-09-06T00:30:00+01:00",
        "2031-09-04T10:00:00+01:00",
    ]


def test_a_withdrawal_is_an_entry_and_takes_the_place_of_the_publication() -> None:
    root = read(pack(FIRST, WITHDRAWN))
    assert texts(root, "title")[1:] == [
        "Withdrawn: Harbours & Quays: supplement 1, version 2",
        "Harbours & Quays: supplement 1",
    ]
    assert texts(root, "summary")[0] == "Version 2 was withdrawn on 6 September 2031 by the monitoring officer."
    assert "sign" not in etree.tostring(root, encoding="unicode")


def test_ids_are_tags_that_stay_the_same_and_are_each_given_once() -> None:
    ids = texts(read(pack(FIRST, SECOND)), "id")
    assert ids == [
        "tag:council.invalid,2026:published-papers",
        f"tag:council.invalid,2031-09-06:packs/{kit.KEY}/2",
        f"tag:council.invalid,2031-09-04:packs/{kit.KEY}/1",
    ]
    later = texts(read(pack(FIRST, WITHDRAWN), site="https://papers.council.invalid"), "id")
    assert later == [ids[0], f"tag:council.invalid,2031-09-06:packs/{kit.KEY}/2/withdrawn", ids[2]]


def test_it_has_what_rfc_4287_asks_of_a_feed_and_an_entry() -> None:
    root = read(pack(FIRST, SECOND, WITHDRAWN))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert [each.get("rel") for each in element.findall(f"{ATOM}link")].count("alternate") == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Example Council"
    assert [each.get("rel") for each in root.findall(f"{ATOM}link")] == ["self", "alternate"]


def test_links_are_relative_without_an_address_of_the_site_and_whole_with_it() -> None:
    relative = [each.get("href", "") for each in read(pack(FIRST, WITHDRAWN)).iter(f"{ATOM}link")]
    assert relative == [
        "feed.xml",
        "index.html",
        f"packs/{kit.KEY}/index.html",
        f"packs/{kit.KEY}/1/index.html",
    ]
    for site in ("https://council.invalid/published", "https://council.invalid/published/"):
        whole = [each.get("href", "") for each in read(pack(FIRST, WITHDRAWN), site=site).iter(f"{ATOM}link")]
        assert whole == [urljoin("https://council.invalid/published/", each) for each in relative]


def test_only_the_newest_fifty_stay() -> None:
    versions = [PointerVersion(n, FIRST.published_at + timedelta(days=n)) for n in range(1, 61)]
    root = read(*(pack(each, key=f"board/2031-09-06/supplement-{each.version}") for each in versions))
    ids = texts(root, "id")[1:]
    assert len(ids) == 50
    assert ids[0].endswith("/supplement-60/60")
    assert ids[-1].endswith("/supplement-11/11")


def test_a_feed_without_entries_is_a_feed_still() -> None:
    root = read()
    assert root.findall(f"{ATOM}entry") == []
    assert texts(root, "updated") == ["1970-01-01T01:00:00+01:00"]
