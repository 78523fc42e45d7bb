"""How the parts of a plan are referred to."""


def step_reference(action: str, number: int) -> str:
    """A step's own reference: "2.3/3"."""
    return f"{action}/{number}"
