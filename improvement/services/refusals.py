"""Why a version is not brought in: each is a sentence for the person who brings it."""

from improvement.calculations.versions.difference_words import Leaving


class ImportRefused(ValueError):
    """The file cannot be brought in as it is; the message says why, where and what to do. Nothing was changed."""


class PlanHasChanged(ImportRefused):
    """Somebody changed the plan since the file was compared with it."""


class OlderVersion(ImportRefused):
    """The file is older than the newest that is in."""


class NothingNew(ImportRefused):
    """The file holds what the plan holds already."""


class StepsWouldLeave(ImportRefused):
    """Steps of the plan are not in the file, and nobody has said that they are meant to leave."""

    def __init__(self, leaving: Leaving) -> None:
        super().__init__(leaving.would_leave)
        self.leaving = leaving


class UnfitTracker(ImportRefused):
    """What the file holds cannot be stored: too long, or the same reference twice."""
