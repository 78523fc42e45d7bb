"""A letter and the findings against steps as papers for a meeting. Nothing here writes."""


def register() -> None:
    """Tell the documents room which reports this app builds."""
