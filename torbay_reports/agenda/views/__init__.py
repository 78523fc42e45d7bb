"""The reader's web. Published pages need no sign-in; what is not published is as if it did not exist."""

from torbay_reports.agenda.views.bringing import brought_file
from torbay_reports.agenda.views.builds import build, build_progress
from torbay_reports.agenda.views.checks import warning_pass
from torbay_reports.agenda.views.meetings import home, meeting, meetings
from torbay_reports.agenda.views.packs import pack, pack_pdf, restricted_pack_pdf
from torbay_reports.agenda.views.papers import paper, paper_table
from torbay_reports.agenda.views.restricting import paper_open
from torbay_reports.agenda.views.uploads import paper_file, paper_upload

__all__ = [
    "brought_file",
    "build",
    "build_progress",
    "home",
    "meeting",
    "meetings",
    "pack",
    "pack_pdf",
    "paper",
    "paper_file",
    "paper_open",
    "paper_table",
    "paper_upload",
    "restricted_pack_pdf",
    "warning_pass",
]
