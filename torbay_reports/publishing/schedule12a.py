"""What Schedule 12A to the Local Government Act 1972 makes of an exempt paper: how each copy is marked, by which
resolution the public is excluded, and whether every councillor may read it. Confidential papers are marked here too.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from torbay_reports.core.formatting import listed, long_date
from torbay_reports.publishing.schedule12a_lists import FROM_2006, LISTS, Description, DescriptionList

NOT_FOR_PUBLICATION: Final = "NOT FOR PUBLICATION"
_ACT: Final = "the Local Government Act 1972"


def list_on(day: date) -> DescriptionList:
    """The list in force on that day. Raises LookupError for a day before there was one."""
    for each in reversed(LISTS):
        if each.since <= day:
            return each
    raise LookupError(f"No list of exempt information was in force on {long_date(day)}: the first is of 1986.")


def description(list_date: date, number: int) -> Description:
    """A paragraph of the list in force on that day. Raises LookupError."""
    return list_on(list_date).description(number)


def marking(descriptions: Collection[Description]) -> str:
    """What every copy of an exempt paper says (s100B(5)): the paragraphs with their words.

    Raises ValueError for none, and for those of more than one list.
    """
    chosen = _in_order(descriptions)
    words = chosen[0].words if len(chosen) == 1 else " ".join(f"{each.number}. {each.words}" for each in chosen)
    return f"{NOT_FOR_PUBLICATION} by virtue of {_cited(chosen)} to {_ACT}: {words}"


def short_marking(descriptions: Collection[Description]) -> str:
    """The same with labels in the place of the Act's words, for a page that has no room for them. Raises ValueError."""
    chosen = _in_order(descriptions)
    return f"{NOT_FOR_PUBLICATION} by virtue of {_cited(chosen)} to {_ACT} ({'; '.join(each.label for each in chosen)})"


def confidential_marking(*, furnished_by: str = "", prohibited_by: str = "") -> str:
    """What a paper with confidential information says, with the Government department that furnished it upon terms
    which forbid disclosure, or the enactment or order of a court that prohibits it, where these are stated."""
    sentences = [f"{NOT_FOR_PUBLICATION}: confidential information within the meaning of section 100A(3) of {_ACT}."]
    if furnished_by:
        sentences.append(f"Furnished by {furnished_by} upon terms which forbid its disclosure to the public.")
    if prohibited_by:
        sentences.append(f"Its disclosure to the public is prohibited by {prohibited_by}.")
    return " ".join(sentences)


def resolution(item: str, title: str, descriptions: Collection[Description]) -> str:
    """The resolution to exclude the public during an item, in the words of s100A(4) and (5). Raises ValueError.

    The agenda prints it, so `title` has to be one that the public may read. Confidential information needs none: it
    excludes the public by s100A(2).
    """
    chosen = _in_order(descriptions)
    words = " ".join(f"Paragraph {each.number}: {each.words}" for each in chosen)
    return (
        f"That under section 100A(4) of {_ACT} the public be excluded from the meeting during item {item}, “{title}”, "
        "since it is likely, in view of the nature of the business to be transacted, that if members of the public "
        "were present during that item there would be disclosure to them of exempt information, as defined in section "
        f"100I of that Act, of the following {'description' if len(chosen) == 1 else 'descriptions'} in "
        f"{chosen[0].part} of Schedule 12A to that Act. {words}"
    )


def open_to_every_councillor(numbers: Collection[int], list_date: date, contract_terms: bool) -> bool | None:
    """Whether every member of the council may inspect such a paper (s100F); None where a person has to decide.

    Paragraph 3 is open save for terms proposed or to be proposed in the course of negotiations for a contract, and so
    is 6 (s100F(2A)); other paragraphs are not. The proper officer decides about several, and about a paper on an older
    list: who asks for it today asks under today's section, which says nothing of the older descriptions.

    Raises ValueError for no number, LookupError for one that is not in the list of that day.
    """
    own = list_on(list_date)
    chosen = {own.description(number).number for number in numbers}
    if not chosen:
        raise ValueError("An exempt paper rests on one description at least.")
    if len(chosen) > 1 or own is not FROM_2006:
        return None
    return chosen == {6} or (chosen == {3} and not contract_terms)


def _in_order(descriptions: Collection[Description]) -> list[Description]:
    chosen = sorted(set(descriptions), key=lambda each: each.number)
    if not chosen:
        raise ValueError("An exempt paper rests on one description at least.")
    if len({each.part for each in chosen}) > 1:
        raise ValueError("The descriptions of one paper come from one list.")
    return chosen


def _cited(chosen: list[Description]) -> str:
    numbers = listed([str(each.number) for each in chosen])
    return f"paragraph{'s' if len(chosen) > 1 else ''} {numbers} of {chosen[0].part} of Schedule 12A"
