"""Two boxes for one value: which forecast is meant by what stands in the boxes of forecast and variance.

Pure functions; amounts in the year's unit, variances forecast less current net budget.
"""

from budget.calculations.lines import forecast_for
from budget.calculations.position import Amount, variance_of


class Disagreeing(ValueError):
    """Both boxes were changed and do not mean the same; `by_variance` is the forecast that the variance means."""

    def __init__(self, by_variance: Amount, *, budget_moved: bool) -> None:
        super().__init__("Forecast and variance disagree.")
        self.by_variance = by_variance
        self.budget_moved = budget_moved


def forecast_typed(*, seen: Amount, seen_net: Amount, net: Amount, forecast: Amount, variance: Amount) -> Amount:
    """The forecast that a writer means who saw `seen` on a current budget of `seen_net`; the budget is `net` now.

    `forecast` and `variance` are what stands in the boxes now, None for an empty one, which keeps what is stored. The
    box that was changed counts. Raises Disagreeing where both were and differ; `budget_moved` says that they agree on
    the budget that the writer saw.
    """
    has_forecast = forecast is not None and forecast != seen
    has_variance = variance is not None and variance != variance_of(seen, seen_net)
    meant = forecast_for(variance, net)
    if has_forecast and has_variance and forecast != meant:
        raise Disagreeing(meant, budget_moved=forecast == forecast_for(variance, seen_net))
    if has_forecast:
        return forecast
    return meant if has_variance else seen
