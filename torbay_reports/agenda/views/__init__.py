"""The reader's web. Published pages need no sign-in; what is not published is as if it did not exist."""

from torbay_reports.agenda.views.bringing import brought_file
from torbay_reports.agenda.views.builds import build, build_progress
from torbay_reports.agenda.views.checks import warning_pass
from torbay_reports.agenda.views.grounds import paper_grounds
from torbay_reports.agenda.views.meetings import home, meeting, meetings
from torbay_reports.agenda.views.packs import pack, pack_pdf, restricted_pack_pdf
from torbay_reports.agenda.views.papers import paper, paper_table
from torbay_reports.agenda.views.publishing import built_pack, publish
from torbay_reports.agenda.views.readers import councillors_decide, paper_readers, reader_admit, reader_end, words_clear
from torbay_reports.agenda.views.restricting import paper_open
from torbay_reports.agenda.views.reviews import paper_release, paper_review, reviews
from torbay_reports.agenda.views.uploads import paper_file, paper_upload
from torbay_reports.agenda.views.withdrawing import paper_withdraw

__all__ = [
    "brought_file",
    "build",
    "build_progress",
    "built_pack",
    "councillors_decide",
    "home",
    "meeting",
    "meetings",
    "pack",
    "pack_pdf",
    "paper",
    "paper_file",
    "paper_grounds",
    "paper_open",
    "paper_readers",
    "paper_release",
    "paper_review",
    "paper_table",
    "paper_upload",
    "paper_withdraw",
    "publish",
    "reader_admit",
    "reader_end",
    "restricted_pack_pdf",
    "reviews",
    "warning_pass",
    "words_clear",
]
