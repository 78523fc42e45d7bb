"""What the source of 2017 prints, cell by cell, and the two cells in which this program differs from it on purpose."""

import json
from pathlib import Path
from typing import Any

PRINTED: dict[str, Any] = json.loads((Path(__file__).parent / "torbay_q1.json").read_text("utf-8"))

# The source prints a bare 0 for (18) and for 6 thousand; here what is not nil never reads as a bare nought.
DIFFERENT_ON_PURPOSE = {"Community and Customer Services": "(0.0)", "Corporate and Business Services": "0.0"}

BUDGET: list[list[str]] = PRINTED["budget"]
NARRATIVE: list[list[str]] = [[name, DIFFERENT_ON_PURPOSE.get(name, cell)] for name, cell in PRINTED["narrative"]]
WRITE_OFFS: list[list[str]] = PRINTED["write_offs"]
RISK_IMPACTS: list[str] = PRINTED["risk_impacts"]
HEADER: list[tuple[str, list[str]]] = [(label, lines) for label, lines in PRINTED["header"]]
LIMITS: list[list[str]] = PRINTED["limits"]
PARAGRAPH_NUMBERS: list[str] = PRINTED["paragraph_numbers"]

CHART: list[list[str]] = [
    [name, variance]
    for name, _, _, _, variance, _ in BUDGET
    if name not in {"Joint Commissioning", "Sources of Funding"} and not name.startswith(("AD ", "Gross", "Net"))
]
"""Name and variance of each service, in no order."""
