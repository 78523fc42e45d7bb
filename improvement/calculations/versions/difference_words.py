"""Differences between two versions as sentences."""

from improvement.calculations.versions.comparing import Difference, DifferenceKind
from improvement.calculations.wording import FIELD_LABELS, NOTHING


def difference_words(difference: Difference) -> str:
    """One difference as a line: "2.3/3: status from “in progress” to “done”"."""
    about, before, after = difference.about, _quoted(difference.before), _quoted(difference.after)
    label = FIELD_LABELS.get(difference.field, difference.field.replace("_", " "))
    match difference.kind:
        case DifferenceKind.ADDED:
            return f"{about} is added: {after}"
        case DifferenceKind.DROPPED:
            return f"{about} is dropped: {before}"
        case DifferenceKind.UPDATE_ADDED:
            return f"{about}: this update is added: {after}"
        case DifferenceKind.UPDATE_KEPT:
            return f"{about}: the file lacks this update, which stays: {before}"
        case DifferenceKind.VALUE_KEPT:
            return f"{about}: {label} stays {before}, which was set here later; the file has {after}"
        case DifferenceKind.CHANGED:
            if difference.field == "position":
                return f"{about} is another one"
            return f"{about}: {label} from {before} to {after}"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else NOTHING
