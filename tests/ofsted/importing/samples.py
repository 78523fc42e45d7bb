"""Three invented letters of other shapes, each with what it says, written out by hand."""

from datetime import date

from ofsted.calculations.letter import LetterText, ParagraphText, SectionText, VisitDays
from ofsted.kinds import ParagraphKind
from tests.ofsted.importing.making import Written

AREA, FINDING, TEXT = ParagraphKind.AREA, ParagraphKind.FINDING, ParagraphKind.TEXT


def _section(heading: str, *paragraphs: tuple[ParagraphKind, str]) -> SectionText:
    return SectionText(
        heading=heading, paragraphs=tuple(ParagraphText(words=words, kind=kind) for kind, words in paragraphs)
    )


FIRST = Written(
    (
        ("lines", "Ofsted\nAgora\n6 Cumberland Place\nNottingham\nNG1 6HJ"),
        ("lines", "T 0300 123 1231\nTextphone 0161 618 8524\nenquiries@ofsted.gov.uk\nwww.gov.uk/ofsted"),
        ("lines", "22 December 2017"),
        (
            "lines",
            "Ms Harriet O’Rourke\nInterim Director of Children’s Services\nWexcombe Council\nThe Guildhall\nWX1 4AB",
        ),
        ("lines", "Dear Ms O’Rourke"),
        ("title", "First monitoring visit of Wexcombe local authority children’s services"),
        (
            "paragraph",
            "This letter summarises the findings of the monitoring visit to Wexcombe children’s services on 30 "
            "November and 1 December 2017. The visit was the first monitoring visit since the local authority was "
            "judged inadequate in June 2017. The inspectors were Paula de Vere HMI, Idris Okafor HMI and Mary-Jane "
            "Pugh HMI.",
        ),
        ("heading", "Headline findings"),
        ("paragraph", "Inspectors found that:"),
        ("point", "senior leaders know the service well and have begun to put right what was found in June"),
        ("point", "thresholds are applied unevenly, so that some children wait too long for a decision;"),
        ("point", "caseloads in the assessment teams remain too high: 27 children for each social worker."),
        ("heading", "Findings and evaluation of progress"),
        (
            "paragraph",
            "Based on the evidence gathered during the visit, inspectors identified areas of strength and areas where "
            "the pace of change has been slow.",
        ),
        (
            "paragraph",
            "The multi-agency front door is better staffed than it was. Contacts are screened on the day on which they "
            "arrive, and a manager signs each decision. Mr. J. Harker’s team has led this work with energy.",
        ),
        (
            "paragraph",
            "Strategy meetings are not always timely – in four of the nine cases seen, the police did not attend – and "
            "records do not show who decided what. The local authority accepts this.",
        ),
        ("heading", "Areas covered by the visit"),
        ("paragraph", "Inspectors reviewed the progress made in the following areas:"),
        ("point", "the front door and the application of thresholds"),
        ("point", "child protection enquiries"),
        ("point", "step-up and step-down to and from early help"),
        ("point", "the oversight of managers."),
        (
            "paragraph",
            "A range of evidence was considered during the visit, including electronic case records and the "
            "observation of social workers in the duty team.",
        ),
        (
            "paragraph",
            "I am copying this letter to the Department for Education and the independent chair of the improvement "
            "board. This letter will be published on the Ofsted website.",
        ),
        ("lines", "Yours sincerely"),
        ("lines", "Paula de Vere\nHer Majesty’s Inspector"),
    )
)

FIRST_TEXT = LetterText(
    title="First monitoring visit of Wexcombe local authority children’s services",
    dated=date(2017, 12, 22),
    visit=VisitDays(printed="30 November and 1 December 2017", first=date(2017, 11, 30), last=date(2017, 12, 1)),
    visit_number=1,
    addressee=(
        "Ms Harriet O’Rourke",
        "Interim Director of Children’s Services",
        "Wexcombe Council",
        "The Guildhall",
        "WX1 4AB",
    ),
    salutation="Dear Ms O’Rourke",
    inspectors=("Paula de Vere HMI", "Idris Okafor HMI", "Mary-Jane Pugh HMI"),
    companions=(),
    copied_to=("Department for Education", "independent chair of the improvement board"),
    signed_by="Paula de Vere, Her Majesty’s Inspector",
    stamp="",
    sections=(
        _section(
            "",
            (
                TEXT,
                "This letter summarises the findings of the monitoring visit to Wexcombe children’s services on 30 "
                "November and 1 December 2017. The visit was the first monitoring visit since the local authority was "
                "judged inadequate in June 2017. The inspectors were Paula de Vere HMI, Idris Okafor HMI and Mary-Jane "
                "Pugh HMI.",
            ),
        ),
        _section(
            "Headline findings",
            (TEXT, "Inspectors found that:"),
            (FINDING, "senior leaders know the service well and have begun to put right what was found in June"),
            (FINDING, "thresholds are applied unevenly, so that some children wait too long for a decision;"),
            (FINDING, "caseloads in the assessment teams remain too high: 27 children for each social worker."),
        ),
        _section(
            "Findings and evaluation of progress",
            (
                TEXT,
                "Based on the evidence gathered during the visit, inspectors identified areas of strength and areas "
                "where the pace of change has been slow.",
            ),
            (
                FINDING,
                "The multi-agency front door is better staffed than it was. Contacts are screened on the day on which "
                "they arrive, and a manager signs each decision. Mr. J. Harker’s team has led this work with energy.",
            ),
            (
                FINDING,
                "Strategy meetings are not always timely – in four of the nine cases seen, the police did not attend – "
                "and records do not show who decided what. The local authority accepts this.",
            ),
        ),
        _section(
            "Areas covered by the visit",
            (TEXT, "Inspectors reviewed the progress made in the following areas:"),
            (AREA, "the front door and the application of thresholds"),
            (AREA, "child protection enquiries"),
            (AREA, "step-up and step-down to and from early help"),
            (AREA, "the oversight of managers."),
            (
                TEXT,
                "A range of evidence was considered during the visit, including electronic case records and the "
                "observation of social workers in the duty team.",
            ),
            (
                TEXT,
                "I am copying this letter to the Department for Education and the independent chair of the improvement "
                "board. This letter will be published on the Ofsted website.",
            ),
        ),
    ),
)

