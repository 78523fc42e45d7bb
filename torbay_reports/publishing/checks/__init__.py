"""Our own checks: of each part when it is set, and of each finished pack before anybody can read it. The first fault
found stops the pack.

They hold a PDF against its plan and page map; that every figure stands in its cell is the tests' business.
"""

from torbay_reports.publishing.checks.packs import check
from torbay_reports.publishing.checks.parts import check_part, check_structure

__all__ = ["check", "check_part", "check_structure"]
