"""The people whom a letter names are told apart, each with what they are."""

import pytest

from ofsted.importing.people import companions_of, copied_to, inspectors_of


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("The inspectors were Emmy Tomsett HMI and Margaret Burke HMI.", ("Emmy Tomsett HMI", "Margaret Burke HMI")),
        ("The inspector was Ann-Marie O’Neil HMI.", ("Ann-Marie O’Neil HMI",)),
        (
            "The inspectors were A. Birch HMI, Jo Finch HMI and Li Wu, HMI.",
            ("A. Birch HMI", "Jo Finch HMI", "Li Wu, HMI"),
        ),
        ("Her Majesty’s Inspectors were Jo Finch and Li Wu.", ("Jo Finch", "Li Wu")),
        (
            "The visit was carried out by two of Her Majesty’s Inspectors, Jo Finch and Li Wu.",
            ("Jo Finch", "Li Wu"),
        ),
        (
            "The visit was led by Jo Finch, Senior HMI, and Dr. Li Wu, Ofsted Inspector, accompanied by Al Mar.",
            ("Jo Finch, Senior HMI", "Dr. Li Wu, Ofsted Inspector"),
        ),
        ("The inspectors were accompanied by Jo Finch.", ()),
        ("Inspectors were content with the work of Jo Finch.", ()),
        ("Nobody is named.", ()),
    ],
)
def test_inspectors_are_read_from_the_sentences_that_letters_use(words: str, people: tuple[str, ...]) -> None:
    assert inspectors_of(["This letter is about a visit.", words]) == people


@pytest.mark.parametrize(
    ("words", "people"),
    [
        (
            "They were accompanied by Shirley Bailey, senior HMI, and Fiona Mongredien from the Department for "
            "Education.",
            ("Shirley Bailey, senior HMI", "Fiona Mongredien from the Department for Education"),
        ),
        (
            "She was accompanied by Jo Finch from the Department for Education and Skills.",
            ("Jo Finch from the Department for Education and Skills",),
        ),
        ("Jo Finch HMI was accompanied by Mr. A. Birch; Ms L. Wu.", ("Mr. A. Birch", "Ms L. Wu")),
        ("The inspectors came alone.", ()),
    ],
)
def test_companions_are_read_each_with_what_they_are(words: str, people: tuple[str, ...]) -> None:
    assert companions_of([words]) == people


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("I am copying this letter to the Department for Education.", ("Department for Education",)),
        ("We have copied this letter to the DfE, the chair of the board and your chief executive.",
         ("DfE", "chair of the board", "your chief executive")),
        ("This letter is copied to the Department for Education and Skills.", ("Department for Education and Skills",)),
        ("This letter will be published.", ()),
    ],
)  # fmt: skip
def test_those_to_whom_a_letter_is_copied_are_read(words: str, names: tuple[str, ...]) -> None:
    assert copied_to([words]) == names
