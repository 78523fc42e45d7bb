"""Findings name their pages, say what to do, and are told once for pages in a row."""

import pytest

from torbay_reports.publishing.uploads.findings import ONLY_TOLD, SENTENCES, Finding, Findings


def test_pages_in_a_row_are_one_finding_at_the_first_of_them() -> None:
    findings = Findings()
    for page in (7, 3, 4, 5):
        findings.add("no-text", page)
    found = findings.sorted()
    assert [(each.code, each.page) for each in found] == [("no-text", 3), ("no-text", 7)]
    assert found[0].sentence.startswith("Pages 3 to 5: no text.")
    assert found[1].sentence.startswith("Page 7: no text.")


def test_those_of_the_whole_file_come_first_and_name_no_page() -> None:
    findings = Findings()
    findings.add("comments-removed", 1, "Stamp")
    findings.add("not-tagged")
    assert [each.page for each in findings.sorted()] == [0, 1]
    assert findings.sorted()[0].sentence == SENTENCES["not-tagged"]


def test_details_are_named_once_shortened_and_without_what_cannot_be_shown() -> None:
    findings = Findings()
    for detail in ("a\x00b\u202e", "ab", *(f"{n}" * 100 for n in range(8))):
        findings.add("links-removed", 2, detail)
    (found,) = findings.sorted()
    assert found.sentence.endswith(f": ab, {'0' * 60}, {'1' * 60}, {'2' * 60}, {'3' * 60} and more.")


def test_only_what_takes_nothing_from_readers_needs_no_passing() -> None:
    assert {code for code in SENTENCES if not Finding(code, 0, "").is_warning} == ONLY_TOLD
    assert Finding("redaction-not-applied", 1, "").is_warning


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_ends_and_fits_its_code(code: str) -> None:
    assert SENTENCES[code].endswith(".")
    assert len(code) <= 40
