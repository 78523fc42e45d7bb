"""The descriptions of exempt information in Schedule 12A to the Local Government Act 1972, for England, by date.

From 1 March 2006: Part 1 as substituted by the Local Government (Access to Information) (Variation) Order 2006 (SI
2006/88). Paragraphs 1 to 5 and Part 2 were compared with legislation.gov.uk, 7 with the Order, 6 with councils that
quote it. Paragraphs 7A to 7C, which were for standards committees alone (SI 2006/87), are left out.

From 1 April 1986: Part I as inserted by the Local Government (Access to Information) Act 1985. Paragraphs 1 to 7 were
compared with the National Records of Scotland's print of that Act, 8 to 10 with councils that quote them, 11, 12 and 14
only with their twins in other Acts (Local Government (Scotland) Act 1973, Schedule 7A; National Health Service (Wales)
Act 2006, Schedule 11). No print was found of 13 and 15, which `unconfirmed` names, nor of the first qualification. Left
out: one paragraph more, which by the numbers in SI 2006/88 stood among the first seven by 2006 (on officers of
probation boards, as far as we know), and whatever changed the names of committees and Acts in paragraph 2.

Descriptions are the Act's own words, set in one line. Qualifications are in ours: the Acts that they name have changed
several times.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from torbay_reports.core.formatting import long_date


@dataclass(frozen=True)
class Description:
    """A paragraph of the Schedule: `words` are the Act's, `label` is what people call it, `part` is "Part 1"."""

    number: int
    label: str
    words: str
    part: str


@dataclass(frozen=True)
class Qualification:
    """When information of these descriptions is not exempt, by a paragraph of Part 2 of the Schedule."""

    paragraph: int
    numbers: frozenset[int]
    says: str


@dataclass(frozen=True)
class DescriptionList:
    """The descriptions in force from a day on.

    `weighs_public_interest`: they hold only while the public interest in them outweighs that in disclosure;
    `unconfirmed`: numbers whose words could not be compared with a print.
    """

    since: date
    source: str
    descriptions: tuple[Description, ...]
    qualifications: tuple[Qualification, ...]
    weighs_public_interest: bool
    unconfirmed: frozenset[int] = frozenset()

    def description(self, number: int) -> Description:
        """Raises LookupError for a number that is not in the list."""
        for each in self.descriptions:
            if each.number == number:
                return each
        raise LookupError(f"Schedule 12A had no paragraph {number} from {long_date(self.since)}.")

    def qualifying(self, numbers: Collection[int]) -> tuple[Qualification, ...]:
        """What can keep information of these descriptions from being exempt, in the Schedule's order."""
        return tuple(each for each in self.qualifications if not each.numbers.isdisjoint(numbers))


def _descriptions(part: str, *labels_and_words: tuple[str, str]) -> tuple[Description, ...]:
    return tuple(Description(place, *each, part) for place, each in enumerate(labels_and_words, 1))


