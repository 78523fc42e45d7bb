"""Inspections, visits, letters, findings and what links them to the steps of a plan."""

from ofsted.models.findings import Finding, FindingMeasure, FindingTheme, StepLink
from ofsted.models.history import LetterEntry
from ofsted.models.inspections import Inspection, Visit
from ofsted.models.letters import Letter, LetterParagraph, NamedReader

__all__ = [
    "Finding",
    "FindingMeasure",
    "FindingTheme",
    "Inspection",
    "Letter",
    "LetterEntry",
    "LetterParagraph",
    "NamedReader",
    "StepLink",
    "Visit",
]
