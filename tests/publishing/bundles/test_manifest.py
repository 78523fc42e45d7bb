"""The manifest names every other file with its checksum, and tells a program what the bundle is."""

import json
from hashlib import sha256

from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made


def test_the_manifest_names_every_file_but_itself_truly(store: Made) -> None:
    there = {path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file()}
    listed = json.loads((store.folder / "manifest.json").read_bytes())["files"]
    assert [each["path"] for each in listed] == sorted(there - {"manifest.json"})
    for each in listed:
        data = (store.folder / each["path"]).read_bytes()
        assert (each["sha256"], each["size"]) == (sha256(data).hexdigest(), len(data))
    types = {each["path"].rpartition(".")[2]: each["media_type"] for each in listed}
    assert types == {
        "html": "text/html; charset=utf-8",
        "pdf": "application/pdf",
        "json": "application/json",
        "csv": "text/csv; charset=utf-8",
    }


def test_the_manifest_says_which_bundle_it_is(store: Made) -> None:
    said = json.loads((store.folder / "manifest.json").read_bytes())
    del said["files"], said["papers"]
    assert said.pop("program")["name"] == "torbay-reports"
    assert said == {
        "key": kit.KEY,
        "version": 2,
        "published_at": "2031-09-06T00:30:00+01:00",
        "council": "Example Council",
        "committee": "Harbour Board",
        "meeting_on": "2031-09-06",
        "title": "Harbour Board, 6 September 2031: supplement 1",
        "edition": "public",
        "marking": "",
        "reason": kit.REASON,
        "changes": [
            {"paper": each.paper, "where": each.where, "before": each.before, "after": each.after}
            for each in store.facts.changes
        ],
        "earlier": [{"version": 1, "published_on": "2031-09-04", "withdrawn_on": None}],
        "page_labels": list(store.rendered.pages.labels),
    }


def test_the_manifest_has_each_paper_with_its_pages_and_the_checksum_of_what_was_frozen_or_brought(store: Made) -> None:
    papers = {each["key"]: each for each in json.loads((store.folder / "manifest.json").read_bytes())["papers"]}
    assert list(papers) == ["item-5-report", "item-7-fees", kit.BROUGHT, kit.GONE]
    report = papers["item-5-report"]
    assert (report["item"], report["first_page"], report["last_page"]) == (
        "5",
        "2",
        store.pages_of("item-5-report")[-1],
    )
    frozen = kit.frozen_of(store.plan)
    for key in ("item-5-report", "item-7-fees"):
        assert papers[key]["checksum"] == sha256(frozen[key].encode()).hexdigest()
    assert papers[kit.BROUGHT]["checksum"] == "0123456789abcdef" * 4
    assert (papers[kit.GONE]["checksum"], papers[kit.GONE]["withdrawn"]) == ("", kit.WITHDRAWN)


def test_the_manifest_of_a_restricted_edition_is_marked(restricted: Made) -> None:
    said = json.loads((restricted.folder / "manifest.json").read_bytes())
    assert said["marking"] == "NOT FOR PUBLICATION: restricted edition"
    assert {each["key"]: each["marking"] for each in said["papers"]} == {
        "item-5-report": "",
        "item-7-fees": "",
        "item-5-appendix": "NOT FOR PUBLICATION: exempt",
    }


def test_the_manifest_is_canonical(store: Made) -> None:
    data = (store.folder / "manifest.json").read_bytes()
    canonical = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data.decode() == canonical
