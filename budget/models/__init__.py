"""What a finance officer keeps: one module for each subject."""

from budget.models.borrowing import BorrowingLimit, BorrowingPosition, BorrowingTaken
from budget.models.figures import LaterEvent, NamedFigure
from budget.models.quarters import Forecast, Quarter, Risk, ServiceNarrative, WriteOff
from budget.models.reports import QuarterReport, ReportBlock, ReportMeeting
from budget.models.services import BudgetLine, FinancialYear, Service

__all__ = [
    "BorrowingLimit",
    "BorrowingPosition",
    "BorrowingTaken",
    "BudgetLine",
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
    "WriteOff",
]