FIFTH = Written(
    (
        ("lines", "Pre-publication"),
        ("lines", "Piccadilly Gate\nStore Street\nManchester M1 2WD"),
        ("lines", "Mr David Lowe, Chief Executive\nHarrowmere Borough Council\nCivic Centre, HM2 2ZZ"),
        ("lines", "9 March 2023"),
        ("lines", "Dear Mr Lowe,"),
        ("title", "Fifth monitoring visit to Harrowmere children's services"),
        (
            "paragraph",
            "This letter summarises the findings of the monitoring visit to Harrowmere children's services from "
            "31 January to 2 February 2023. This was the fifth monitoring visit since the local authority was judged "
            "inadequate on 5 January 2021. The visit was carried out by Asha Raman, Senior HMI, and Tom Birch, HMI, "
            "accompanied by Dr Ella Novak, Ofsted analyst.",
        ),
        ("paragraph", "Progress since the last visit has been swift. Leaders have built a stable workforce."),
        ("paragraph", "Support for children who go missing is still weak."),
        ("heading", "Areas covered by this monitoring visit"),
        ("paragraph", "During the visit, inspectors reviewed the progress made in:"),
        ("point", "help for children who go missing, including those from care"),
        ("point", "children at risk of exploitation;"),
        ("point", "children in need plans;"),
        ("point", "private fostering;"),
        ("point", "homeless young people aged 16 and 17;"),
        ("point", "disabled children;"),
        ("point", "pre-proceedings work;"),
        ("point", "the workforce, and how it is supervised."),
        ("heading", "Summary of findings"),
        (
            "paragraph",
            "Social workers are now permanent in nine posts of ten. Children told inspectors that they no longer have "
            "to tell their story again and again to someone new.",
        ),
        ("heading", "Children who go missing"),
        (
            "paragraph",
            "Return home interviews took place in time for 38% of children against a target of 90%. Their content is "
            "often thin, and what children say in them does not reach their plans.",
        ),
        ("heading", "Leadership and management"),
        (
            "paragraph",
            "Audits are honest. Nevertheless, the actions that follow from them are not tracked, and the same faults "
            "return: late visits, plans without dates, supervision that is missed.",
        ),
        ("heading", "Next steps"),
        ("paragraph", "The next monitoring visit will look at care leavers."),
        (
            "paragraph",
            "I am copying this letter to the Department for Education. It will be published on the Ofsted website.",
        ),
        ("lines", "Yours sincerely"),
        ("lines", "Asha Raman\nHis Majesty's Inspector"),
        ("lines", "cc: Councillor Jo Finch, Lead Member"),
    )
)