FROM_1986: Final = DescriptionList(
    since=date(1986, 4, 1),
    source="Local Government (Access to Information) Act 1985",
    descriptions=_descriptions(
        "Part I",
        (
            "staff and office-holders of the authority",
            "Information relating to a particular employee, former employee or applicant to become an employee of, or "
            "a particular office-holder, former office-holder or applicant to become an office-holder under, the "
            "authority.",
        ),
        (
            "staff of magistrates' courts and the probation service",
            "Information relating to a particular employee, former employee or applicant to become an employee of, or "
            "a particular officer, former officer or applicant to become an officer appointed by— (a) a magistrates' "
            "court committee, within the meaning of section 19 of the Justices of the Peace Act 1979; or (b) a "
            "probation committee appointed under paragraph 2 of Schedule 3 to the Powers of Criminal Courts Act 1973.",
        ),
        (
            "occupiers of the authority's accommodation",
            "Information relating to any particular occupier or former occupier of, or applicant for, accommodation "
            "provided by or at the expense of the authority.",
        ),
        (
            "recipients of services",
            "Information relating to any particular applicant for, or recipient or former recipient of, any service "
            "provided by the authority.",
        ),
        (
            "recipients of financial assistance",
            "Information relating to any particular applicant for, or recipient or former recipient of, any financial "
            "assistance provided by the authority.",
        ),
        (
            "a particular child",
            "Information relating to the adoption, care, fostering or education of any particular child.",
        ),
        (
            "financial or business affairs",
            "Information relating to the financial or business affairs of any particular person (other than the "
            "authority).",
        ),
        (
            "expenditure under a contract",
            "The amount of any expenditure proposed to be incurred by the authority under any particular contract for "
            "the acquisition of property or the supply of goods or services.",
        ),
        (
            "terms of a contract",
            "Any terms proposed or to be proposed by or to the authority in the course of negotiations for a contract "
            "for the acquisition or disposal of property or the supply of goods or services.",
        ),
        (
            "the authority's own tender",
            "The identity of the authority (as well as of any other person, by virtue of paragraph 7 above) as the "
            "person offering any particular tender for a contract for the supply of goods or services.",
        ),
        (
            "labour relations",
            "Information relating to any consultations or negotiations, or contemplated consultations or "
            "negotiations, in connection with any labour relations matter arising between the authority or a Minister "
            "of the Crown and employees of, or office-holders under, the authority.",
        ),
        (
            "legal advice and proceedings",
            "Any instructions to counsel and any opinion of counsel (whether or not in connection with any "
            "proceedings) and any advice received, information obtained or action to be taken in connection with— (a) "
            "any legal proceedings by or against the authority, or (b) the determination of any matter affecting the "
            "authority, (whether, in either case, proceedings have been commenced or are in contemplation).",
        ),
        (
            "notices, orders and directions",
            "Information which, if disclosed to the public, would reveal that the authority proposes— (a) to give "
            "under any enactment a notice under or by virtue of which requirements are imposed on a person; or (b) to "
            "make an order or direction under any enactment.",
        ),
        (
            "crime",
            "Any action taken or to be taken in connection with the prevention, investigation or prosecution of crime.",
        ),
        ("a protected informant", "The identity of a protected informant."),
    ),
    qualifications=(
        Qualification(
            1,
            frozenset(range(1, 6)),
            "Not exempt unless it relates to an individual in the capacity that the description names.",
        ),
        Qualification(
            2,
            frozenset({7}),
            "Not exempt if it must be registered under the Companies Act, the Friendly Societies Acts, the Industrial "
            "and Provident Societies Acts, the Building Societies Act or the Charities Act.",
        ),
        Qualification(
            3,
            frozenset({8}),
            "Exempt only while to disclose the amount would be likely to give an advantage to a person who enters or "
            "seeks to enter into a contract with the authority for the property, goods or services.",
        ),
        Qualification(
            4,
            frozenset({9}),
            "Exempt only while to disclose the terms would prejudice the authority in those or other negotiations "
            "concerning the property, goods or services.",
        ),
        Qualification(
            5,
            frozenset({11}),
            "Exempt only while disclosure would prejudice the authority in those or other consultations or "
            "negotiations on labour relations.",
        ),
        Qualification(
            6,
            frozenset({13}),
            "Exempt only while disclosure might let a person affected by the notice, order or direction defeat a "
            "purpose of it.",
        ),
        Qualification(
            7,
            frozenset(range(1, 16)),
            "From 17 July 1992 not exempt if it relates to proposed development for which the local planning "
            "authority can grant itself planning permission (SI 1992/1497).",
        ),
    ),
    weighs_public_interest=False,
    unconfirmed=frozenset({13, 15}),
)

FROM_2006: Final = DescriptionList(
    since=date(2006, 3, 1),
    source="Local Government (Access to Information) (Variation) Order 2006",
    descriptions=_descriptions(
        "Part 1",
        ("an individual", "Information relating to any individual."),
        ("the identity of an individual", "Information which is likely to reveal the identity of an individual."),
        (
            "financial or business affairs",
            "Information relating to the financial or business affairs of any particular person (including the "
            "authority holding that information).",
        ),
        (
            "labour relations",
            "Information relating to any consultations or negotiations, or contemplated consultations or "
            "negotiations, in connection with any labour relations matter arising between the authority or a Minister "
            "of the Crown and employees of, or office holders under, the authority.",
        ),
        (
            "legal professional privilege",
            "Information in respect of which a claim to legal professional privilege could be maintained in legal "
            "proceedings.",
        ),
        (
            "notices, orders and directions",
            "Information which reveals that the authority proposes— (a) to give under any enactment a notice under or "
            "by virtue of which requirements are imposed on a person; or (b) to make an order or direction under any "
            "enactment.",
        ),
        (
            "crime",
            "Information relating to any action taken or to be taken in connection with the prevention, investigation "
            "or prosecution of crime.",
        ),
    ),
    qualifications=(
        Qualification(
            8,
            frozenset({3}),
            "Not exempt if it must be registered under the Companies Acts, the Friendly Societies Acts, the "
            "Co-operative and Community Benefit Societies Act, the Building Societies Act or the Charities Act, or "
            "the Acts that came before these.",
        ),
        Qualification(
            9,
            frozenset(range(1, 8)),
            "Not exempt if it relates to proposed development for which the local planning authority may grant itself "
            "planning permission or permission in principle.",
        ),
        Qualification(
            10,
            frozenset(range(1, 8)),
            "Exempt only while, in all the circumstances of the case, the public interest in maintaining the "
            "exemption outweighs the public interest in disclosing the information.",
        ),
    ),
    weighs_public_interest=True,
)

LISTS: Final = (FROM_1986, FROM_2006)
"""All lists, the oldest first."""
