"""Subjects of a meeting's day are written in one way only."""

from datetime import date

import pytest

from torbay_reports.documents.subjects import slug_and_day, subject_of


def test_a_subject_is_read_as_it_is_written() -> None:
    assert subject_of("childrens-services", date(2017, 9, 6)) == "childrens-services/2017-09-06"
    assert slug_and_day("childrens-services/2017-09-06") == ("childrens-services", date(2017, 9, 6))


@pytest.mark.parametrize("subject", ["", "/", "plan", "plan/", "2017-09-06", "plan/20170906", "plan/2017-02-30"])
def test_what_is_written_otherwise_is_refused(subject: str) -> None:
    with pytest.raises(ValueError, match="is no short name and day"):
        slug_and_day(subject)
