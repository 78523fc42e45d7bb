"""What stands against freezing a quarter's report for a meeting. Nothing here writes."""

from budget.selectors.quarters import UnknownQuarter, find_quarter, quarter_from_subject


def freezing_obstacles(subject: str) -> tuple[str, ...]:
    """A sentence where the quarter ("2017-18/q1") is not signed: what is published never changes, and an open quarter
    does. Empty for one that is signed, and for one that is not in the books, which has no report to freeze."""
    try:
        quarter = find_quarter(quarter_from_subject(subject))
    except UnknownQuarter:
        return ()
    if quarter is None or quarter.is_signed:
        return ()
    return (f"{quarter} is not signed yet. The head of finance signs it first, which locks its figures.",)
