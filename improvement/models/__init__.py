"""Plans and all that hangs on them."""

from improvement.models.changes import Change, Deadline, PlanVersion, WaitingImport
from improvement.models.chasing import AskedPerson, UpdateRequest
from improvement.models.commentary import Commentary, SmallCountDecision
from improvement.models.measures import Measure, Reading
from improvement.models.plans import Action, InspectionReference, Owner, Plan, Priority, Step, StepOwner, Theme
from improvement.models.updates import Update, UpdateDecision

__all__ = [
    "Action",
    "AskedPerson",
    "Change",
    "Commentary",
    "Deadline",
    "InspectionReference",
    "Measure",
    "Owner",
    "Plan",
    "PlanVersion",
    "Priority",
    "Reading",
    "SmallCountDecision",
    "Step",
    "StepOwner",
    "Theme",
    "Update",
    "UpdateDecision",
    "UpdateRequest",
    "WaitingImport",
]