FIFTH_TEXT = LetterText(
    title="Fifth monitoring visit to Harrowmere children's services",
    dated=date(2023, 3, 9),
    visit=VisitDays(printed="31 January to 2 February 2023", first=date(2023, 1, 31), last=date(2023, 2, 2)),
    visit_number=5,
    addressee=("Mr David Lowe, Chief Executive", "Harrowmere Borough Council", "Civic Centre, HM2 2ZZ"),
    salutation="Dear Mr Lowe,",
    inspectors=("Asha Raman, Senior HMI", "Tom Birch, HMI"),
    companions=("Dr Ella Novak, Ofsted analyst",),
    copied_to=("Department for Education", "Councillor Jo Finch, Lead Member"),
    signed_by="Asha Raman, His Majesty's Inspector",
    stamp="Pre-publication",
    sections=(
        _section(
            "",
            (
                TEXT,
                "This letter summarises the findings of the monitoring visit to Harrowmere children's services from "
                "31 January to 2 February 2023. This was the fifth monitoring visit since the local authority was "
                "judged inadequate on 5 January 2021. The visit was carried out by Asha Raman, Senior HMI, and Tom "
                "Birch, HMI, accompanied by Dr Ella Novak, Ofsted analyst.",
            ),
            (FINDING, "Progress since the last visit has been swift. Leaders have built a stable workforce."),
            (FINDING, "Support for children who go missing is still weak."),
        ),
        _section(
            "Areas covered by this monitoring visit",
            (TEXT, "During the visit, inspectors reviewed the progress made in:"),
            (AREA, "help for children who go missing, including those from care"),
            (AREA, "children at risk of exploitation;"),
            (AREA, "children in need plans;"),
            (AREA, "private fostering;"),
            (AREA, "homeless young people aged 16 and 17;"),
            (AREA, "disabled children;"),
            (AREA, "pre-proceedings work;"),
            (AREA, "the workforce, and how it is supervised."),
        ),
        _section(
            "Summary of findings",
            (
                FINDING,
                "Social workers are now permanent in nine posts of ten. Children told inspectors that they no longer "
                "have to tell their story again and again to someone new.",
            ),
        ),
        _section(
            "Children who go missing",
            (
                FINDING,
                "Return home interviews took place in time for 38% of children against a target of 90%. Their content "
                "is often thin, and what children say in them does not reach their plans.",
            ),
        ),
        _section(
            "Leadership and management",
            (
                FINDING,
                "Audits are honest. Nevertheless, the actions that follow from them are not tracked, and the same "
                "faults return: late visits, plans without dates, supervision that is missed.",
            ),
        ),
        _section(
            "Next steps",
            (TEXT, "The next monitoring visit will look at care leavers."),
            (
                TEXT,
                "I am copying this letter to the Department for Education. It will be published on the Ofsted website.",
            ),
        ),
    ),
)

SECOND = Written(
    (
        ("lines", "Date: 3rd July 2018"),
        ("lines", "Ms T. Abiola\nDirector of Children’s Services\nStonebeck County Council"),
        ("lines", "Dear Ms Abiola"),
        ("title", "Monitoring visit to Stonebeck children’s services"),
        (
            "paragraph",
            "I am writing to you about the 2nd monitoring visit to Stonebeck County Council on 14 June 2018. The "
            "inspector was Joan Whitlock HMI. She was accompanied by Peter Sands and Lucy Orme from the Department for "
            "Education.",
        ),
        (
            "paragraph",
            "The local authority has made little progress in permanence planning for children who cannot live at home.",
        ),
        ("heading", "Overview"),
        (
            "paragraph",
            "Too many plans drift. Of the 12 plans that the inspector read, seven had no date by which a child would "
            "know where to live for good; the council’s own count of 11% is wrong.",
        ),
        ("heading", "What the visit covered"),
        ("paragraph", "The visit looked at:"),
        ("point", "permanence planning"),
        ("point", "life-story work"),
        ("point", "adoption"),
        ("heading", "Areas for improvement"),
        ("point", "Plans say by when a child will be settled."),
        ("point", "Reviews challenge delay."),
        ("paragraph", "If you have any questions, please call the number above."),
        ("lines", "Yours faithfully"),
        ("lines", "Signed by Joan Whitlock, Her Majesty’s Inspector"),
    )
)

SECOND_TEXT = LetterText(
    title="Monitoring visit to Stonebeck children’s services",
    dated=date(2018, 7, 3),
    visit=VisitDays(printed="14 June 2018", first=date(2018, 6, 14), last=date(2018, 6, 14)),
    visit_number=2,
    addressee=("Ms T. Abiola", "Director of Children’s Services", "Stonebeck County Council"),
    salutation="Dear Ms Abiola",
    inspectors=("Joan Whitlock HMI",),
    companions=("Peter Sands", "Lucy Orme from the Department for Education"),
    copied_to=(),
    signed_by="Joan Whitlock, Her Majesty’s Inspector",
    stamp="",
    sections=(
        _section(
            "",
            (
                TEXT,
                "I am writing to you about the 2nd monitoring visit to Stonebeck County Council on 14 June 2018. The "
                "inspector was Joan Whitlock HMI. She was accompanied by Peter Sands and Lucy Orme from the Department "
                "for Education.",
            ),
            (
                FINDING,
                "The local authority has made little progress in permanence planning for children who cannot live at "
                "home.",
            ),
        ),
        _section(
            "Overview",
            (
                FINDING,
                "Too many plans drift. Of the 12 plans that the inspector read, seven had no date by which a child "
                "would know where to live for good; the council’s own count of 11% is wrong.",
            ),
        ),
        _section(
            "What the visit covered",
            (TEXT, "The visit looked at:"),
            (AREA, "permanence planning"),
            (AREA, "life-story work"),
            (AREA, "adoption"),
        ),
        _section(
            "Areas for improvement",
            (FINDING, "Plans say by when a child will be settled."),
            (FINDING, "Reviews challenge delay."),
            (TEXT, "If you have any questions, please call the number above."),
        ),
    ),
)

INVENTED = {"first": (FIRST, FIRST_TEXT), "fifth": (FIFTH, FIFTH_TEXT), "second": (SECOND, SECOND_TEXT)}
