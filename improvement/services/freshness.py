"""Two people at one step: whoever sends second is shown what the first wrote before anything of theirs is stored."""

from django.core.exceptions import ValidationError

from improvement.models import Step
from improvement.selectors.meanwhile import Seen, Written, seen_of, written_since
from improvement.services.writing import locked_step

MOVED = "Somebody wrote on step {reference} while you did. Read what they wrote, look at yours, and send it again."


class StepHasMoved(Exception):
    """The step is no longer as its writer saw it: nothing was stored.

    `step` is as it stands now, `seen` how far it can be read now, `written` what was written meanwhile.
    """

    def __init__(self, step: Step, seen: Seen, written: tuple[Written, ...]) -> None:
        super().__init__(MOVED.format(reference=step.reference))
        self.step, self.seen, self.written = step, seen, written


def locked_as_seen(step: Step, seen: Seen) -> Step:
    """The step as stored with its action and plan, held until the transaction ends.

    Raises StepHasMoved when it has moved on since `seen`, ValidationError when it has left the plan.
    """
    stored = locked_step(step.pk)
    check_is_kept(stored)
    if stored.revision != seen.revision:
        raise StepHasMoved(stored, seen_of(stored), written_since(stored, seen))
    return stored


def check_is_kept(step: Step) -> None:
    """Raises ValidationError when the step has left the plan."""
    if step.dropped_on is not None:
        raise ValidationError(f"Step {step.reference} has left the plan. Nothing more is written on it.")
