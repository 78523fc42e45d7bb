"""What one paper would give away, and what of it the public may know."""

import pytest

from tests.publishing import packs
from tests.publishing.leaks import canaries
from torbay_reports.publishing.leaks.secrets import secret_of
from torbay_reports.publishing.leaks.words import normalised


def brought(*pages: str, without: tuple[str, ...] = ()) -> list[str]:
    return list(secret_of(label="l", key="k", pages=pages, without=without).sentences)


def test_everything_that_a_document_says_is_in_it() -> None:
    secret = canaries.secret()
    for sentence in (
        canaries.SENTENCE,
        f"The offer came from {canaries.NAME}.",
        f"It stands at {canaries.SUM}.",
        "Works are priced at £48.25m by the surveyor.",
        f"{canaries.FIRM} withdrew.",
        "An appeal against the valuation was lodged by the neighbour on Monday.",
        "Obsidian Ferries (1,846) Wound up",
        "A caution was entered against the vessel at the registry.",
        "A premium is preferred to a further term of years.",
    ):
        assert normalised(sentence) in secret.sentences
    assert {"zephyr quillfeather", "marlinspike moorings ltd", "obsidian ferries"} <= set(secret.names)
    assert secret.sums == ("£1251377", "£48250000", "£1846000")


def test_a_short_sentence_without_a_name_or_a_sum_is_not_in_it() -> None:
    sentences = canaries.secret().sentences
    assert not any("several questions" in each or each in ("nobody owes", "debts", "0") for each in sentences)


def test_a_bare_round_sum_says_nothing_alone_but_counts_in_a_sentence() -> None:
    secret = secret_of(label="l", key="k", pages=["Rent rose by £5,000."])
    assert (secret.sentences, secret.sums) == (("rent rose by £5000",), ())


def test_its_title_gives_a_paper_away_unless_every_word_is_ordinary() -> None:
    assert "surrender of the boathouse lease" in canaries.secret().names
    assert "exempt report" not in secret_of(label="l", key="k", strings=["Exempt Report"]).names


def test_what_the_records_say_of_it_is_in_it() -> None:
    secret = secret_of(
        label="l", key="k", strings=["The tenant could be identified from the address alone."], names=["Ox"]
    )
    assert "the tenant could be identified from the address alone" in secret.sentences
    assert secret.names == ()
    assert secret_of(label="l", key="k", names=["Oxo"]).names == ("oxo",)


def test_a_brought_pdfs_sentences_run_over_its_lines_and_pages() -> None:
    found = brought("The tenant of the boat-\nhouse offered to surrender", "the lease early.")
    assert found == ["the tenant of the boathouse offered to surrender the lease early"]


def test_a_brought_pdfs_lines_with_a_name_count_by_themselves() -> None:
    assert "orla brine £6120 void" in brought("Debtors\nOrla Brine £6,120 void\nNobody 0 none")


def test_what_is_public_by_law_is_no_secret() -> None:
    public = ("Harbour Board", "Surrender of the boathouse lease", canaries.NAME, canaries.SUM)
    secret = canaries.secret(without=public)
    assert "surrender of the boathouse lease" not in (*secret.names, *secret.sentences)
    assert "zephyr quillfeather" not in secret.names
    assert "£1251377" not in secret.sums
    assert normalised(canaries.SENTENCE) in secret.sentences


def test_a_quotation_of_the_law_alone_is_no_secret() -> None:
    law = "Information relating to the financial or business affairs of any particular person including the authority"
    assert brought(f"{law}.", without=(law,)) == []
    own = "boats that lie in the north basin were seized on Monday"
    (found,) = brought(f"{law} {own}.", without=(law,))
    assert found.endswith(normalised(own))
    assert "relating to the financial" not in found


def test_a_row_of_noughts_is_no_secret() -> None:
    assert brought("0 0 0 0 0 0 0 0 0 0 0 - 0 0") == []


@pytest.mark.parametrize("document", [packs.report(), packs.appendix()])
def test_nothing_stands_in_a_secret_twice(document: object) -> None:
    secret = secret_of(label="l", key="k", document=document)  # type: ignore[arg-type]
    for each in (secret.sentences, secret.names, secret.sums):
        assert len(each) == len(set(each))
