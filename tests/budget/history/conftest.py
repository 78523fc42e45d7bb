"""The open quarter of forty services, and who enters it."""

from tests.budget.entry.conftest import flo, hal, quarter

__all__ = ["flo", "hal", "quarter"]
