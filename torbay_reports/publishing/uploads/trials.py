"""A brought file by itself as a pack behind a sheet that names it: how it will stand in one, and whether it can."""

import zlib
from typing import Final

from django.conf import settings

from torbay_reports.core import clock
from torbay_reports.publishing import checks, pagemaps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.fonts import face
from torbay_reports.publishing.joining.pack import PaperParts, join
from torbay_reports.publishing.layout import LETTER_ID, cover_lines, placed_papers
from torbay_reports.publishing.packplan import (
    CoverLetter,
    Edition,
    PackPlan,
    PageMap,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    Restriction,
)
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Font, Link, Part, PartPage

_KEY: Final = "file"
_HEADING: Final = "This is how the file will stand in a pack. It is in none yet."
_ITEM: Final = "The file"
_FACE: Final = "400-normal"
_SIZE: Final = 12
_SHEET: Final = (595.276, 841.89)
_LEFT: Final = 72.0
_TOP: Final = 740.0
_STEP: Final = 24.0


class UnfitPdf(Exception):
    """A file that no pack can hold; the message is of the joining or of its checks."""


def trial(*, title: str, part: Part, restriction: Restriction) -> bytes:
    """The file alone as a finished pack, joined and checked. Raises UnfitPdf."""
    upload = PlannedUpload(part=b"", checksum="", is_tagged=False)
    paper = PlannedPaper(key=_KEY, title=title, document=None, restriction=restriction, upload=upload)
    plan = PackPlan(
        council=settings.COUNCIL_NAME,
        committee="",
        meeting_on=clock.today(),
        title=title,
        edition=Edition.PUBLIC if restriction is Restriction.OPEN else Edition.RESTRICTED,
        letter=CoverLetter(
            clerk="",
            telephone="",
            email="",
            dated=clock.today(),
            office=(),
            salutation="",
            heading=_HEADING,
            opening="",
            closing="",
            signatory="",
            signatory_title="",
        ),
        items=(PlannedItem("1", _ITEM, (paper,)),),
    )
    try:
        papers = [PaperParts(placed, (part,)) for placed in placed_papers(plan)]
        pages = pagemaps.read(1, papers)
        pdf = join(plan, [_sheet(plan, pages)], papers, pages)
        checks.check(pdf, plan, pages)
    except PackFault as fault:
        raise UnfitPdf(str(fault)) from fault
    except Exception as error:
        # Whatever else the joining or the checks stumble over is the file's doing: nothing else here varies.
        raise UnfitPdf(type(error).__name__) from error
    return pdf


def _sheet(plan: PackPlan, pages: PageMap) -> Part:
    """The sheet in the cover letter's place: what this is, and the file's pages."""
    ((title, printed, target),) = cover_lines(plan, pages.papers)
    width, height = _SHEET
    lines = (plan.letter.heading, title, printed)
    written = "".join(_line(words, place) for place, words in enumerate(lines))
    glyphs = {face(_FACE).glyphs[character]: character for words in lines for character in words}
    page = PartPage(
        width=width,
        height=height,
        content=zlib.compress(f"q\n{written}Q\n".encode("ascii")),
        fonts={"F": 0},
        owners=(0, 4, 6),
    )
    bottom = _TOP - 2 * _STEP - 4
    return Part(
        pages=(page,),
        elements=(
            Element("H1", 0, ((CONTENT, 0),)),
            Element("Table", 0, ((ELEMENT, 2),)),
            Element("TBody", 0, ((ELEMENT, 3),)),
            Element("TR", 0, ((ELEMENT, 4), (ELEMENT, 5))),
            Element("TD", 0, ((CONTENT, 1),)),
            Element("TD", 0, ((ELEMENT, 6),)),
            Element("Link", 0, ((CONTENT, 2), (LINK, 0))),
        ),
        tops=(0, 1),
        destinations={LETTER_ID: (0, 0.0, height)},
        links=(Link(0, (_LEFT, bottom, _LEFT + 200, bottom + _STEP), f"#{target}"),),
        fonts=(Font(face=_FACE, glyphs=tuple(sorted(glyphs.items()))),),
    )


def _line(words: str, place: int) -> str:
    codes = "".join(f"{face(_FACE).glyphs[character]:04x}" for character in words)
    where = f"1 0 0 1 {_LEFT} {_TOP - place * _STEP} Tm"
    return f"/Span <</MCID {place}>> BDC\nBT\n/F {_SIZE} Tf\n{where}\n<{codes}> Tj\nET\nEMC\n"
