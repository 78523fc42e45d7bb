"""What a finance officer keeps: one module for each subject."""

from budget.models.borrowing import BorrowingLimit, BorrowingPosition, BorrowingTaken
from budget.models.figures import LaterEvent, NamedFigure
from budget.models.quarters import Actual, Forecast, Quarter, Risk, ServiceNarrative, WriteOff
from budget.models.reports import QuarterReport, ReportBlock, ReportMeeting
from budget.models.returns import CloseStep, ServiceReturn
from budget.models.services import BudgetLine, FinancialYear, Service
from budget.models.virements import Virement, VirementLine
from budget.models.waiting import WaitingBudget

__all__ = [
    "Actual",
    "BorrowingLimit",
    "BorrowingPosition",
    "BorrowingTaken",
    "BudgetLine",
    "CloseStep",
    "FinancialYear",
    "Forecast",
    "LaterEvent",
    "NamedFigure",
    "Quarter",
    "QuarterReport",
    "ReportBlock",
    "ReportMeeting",
    "Risk",
    "Service",
    "ServiceNarrative",
    "ServiceReturn",
    "Virement",
    "VirementLine",
    "WaitingBudget",
    "WriteOff",
]
